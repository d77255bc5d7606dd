import type { FullName } from './events.js';

export const printedName = ({ firstName, middleName, lastName }: FullName): string =>
  [firstName, middleName, lastName].filter((part) => part !== undefined && part !== '').join(' ');

export const hasSameParts = (one: FullName, other: FullName): boolean =>
  one.firstName === other.firstName && (one.middleName ?? '') === (other.middleName ?? '') && one.lastName === other.lastName;

/** Splits a name that was given in one piece: the last word counts as the last name. */
export const partsOfName = (name: string): FullName => {
  const words = name.trim().split(/\s+/);
  const [firstName = '', ...others] = words;
  const lastName = others.pop() ?? '';
  return others.length === 0 ? { firstName, lastName } : { firstName, middleName: others.join(' '), lastName };
};

/** The name without blanks around its parts, and without a middle name that is blank. */
export const trimmedName = ({ firstName, middleName = '', lastName }: FullName): FullName => ({
  firstName: firstName.trim(),
  ...(middleName.trim() === '' ? {} : { middleName: middleName.trim() }),
  lastName: lastName.trim(),
});
