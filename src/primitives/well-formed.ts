type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** JSON prints half of a character as an escape that begins so, and nothing else that is no text about escapes. */
export const LONE_SURROGATE = '\\ud';

const isWhole = (value: unknown): boolean => {
  if (typeof value === 'string') return value.isWellFormed();
  if (Array.isArray(value)) return value.every(isWhole);
  return !isFields(value) || Object.entries(value).every(([name, field]) => name.isWellFormed() && isWhole(field));
};

/** False when a string or a name in the JSON value has half of a character (a lone surrogate), which no store keeps as it is. */
export const isWellFormed = (value: unknown): boolean => {
  if (typeof value === 'string') return value.isWellFormed();
  // Each event is looked through: to print it and to look for one text takes a fifth of the time of a walk.
  return !isFields(value) || !JSON.stringify(value).includes(LONE_SURROGATE) || isWhole(value);
};

const madeWellFormed = (value: unknown): unknown => {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(madeWellFormed);
  return isFields(value) ? wholeFields(value) : value;
};

const wholeFields = (fields: Fields): object =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name.toWellFormed(), madeWellFormed(field)]));

/** The value itself, or where it has halves of characters a copy with U+FFFD in their place. */
export const wellFormed = <Value extends object>(value: Value): Value =>
  // The copy has the same fields, and texts where texts were.
  isWellFormed(value) ? value : (madeWellFormed(value) as Value);
