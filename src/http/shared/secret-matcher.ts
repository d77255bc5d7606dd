import { createHash, timingSafeEqual } from 'node:crypto';

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares what a caller sent with the secret. How long it takes tells nothing about the secret. */
export const secretMatcher = (secret: string): ((sent: string) => boolean) => {
  const expected = digestOf(secret);
  return (sent) => timingSafeEqual(digestOf(sent), expected);
};
