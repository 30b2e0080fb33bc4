// @ts-check
// The claims of a queue. What is stuck or late stands before the rest; marked rows move together.
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { copy } from '../../ui/copy.js';
import { won } from '../../ui/money.js';
import { Pager } from '../../ui/pager.js';
import { Problem } from '../../ui/problem.js';
import { Table } from '../../ui/table.js';
import { Time } from '../../ui/time.js';
import { useAnswer } from '../../api/ask.js';
import { go } from '../../app/go.js';
import { isField, useKeys } from '../../app/keys.js';
import { meaning, t } from '../../app/text.js';
import { Bulk, MOVES } from './bulk.js';
import { firstField, retry } from './act.js';
import { Filters, Queues } from './queues.js';
import { asked, askAgain, at, backToRow, clearFilters, counts, countsFailure, askCounts, filter, filters, isFiltered, left, marks, MOST_MOVED, named, news, PAGE_SIZE, rows, show, standing, stateOfGoods, statesOf, tabs } from './state.js';

/** @param {string} claimNo */
function mark(claimNo) {
  const next = new Set(marks.value);
  if (!next.delete(claimNo) && next.size < MOST_MOVED) next.add(claimNo);
  marks.value = next;
}

/** @typedef {import('../../ui/table.js').Column} Column */

/** @param {any[]} list @param {boolean} canMark */
function columns(list, canMark) {
  const has = (/** @type {string} */ name) => list.some((row) => row[name] !== null && row[name] !== undefined);
  /** @type {(Column | false)[]} */
  const all = [
    canMark && { text: t('claims.mark'), show: (row) => html`
      <input type="checkbox" aria-label=${t('claims.markOne', { n: row.claimNo })} checked=${marks.value.has(row.claimNo)} tabindex="-1"
        onClick=${(/** @type {Event} */ event) => { event.stopPropagation(); mark(row.claimNo); }} />` },
    { text: t('queue.since'), show: (row) => html`<${Time} at=${row.reqDtm} />` },
    { text: t('claims.claim'), kind: 'main', show: (row) => html`
      <span class="mono">${row.claimNo}</span> <bdi>${row.goodsNm}</bdi>${row.goodsCnt > 1 && html` <small>${t('claims.more', { n: row.goodsCnt - 1 })}</small>`}
      ${' '}<small class="muted"><bdi>${named('claimRsnCd', row.claimRsnCd, row.claimRsnNm)}</bdi></small>` },
    { text: t('queue.type'), show: (row) => named('claimBusinessType', row.claimBusinessType, row.claimBusinessTypeNm) },
    { text: t('queue.state'), show: (row) => html`<span class=${`state s${row.claimStatCd}`}>${standing(row.ordDtlStatCd, row.claimStatCd)}</span>` },
    has('rfdDueDt') && { text: t('claims.due'), show: (row) => row.rfdDueDt && html`<span class=${row.lateYn === 'Y' ? 'attention' : ''}>${row.lateYn === 'Y' && html`<b>${t('claims.late')}</b> `}${row.rfdDueDt.slice(5)}</span>` },
    has('stepCd') && { text: t('claims.step'), kind: 'main', show: (row) => row.stepCd && html`
      <span class=${row.stepStatCd === '30' ? 'attention' : 'waiting'}>${named('stepCd', row.stepCd, row.stepNm)} <b>${meaning('stepStatCd', row.stepStatCd)}</b></span>
      ${' '}<small class="muted">${t('claims.tries', { n: row.tryCnt ?? 0 })}</small>` },
    { text: t('calc.amount'), kind: 'number', show: (row) => (row.addPayPrarAmt > 0 ? `−${won(row.addPayPrarAmt)}` : row.rfdPrarAmt === null ? '' : won(row.rfdPrarAmt)) },
  ];
  return /** @type {Column[]} */ (all.filter(Boolean));
}

/** @param {{opened: string | null}} props */
export function List({ opened }) {
  const all = useAnswer('getClaimList', asked(false));
  const first = useAnswer('getClaimList', asked(true));
  const field = useRef(/** @type {HTMLSelectElement | null} */ (null));
  const gone = left.value;
  const list = useMemo(() => {
    if (!all.answer) return null;
    const before = first.answer?.payloads ?? [];
    const known = new Set(before.map((/** @type {any} */ row) => row.claimNo));
    return [...before, ...all.answer.payloads.filter((/** @type {any} */ row) => !known.has(row.claimNo))].filter((row) => !gone.has(row.claimNo));
  }, [all.answer, first.answer, gone]);
  useEffect(() => { rows.value = list; }, [list]);
  // What was taken off an earlier answer is not in the next one.
  useEffect(() => { left.value = new Set(); }, [all.answer]);
  // A queue whose page is done goes on with what comes after it.
  useEffect(() => { if (list?.length === 0 && gone.size > 0 && all.answer.totalCount > gone.size) askAgain(); }, [list]);
  const here = Math.min(at.value, Math.max((list?.length ?? 1) - 1, 0));
  /** The row one is at, as of now: keys may come faster than pictures. */
  const row = () => rows.value?.[Math.min(at.value, rows.value.length - 1)];
  const withRow = (/** @type {(row: any) => void} */ act) => () => { const it = row(); if (it) act(it); };
  const canMark = MOVES[stateOfGoods() ?? ''] !== undefined;
  useKeys({
    KeyF: () => field.current?.focus(),
    ...(canMark && { Space: withRow((it) => mark(it.claimNo)) }),
    ...(!opened && { KeyY: withRow((it) => copy(it.ordNo)), 'Shift+KeyY': withRow((it) => copy(it.claimNo)), KeyT: withRow((it) => retry(it.claimNo, askAgain)) }),
    Escape: (event) => {
      // Whoever writes goes back to the row first, and what is written stays.
      if (isField(event.target)) {
        /** @type {HTMLElement} */ (event.target).blur();
        backToRow();
      } else if (marks.value.size > 0) marks.value = new Set();
      else if (isFiltered()) clearFilters();
      else if (opened) show(null);
    },
  });
  // Somebody else works on the same queue: its number tells, and nobody's data is asked for.
  const counted = (statesOf(filters.value.tab).find((one) => one.state === filters.value.state) ?? tabs().find((one) => one.tab === filters.value.tab && filters.value.state === ''))?.cnt;
  const differs = !isFiltered() && counts.value && all.answer && !all.busy && counted !== null && counted !== undefined && counted !== all.answer.totalCount - gone.size;
  return html`
    <${Queues} />
    <${Problem} failure=${countsFailure.value} again=${askCounts} />
    <${Filters} field=${field} />
    <${Problem} failure=${all.failure ?? first.failure} again=${() => { all.again(); first.again(); }} />
    ${news.value && html`<p class="banner attention" role="alert"><bdi class="mono">${news.value.claimNo}</bdi> ${news.value.text} <button onClick=${() => { news.value = null; }}>${t('conflict.read')}</button></p>`}
    <${Table} label=${t('claims.list')} columns=${columns(list ?? [], canMark)} rows=${list} keyOf=${(/** @type {any} */ one) => one.claimNo} marked=${here}
      onMark=${(/** @type {number} */ place) => { at.value = place; }} onOpen=${(/** @type {any} */ one) => openRow(one.claimNo, opened)} busy=${all.busy} opened=${opened}
      empty=${html`<p>${t(isFiltered() ? 'claims.emptyFiltered' : 'claims.empty')}</p>
        ${isFiltered() ? html`<button onClick=${clearFilters}>${t('filters.clear')} <kbd>Esc</kbd></button>` : html`<${Elsewhere} />`}`} />
    ${all.answer && html`
      <${Pager} page=${filters.value.page} size=${PAGE_SIZE} total=${Math.max(all.answer.totalCount - gone.size, 0)} onPage=${(/** @type {number} */ page) => filter({ page })} />
      <p class="actions"><button onClick=${() => { askAgain(); askCounts(); }}>${t('claims.again')}</button>
        <span role="status" class="waiting">${differs && t('claims.differs', { n: counted })}</span></p>`}
    ${canMark && marks.value.size > 0 && html`<${Bulk} key=${filters.value.state} from=${stateOfGoods()} />`}`;
}

/** A row that is open already takes one into what is to be done with it. @param {string} claimNo @param {string | null} opened */
function openRow(claimNo, opened) {
  if (claimNo !== opened) return go(`claims/${claimNo}`);
  firstField(document.querySelector('.claim form[data-act]'))?.focus();
}

/** What waits beside an empty queue. */
function Elsewhere() {
  const other = statesOf('back').find((one) => one.cnt > 0 && one.state !== filters.value.state && !['13', '37', '15', '39'].includes(one.code));
  return other ? html`<button onClick=${() => filter({ tab: 'back', state: other.state })}>${t('claims.goOn', { name: other.name, n: other.cnt })}</button>` : null;
}
