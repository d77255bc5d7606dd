import { useQuery } from './address.js';

export interface Field {
  readonly name: string;
  readonly title: string;
  readonly type?: 'text' | 'date' | 'number';
  readonly choices?: readonly string[];
}

const Entry = ({ field: { name, title, type = 'text', choices }, value }: { readonly field: Field; readonly value: string }) => (
  <label>
    {title}
    {choices === undefined ? (
      <input key={value} name={name} type={type} defaultValue={value} maxLength={200} {...(type === 'number' ? { min: 0, step: 'any' } : {})} />
    ) : (
      <select key={value} name={name} defaultValue={value}>
        <option value="">any</option>
        {choices.map((choice) => (
          <option key={choice} value={choice} selected={choice === value}>
            {choice}
          </option>
        ))}
      </select>
    )}
  </label>
);

/** Fields of a search. What was sent stands in the address, and a new search begins at its first page. */
export const SearchForm = ({ fields }: { readonly fields: readonly Field[] }) => {
  const [query, change] = useQuery();
  return (
    <form
      class="fields"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const sent = new FormData(event.currentTarget);
        const values = fields.map(({ name }): readonly [string, string] => [name, String(sent.get(name) ?? '').trim()]);
        change({ ...Object.fromEntries(values), cursor: '' });
      }}
    >
      {fields.map((field) => (
        <Entry key={field.name} field={field} value={query[field.name] ?? ''} />
      ))}
      <button type="submit" class="main">
        Search
      </button>
    </form>
  );
};

/** To the page after this one. The one before is where the back button leads. */
export const NextPage = ({ cursor }: { readonly cursor: string | null }) => {
  const [query, change] = useQuery();
  return (
    <nav class="tools" aria-label="Pages">
      <button type="button" disabled={query['cursor'] === undefined} onClick={() => change({ cursor: '' })}>
        First page
      </button>
      <button type="button" disabled={cursor === null} onClick={() => change({ cursor: cursor ?? '' })}>
        Next page
      </button>
    </nav>
  );
};
