export interface Difference {
  /** JSON pointer (RFC 6901). */
  readonly path: string;
  /** JSON; undefined: it is not there. */
  readonly left: string | undefined;
  readonly right: string | undefined;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const textOf = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value));

const fieldsOf = (value: object): ReadonlyMap<string, unknown> => new Map(Object.entries(value));

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** What differs between two JSON values, by field, down to the smallest part that does. */
export const differences = (left: unknown, right: unknown, path = ''): readonly Difference[] => {
  if (isObject(left) && isObject(right) && Array.isArray(left) === Array.isArray(right)) {
    const [before, after] = [fieldsOf(left), fieldsOf(right)];
    const names = [...new Set([...before.keys(), ...after.keys()])];
    return names.flatMap((name) => differences(before.get(name), after.get(name), `${path}/${escaped(name)}`));
  }
  const [was, is] = [textOf(left), textOf(right)];
  return was === is ? [] : [{ path, left: was, right: is }];
};
