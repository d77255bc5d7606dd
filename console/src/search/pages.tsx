import type { Query } from '../pieces/address.js';

interface Parts {
  readonly query: Query;
  readonly nextCursor: string | null;
  readonly change: (changes: Query) => void;
}

/** Each page has an address: the browser's way back leads to the one before. */
export const Pages = ({ query, nextCursor, change }: Parts) => (
  <nav class="tools" aria-label="Pages">
    <button type="button" disabled={(query['cursor'] ?? '') === ''} onClick={() => change({ cursor: '' })}>
      Newest
    </button>
    <button type="button" disabled={nextCursor === null} onClick={() => change({ cursor: nextCursor ?? '' })}>
      Older
    </button>
  </nav>
);
