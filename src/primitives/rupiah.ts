/** Rp 250.000,00 */
export const rupiah = (amount: number): string => {
  const [whole = '0', cents = '00'] = Math.abs(amount).toFixed(2).split('.');
  return `${amount < 0 ? '-' : ''}Rp ${whole.replaceAll(/\B(?=(?:[0-9]{3})+$)/g, '.')},${cents}`;
};
