import { hash } from 'node:crypto';

const NAMESPACE_BYTES = 16;
const MOST_BYTES_PER_CHARACTER = 3;

/** Used for one id after the other: a buffer for each costs as much as the hash. */
let input = Buffer.alloc(1_024);

/**
 * UUIDv5 of a name in a namespace (a UUID), as the uuid package makes it; on the write path each event needs one,
 * and the one-shot hash costs a quarter.
 */
export const eventId = (name: string, namespace: string): string => {
  const longest = NAMESPACE_BYTES + name.length * MOST_BYTES_PER_CHARACTER;
  if (input.length < longest) input = Buffer.alloc(2 * longest);
  const namespaceLength = input.write(namespace.replaceAll('-', ''), 0, NAMESPACE_BYTES, 'hex');
  const length = namespaceLength + input.write(name, namespaceLength);
  const hex = hash('sha1', input.subarray(0, length), 'hex');
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
};
