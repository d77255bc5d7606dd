import type { Query } from '../pieces/address.js';

/** The page that the address asks for. */
export const pageIn = (query: Query, name: string): number => {
  const page = Number(query[name] ?? '1');
  return Number.isSafeInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1;
};

interface Parts {
  /** Of the field of the address. */
  readonly name: string;
  readonly page: number;
  readonly of: number;
  readonly change: (changes: Query) => void;
}

export const NumberedPages = ({ name, page, of, change }: Parts) =>
  of <= 1 && page === 1 ? null : (
    <nav class="tools" aria-label={`Pages of ${name}`}>
      <button type="button" disabled={page <= 1} onClick={() => change({ [name]: page <= 2 ? '' : String(page - 1) })}>
        Before
      </button>
      <span>
        {page} of {of}
      </span>
      <button type="button" disabled={page >= of} onClick={() => change({ [name]: String(page + 1) })}>
        After
      </button>
    </nav>
  );
