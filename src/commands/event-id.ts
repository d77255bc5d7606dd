import { hash } from 'node:crypto';

const namespaceBytes = (namespace: string): Buffer => Buffer.from(namespace.replaceAll('-', ''), 'hex');

/**
 * UUIDv5 of a name in a namespace (a UUID), as the uuid package makes it; on the write path each event needs one,
 * and the one-shot hash costs a quarter.
 */
export const eventId = (name: string, namespace: string): string => {
  const bytes = Buffer.concat([namespaceBytes(namespace), Buffer.from(name)]);
  const hex = hash('sha1', bytes, 'hex');
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
};
