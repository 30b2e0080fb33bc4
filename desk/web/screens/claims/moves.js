// @ts-check
// What may be done with a return or an exchange where it stands, the usual first, and the short forms of it.
import { useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { serverNow } from '../../app/store.js';
import { meanings, t } from '../../app/text.js';
import { Account, ActForm, carrier, faults, Field, LIST, noteCarrier, reasons } from './act.js';
import { Inspect } from './inspect.js';
import { Settle } from './settle.js';

/** From which state of the goods to which, by saveWithdrawStatUpdateProcess. */
const MOVED = /** @type {Record<string, [string, string]>} */ ({
  instruct: ['31', '33'], collecting: ['33', '34'], collected33: ['33', '36'], collected: ['34', '36'], invoice: ['34', '34'], hold: ['36', '38'], release: ['38', '36'],
});

/** @param {any} detail @returns {string[]} */
export function actsOf(detail) {
  const isExchange = detail.claimBusinessType === '30';
  // Its settlement was accepted: what follows are steps.
  if (detail.ordDtlStatCd === '36' && !isExchange && detail.stepList.length > 0) return [];
  // The goods of an exchange that became a return after its inspection have gone where they belong: it can only be settled.
  const ends = detail.exchMidRtnYn === 'Y' ? [] : ['reject', 'withdraw'];
  const converts = isExchange ? ['convert'] : [];
  const account = isExchange ? [] : ['account'];
  switch (detail.ordDtlStatCd) {
    case '31': return ['approve', 'reject', ...converts, 'withdraw', ...account];
    case '33': return ['collecting', 'collected33', 'method', ...converts, 'withdraw', ...account];
    case '34': return ['collected', 'invoice', ...converts, 'withdraw', ...account];
    case '36': return [...(isExchange ? ['inspect'] : ['settle', 'inspect']), 'hold', ...converts, ...ends, ...account];
    case '38': return ['release', ...converts, ...ends, ...account];
    case '22': return ['ship', 'arrive', ...converts, 'withdraw'];
    case '13': return isExchange ? ['arrive', 'ship'] : [];
    default: return [];
  }
}

/** @param {{detail: any, then: {done: (text: string, stays?: boolean) => void, goTo: (claimNo: string) => void, conflict: () => void}}} props */
export function Acts({ detail, then }) {
  const acts = actsOf(detail);
  const [chosen, choose] = useState(acts[0]);
  if (acts.length === 0) return null;
  const act = acts.includes(chosen) ? chosen : acts[0];
  const Form = act === 'settle' ? Settle : act === 'inspect' ? Inspect : Move;
  return html`
    <section class="answer" aria-label=${t('claims.acts')}>
      <div role="group" class="actions" aria-label=${t('claims.acts')}>
        ${acts.map((one) => html`<button key=${one} aria-pressed=${one === act} onClick=${() => choose(one)}>${nameOf(one)}</button>`)}
      </div>
      <${Form} key=${act} act=${act} detail=${detail} then=${then} />
    </section>`;
}

const nameOf = (/** @type {string} */ act) => t(/** @type {any} */ (`claims.act.${act}`));

/** @param {{act: string, detail: any, then: any}} props */
function Move({ act, detail, then }) {
  const { ordNo, claimNo } = detail;
  const isExchange = detail.claimBusinessType === '30';
  const own = { act, hidden: /** @type {any} */ ({ ordNo, claimNo }), confirm: nameOf(act), onConflict: then.conflict, onDone: () => then.done(t('claims.done', { n: claimNo, what: nameOf(act) }), ['method', 'invoice', 'account'].includes(act)) };
  if (MOVED[act]) {
    const [from, to] = MOVED[act];
    const row = `${LIST}[0].`;
    const { wthdMthdCd, hdcCd, invNo } = detail.wthdInfo;
    return html`
      <${ActForm} ...${own} operation="saveWithdrawStatUpdateProcess" hidden=${{ ordDtlStatCd: from, updateTargetOrdDtlStatCd: to, [`${row}ordNo`]: ordNo, [`${row}claimNo`]: claimNo }}
        complete=${(/** @type {any} */ body) => noteCarrier(body, body[LIST][0])}>
        ${(to === '34' || from === '33') && html`<${Parcel} path=${row} hdcCd=${hdcCd} invNo=${invNo} required=${wthdMthdCd === '10' && (!invNo || act === 'invoice')} />`}
        ${to === '38' && html`<${Field} label=${t('claims.cause')} name=${`${row}wthdFnshWaitProcCaus`} rows="2" maxlength="1000" required />`}
        ${act !== 'invoice' && html`<${Field} label=${t('claims.when')} name=${`${row}dtm`} type="datetime-local" />`}
      <//>`;
  }
  switch (act) {
    case 'approve':
    case 'method':
      return html`<${ActForm} ...${own} operation="approveClaim">
        <${Field} label=${t('claims.method')} name="wthdMthdCd" required=${act === 'method'}
          choices=${[['', act === 'method' ? '' : t('claims.asAsked', { what: detail.wthdInfo && meaningOf(detail.wthdInfo.wthdMthdCd) })], ...meanings('wthdMthdCd')]} />
      <//>`;
    case 'reject':
      return html`<${ActForm} ...${own} operation="rejectClaim" danger>
        <${Field} label=${t('claims.rejectReason')} name="rjtRsnCd" choices=${[['', ''], ...meanings('rjtRsnCd')]} required />
        <${Field} label=${t('claims.rejectWords')} name="rjtRsnCntt" rows="2" maxlength="1000" />
      <//>`;
    case 'withdraw':
      return html`<${ActForm} ...${own} operation=${isExchange ? 'withdrawalExchangeFO' : 'withdrawalReturnFO'} danger><p>${t('claims.withdrawNote')}</p><//>`;
    case 'convert':
      return html`<${ActForm} ...${own} operation="convertExchangeToReturn" danger
          onDone=${(/** @type {any} */ answer) => { then.done(t('claims.converted', { n: claimNo, other: answer.claimNo })); then.goTo(answer.claimNo); }}>
        <p>${t('claims.convertNote')}</p>
        <${Field} label=${t('claims.fault')} name="imptDivCd" choices=${faults()} /><${Field} label=${t('claims.reason')} name="claimRsnCd" choices=${reasons('20')} />
      <//>`;
    case 'account':
      return html`<${ActForm} ...${own} operation="saveRfdAcctFO"><${Account} required /><//>`;
    default: {
      const to = act === 'ship' ? '13' : '15';
      const { hdcCd, invNo } = detail.exchInfo ?? {};
      return html`
        <${ActForm} ...${own} operation="saveExchangeDeliStat" hidden=${{ ordNo, claimNo, ordDtlStatCd: to }}
          complete=${(/** @type {any} */ body) => noteCarrier({ dtm: new Date(serverNow()).toISOString(), ...body }, body)}>
          ${act === 'ship' && html`<${Parcel} path="" hdcCd=${hdcCd} invNo=${invNo} required=${false} />`}
          <${Field} label=${t('claims.when')} name="dtm" type="datetime-local" />
        <//>`;
    }
  }
}

const meaningOf = (/** @type {string} */ code) => meanings('wthdMthdCd').find(([one]) => one === code)?.[1] ?? code;

/** @param {{path: string, hdcCd?: string | null, invNo?: string | null, required: boolean}} props */
function Parcel({ path, hdcCd, invNo, required }) {
  return html`
    <${Field} label=${t('claims.carrier')} name=${`${path}hdcCd`} defaultValue=${hdcCd ?? (required ? carrier.last : '')} maxlength="20" required=${required} />
    <${Field} label=${t('claims.invoice')} name=${`${path}invNo`} defaultValue=${invNo ?? ''} maxlength="30" required=${required} />`;
}

