import type { FullName } from '../../domain/account/events.js';

export const trimmedName = ({ firstName, middleName = '', lastName }: FullName): FullName => ({
  firstName: firstName.trim(),
  ...(middleName.trim() === '' ? {} : { middleName: middleName.trim() }),
  lastName: lastName.trim(),
});
