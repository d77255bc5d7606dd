/** The characters of Windows-1252 beyond ASCII and Latin-1, which the fonts of every PDF reader have. */
const BEYOND_LATIN_1 = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');
/** Letters that do not decompose into a plain letter and an accent. */
const PLAIN: Readonly<Record<string, string>> = {
  ı: 'i', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ħ: 'h', Ħ: 'H', ŧ: 't', Ŧ: 'T', ŋ: 'n', Ŋ: 'N', ĸ: 'k', '−': '-', '‐': '-', '‑': '-',
};

const isPrintable = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff) || BEYOND_LATIN_1.has(character);
};

const printable = (character: string): string => {
  if (isPrintable(character)) return character;
  if (/\s/u.test(character)) return ' ';
  const plain = PLAIN[character] ?? character.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return plain !== '' && [...plain].every(isPrintable) ? plain : /\p{M}|\p{C}/u.test(character) ? '' : '?';
};

/**
 * Replaces characters that the built-in fonts lack: accents are dropped, letters of other scripts become a question mark. A font
 * of one's own (InvoicePdfOptions) replaces nothing.
 */
export const printableInBuiltInFonts = (text: string): string => [...text.normalize('NFC')].map(printable).join('');
