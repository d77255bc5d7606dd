const UTC = 'UTC';

const formatFor = (timeZone: string): Intl.DateTimeFormat | undefined => {
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  } catch {
    return undefined;
  }
};

/** The calendar day, YYYY-MM-DD, at this moment in an IANA time zone. UTC where the zone is unknown. */
export const dayInZone = (moment: Date, timeZone: unknown): string => {
  const format = (typeof timeZone === 'string' ? formatFor(timeZone) : undefined) ?? formatFor(UTC);
  const parts = new Map(format?.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
};
