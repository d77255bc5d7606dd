import type { Trust } from './checkpoint-check.js';

// What this browser believes outlives the session: only so a server that shows another history tomorrow is found out.
const KEYS = 'registrar-console-audit-keys';
const SEEN = 'registrar-console-audit-checkpoint';

const read = (key: string): string | undefined => {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
};

const write = (key: string, value: string): void => {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing trusts the first key of each visit.
  }
};

export const trusted = (): Trust => ({ vkeys: read(KEYS)?.split('\n').filter((vkey) => vkey !== '') ?? [], seen: read(SEEN) });

export const trustKey = (vkey: string): void => write(KEYS, [...new Set([...trusted().vkeys, vkey])].join('\n'));

export const keepSeen = (note: string): void => write(SEEN, note);
