// @ts-check
// What else is known of a customer: inquiries, coupons and mileage, what was sent to them. Each is asked for when its tab is opened.
import { useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { Copyable } from '../../ui/copy.js';
import { signedWon } from '../../ui/money.js';
import { Problem } from '../../ui/problem.js';
import { Text } from '../../ui/text.js';
import { inKorea, Time } from '../../ui/time.js';
import { useAnswer } from '../../api/ask.js';
import { meaning, t } from '../../app/text.js';
import { amountOf, dayOf, PAGE_SIZE, Rows } from './parts.js';

/** More rows than these are for the books. */
const MOST_ROWS = 50;

/** Whose rows are asked for: a member's, or those of a guest's order. @typedef {{mbrNo: string | null, ordNo: string | null}} Whose */

const asQuery = (/** @type {Whose} */ { mbrNo, ordNo }) => (mbrNo ? { mbrNo } : { ordNo });

/** @param {Whose} props */
export function Counsels(props) {
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState(/** @type {string | null} */ (null));
  const asked = useAnswer('getIntegratedCounselList', { query: { ...asQuery(props), pageNo: page, pageSize: PAGE_SIZE } });
  return html`
    <${Rows} asked=${asked} rows=${asked.answer?.payloads ?? null} keyOf=${(/** @type {any} */ row) => row.ccnNo} open=${open} onOpen=${setOpen} empty=${t('cust.noCounsels')}
      page=${page} total=${asked.answer?.totalCount ?? 0} onPage=${setPage}
      head=${(/** @type {any} */ row) => html`
        <bdi>${row.title}</bdi> <span class=${`state s${row.cnslStatCd}`}>${meaning('cnslStatCd', row.cnslStatCd)}</span> <span class="muted">${dayOf(row.accpDtm)}</span>`}
      beside=${(/** @type {any} */ row) => html`<${Copyable} text=${row.ccnNo} />`}
      body=${(/** @type {any} */ row) => html`
        <p class="said"><bdi>${row.cnslTypNm}</bdi> <${Time} at=${row.accpDtm} /> ${row.procUserId && html`${t('inquiry.owner')} <bdi class="mono">${row.procUserId}</bdi>`}</p>
        ${row.ordNo && html`<p>${t('order')} <${Copyable} text=${row.ordNo} /></p>`}
        <p><a href=${`#/counsel/${row.ccnNo}`}>${t('cust.openCounsel')}</a></p>`} />`;
}

/** @param {{mbrNo: string | null}} props */
export function Benefits({ mbrNo }) {
  const coupons = useAnswer('getCoupons', mbrNo ? { query: { mbrNo } } : null);
  const mileage = useAnswer('mileage', mbrNo ? { query: { mbrNo } } : null);
  if (!mbrNo) return html`<p class="empty">${t('cust.guestBenefits')}</p>`;
  // What can be used, and what was last, comes first.
  const held = [...(coupons.answer?.list ?? [])].sort((a, b) => String(a.useStatCd).localeCompare(String(b.useStatCd)));
  const moved = [...(mileage.answer?.list ?? [])].sort((a, b) => Date.parse(b.dtm) - Date.parse(a.dtm));
  return html`
    <${Problem} failure=${coupons.failure} again=${coupons.again} />
    ${coupons.busy && !coupons.answer && html`<p aria-busy="true">${t('loading')}</p>`}
    ${coupons.answer && html`
      <table class="facts"><caption>${t('cust.coupons')} ${held.length}</caption>
        <thead><tr><th scope="col">${t('cust.coupon')}</th><th scope="col">${t('cust.state')}</th><th scope="col">${t('cust.until')}</th></tr></thead>
        <tbody>
          ${held.length === 0 && html`<tr><td colspan="3" class="muted">${t('nothing')}</td></tr>`}
          ${held.slice(0, MOST_ROWS).map((/** @type {any} */ row) => html`<tr key=${row.cpnIsuNo}>
            <td><bdi>${row.promoNm}</bdi> <small class="muted">${meaning('MK002', row.promoTypCd)} <bdi class="mono">${row.cpnIsuNo}</bdi></small></td>
            <td>${meaning('useStatCd', row.useStatCd)} ${row.ordNo && html`<bdi class="mono">${row.ordNo}</bdi>`} ${row.claimNo && html`<bdi class="mono">${row.claimNo}</bdi>`}</td>
            <td><time datetime=${row.validEndDtm}>${dayOf(row.validEndDtm)}</time></td></tr>`)}
        </tbody></table>
      <${Longer} list=${held} />`}
    <${Problem} failure=${mileage.failure} again=${mileage.again} />
    ${mileage.answer && html`
      <table class="facts"><caption>${t('cust.mileage')} ${amountOf(mileage.answer.balance)}</caption>
        <thead><tr><th scope="col">${t('cust.why')}</th><th scope="col" class="number">${t('calc.amount')}</th><th scope="col">${t('cust.when')}</th></tr></thead>
        <tbody>
          ${moved.length === 0 && html`<tr><td colspan="3" class="muted">${t('nothing')}</td></tr>`}
          ${moved.slice(0, MOST_ROWS).map((/** @type {any} */ row) => html`<tr key=${row.mlgNo}>
            <td>${meaning('ME020', row.rsnCd)} <small><bdi class="mono">${row.claimNo ?? row.ordNo ?? ''}</bdi></small></td>
            <td class="number">${signedWon(row.amt)}</td><td><time datetime=${row.dtm} title=${inKorea(row.dtm)}>${dayOf(row.dtm)}</time></td></tr>`)}
        </tbody></table>
      <${Longer} list=${moved} />`}`;
}

/** @param {{list: any[]}} props */
const Longer = ({ list }) => (list.length > MOST_ROWS ? html`<p class="muted">${t('cust.longer', { n: MOST_ROWS })}</p>` : null);

/** @param {Whose} props */
export function Notices(props) {
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState(/** @type {string | null} */ (null));
  const asked = useAnswer('getNotificationMgmtList', { query: { ...asQuery(props), pageNo: page, pageSize: PAGE_SIZE } });
  return html`
    <${Rows} asked=${asked} rows=${asked.answer?.payloads ?? null} keyOf=${(/** @type {any} */ row) => row.notiNo} open=${open} onOpen=${setOpen} empty=${t('cust.noNotices')}
      page=${page} total=${asked.answer?.totalCount ?? 0} onPage=${setPage}
      head=${(/** @type {any} */ row) => html`
        ${meaning('chnlCd', row.chnlCd)} <b class=${{ 10: 'waiting', 20: 'done', 30: 'attention' }[/** @type {10} */ (row.sendStatCd)]}>${meaning('sendStatCd', row.sendStatCd)}</b>
        <bdi>${row.title}</bdi> <span class="muted">${dayOf(row.sendDtm ?? row.regDtm)}</span>`}
      body=${(/** @type {any} */ row) => html`
        <p class="said">${row.receiver && html`<span>${t('cust.receiver')} <bdi>${row.receiver}</bdi></span>`} <${Time} at=${row.sendDtm ?? row.regDtm} /> ${row.tryCnt > 0 && t('cust.tries', { n: row.tryCnt })}</p>
        ${row.failRsn && html`<p class="attention"><bdi>${row.failRsn}</bdi></p>`}
        ${row.ordNo && html`<p>${t('order')} <${Copyable} text=${row.ordNo} /></p>`}
        <${Text} text=${row.body} />`} />`;
}
