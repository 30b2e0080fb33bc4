// @ts-check
// Which claims are listed, how many stand where, which rows are marked, and which have just left.
import { signal } from '@preact/signals';
import { call } from '../../api/call.js';
import { note } from '../../app/go.js';
import { onForget } from '../../app/store.js';
import { meaning, t } from '../../app/text.js';

export const PAGE_SIZE = 50;
/** The most claims that move at once. */
export const MOST_MOVED = 100;
/** Return and exchange: their goods come back. */
export const BACK = ['20', '30'];
/** The queues of what comes back; they are shown when nothing waits in them, too. */
const QUEUES = ['31', '33', '34', '36', '38', '22'];
/** What is open goes before what is done; a state nobody has named here stands between them. */
const [OPEN, DONE] = [[...QUEUES, '13', '10', '20'], ['37', '15', '30', '39', '90']];

const FIRST = { tab: '', state: '', type: '', from: '', to: '', reason: '', fault: '', order: '', member: '', vendor: '', page: 1 };

/** `tab`: `attn`, `back`, `all` or a type; `state`: what of it, as the list operation's `name=code`. */
export const filters = signal({ ...FIRST });
/** What getClaimCount has answered. @type {import('@preact/signals').Signal<any>} */
export const counts = signal(null);
export const countsFailure = signal(/** @type {any} */ (null));
/** The rows that are shown. @type {import('@preact/signals').Signal<any[] | null>} */
export const rows = signal(/** @type {any[] | null} */ (null));
/** Rows that have left the list since it was read. @type {import('@preact/signals').Signal<Set<string>>} */
export const left = signal(new Set());
/** Why the last of them left, where it was not by one's own hand. @type {import('@preact/signals').Signal<null | {claimNo: string, text: string}>} */
export const news = signal(/** @type {any} */ (null));
/** Claims that are marked to be moved together. @type {import('@preact/signals').Signal<Set<string>>} */
export const marks = signal(new Set());
/** Where in the list one is. */
export const at = signal(0);
/** Grows where the list should be asked for again. */
export const turn = signal(0);

onForget(() => {
  [filters.value, counts.value, rows.value, left.value, news.value, marks.value, at.value] = [{ ...FIRST }, null, null, new Set(), null, new Set(), 0];
});

/** Another choice begins at its first page. @param {Partial<typeof FIRST>} changed */
export function filter(changed) {
  filters.value = { ...filters.value, page: 1, ...changed };
  marks.value = new Set();
  at.value = 0;
}

export const clearFilters = () => filter({ ...FIRST, tab: filters.value.tab, state: filters.value.state });
export const isFiltered = () => Boolean(['type', 'from', 'to', 'reason', 'fault', 'order', 'member', 'vendor'].find((name) => filters.value[/** @type {'from'} */ (name)]));
export const askAgain = () => { turn.value += 1; };

let latest = 0;

/** Counts hold nobody's data, so they may be asked for again and again. */
export async function askCounts() {
  const { from, to } = filters.value;
  const mine = (latest += 1);
  try {
    const heard = await call('getClaimCount', { query: { strDt: from, endDt: to } });
    if (mine !== latest) return;
    counts.value = heard;
    countsFailure.value = null;
  } catch (failure) {
    if (mine === latest) countsFailure.value = failure;
  }
  if (!filters.value.tab) filter(beginning());
}

/** What is stuck goes first, then what is to be done; without counts everything is shown. */
function beginning() {
  if (!counts.value) return { tab: 'all', state: '' };
  if (counts.value.attnList.length > 0) return { tab: 'attn', state: '' };
  const waits = statesOf('back').find((one) => one.cnt > 0);
  return waits ? { tab: 'back', state: waits.state } : { tab: 'all', state: '' };
}

const sum = (/** @type {any[]} */ list, /** @type {string} */ name) => list.reduce((all, one) => all + one[name], 0);

/** The tabs there are: stuck ones, all, and each type that has claims. */
export function tabs() {
  const { statList = [], attnList = [] } = counts.value ?? {};
  const types = [...new Set(statList.map((/** @type {any} */ one) => one.claimBusinessType))].sort();
  // One claim may be stuck at two steps: only the number of one step is a number of claims.
  const stuck = attnList.length === 1 ? attnList[0].cnt : null;
  return [
    ...(attnList.length > 0 ? [{ tab: 'attn', name: t('claims.attention'), cnt: stuck }] : []),
    { tab: 'back', name: t('claims.back'), cnt: sum(statesOf('back').filter((one) => QUEUES.includes(one.code)), 'cnt') },
    { tab: 'all', name: t('all'), cnt: sum(statList, 'cnt') },
    ...types.map((type) => ({ tab: type, name: meaning('claimBusinessType', type), cnt: sum(statList.filter((/** @type {any} */ one) => one.claimBusinessType === type), 'cnt') })),
  ];
}

/** @typedef {{state: string, code: string, name: string, cnt: number, late: number, since?: string}} Queue */

/** What stands where in a tab, drawn from the counts alone: a new state needs nothing here. @param {string} tab @returns {Queue[]} */
export function statesOf(tab) {
  const { statList = [], attnList = [] } = counts.value ?? {};
  if (tab === 'attn') {
    return attnList.map((/** @type {any} */ one) => ({ state: `stepCd=${one.stepCd}`, code: one.stepCd, name: named('stepCd', one.stepCd, one.stepNm), cnt: one.cnt, late: 0, since: one.oldestDtm }));
  }
  const mine = statList.filter((/** @type {any} */ one) =>
    tab === 'all' || (tab === 'back' ? BACK.includes(one.claimBusinessType) && one.ordDtlStatCd !== null : one.claimBusinessType === tab));
  const found = new Map(tab === 'back' ? QUEUES.map((code) => [code, queue('ordDtlStatCd', code)]) : []);
  for (const row of mine) {
    const byGoods = tab === 'back';
    const code = byGoods ? row.ordDtlStatCd : row.claimStatCd;
    if (!found.has(code)) found.set(code, queue(byGoods ? 'ordDtlStatCd' : 'claimStatCd', code));
    const one = /** @type {Queue} */ (found.get(code));
    one.cnt += row.cnt;
    one.late += row.lateCnt;
  }
  const list = [...found.values()].sort((one, other) => place(one.code) - place(other.code));
  const late = sum(list, 'late');
  return tab === 'back' && late > 0 ? [{ state: 'lateYn=Y', code: 'late', name: t('claims.late'), cnt: late, late }, ...list] : list;
}

const place = (/** @type {string} */ code) => (OPEN.includes(code) ? OPEN.indexOf(code) : DONE.includes(code) ? 100 + DONE.indexOf(code) : 50);

/** @param {string} name @param {string} code @returns {Queue} */
const queue = (name, code) => ({ state: `${name}=${code}`, code, name: standing(name === 'ordDtlStatCd' ? code : null, code), cnt: 0, late: 0 });

/** Where a claim stands, in the words of the queues. @param {string | null} goods its goods, where they come back @param {string} claim */
export function standing(goods, claim) {
  const key = /** @type {any} */ (`claims.queue.${goods}`);
  if (goods === null) return meaning('claimStatCd', claim);
  return t(key) === key ? meaning('OM005', goods) : t(key);
}

/** A code's meaning, else the name the server gave it. @param {string} table @param {string | null} code @param {string | null} [name] */
export function named(table, code, name) {
  const known = meaning(table, code);
  return known === code ? (name ?? known) : known;
}

/** The state of goods that every row of the list is in, where they can move together. */
export function stateOfGoods() {
  const [name, code] = filters.value.state.split('=');
  return name === 'ordDtlStatCd' ? code : null;
}

/** What the list operation is asked; `first`: those that go before the others. @param {boolean} first */
export function asked(first) {
  const { tab, state, type, from, to, reason, fault, order, member, vendor, page } = filters.value;
  if (!tab) return null;
  const [name, code] = state.split('=');
  const isWork = stateOfGoods() !== null;
  const hasFirst = isWork ? statesOf(tab).some((one) => one.state === state && one.late > 0) : tab !== 'attn' && (counts.value?.attnList.length ?? 0) > 0;
  if (first && (!hasFirst || page > 1 || name === 'lateYn')) return null;
  return {
    query: {
      claimBusinessType: tab === 'back' ? type : ['attn', 'all'].includes(tab) ? '' : tab,
      ...(tab === 'attn' && { attnYn: 'Y' }),
      ...(name && { [name]: code }),
      ...(name === 'stepCd' && { stepStatCd: '30' }),
      ...(first && (isWork ? { lateYn: 'Y' } : { attnYn: 'Y' })),
      strDt: from, endDt: to, claimRsnCd: reason, imptDivCd: fault, ordNo: order, mbrNo: member, entrNo: vendor,
      // Who has waited longest is served first; what is done is looked up from its end.
      sortCd: isWork || tab === 'attn' || tab === 'back' ? '20' : '10',
      pageNo: page,
      pageSize: PAGE_SIZE,
    },
    turn: turn.value,
  };
}

/** Takes claims off the list. @param {string[]} claimNos @param {string} [why] told where somebody else moved them */
export function leave(claimNos, why) {
  left.value = new Set([...left.value, ...claimNos]);
  marks.value = new Set([...marks.value].filter((one) => !claimNos.includes(one)));
  news.value = why ? { claimNo: claimNos.join(', '), text: why } : null;
  askCounts();
  backToRow();
}

/** The row after one that is about to leave, the one before it at the end, `null` where it was the only one; `undefined` of a claim
 * that is not in the list. @param {string} claimNo */
export function rowAfter(claimNo) {
  const list = rows.value ?? [];
  const here = list.findIndex((row) => row.claimNo === claimNo);
  return here < 0 ? undefined : ((list[here + 1] ?? list[here - 1])?.claimNo ?? null);
}

/** What had the focus has gone: it is in the queue again. */
export function backToRow() {
  setTimeout(() => {
    const row = document.activeElement === document.body && document.querySelector('.rows tr[data-marked="true"]');
    if (row instanceof HTMLElement) row.focus();
  }, 50);
}

/** @param {string | null} claimNo */
export const show = (claimNo) => note(claimNo ? `claims/${claimNo}` : 'claims');
