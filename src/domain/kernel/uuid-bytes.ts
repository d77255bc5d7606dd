const UUID_LENGTH = 36;
const HYPHEN = 45;
const DIGITS = '0123456789abcdef';

export const UUID_BYTES = 16;

/** The value of each digit by its code; small letters only, so that an id comes back as it was. */
const values = Int8Array.from({ length: 128 }, (_, code) => DIGITS.indexOf(String.fromCharCode(code)));

const isHyphenAt = (index: number): boolean => index === 8 || index === 13 || index === 18 || index === 23;

/** Writes the bytes of a UUID in small letters; false: the text is none, and what was written is of no use. */
export const readUuid = (text: string, into: Uint8Array): boolean => {
  if (text.length !== UUID_LENGTH) return false;
  for (let index = 0, at = 0; at < UUID_BYTES; at += 1, index += 2) {
    if (isHyphenAt(index)) {
      if (text.charCodeAt(index) !== HYPHEN) return false;
      index += 1;
    }
    const high = values[text.charCodeAt(index)] ?? -1;
    const low = values[text.charCodeAt(index + 1)] ?? -1;
    if ((high | low) < 0) return false;
    into[at] = (high << 4) | low;
  }
  return true;
};

/** The UUID of 16 bytes, each given by its place. */
export const uuidText = (byteAt: (index: number) => number): string => {
  let text = '';
  for (let index = 0; index < UUID_BYTES; index += 1) {
    const byte = byteAt(index);
    text += `${DIGITS[byte >> 4] ?? ''}${DIGITS[byte & 15] ?? ''}`;
    if (isHyphenAt(text.length)) text += '-';
  }
  return text;
};
