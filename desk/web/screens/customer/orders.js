// @ts-check
// The orders of a customer: what was bought, how far each line is, and what may still be done with it.
import { useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { Copyable } from '../../ui/copy.js';
import { Problem } from '../../ui/problem.js';
import { Text } from '../../ui/text.js';
import { Time } from '../../ui/time.js';
import { useAnswer } from '../../api/ask.js';
import { meaning, t } from '../../app/text.js';
import { ClaimState } from './claims.js';
import { amountOf, dayOf, Rows } from './parts.js';

/** Before it is handed to a carrier, an address of the order may still get a customs number. */
const BEFORE_SHIPPING = ['10', '11', '12'];

/** Something to be done with an order, or with one line of it. @typedef {{kind: 'cancel' | 'option' | 'customs', order: any, line?: any}} Deed */

export const mayCancel = (/** @type {any} */ line) => line.claimPsb.cnclYn === 'Y';

/**
 * @param {{asked: import('../../api/ask.js').Asked, orders: any[] | null, open: string | null, onOpen: (ordNo: string | null) => void, onDeed: (deed: Deed) => void,
 *   onClaim: (claimNo: string) => void, period: number, onPeriod: (days: number) => void, page: number, total: number, onPage: (page: number) => void, isGuest: boolean}} props
 */
export function Orders({ asked, orders, open, onOpen, onDeed, onClaim, period, onPeriod, page, total, onPage, isGuest }) {
  return html`
    ${!isGuest && html`
      <p class="actions"><label>${t('cust.period')}
        <select value=${period} onChange=${(/** @type {any} */ event) => onPeriod(Number(event.target.value))}>
          ${[90, 365, 1825].map((days) => html`<option key=${days} value=${days}>${t(`cust.days${/** @type {90} */ (days)}`)}</option>`)}
        </select></label></p>`}
    <${Rows} asked=${asked} rows=${orders} keyOf=${(/** @type {any} */ order) => order.ordNo} open=${open} onOpen=${onOpen} empty=${t('cust.noOrders')}
      page=${page} total=${total} onPage=${onPage}
      head=${(/** @type {any} */ order) => html`
        <span class="muted">${dayOf(order.ordDtm)}</span> <b>${amountOf(order.payAmt)}</b>
        ${order.claimList.length > 0 && html`<span class="waiting">${t('cust.hasClaims', { n: order.claimList.length })}</span>`}
        <small><bdi>${order.goodsList[0]?.goodsNm}</bdi> ${order.goodsList.length > 1 && t('cust.andMore', { n: order.goodsList.length - 1 })}</small>`}
      beside=${(/** @type {any} */ order) => html`<${Copyable} text=${order.ordNo} />`}
      body=${(/** @type {any} */ order) => html`<${Order} order=${order} onDeed=${onDeed} onClaim=${onClaim} />`} />`;
}

/** @param {{order: any, onDeed: (deed: Deed) => void, onClaim: (claimNo: string) => void}} props */
function Order({ order, onDeed, onClaim }) {
  const [more, setMore] = useState(false);
  const isOpen = order.goodsList.some((/** @type {any} */ line) => BEFORE_SHIPPING.includes(line.ordDtlStatCd));
  return html`
    <div data-order=${order.ordNo}>
      <p class="muted said">${meaning('OM007', order.ordMediaCd)} <${Time} at=${order.ordDtm} />
        ${order.ordAmt !== order.payAmt && html`<span>${t('cust.countsNow')} ${amountOf(order.ordAmt)}</span>`}
        ${order.maskYn === 'Y' && html`<b class="attention">${t('cust.withdrawn')}</b>`}</p>
      <p class="actions">
        ${order.goodsList.some(mayCancel) && html`<button onClick=${() => onDeed({ kind: 'cancel', order })}>${t('cust.cancelOrder')} <kbd>X</kbd></button>`}
        ${isOpen && html`<button onClick=${() => onDeed({ kind: 'customs', order })}>${t('cust.customs')}</button>`}
        <button aria-expanded=${more} onClick=${() => setMore(!more)}>${t('cust.more')}</button>
      </p>
      <ul class="lines">${order.goodsList.map((/** @type {any} */ line) => html`<${Line} key=${line.ordSeq} order=${order} line=${line} onDeed=${onDeed} />`)}</ul>
      ${order.claimList.map((/** @type {any} */ claim) => html`
        <p key=${claim.claimNo} class="said">${meaning('claimBusinessType', claim.claimBusinessType)} <${Copyable} text=${claim.claimNo} /> <${ClaimState} claim=${claim} />
          <button aria-label=${t('cust.whyOf', { n: claim.claimNo })} onClick=${() => onClaim(claim.claimNo)}>${t('cust.whyClaim')}</button></p>`)}
      ${more && (order.dlvpList ? html`<${More} detail=${order} />` : html`<${AskedMore} ordNo=${order.ordNo} />`)}
    </div>`;
}

/** @param {{order: any, line: any, onDeed: (deed: Deed) => void}} props */
function Line({ order, line, onDeed }) {
  const { claimPsb } = line;
  return html`
    <li class="line" data-row data-line=${line.ordSeq} tabindex="-1">
      <p class="said">${line.ordSeq} <bdi>${line.goodsNm}</bdi> <bdi class="muted">${line.itmNm}</bdi> × ${line.ordQty} <span class="number">${amountOf(line.salePrc)}</span></p>
      <p class="said"><b>${meaning('OM005', line.ordDtlStatCd)}</b> <${Time} at=${line.statDtm} />
        ${line.leftQty !== line.ordQty && html`<span>${t('cust.left', { n: line.leftQty })}</span>`}
        ${line.cnclQty > 0 && html`<span>${t('cust.cancelled', { n: line.cnclQty })}</span>`} ${line.rtnQty > 0 && html`<span>${t('cust.returned', { n: line.rtnQty })}</span>`}
        ${claimPsb.rtnYn === 'Y' && html`<span class="muted">${t('cust.mayReturn')}</span>`} ${claimPsb.exchYn === 'Y' && html`<span class="muted">${t('cust.mayExchange')}</span>`}</p>
      ${claimPsb.impsbRsn && html`<p class="muted"><bdi>${claimPsb.impsbRsn}</bdi></p>`}
      ${(claimPsb.cnclYn === 'Y' || claimPsb.optChgYn === 'Y') && html`
        <p class="actions">
          ${claimPsb.cnclYn === 'Y' && html`<button aria-label=${t('cust.cancelLine', { n: line.ordSeq })} onClick=${() => onDeed({ kind: 'cancel', order, line })}>${t('cust.cancel')}</button>`}
          ${claimPsb.optChgYn === 'Y' && html`<button aria-label=${t('cust.optionLine', { n: line.ordSeq })} onClick=${() => onDeed({ kind: 'option', order, line })}>${t('cust.option')}</button>`}
        </p>`}
    </li>`;
}

/** @param {{ordNo: string}} props */
function AskedMore({ ordNo }) {
  const { answer, failure, again } = useAnswer('orderDetailFO', { body: { ordNo } });
  if (!answer) return failure ? html`<${Problem} failure=${failure} again=${again} />` : html`<p aria-busy="true">${t('loading')}</p>`;
  return html`<${More} detail=${answer} />`;
}

/** @param {{detail: any}} props */
function More({ detail }) {
  return html`
    ${detail.dlvpList.map((/** @type {any} */ place) => html`
      <div key=${place.dlvpSeq}>
        <p class="said">${t('cust.receiver')} <bdi>${place.rcvmnNm}</bdi> <bdi class="number">${phoneOf(place)}</bdi></p>
        <p class="said"><bdi>${place.zipNo}</bdi> <bdi>${place.zipAddr}</bdi> <bdi>${place.dtlAddr}</bdi> ${place.persCstmCd && html`<span>${t('cust.customs')} <bdi class="mono">${place.persCstmCd}</bdi></span>`}</p>
        <${Text} text=${place.deliMsg} />
      </div>`)}
    <ul class="notes">
      ${detail.payList.map((/** @type {any} */ row) => html`<li key=${row.payNo}>${meaning('payMeansCd', row.payMeansCd)} <bdi class="mono">${row.payNo}</bdi> <b>${amountOf(row.payAmt)}</b></li>`)}
      ${detail.ordPromotionList.map((/** @type {any} */ row) => html`<li key=${row.promoNo}><bdi>${row.promoNm}</bdi> −${amountOf(row.dcAmt)}</li>`)}
      ${detail.deliGrpList.map((/** @type {any} */ row) => html`<li key=${row.deliGrpNo}>${t('cust.delivery', { n: row.deliGrpNo })} ${amountOf(row.chrgDeliAmt)}
        ${row.freeStdAmt && t('cust.freeFrom', { amount: amountOf(row.freeStdAmt) })}</li>`)}
      ${detail.giftList.map((/** @type {any} */ row) => html`<li key=${row.aeNo}>${t('cust.gift')} <bdi>${row.aeGoodsNm}</bdi> × ${row.qty}</li>`)}
    </ul>`;
}

/** @param {{cellSctNo: string, cellTxnoNo: string, cellEndNo: string}} of */
export const phoneOf = ({ cellSctNo, cellTxnoNo, cellEndNo }) => `${cellSctNo}-${cellTxnoNo}-${cellEndNo}`;
