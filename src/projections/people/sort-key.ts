/** An index keeps so much of a text whole, whatever its script. */
const MOST_CHARACTERS = 60;

/** Names in the order in which people look for them: without case and the accents of Latin, Greek and Cyrillic letters. */
export const sortKeyOf = (name: string): string => {
  const letters = name.normalize('NFKD').replaceAll(/[\u0300-\u036f]/g, '').toLowerCase().normalize('NFC').trim().replaceAll(/\s+/g, ' ');
  return [...letters].slice(0, MOST_CHARACTERS).join('');
};
