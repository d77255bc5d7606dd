import { hash } from 'node:crypto';

const NAMESPACE_BYTES = 16;
const MOST_BYTES_PER_CHARACTER = 3;
const VARIANTS = '89ab';
const HYPHEN = 45;

/** Used for one id after the other: a buffer for each costs as much as the hash. */
let input = Buffer.alloc(1_024);

const nibble = (code: number): number => (code <= 57 ? code - 48 : (code & 0x5f) - 55);

/** `Buffer.write(…, 'hex')` wants the hyphens taken out first, which costs more than to read the digits. */
const writeUuid = (uuid: string): void => {
  let at = 0;
  for (let index = 0; at < NAMESPACE_BYTES; index += 2) {
    if (uuid.charCodeAt(index) === HYPHEN) index += 1;
    input[at] = (nibble(uuid.charCodeAt(index)) << 4) | nibble(uuid.charCodeAt(index + 1));
    at += 1;
  }
};

/**
 * UUIDv5 of a name in a namespace (a UUID), as the uuid package makes it; on the write path each event needs one,
 * and this costs a fifth.
 */
export const uuidV5 = (name: string, namespace: string): string => {
  const longest = NAMESPACE_BYTES + name.length * MOST_BYTES_PER_CHARACTER;
  if (input.length < longest) input = Buffer.alloc(2 * longest);
  writeUuid(namespace);
  const length = NAMESPACE_BYTES + input.write(name, NAMESPACE_BYTES);
  const hex = hash('sha1', input.subarray(0, length), 'hex');
  const variant = VARIANTS[nibble(hex.charCodeAt(16)) & 3] ?? '';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
