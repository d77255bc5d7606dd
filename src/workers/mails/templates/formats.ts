const isNumeric = (amount: string): amount is `${number}` => /^-?\d+(\.\d+)?$/.test(amount);

/** "1299.00", USD -> "$1,299.00". Exact: the amount is never a binary number. */
export const moneyText = (amount: string, currency: string): string =>
  isNumeric(amount)
    ? new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' }).format(amount).replaceAll('\u00a0', ' ')
    : `${currency} ${amount}`;

/** "1 March 2026, 12:10 UTC" */
export const timeText = (at: string): string => {
  const time = new Date(at);
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(time);
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' }).format(time);
  return `${date}, ${clock} UTC`;
};
