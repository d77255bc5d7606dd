const longDate = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const shortTime = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });

/** "1 March 2026, 12:10 UTC" */
export const timeText = (at: string): string => {
  const time = new Date(at);
  return `${longDate.format(time)}, ${shortTime.format(time)} UTC`;
};
