// @ts-check
// 환불승인: what the return comes to now, beside what the customer was shown, and then exactly that.
import { useEffect, useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { addsUp, Calc } from '../../ui/calc.js';
import { won } from '../../ui/money.js';
import { Problem, told } from '../../ui/problem.js';
import { useAnswer } from '../../api/ask.js';
import { t } from '../../app/text.js';
import { CostNotes } from '../customer/claims.js';
import { Account, ActForm, StillDue } from './act.js';

const PAUSE_MS = 250;

/** What goes back, or below 0 is to be paid. @param {any} cost */
export const comesTo = (cost) => cost.payInfo.rfdPrarAmt - cost.payInfo.addPayPrarAmt;

/** What nobody has paid yet. @param {any} cost */
export const stillDue = (cost) => Math.max(0, -(comesTo(cost) + (cost.payInfo.prepayAmt ?? 0)));

/** The cost of an open claim, asked for again a moment after what is waived has changed. @param {any} detail */
export function useCost({ ordNo, claimNo }) {
  const [waived, setWaived] = useState('');
  const [asked, ask] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => ask(waived), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [waived]);
  const heard = useAnswer('claimCalculateCostFO', { body: { ordNo, claimNo, ...(Number(asked) > 0 && { wvAmt: Number(asked) }) } });
  return { ...heard, waived, setWaived, isNew: waived === asked && !heard.busy && !heard.failure };
}

/** Two explanations side by side. @param {{before: any, now: any}} props */
export function Both({ before, now }) {
  return html`
    <div class="both">
      <section><h3>${t('claims.shown')}</h3><${Calc} cost=${before} /></section>
      <section><h3>${t('claims.now')}</h3><${Calc} cost=${now} before=${before} /></section>
    </div>`;
}

/** @param {{detail: any, then: any}} props */
export function Settle({ detail, then }) {
  const { ordNo, claimNo, reqCost } = detail;
  const preview = useCost(detail);
  const [refused, setRefused] = useState(/** @type {any} */ (null));
  useEffect(() => setRefused(null), [preview.answer]);
  const cost = refused?.cost ?? preview.answer;
  if (!cost) return html`<${Problem} failure=${preview.failure} again=${preview.again} />${preview.busy && html`<p aria-busy="true">${t('loading')}</p>`}`;
  const isLess = comesTo(cost) < comesTo(reqCost);
  const before = refused?.before ?? reqCost;
  const onRefused = (/** @type {any} */ failure) => {
    const { code, payload } = failure;
    if (!payload?.calcList || !['AMOUNT_CHANGED', 'AMOUNT_CONFIRM_REQUIRED'].includes(code)) return false;
    setRefused({ cost: payload, before: code === 'AMOUNT_CHANGED' ? cost : reqCost, why: told(failure) });
    return true;
  };
  const done = (/** @type {any} */ { list: [row] }) => then.done(t(row.claimStatCd === '30' ? 'claims.settled' : 'claims.settling', { n: claimNo, amount: won(row.rfdAmt) }));
  const amount = won(cost.payInfo.rfdPrarAmt);
  return html`
    <${Problem} failure=${preview.failure} again=${preview.again} />
    ${before.costHash === cost.costHash ? html`<${Calc} cost=${cost} />` : html`<${Both} before=${before} now=${cost} />`}
    <${CostNotes} cost=${cost} />
    ${refused && html`<p class="banner attention" role="alert">${refused.why}</p>`}
    ${addsUp(cost) && html`<${ActForm} act="settle" operation="saveRefundBundleApproMgmt" hidden=${{ ordNo, claimNo, claimBusinessType: '22', systemType: 'BO', costHash: cost.costHash }}
        disabled=${!preview.isNew} confirm=${t('claims.settleDo', { n: amount })} onDone=${done} onConflict=${then.conflict} onRefused=${onRefused}>
      <${StillDue} due=${stillDue(cost)} waived=${preview.waived} onWaive=${preview.setWaived} />
      ${cost.payInfo.rfdAcctReqYn === 'Y' && html`<p class="muted">${t('claims.accountNote')}</p><${Account} />`}
      ${isLess && html`<label class="check" key=${cost.costHash}><input type="checkbox" name="amtChgCfrmYn" value="Y" required /> ${t('claims.confirmed', { n: amount })}</label>`}
    <//>`}`;
}
