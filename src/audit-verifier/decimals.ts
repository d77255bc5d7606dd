const SCALE = 12;

/** A decimal string as a whole number of 10^-12. Undefined where it is none, or has more places. */
export const decimal = (text: unknown): bigint | undefined => {
  const [, sign, whole, places = ''] = (typeof text === 'string' ? /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) : null) ?? [];
  if (whole === undefined || places.length > SCALE) return undefined;
  const value = BigInt(whole + places.padEnd(SCALE, '0'));
  return sign === '-' ? -value : value;
};

/** The sum; undefined where one of them is no decimal. */
export const sumOf = (texts: readonly unknown[]): bigint | undefined => {
  let sum = 0n;
  for (const text of texts) {
    const value = decimal(text);
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
};
