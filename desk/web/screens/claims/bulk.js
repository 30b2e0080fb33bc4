// @ts-check
// Marked rows move together: all or none. A row a colleague has moved meanwhile leaves, the others stay marked.
import { useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { say } from '../../ui/toast.js';
import { meaning, t } from '../../app/text.js';
import { ActForm, carrier, Field, LIST, noteCarrier } from './act.js';
import { leave, marks, MOST_MOVED, rows } from './state.js';

/** Where the goods of a queue may go. @type {Record<string, string[]>} */
export const MOVES = { 31: ['33'], 33: ['34', '36'], 34: ['36'], 36: ['38'], 38: ['36'] };

/** @param {{from: string}} props */
export function Bulk({ from }) {
  const [to, setTo] = useState(MOVES[from][0]);
  const [common, setCommon] = useState(carrier.last);
  const list = (rows.value ?? []).filter((row) => marks.value.has(row.claimNo)).slice(0, MOST_MOVED);
  const isParcel = from === '33';
  const conflict = (/** @type {any} */ failure) => {
    const places = new Set(failure.errors.map((/** @type {any} */ one) => Number(/\[(\d+)\]/.exec(one.field)?.[1] ?? -1)));
    leave(list.filter((_, place) => places.has(place)).map((row) => row.claimNo), t('claims.conflict'));
  };
  const done = (/** @type {any} */ answer) => {
    leave(list.map((row) => row.claimNo));
    say(t('claims.moved', { n: answer.updated, where: meaning('OM005', to) }));
  };
  const complete = (/** @type {any} */ body) => {
    const { cause, ...rest } = body;
    const moved = rest[LIST].map((/** @type {any} */ row) => ({ ...row, ...(row.invNo && common && { hdcCd: common }), ...(cause && { wthdFnshWaitProcCaus: cause }) }));
    return noteCarrier({ ...rest, [LIST]: moved }, { hdcCd: common });
  };
  return html`
    <section class="answer bulk" aria-label=${t('claims.bulk')}>
      <h2>${t('claims.marked', { n: list.length })}</h2>
      <div role="group" class="actions" aria-label=${t('claims.bulkTo')}>
        ${MOVES[from].map((one) => html`<button key=${one} aria-pressed=${one === to} onClick=${() => setTo(one)}>${meaning('OM005', one)}</button>`)}
        <button onClick=${() => { marks.value = new Set((rows.value ?? []).slice(0, MOST_MOVED).map((row) => row.claimNo)); }}>${t('claims.markAll')}</button>
        <button onClick=${() => { marks.value = new Set(); }}>${t('claims.markNone')} <kbd>Esc</kbd></button>
      </div>
      <${ActForm} key=${to} act="bulk" operation="saveWithdrawStatUpdateProcess" hidden=${{ ordDtlStatCd: from, updateTargetOrdDtlStatCd: to }} complete=${complete}
          confirm=${t('claims.bulkDo', { n: list.length, where: meaning('OM005', to) })} onDone=${done} onConflict=${conflict}>
        ${isParcel && html`<label>${t('claims.carrierOfAll')} <input value=${common} maxlength="20" onInput=${(/** @type {any} */ event) => setCommon(event.target.value)} /></label>`}
        ${to === '38' && html`<${Field} label=${t('claims.cause')} name="cause" rows="2" maxlength="1000" required />`}
        ${list.map((row, place) => html`
          <div key=${row.claimNo}>
            <input type="hidden" name=${`${LIST}[${place}].ordNo`} value=${row.ordNo} /><input type="hidden" name=${`${LIST}[${place}].claimNo`} value=${row.claimNo} />
            ${isParcel && html`<${Field} label=${t('claims.invoiceOf', { n: row.claimNo })} name=${`${LIST}[${place}].invNo`} maxlength="30" />`}
          </div>`)}
      <//>
    </section>`;
}
