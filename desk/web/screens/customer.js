// @ts-check
// D2 고객: found by order, member, phone or name, and shown at full width. What was typed goes into no address.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../ui/view.js';
import { Pager } from '../ui/pager.js';
import { Problem } from '../ui/problem.js';
import { Table } from '../ui/table.js';
import { Time } from '../ui/time.js';
import { useAnswer } from '../api/ask.js';
import { go } from '../app/go.js';
import { useKeys } from '../app/keys.js';
import { t } from '../app/text.js';
import { phoneOf } from './customer/orders.js';
import { CustomerPane } from './customer/pane.js';
import { amountOf } from './customer/parts.js';

const PAGE_SIZE = 20;

/** @param {{id: string | null, order: string | null}} props */
export function Customer({ id, order }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [page, setPage] = useState(1);
  const [wanted, setWanted] = useState(/** @type {any} */ (null));
  const found = useAnswer('getOrderMgmtList', wanted && { body: { ...wanted, pageNo: page, pageSize: PAGE_SIZE } });
  const rows = found.answer?.payloads ?? null;
  const isSearch = !id && !order;
  useEffect(() => { if (isSearch) field.current?.focus(); }, [isSearch]);
  useEffect(() => {
    if (!rows || !isSearch) return;
    const owners = new Set(rows.map(ownerOf));
    if (owners.size === 1 && found.answer.totalCount === rows.length) open(rows[0]);
    else /** @type {HTMLElement | null} */ (document.querySelector('[data-found] [data-marked="true"]'))?.focus();
  }, [found.answer]);
  useKeys({
    KeyS: () => field.current?.select(),
    ...(!isSearch && { Escape: () => go('customer') }),
  });
  const search = (/** @type {any} */ condition) => {
    if (condition.ordNo) return go(`order/${condition.ordNo}`);
    if (condition.mbrNo) return go(`customer/${condition.mbrNo}`);
    go('customer');
    setPage(1);
    setWanted(condition);
    if (JSON.stringify(condition) === JSON.stringify(wanted)) found.again();
    return undefined;
  };
  const known = rows?.find((/** @type {any} */ row) => (order ? row.ordNo === order : row.mbrNo === id));
  return html`
    <main data-screen="customer">
      <h1>${t('nav.customer')}</h1>
      <${Search} field=${field} onSearch=${search} />
      ${isSearch && html`<${Found} found=${found} rows=${rows} page=${page} onPage=${setPage} />`}
      ${order && (known ? html`<${CustomerPane} key=${order} mbrNo=${known.mbrNo} ordNo=${order} who=${known} takesFocus />` : html`<${OfOrder} key=${order} ordNo=${order} />`)}
      ${id && html`<${CustomerPane} key=${id} mbrNo=${id} ordNo=${null} who=${known} takesFocus />`}
    </main>`;
}

const ownerOf = (/** @type {any} */ row) => row.mbrNo ?? row.ordNo;
const open = (/** @type {any} */ row) => go(`order/${row.ordNo}`);

/** What somebody has typed, as the operation takes it; `null` where it is none of what can be searched by. @param {string} text */
function conditionOf(text) {
  const words = text.trim();
  if (/^\d{8}O\d{6}$/i.test(words)) return { ordNo: words.toUpperCase() };
  const digits = words.replace(/[\s-]/g, '');
  if (/^0\d{8,10}$/.test(digits)) {
    const area = digits.startsWith('02') ? 2 : 3;
    return { cellSctNo: digits.slice(0, area), cellTxnoNo: digits.slice(area, -4), cellEndNo: digits.slice(-4) };
  }
  if (/^\d{1,20}$/.test(digits)) return { mbrNo: digits };
  const [, name, end] = /^(.+?)\s*(\d{4})$/.exec(words) ?? [];
  return name ? { ordManNm: name, cellEndNo: end } : null;
}

/** @param {{field: any, onSearch: (condition: any) => void}} props */
function Search({ field, onSearch }) {
  const [text, setText] = useState('');
  const [refused, setRefused] = useState(false);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const condition = conditionOf(text);
    setRefused(condition === null && text.trim() !== '');
    if (condition) onSearch(condition);
  };
  return html`
    <form class="find" role="search" onSubmit=${submit}>
      <label for="find">${t('find')} <kbd>S</kbd></label>
      <input id="find" ref=${field} type="text" value=${text} autocomplete="off" maxlength="60" aria-invalid=${refused} aria-describedby="find-how"
        onInput=${(/** @type {any} */ event) => { setRefused(false); setText(event.target.value); }} />
      <button class="primary">${t('find')} <kbd>⏎</kbd></button>
      <p id="find-how" class=${refused ? 'attention' : 'muted'} role=${refused ? 'alert' : undefined}>${t('find.how')}</p>
    </form>`;
}

/** @param {{found: import('../api/ask.js').Asked, rows: any[] | null, page: number, onPage: (page: number) => void}} props */
function Found({ found, rows, page, onPage }) {
  const [marked, setMarked] = useState(0);
  const columns = [
    { text: t('order'), show: (/** @type {any} */ row) => html`<span class="mono">${row.ordNo}</span>` },
    { text: t('find.name'), show: (/** @type {any} */ row) => html`<bdi>${row.ordManNm}</bdi> <bdi class="number">${phoneOf(row)}</bdi>` },
    { text: t('find.member'), show: (/** @type {any} */ row) => (row.mbrNo ? html`<bdi class="mono">${row.mbrNo}</bdi>` : t('cust.guest')) },
    { text: t('goods'), kind: /** @type {const} */ ('main'), show: (/** @type {any} */ row) => html`<bdi>${row.goodsList[0]?.goodsNm}</bdi> ${row.goodsList.length > 1 && t('cust.andMore', { n: row.goodsList.length - 1 })}` },
    { text: t('calc.amount'), kind: /** @type {const} */ ('number'), show: (/** @type {any} */ row) => amountOf(row.payAmt) },
    { text: t('cust.when'), show: (/** @type {any} */ row) => html`<${Time} at=${row.ordDtm} />` },
  ];
  return html`
    <${Problem} failure=${found.failure} again=${found.again} />
    <div data-found>${(found.busy || rows) && html`
      <p role="status">${rows && t('find.found', { n: found.answer.totalCount })}</p>
      <${Table} label=${t('find.orders')} columns=${columns} rows=${rows} keyOf=${(/** @type {any} */ row) => row.ordNo} marked=${Math.min(marked, Math.max((rows?.length ?? 1) - 1, 0))} onMark=${setMarked}
        onOpen=${open} busy=${found.busy} empty=${t('find.none')} />
      ${rows && found.answer.totalCount > PAGE_SIZE && html`<${Pager} page=${page} size=${PAGE_SIZE} total=${found.answer.totalCount} onPage=${onPage} />`}`}
    </div>`;
}

/** Whose an order is, where only its number is known. @param {{ordNo: string}} props */
function OfOrder({ ordNo }) {
  const { answer, failure, busy, again } = useAnswer('getOrderMgmtList', { body: { ordNo, pageNo: 1, pageSize: 1 } });
  const row = answer?.payloads[0];
  if (row) return html`<${CustomerPane} mbrNo=${row.mbrNo} ordNo=${ordNo} who=${row} takesFocus />`;
  return html`<${Problem} failure=${failure} again=${again} />${busy ? html`<p aria-busy="true">${t('loading')}</p>` : answer && html`<p class="empty">${t('find.noOrder', { n: ordNo })}</p>`}`;
}
