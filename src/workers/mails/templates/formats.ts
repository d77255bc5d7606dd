/** "1 March 2026, 12:10 UTC" */
export const timeText = (at: string): string => {
  const time = new Date(at);
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(time);
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' }).format(time);
  return `${date}, ${clock} UTC`;
};
