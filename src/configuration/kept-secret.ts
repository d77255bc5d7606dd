import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFileExclusively } from '../primitives/exclusive-file.js';

const SECRET_BYTES = 48;

export class SecretUnusable extends Error {
  override readonly name = 'SecretUnusable';
}

/** Made at the first start outside production and kept, so that tokens outlive a restart. Processes that start together on one folder have one secret. */
export const keptSecret = (dataDirectory: string, name: string): string => {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const path = join(dataDirectory, `${name}.secret`);
  createFileExclusively(path, randomBytes(SECRET_BYTES).toString('base64url'), 0o600);
  const secret = readFileSync(path, 'utf8').trim();
  if (Buffer.from(secret, 'base64url').length < SECRET_BYTES) throw new SecretUnusable(`${path} holds no whole secret; remove it, and a new one is made`);
  return secret;
};
