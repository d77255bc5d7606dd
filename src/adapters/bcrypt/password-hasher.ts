import { createHash, createHmac } from 'node:crypto';
import bcrypt from 'bcrypt';
import type { PasswordHasher } from '../../ports/password-hasher.js';

/** bcrypt reads no more bytes than this: a longer password is hashed first, so that all of it counts. */
const BCRYPT_BYTES = 72;

/** Marks the bcrypt hash of a digest with our own key: a digest that leaked elsewhere is then no password here. */
const DIGESTED = 'digest:';
const KEY = 'registrar/password';

const isLong = (password: string): boolean => Buffer.byteLength(password) > BCRYPT_BYTES || password.includes('\0');

const digest = (password: string): string => createHmac('sha256', KEY).update(password).digest('base64');

/** As earlier builds made long passwords readable; their hashes are made anew at the next log-in. */
const earlierDigest = (password: string): string => createHash('sha256').update(password).digest('base64');

const bare = (hash: string): string => (hash.startsWith(DIGESTED) ? hash.slice(DIGESTED.length) : hash);

export class BcryptPasswordHasher implements PasswordHasher {
  readonly #cost: number;
  readonly #nobodys: string;

  constructor({ cost = 12 }: { cost?: number } = {}) {
    this.#cost = cost;
    this.#nobodys = `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`;
  }

  async hash(password: string): Promise<string> {
    return isLong(password) ? `${DIGESTED}${await bcrypt.hash(digest(password), this.#cost)}` : bcrypt.hash(password, this.#cost);
  }

  async verify(password: string, hash: string | null): Promise<boolean> {
    const isDigested = hash?.startsWith(DIGESTED) === true;
    const readable = isDigested ? digest(password) : isLong(password) ? earlierDigest(password) : password;
    const matches = await bcrypt.compare(readable, hash === null ? this.#nobodys : bare(hash));
    return matches && hash !== null;
  }

  isOutdated(hash: string, password: string): boolean {
    return bcrypt.getRounds(bare(hash)) < this.#cost || (isLong(password) && !hash.startsWith(DIGESTED));
  }
}
