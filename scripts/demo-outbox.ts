import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import PostalMime from 'postal-mime';

const TRIES = 50;

/** The code in the newest mail to that address; null when there is no outbox here or no such mail within five seconds. */
export const newestCode = async (outbox: string, address: string): Promise<string | null> => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const names = await readdir(outbox).catch(() => null);
    if (names === null) return null;
    for (const name of names.filter((each) => each.endsWith('.eml')).sort().reverse()) {
      const mail = await PostalMime.parse(await readFile(join(outbox, name)));
      const code = /\b\d{6}\b/.exec(mail.text ?? '')?.[0];
      if (code !== undefined && mail.to?.some((to) => to.address === address)) return code;
    }
    await wait(100);
  }
  return null;
};
