/** No two records of a stream may have equal values in these fields. A record that lacks one of them clashes with none. */
export interface UniqueRule {
  readonly fields: readonly string[];
  /** True: upper and lower case are equal. */
  readonly ignoreCase?: boolean;
}

interface UniqueValue {
  readonly rule: UniqueRule;
  /** Equal for values that count as equal. */
  readonly value: string;
}

// A person sees no difference between Unicode forms of a letter, or in blanks around a text.
const comparable = (value: unknown, ignoreCase: boolean): unknown => {
  if (typeof value !== 'string') return value;
  const text = value.normalize('NFC').trim();
  return ignoreCase ? text.toLowerCase() : text;
};

/** The values that these fields take, by rule. */
export const uniqueValuesOf = (rules: readonly UniqueRule[], fields: Readonly<Record<string, unknown>>): readonly UniqueValue[] =>
  rules.flatMap((rule) => {
    const values = rule.fields.map((name) => comparable(fields[name], rule.ignoreCase ?? false));
    if (values.some((value) => value === undefined || value === null)) return [];
    return [{ rule, value: JSON.stringify([rule.fields, values]) }];
  });
