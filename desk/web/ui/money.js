// @ts-check
// Amounts in won.
const grouped = new Intl.NumberFormat('ko-KR');
const signed = new Intl.NumberFormat('ko-KR', { signDisplay: 'exceptZero' });

/** @param {number} amount */
export const won = (amount) => grouped.format(amount);

/** @param {number} amount */
export const signedWon = (amount) => signed.format(amount).replace('-', '−');
