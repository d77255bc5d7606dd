const MOST_LETTERS = 50;
const WITHOUT_LETTERS = 'user';

/** Letters and digits of any script in lower case, joined by hyphens, and the number. */
export const slugOf = (name: string, number: number): string => {
  const words = name.normalize('NFKD').toLowerCase().replaceAll(/\p{M}+/gu, '').match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = [...words.join('-')].slice(0, MOST_LETTERS).join('').replace(/-$/, '');
  return `${letters === '' ? WITHOUT_LETTERS : letters}-${number}`;
};
