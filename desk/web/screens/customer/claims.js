// @ts-check
// The claims of a customer: how far each has come, and why it came to its amount, in the words that were stored with it.
import { useEffect, useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { Calc } from '../../ui/calc.js';
import { Copyable } from '../../ui/copy.js';
import { Problem } from '../../ui/problem.js';
import { Text } from '../../ui/text.js';
import { inKorea, Time } from '../../ui/time.js';
import { useAnswer } from '../../api/ask.js';
import { meaning, t } from '../../app/text.js';
import { amountOf, dayOf, Rows } from './parts.js';

/** How often a claim that goes on is looked at again, each time twice as late as before. */
const MOST_LOOKS = 5;

const isOver = (/** @type {any} */ claim) => claim.claimStatCd === '30' || claim.claimStatCd === '90';

/** @param {{claim: any}} props */
export function ClaimState({ claim }) {
  return html`<span class=${`state s${claim.claimStatCd}`}>${meaning('claimStatCd', claim.claimStatCd)}</span>`;
}

/** @param {{asked: import('../../api/ask.js').Asked, rows: any[] | null, open: string | null, onOpen: (claimNo: string | null) => void, page: number, total: number, onPage: (page: number) => void}} props */
export function Claims({ asked, rows, open, onOpen, page, total, onPage }) {
  return html`
    <${Rows} asked=${asked} rows=${rows} keyOf=${(/** @type {any} */ row) => row.claimNo} open=${open} onOpen=${onOpen} empty=${t('cust.noClaims')}
      page=${page} total=${total} onPage=${onPage}
      head=${(/** @type {any} */ row) => html`
        ${meaning('claimBusinessType', row.claimBusinessType)} <${ClaimState} claim=${row} />
        ${row.ordDtlStatCd && html`<span>${meaning('OM005', row.ordDtlStatCd)}</span>`}
        <span class="muted">${dayOf(row.reqDtm)}</span> ${row.goodsNm && html`<bdi>${row.goodsNm}</bdi>`}
        ${row.goodsCnt > 1 && t('cust.andMore', { n: row.goodsCnt - 1 })}
        ${row.rfdPrarAmt > 0 && html`<b>${amountOf(row.rfdPrarAmt)}</b>`}`}
      beside=${(/** @type {any} */ row) => html`<${Copyable} text=${row.claimNo} />`}
      body=${(/** @type {any} */ row) => html`<${ClaimDetails} ordNo=${row.ordNo} claimNo=${row.claimNo} />`} />`;
}

/** @param {{ordNo: string, claimNo: string, follow?: boolean}} props `follow`: looked at again until it is over */
export function ClaimDetails({ ordNo, claimNo, follow }) {
  const [looks, setLooks] = useState(0);
  const { answer, failure, busy, again } = useAnswer('claimDetailsInfoFO', { body: { ordNo, claimNo }, looks });
  useEffect(() => {
    if (!follow || !answer || isOver(answer) || looks >= MOST_LOOKS) return undefined;
    const timer = setTimeout(() => setLooks(looks + 1), 1000 * 2 ** looks);
    return () => clearTimeout(timer);
  }, [answer, follow]);
  if (!answer) return html`<${Problem} failure=${failure} again=${again} />${busy && html`<p aria-busy="true">${t('loading')}</p>`}`;
  return html`
    <${Problem} failure=${failure} again=${again} />
    <p class="said" role=${follow ? 'status' : undefined}>
      ${meaning('claimBusinessType', answer.claimBusinessType)} ${follow && html`<${Copyable} text=${claimNo} />`} <${ClaimState} claim=${answer} />
      ${answer.claimRsnCd && html`<span>${meaning('claimRsnCd', answer.claimRsnCd)} (${meaning('imptDivCd', answer.imptDivCd)})</span>`}
      ${follow && !isOver(answer) && html`<button onClick=${again}>${t('cust.look')}</button>`}
    </p>
    <p class="muted said">
      <span>${t('order')} <${Copyable} text=${ordNo} /></span> <span>${t('cust.requested')} <${Time} at=${answer.reqDtm} /></span>
      ${answer.reqRoleCd && html`<span>${meaning('reqRoleCd', answer.reqRoleCd)}</span>`}
      ${answer.cmplDtm && html`<span>${t('cust.completed')} <${Time} at=${answer.cmplDtm} /></span>`}
    </p>
    <${Text} text=${answer.claimRsnCntt} />
    ${answer.stepList.length > 0 && html`<ul class="steps" aria-label=${t('cust.steps')}>${answer.stepList.map((/** @type {any} */ step) => html`<${Step} key=${step.stepCd} step=${step} />`)}</ul>`}
    ${answer.cost && html`
      <p>${answer.cost.claimGoodsList.map((/** @type {any} */ row) => html`<span key=${row.ordSeq}><bdi>${row.goodsNm ?? row.goodsNo}</bdi> <bdi>${row.itmNm ?? row.itmNo}</bdi> × ${row.claimQty} </span>`)}</p>
      ${answer.cost.estmYn === 'Y' && html`<p class="waiting">${t('cust.estimated')}</p>`}
      <${Calc} cost=${answer.cost} />`}
    ${answer.rfdList.map((/** @type {any} */ row) => html`
      <p key=${row.payNo} class="said">${meaning('payMeansCd', row.payMeansCd)} <bdi class="mono">${row.payNo}</bdi> <b>${amountOf(row.rfdAmt)}</b>
        ${meaning('rfdStatCd', row.rfdStatCd)} ${row.rfdDtm && html`<time datetime=${row.rfdDtm}>${inKorea(row.rfdDtm)}</time>`}</p>`)}
    ${answer.restoreCpnList.map((/** @type {any} */ row) => html`
      <p key=${row.cpnIsuNo} class="said">${t('cust.coupon')} <bdi>${row.promoNm}</bdi> ${t(row.restoredYn === 'Y' ? 'cust.restored' : row.rsn ? 'cust.notRestored' : 'cust.toRestore')}
        ${row.rsn && html`<bdi class="muted">${row.rsn}</bdi>`}</p>`)}
    ${answer.cost && html`<${CostNotes} cost=${{ ...answer.cost, payInfo: { ...answer.cost.payInfo, rfdList: [] }, bnfInfo: { ...answer.cost.bnfInfo, restoreCpnList: [] } }} />`}`;
}

/** @param {{step: any}} props */
function Step({ step }) {
  const kind = { 10: 'waiting', 20: 'done', 30: 'attention' }[/** @type {10} */ (step.stepStatCd)];
  return html`<li class="said">${meaning('stepCd', step.stepCd)} <b class=${kind}>${meaning('stepStatCd', step.stepStatCd)}</b>
    ${step.stepStatCd !== '20' && step.tryCnt > 0 && t('cust.tries', { n: step.tryCnt })}</li>`;
}

/** What a cost means beside its amount: where the money goes, which coupons and gifts, how much mileage. @param {{cost: any}} props */
export function CostNotes({ cost }) {
  const { bnfInfo, payInfo } = cost;
  return html`<ul class="notes">
    ${payInfo.rfdList.map((/** @type {any} */ row) => html`<li key=${row.payNo}>${t('cust.goesTo')} ${meaning('payMeansCd', row.payMeansCd)} <bdi class="mono">${row.payNo}</bdi> <b>${amountOf(row.rfdAmt)}</b></li>`)}
    ${bnfInfo.restoreCpnList.map((/** @type {any} */ row) => html`<li key=${row.cpnIsuNo}>${t('cust.couponBack')} <bdi>${row.promoNm}</bdi></li>`)}
    ${bnfInfo.revokeDcList.map((/** @type {any} */ row) => html`<li key=${`${row.promoNo} ${row.cpnIsuNo}`}>${t('cust.revoked')} <bdi>${row.promoNm}</bdi> ${amountOf(row.dcAmt)} <bdi class="muted">${row.rsn}</bdi></li>`)}
    ${bnfInfo.cnclGiftList.map((/** @type {any} */ row) => html`<li key=${row.aeNo}>${t('cust.giftGone')} <bdi>${row.aeGoodsNm}</bdi></li>`)}
    ${bnfInfo.mlgRestoreAmt > 0 && html`<li>${t('cust.mileageBack')} ${amountOf(bnfInfo.mlgRestoreAmt)}</li>`}
    ${bnfInfo.accmRtrvAmt > 0 && html`<li>${t('cust.accrualBack')} ${amountOf(bnfInfo.accmRtrvAmt)}</li>`}
  </ul>`;
}
