// @ts-check
// A cost explained line by line. The page adds the lines up itself: where they don't come to what is said, nobody may go on.
import { html } from './view.js';
import { signedWon, won } from './money.js';
import { t } from '../app/text.js';

/** Whether the lines come to the amount that is to be refunded, or paid. @param {any} cost */
export const addsUp = (cost) =>
  cost.calcList.reduce((/** @type {number} */ sum, /** @type {any} */ row) => sum + row.amt, 0) === cost.payInfo.rfdPrarAmt - cost.payInfo.addPayPrarAmt;

/** @param {{cost: any, before?: any}} props `before`: an explanation this one replaces */
export function Calc({ cost, before }) {
  const known = new Map((before?.calcList ?? []).map((/** @type {any} */ row) => [`${row.ruleId} ${row.title}`, row.amt]));
  let sum = 0;
  return html`
    <table class="calc" data-adds-up=${addsUp(cost)}>
      <caption>${t('calc.title')}</caption>
      <thead><tr><th scope="col">${t('calc.line')}</th><th scope="col" class="number">${t('calc.amount')}</th><th scope="col" class="number">${t('calc.sum')}</th></tr></thead>
      <tbody>${cost.calcList.map((/** @type {any} */ row) => {
        sum += row.amt;
        const changed = before && known.get(`${row.ruleId} ${row.title}`) !== row.amt;
        return html`
          <tr key=${row.seq} data-amount=${row.amt} class=${changed ? 'changed' : ''}>
            <td><bdi>${row.title}</bdi> <small class="muted"><bdi>${row.formula}</bdi></small>${changed && html` <b>${t('calc.changed')}</b>`}</td>
            <td class="number">${signedWon(row.amt)}</td><td class="number">${won(sum)}</td>
          </tr>`;
      })}</tbody>
      <tfoot><tr><th scope="row">${t(cost.payInfo.addPayPrarAmt > 0 ? 'calc.toPay' : 'calc.toRefund')}</th><td></td>
        <td class="number"><b>${won(cost.payInfo.addPayPrarAmt > 0 ? cost.payInfo.addPayPrarAmt : cost.payInfo.rfdPrarAmt)}</b></td></tr></tfoot>
    </table>
    ${!addsUp(cost) && html`<p class="attention" role="alert">${t('calc.alarm')}</p>`}`;
}
