import { hashedPart } from '../commands/write-path/stamp-events.js';
import type { DomainEvent } from '../domain/events.js';
import type { RecordedEvent } from '../ports/event-store.js';
import { canonicalJsonOfAnyText, sha256 } from '../primitives/canonical-json.js';

/** How an event of a chain relates to its own hash. */
export type HashFinding = 'holds' | 'replaced-text' | 'replaced-text-unproven' | 'broken';

const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;
/** What the embedded store made of a lone surrogate: U+FFFD once in a long text, three times in a short one. */
const READINGS = [/\ufffd{3}|\ufffd/u, /\ufffd/u];
const MOST_PLACES = 8;

const escapes = Array.from({ length: SURROGATES }, (_, index) => `\\u${(FIRST_SURROGATE + index).toString(16)}`);

const places = (text: string, reading: RegExp): { readonly parts: readonly string[]; readonly marks: readonly string[] } => ({
  parts: text.split(reading),
  marks: [...text.matchAll(new RegExp(reading.source, 'gu'))].map(([mark]) => mark),
});

const isMadeOf = (text: string, reading: RegExp, hash: string): boolean => {
  const { parts, marks } = places(text, reading);
  const alone = marks.length > 1 && marks.length <= MOST_PLACES ? marks.map((_, index) => index) : [];
  return escapes.some((escape) => {
    if (sha256(parts.join(escape)) === hash) return true;
    // One place was half a character; in the others somebody wrote U+FFFD.
    return alone.some((place) => sha256(parts.map((part, index) => (index === 0 ? part : `${index - 1 === place ? escape : marks[index - 1]}${part}`)).join('')) === hash);
  });
};

/**
 * Whether an event whose hash is another one is an event of builds before 2026-11-26 that hashed half a character (a lone
 * surrogate) for which the store kept U+FFFD. Proven where the hash is found again with one and the same surrogate back in its
 * places; different ones in one event are too many to be tried.
 */
export const replacedText = (event: RecordedEvent<DomainEvent>): Exclude<HashFinding, 'holds'> => {
  const { stream, revision, metadata } = event;
  const text = canonicalJsonOfAnyText(hashedPart(stream, revision, event));
  const { hash } = metadata;
  if (hash === undefined) return 'broken';
  if (sha256(text) === hash) return 'replaced-text';
  if (!text.includes('\ufffd')) return 'broken';
  return READINGS.some((reading) => isMadeOf(text, reading, hash)) ? 'replaced-text' : 'replaced-text-unproven';
};
