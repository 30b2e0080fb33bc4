// @ts-check
// The customer beside an inquiry, and at full width: orders, inquiries, claims, benefits, notices, one key each.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { copy, Copyable } from '../../ui/copy.js';
import { koreanDay } from '../../ui/time.js';
import { say } from '../../ui/toast.js';
import { useAnswer } from '../../api/ask.js';
import { nameOf, useKeys } from '../../app/keys.js';
import { serverNow } from '../../app/store.js';
import { t } from '../../app/text.js';
import { Cancel } from './cancel.js';
import { ChangeCustoms, ChangeOption } from './changes.js';
import { Claims } from './claims.js';
import { Benefits, Counsels, Notices } from './lists.js';
import { mayCancel, Orders, phoneOf } from './orders.js';
import { focusFirst, mayHear, PAGE_SIZE, walk } from './parts.js';

const TABS = /** @type {const} */ (['orders', 'counsels', 'claims', 'benefits', 'notices']);

/** @typedef {(typeof TABS)[number]} Tab */

/** @param {{mbrNo: string | null, ordNo: string | null, who?: any, takesFocus?: boolean}} props `mbrNo`: none of a guest's order; `who`: what a search has said of them */
export function CustomerPane({ mbrNo, ordNo, who, takesFocus = false }) {
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  const [tab, setTab] = useState(/** @type {Tab} */ ('orders'));
  const [seen, setSeen] = useState(/** @type {Set<Tab>} */ (new Set(['orders', 'claims'])));
  const [jumps, setJumps] = useState(takesFocus ? 1 : 0);
  const [turn, setTurn] = useState(0);
  const [deed, setDeed] = useState(/** @type {import('./orders.js').Deed | null} */ (null));
  const [openClaim, setOpenClaim] = useState(/** @type {string | null} */ (null));
  const orders = useOrders(mbrNo, ordNo, turn);
  const claims = useClaims(mbrNo, orders.rows, turn);

  const show = (/** @type {Tab} */ next) => {
    setTab(next);
    setSeen((before) => new Set([...before, next]));
    setJumps((before) => before + 1);
  };
  useEffect(() => {
    if (jumps > 0) focusFirst(root.current?.querySelector(`[data-panel="${tab}"]`) ?? null);
  }, [jumps]);
  useKeys({
    ...Object.fromEntries(TABS.map((name, at) => [`Digit${at + 1}`, () => show(name)])),
    KeyX: () => { const marked = markedIn(root.current, orders); if (marked) setDeed(marked); else say(t('cust.noCancel')); },
    // Beside an inquiry these are the inquiry's, unless the focus is here.
    ...(takesFocus && { KeyY: () => copyNumber(orders.open), 'Shift+KeyY': () => copyNumber(openClaim) }),
  });
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    walk(event);
    if (event.defaultPrevented || nameOf(event) !== 'KeyY' || !mayHear(event)) return;
    event.preventDefault();
    copyNumber(event.shiftKey ? openClaim : orders.open);
  };
  const panel = (/** @type {Tab} */ name, /** @type {any} */ content) => html`
    <section key=${name} data-panel=${name} tabindex="-1" aria-label=${t(`cust.${name}`)} hidden=${tab !== name} onKeyDown=${press}>${seen.has(name) && content}</section>`;
  return html`
    <div ref=${root} class="about">
      <h2>${who ? html`<bdi>${who.ordManNm}</bdi>` : t('customer')}</h2>
      <p>${mbrNo ? html`<${Copyable} text=${mbrNo} />` : t('cust.guest')} ${who && html`<bdi class="number">${phoneOf(who)}</bdi>`}</p>
      <div class="actions" role="group" aria-label=${t('cust.parts')}>${TABS.map((name, at) => html`
        <button key=${name} aria-pressed=${tab === name} aria-keyshortcuts=${at + 1} onClick=${() => show(name)}><kbd>${at + 1}</kbd> ${t(`cust.${name}`)}
          ${name === 'orders' && orders.total > 0 && ` ${orders.total}`} ${name === 'claims' && claims.total > 0 && ` ${claims.total}`}</button>`)}
      </div>
      ${panel('orders', html`<${Orders} ...${orders} orders=${orders.rows} onDeed=${setDeed} onClaim=${(/** @type {string} */ number) => { setOpenClaim(number); show('claims'); }} />`)}
      ${panel('counsels', html`<${Counsels} mbrNo=${mbrNo} ordNo=${ordNo} />`)}
      ${panel('claims', html`<${Claims} ...${claims} open=${openClaim} onOpen=${setOpenClaim} />`)}
      ${panel('benefits', html`<${Benefits} mbrNo=${mbrNo} />`)}
      ${panel('notices', html`<${Notices} mbrNo=${mbrNo} ordNo=${ordNo} />`)}
      ${deed && html`<${Doing} deed=${deed} onClose=${() => setDeed(null)} onDone=${() => setTurn((before) => before + 1)} />`}
    </div>`;
}

/** @param {{deed: import('./orders.js').Deed, onClose: () => void, onDone: () => void}} props */
function Doing({ deed: { kind, order, line }, onClose, onDone }) {
  if (kind === 'cancel') return html`<${Cancel} ordNo=${order.ordNo} ordSeq=${line?.ordSeq ?? null} onClose=${onClose} onDone=${onDone} />`;
  if (kind === 'option') return html`<${ChangeOption} ordNo=${order.ordNo} line=${line} onClose=${onClose} onDone=${onDone} />`;
  return html`<${ChangeCustoms} ordNo=${order.ordNo} onClose=${onClose} onDone=${onDone} />`;
}

const copyNumber = (/** @type {string | null} */ number) => void (number && copy(number));

/** The line the focus is on, or the order; else the order that is open. @param {HTMLElement | null} root @param {{rows: any[] | null, open: string | null}} orders */
function markedIn(root, { rows, open }) {
  const here = root?.contains(document.activeElement) ? document.activeElement : null;
  const number = here?.closest('[data-order]')?.getAttribute('data-order') ?? open;
  const order = rows?.find((one) => one.ordNo === number);
  const line = order?.goodsList.find((/** @type {any} */ one) => String(one.ordSeq) === here?.closest('[data-line]')?.getAttribute('data-line'));
  if (!order || !(line ? mayCancel(line) : order.goodsList.some(mayCancel))) return null;
  return { kind: /** @type {const} */ ('cancel'), order, line };
}

/** @param {string | null} mbrNo @param {string | null} ordNo @param {number} turn */
function useOrders(mbrNo, ordNo, turn) {
  const [page, setPage] = useState(1);
  const [period, setPeriod] = useState(365);
  const [chosen, setChosen] = useState(/** @type {string | null | undefined} */ (undefined));
  const body = { strDt: koreanDay(-period, serverNow()), endDt: koreanDay(0, serverNow()), ordStatGubun: 'ALL', pageNo: page, pageSize: PAGE_SIZE };
  const listed = useAnswer('orderListFO', mbrNo ? { query: { mbrNo }, body, turn } : null);
  const list = listed.answer?.list ?? null;
  // The order an inquiry is about stands first even where the list does not come to it; a guest has no list.
  const isMissing = Boolean(ordNo && (!mbrNo || (page === 1 && list && !list.some((/** @type {any} */ one) => one.ordNo === ordNo))));
  const named = useAnswer('orderDetailFO', isMissing ? { body: { ordNo }, turn } : null);
  useEffect(() => setChosen(undefined), [ordNo]);
  const isWaiting = isMissing && !named.answer && !named.failure;
  const rows = isWaiting ? null : mbrNo ? list && [...(isMissing && named.answer ? [named.answer] : []), ...list] : named.answer && [named.answer];
  return {
    asked: isMissing && (isWaiting || named.failure || !mbrNo) ? named : listed,
    rows,
    open: chosen === undefined ? ordNo ?? rows?.[0]?.ordNo ?? null : chosen,
    onOpen: setChosen,
    period,
    onPeriod: (/** @type {number} */ days) => { setPage(1); setPeriod(days); },
    page,
    onPage: setPage,
    total: mbrNo ? listed.answer?.totalCount ?? 0 : 0,
    isGuest: !mbrNo,
  };
}

/** @param {string | null} mbrNo @param {any[] | null} orders @param {number} turn */
function useClaims(mbrNo, orders, turn) {
  const [page, setPage] = useState(1);
  const asked = useAnswer('getClaimListFO', mbrNo ? { query: { mbrNo }, body: { strDt: koreanDay(-1825, serverNow()), pageNo: page, pageSize: PAGE_SIZE }, turn } : null);
  const ofGuest = orders?.flatMap((order) => order.claimList.map((/** @type {any} */ claim) => ({ ...claim, ordNo: order.ordNo }))) ?? null;
  return { asked, rows: mbrNo ? asked.answer?.list ?? null : ofGuest, page, onPage: setPage, total: mbrNo ? asked.answer?.totalCount ?? 0 : ofGuest?.length ?? 0 };
}
