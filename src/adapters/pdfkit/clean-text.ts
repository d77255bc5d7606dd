// Controls, overrides of the direction, variation selectors and other characters that nobody sees; not the joiners, which Persian
// and Indian scripts need.
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** One line of what people typed, as it is printed. */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/\s/gu, ' ')
    .replaceAll(/[\u2010\u2011]/gu, '-')
    .replaceAll(UNSEEN, '')
    .trim();
