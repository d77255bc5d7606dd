import { useSearchParams } from 'wouter-preact';

export type Query = Readonly<Record<string, string>>;

/** The query of the address: what a view was asked to show, so that it can be linked to. An empty value leaves a field out. */
export const useQuery = (): readonly [Query, (changes: Query, how?: { readonly replace?: boolean }) => void] => {
  const [params, setParams] = useSearchParams();
  const change = (changes: Query, { replace = false } = {}): void =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === '') next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace },
    );
  return [Object.fromEntries(params), change];
};
