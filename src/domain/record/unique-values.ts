import type { RecordFields } from './record-book.js';

/** Fields that no two records of one stream may have alike. A record that lacks one of them clashes with none. */
export interface UniqueRule {
  readonly fields: readonly string[];
  /** Text that differs in nothing but upper and lower case is the same. */
  readonly ignoreCase?: boolean;
}

interface UniqueValue {
  readonly rule: UniqueRule;
  /** The same for values that count as the same. */
  readonly value: string;
}

// Two ways to write one letter in Unicode, and blanks around it, are no difference that a person sees.
const comparable = (value: unknown, ignoreCase: boolean): unknown => {
  if (typeof value !== 'string') return value;
  const text = value.normalize('NFC').trim();
  return ignoreCase ? text.toLowerCase() : text;
};

/** What these fields take up, by rule. */
export const uniqueValuesOf = (rules: readonly UniqueRule[], fields: RecordFields): readonly UniqueValue[] =>
  rules.flatMap((rule) => {
    const values = rule.fields.map((name) => comparable(fields[name], rule.ignoreCase ?? false));
    if (values.some((value) => value === undefined || value === null)) return [];
    return [{ rule, value: JSON.stringify([rule.fields, values]) }];
  });
