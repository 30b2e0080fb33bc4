// @ts-check
// One claim: what is to be done with it, how far its steps have come, why it costs what it costs, and who did what.
import { useEffect, useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { Calc } from '../../ui/calc.js';
import { copy, Copyable } from '../../ui/copy.js';
import { signedWon, won } from '../../ui/money.js';
import { Problem } from '../../ui/problem.js';
import { Text } from '../../ui/text.js';
import { inKorea, Time } from '../../ui/time.js';
import { say } from '../../ui/toast.js';
import { useAnswer } from '../../api/ask.js';
import { useKeys } from '../../app/keys.js';
import { meaning, t } from '../../app/text.js';
import { retry } from './act.js';
import { nameOfLine } from './inspect.js';
import { Acts } from './moves.js';
import { Both } from './settle.js';
import { backToRow, leave, named, rowAfter, show, standing } from './state.js';

/** @param {{claimNo: string}} props */
export function Detail({ claimNo }) {
  const { answer: detail, failure, busy, again } = useAnswer('getClaimDetail', { query: { claimNo } });
  // What was read before something was done is good for nothing more.
  const [stale, setStale] = useState(/** @type {any} */ (null));
  const [faster, setFaster] = useState(false);
  const readAgain = () => { setStale(detail); again(); };
  useEffect(backToRow, [detail]);
  // In one column it is below the list.
  useEffect(() => { if (matchMedia('(max-width: 1100px)').matches) document.querySelector('.claim')?.scrollIntoView(); }, []);
  const then = {
    done(/** @type {string} */ text, stays = false) {
      say(text);
      const next = stays ? undefined : rowAfter(claimNo);
      if (!stays) leave([claimNo]);
      if (next !== undefined) return show(next);
      readAgain();
    },
    goTo: show,
    conflict() {
      leave([claimNo], t('claims.conflict'));
      setFaster(true);
      readAgain();
    },
  };
  const isOpen = Boolean(detail?.taskList.some((/** @type {any} */ task) => task.stepStatCd !== '20'));
  useKeys(detail ? { KeyY: () => copy(detail.ordNo), 'Shift+KeyY': () => copy(claimNo), ...(isOpen && { KeyT: () => retry(claimNo, again) }) } : {});
  if (!detail) return html`<${Problem} failure=${failure} again=${again} />${busy && html`<p class="empty" aria-busy="true">${t('loading')}</p>`}`;
  const last = detail.histList.at(-1);
  return html`
    <div class="inquiry-head" aria-busy=${busy}>
      <h2>${named('claimBusinessType', detail.claimBusinessType, detail.claimBusinessTypeNm)} <${Copyable} text=${claimNo} /></h2>
      <p>
        <span class=${`state s${detail.claimStatCd}`}>${standing(detail.ordDtlStatCd, detail.claimStatCd)}</span>
        ${detail.endRsnCd && html`<span>${named('endRsnCd', detail.endRsnCd, detail.endRsnNm)}</span>`}
        ${t('order')} <${Copyable} text=${detail.ordNo} /> <a href=${`#/order/${detail.ordNo}`}>${t('claims.openOrder')}</a>
        ${detail.orgClaimNo && html`${t('claims.origin')} <a href=${`#/claims/${detail.orgClaimNo}`}>${detail.orgClaimNo}</a>`}
      </p>
      <p>
        <span>${named('claimRsnCd', detail.claimRsnCd, detail.claimRsnNm)}</span> <span class="muted">${named('imptDivCd', detail.imptDivCd, detail.imptDivNm)}</span>
        <span class="muted">${t('claims.requested')} <${Time} at=${detail.reqDtm} /> ${named('reqRoleCd', detail.reqRoleCd, detail.reqRoleNm)} <bdi class="mono">${detail.reqUserId}</bdi></span>
        ${detail.cmplDtm && html`<span class="muted">${t('cust.completed')} <${Time} at=${detail.cmplDtm} /></span>`}
        ${detail.rfdDueDt && detail.claimStatCd === '20' && html`<span class="waiting">${t('claims.due')} ${detail.rfdDueDt}</span>`}
      </p>
      <p class="actions">
        ${isOpen && html`<button class="primary" aria-keyshortcuts="T" onClick=${() => retry(claimNo, again)}>${t('claims.retry')} <kbd>T</kbd></button>`}
        <button onClick=${again}>${t('conflict.readAgain')}</button>
      </p>
    </div>
    <${Problem} failure=${failure} again=${again} />
    ${faster && html`<p class="banner attention" role="alert">${t('claims.conflict')} ${last && html`<span><bdi class="mono">${last.userId}</bdi> ${named('actCd', last.actCd, last.actNm)}</span> <${Time} at=${last.dtm} />`}</p>`}
    <${Text} text=${detail.claimRsnCntt} />
    <${Steps} detail=${detail} />
    ${detail !== stale && html`<${Acts} key=${detail.ordDtlStatCd} detail=${detail} then=${then} />`}
    <${Goods} detail=${detail} />
    <${Money} detail=${detail} />
    <${Records} detail=${detail} />`;
}

/** A table of a claim's rows, where there are any. @param {string} label @param {string[]} heads @param {any[]} rows @param {(row: any) => any[]} cells @param {(row: any) => boolean} [warns] */
function table(label, heads, rows, cells, warns) {
  if (rows.length === 0) return null;
  return html`
    <div class="scrolls" role="region" tabindex="0" aria-label=${label}><table class="calc">
      <caption>${label}</caption>
      <thead><tr>${heads.map((head) => html`<th key=${head} scope="col">${head}</th>`)}</tr></thead>
      <tbody>${rows.map((row, place) => html`<tr key=${place} class=${warns?.(row) ? 'changed' : ''}>${cells(row).map((cell, at) => html`<td key=${at}>${cell}</td>`)}</tr>`)}</tbody>
    </table></div>`;
}

const stepState = (/** @type {any} */ row) => html`<b class=${({ 20: 'done', 30: 'attention' })[/** @type {20} */ (row.stepStatCd)] ?? 'waiting'}>${meaning('stepStatCd', row.stepStatCd)}</b>`;

/** @param {{detail: any}} props */
function Steps({ detail }) {
  return html`
    ${detail.stepList.length > 0 && html`<p class="actions" data-steps>${detail.stepList.map((/** @type {any} */ step) => html`<span key=${step.stepCd}>${named('stepCd', step.stepCd, step.stepNm)} ${stepState(step)}</span>`)}</p>`}
    ${table(t('claims.steps'), [t('claims.step'), t('queue.state'), t('claims.target'), t('claims.triesHead'), t('claims.lastTry'), t('claims.nextTry'), t('claims.lastReason')], detail.taskList, (task) => [
        named('stepCd', task.stepCd, task.stepNm), stepState(task), html`<bdi class="mono">${task.tgtNo}</bdi>`, task.tryCnt,
        html`<${Time} at=${task.lastTryDtm} />`, task.nextTryDtm && inKorea(task.nextTryDtm).slice(5, 16),
        html`${task.rfsdYn === 'Y' && html`<b class="attention">${t('claims.refused')}</b> `}<bdi>${task.lastRsn}</bdi>`,
      ], (task) => task.stepStatCd === '30')}`;
}

/** @param {{detail: any}} props */
function Goods({ detail }) {
  if (!detail.wthdInfo) return null;
  const { wthdInfo: back, exchInfo: out } = detail;
  const place = (/** @type {any} */ to) => to && html`<bdi>${to.rcvmnNm} ${to.cellSctNo}-${to.cellTxnoNo}-${to.cellEndNo}, (${to.zipNo}) ${to.zipAddr} ${to.dtlAddr} ${to.deliMsg ?? ''}</bdi>`;
  const parcel = (/** @type {any} */ of) => of.invNo && html`<bdi>${of.hdcCd}</bdi> <${Copyable} text=${of.invNo} />`;
  return html`
    ${table(t('goods'), [t('goods'), t('claims.quantity'), t('claims.acptQty'), t('claims.rjtQty'), t('claims.rejectReason')], detail.claimGoodsList, (row) => [
        html`<bdi>${nameOfLine(detail, row)}</bdi>${row.exchItmNo && html` → <bdi class="mono">${row.exchItmNo}</bdi>`}`, row.claimQty, row.acptQty, row.rjtQty, meaning('rjtRsnCd', row.rjtRsnCd),
      ])}
    <dl class="facts">
      <div><dt>${t('claims.method')}</dt><dd>${meaning('wthdMthdCd', back.wthdMthdCd)} ${parcel(back)}</dd></div>
      ${back.wthdDlvp && html`<div><dt>${t('claims.from')}</dt><dd>${place(back.wthdDlvp)}</dd></div>`}
      ${back.wthdFnshDtm && html`<div><dt>${t('claims.cameBack')}</dt><dd><${Time} at=${back.wthdFnshDtm} /></dd></div>`}
      ${out && html`<div><dt>${t('claims.goesOut')}</dt><dd>${parcel(out)} <${Time} at=${out.deliFnshDtm ?? out.shipDtm} /> ${place(out.dlvpInfo)}</dd></div>`}
    </dl>`;
}

/** @param {{detail: any}} props */
function Money({ detail }) {
  const { cost, reqCost, chgRsnList = [] } = detail;
  const differs = reqCost && cost && reqCost.costHash !== cost.costHash;
  return html`
    ${chgRsnList.length > 0 && html`<p class="waiting">${t('claims.why')} ${chgRsnList.map((/** @type {string} */ code) => meaning('chgRsnCd', code)).join(' · ')}</p>`}
    ${cost && html`<details open=${detail.stepList.length > 0 || !detail.wthdInfo}><summary>${t('claims.cost')} ${won(cost.payInfo.addPayPrarAmt > 0 ? -cost.payInfo.addPayPrarAmt : cost.payInfo.rfdPrarAmt)}</summary>
      ${differs ? html`<${Both} before=${reqCost} now=${cost} />` : html`<${Calc} cost=${cost} />`}</details>`}
    ${table(t('claims.refunds'), [t('claims.payment'), t('calc.amount'), t('queue.state'), t('claims.when')], detail.rfdList, (row) => [html`<bdi>${row.payMeansNm}</bdi> <bdi class="mono">${row.payNo}</bdi>`, won(row.rfdAmt), `${meaning('rfdStatCd', row.rfdStatCd)} ${meaning('rfdMethCd', row.rfdMethCd)}`, html`<${Time} at=${row.rfdDtm} />`])}
    ${table(t('claims.coupons'), [t('cust.coupon'), t('queue.state')], detail.restoreCpnList, (row) => [html`<bdi>${row.promoNm}</bdi> <bdi class="mono">${row.cpnIsuNo}</bdi>`, html`${t(row.restoredYn === 'Y' ? 'cust.restored' : row.rsn ? 'cust.notRestored' : 'cust.toRestore')} <bdi>${row.rsn}</bdi>`])}`;
}

/** @param {{detail: any}} props */
function Records({ detail }) {
  const states = detail.wthdInfo ? 'OM005' : 'claimStatCd';
  return html`
    ${detail.ldgrList.length > 0 && html`<details><summary>${t('claims.ledger', { n: detail.ldgrList.length })}</summary>
      ${table(t('claims.ledgerRows'), [t('claims.step'), t('claims.posting'), t('calc.amount'), t('claims.when')], detail.ldgrList, (row) => [named('stepCd', row.stepCd, row.stepNm), html`<bdi class="mono">${row.acct}</bdi>`, html`${signedWon(row.amt)} <bdi class="muted">${row.unit}</bdi>`, html`<${Time} at=${row.regDtm} />`])}</details>`}
    <details class="history" open><summary>${t('history')} ${detail.histList.length}</summary>
      <ol>${detail.histList.map((/** @type {any} */ row, /** @type {number} */ place) => html`
        <li key=${place}><time datetime=${row.dtm}>${inKorea(row.dtm)}</time> ${named('reqRoleCd', row.roleCd)} <bdi class="mono">${row.userId}</bdi> ${named('actCd', row.actCd, row.actNm)}
          ${row.toStatCd && html`<span class="muted">${row.fromStatCd && named(states, row.fromStatCd, row.fromStatNm)} → ${named(states, row.toStatCd, row.toStatNm)}</span>`}</li>`)}
      </ol>
    </details>`;
}
