import type { FullName } from '../../domain/account/events.js';

/** As it was meant: without blanks around, and without a middle name that was left empty. */
export const trimmedName = ({ firstName, middleName = '', lastName }: FullName): FullName => ({
  firstName: firstName.trim(),
  ...(middleName.trim() === '' ? {} : { middleName: middleName.trim() }),
  lastName: lastName.trim(),
});
