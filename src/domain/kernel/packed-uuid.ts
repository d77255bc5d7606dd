const UUID_LENGTH = 36;
const HYPHEN = 45;
const DIGITS = '0123456789abcdef';

/** Characters of a packed UUID, one for each byte: V8 keeps such texts at a byte a character. */
export const PACKED_LENGTH = 16;

/** The value of each digit by its code; small letters only, so that an id comes back as it was. */
const values: readonly number[] = Array.from({ length: 128 }, (_, code) => DIGITS.indexOf(String.fromCharCode(code)));

const isHyphenAt = (index: number): boolean => index === 8 || index === 13 || index === 18 || index === 23;

/** A UUID in small letters as 16 characters; undefined: the text is none. */
export const packedUuid = (text: string): string | undefined => {
  if (text.length !== UUID_LENGTH) return undefined;
  let packed = '';
  let high = -1;
  for (let index = 0; index < UUID_LENGTH; index += 1) {
    const code = text.charCodeAt(index);
    if (isHyphenAt(index)) {
      if (code !== HYPHEN) return undefined;
      continue;
    }
    const value = values[code] ?? -1;
    if (value === -1) return undefined;
    if (high === -1) {
      high = value;
      continue;
    }
    packed += String.fromCharCode((high << 4) | value);
    high = -1;
  }
  return packed;
};

/** The UUID that was packed. */
export const unpackedUuid = (packed: string): string => {
  let text = '';
  for (let index = 0; index < PACKED_LENGTH; index += 1) {
    const byte = packed.charCodeAt(index);
    text += `${DIGITS[byte >> 4] ?? ''}${DIGITS[byte & 15] ?? ''}`;
    if (isHyphenAt(text.length)) text += '-';
  }
  return text;
};
