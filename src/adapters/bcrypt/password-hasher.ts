import { createHash } from 'node:crypto';
import bcrypt from 'bcrypt';
import type { PasswordHasher } from '../../ports/password-hasher.js';

/** bcrypt reads no more bytes than this: a longer password is hashed first, so that all of it counts. */
const BCRYPT_BYTES = 72;

const readable = (password: string): string =>
  Buffer.byteLength(password) <= BCRYPT_BYTES && !password.includes('\0')
    ? password
    : createHash('sha256').update(password).digest('base64');

export class BcryptPasswordHasher implements PasswordHasher {
  readonly #cost: number;
  readonly #nobodys: string;

  constructor({ cost = 12 }: { cost?: number } = {}) {
    this.#cost = cost;
    this.#nobodys = `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`;
  }

  hash(password: string): Promise<string> {
    return bcrypt.hash(readable(password), this.#cost);
  }

  async verify(password: string, hash: string | null): Promise<boolean> {
    const matches = await bcrypt.compare(readable(password), hash ?? this.#nobodys);
    return matches && hash !== null;
  }

  isOutdated(hash: string): boolean {
    return bcrypt.getRounds(hash) < this.#cost;
  }
}
