import type { Query } from '../pieces/address.js';
import { FIELDS } from './fields.js';

interface Parts {
  readonly query: Query;
  readonly statuses: readonly string[];
  readonly change: (changes: Query) => void;
}

const TYPES = { text: 'text', amount: 'number', date: 'date' } as const;

const textIn = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

/** Puts what is looked for into the address, from which the list is asked for. */
export const SearchForm = ({ query, statuses, change }: Parts) => {
  const names = [...FIELDS.map(({ name }) => name), 'status'];
  const clear = (): void => change(Object.fromEntries([...names, 'cursor'].map((name) => [name, ''])));
  return (
    <search>
      <form
        key={names.map((name) => query[name] ?? '').join('|')}
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          change({ ...Object.fromEntries(names.map((name) => [name, textIn(form, name)])), cursor: '' });
        }}
      >
        {FIELDS.map(({ name, title, kind }) => (
          <label key={name}>
            {title}
            <input name={name} type={TYPES[kind]} {...(kind === 'amount' ? { min: '0', step: 'any' } : {})} maxLength={200} defaultValue={query[name] ?? ''} />
          </label>
        ))}
        <label>
          Status
          <select name="status" defaultValue={query['status'] ?? ''}>
            <option value="">any</option>
            {statuses.map((status) => (
              <option key={status} value={status} selected={query['status'] === status}>
                {status}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="main">
          Search
        </button>
        <button type="button" onClick={clear}>
          Clear
        </button>
      </form>
    </search>
  );
};
