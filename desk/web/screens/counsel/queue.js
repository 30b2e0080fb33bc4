// @ts-check
// The queue: what waits, what is mine, everything; the oldest first.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { Pager } from '../../ui/pager.js';
import { Problem, told } from '../../ui/problem.js';
import { Table } from '../../ui/table.js';
import { Time } from '../../ui/time.js';
import { say } from '../../ui/toast.js';
import { useAnswer } from '../../api/ask.js';
import { call } from '../../api/call.js';
import { Intention } from '../../api/idempotency.js';
import { go, note } from '../../app/go.js';
import { useKeys } from '../../app/keys.js';
import { askCounts, counts, states, watchStates } from '../../app/poll.js';
import { me } from '../../app/store.js';
import { meaning, t } from '../../app/text.js';
import { Filters } from './filters.js';
import { asked, askQueue, clearFilters, filter, filters, isFiltered, PAGE_SIZE } from './queue_state.js';

const next = new Intention();

/** Takes the longest waiting inquiry: the server gives two agents two. */
export async function takeNext() {
  try {
    const taken = await next.attempt((key) => call('startNextProcess', { body: {}, key }));
    if (!taken.ccnNo) return say(t('queue.noneWaits'));
    go(`counsel/${taken.ccnNo}`);
    askQueue();
    askCounts().catch(() => undefined);
  } catch (failure) {
    say(told(failure), { urgent: true });
  }
}

const TABS = /** @type {const} */ (['waiting', 'mine', 'all']);

const COLUMNS = () => [
  { text: t('queue.since'), show: (/** @type {any} */ row) => html`<${Time} at=${row.accpDtm} />` },
  { text: t('queue.title'), kind: /** @type {const} */ ('main'), show: (/** @type {any} */ row) => html`<bdi>${row.title}</bdi>${row.fileCnt > 0 && html` <small>${t('queue.files', { n: row.fileCnt })}</small>`}` },
  { text: t('queue.type'), show: (/** @type {any} */ row) => html`<bdi>${row.cnslTypNm}</bdi>` },
  { text: t('queue.state'), show: (/** @type {any} */ row) => html`<span class=${`state s${row.cnslStatCd}`}>${meaning('cnslStatCd', row.cnslStatCd)}</span> ${row.procUserId && html`<bdi class="mono">${row.procUserId}</bdi>`}` },
];

/** @param {{opened: string | null}} props */
export function Queue({ opened }) {
  const { answer, failure, busy, again } = useAnswer('getIntegratedCounselList', asked(me.value.sub));
  const heard = states.value;
  const rows = useMemo(() => answer && answer.payloads.map((/** @type {any} */ row) => ({ ...row, ...heard.get(row.ccnNo) })), [answer, heard]);
  const [marked, setMarked] = useState(0);
  const at = Math.min(marked, Math.max((rows?.length ?? 1) - 1, 0));
  const search = useRef(/** @type {HTMLInputElement | null} */ (null));
  const now = useRef(rows);
  now.current = rows;
  useEffect(() => watchStates(() => (now.current ?? []).map((/** @type {any} */ row) => row.ccnNo)), []);
  useKeys({
    KeyN: takeNext,
    KeyF: () => search.current?.focus(),
    Escape: () => { if (isFiltered()) clearFilters(); else if (opened) note('counsel'); },
  });
  return html`
    <div class="queue-head">
      <div role="group" aria-label=${t('queue.tabs')}>
        ${TABS.map((tab) => html`<button key=${tab} aria-pressed=${filters.value.tab === tab} onClick=${() => filter({ tab })}>${t(`queue.${tab}`)}</button>`)}
      </div>
      <button class="primary" onClick=${takeNext} aria-keyshortcuts="N">${t('queue.next')} <kbd>N</kbd></button>
    </div>
    <${Filters} field=${search} />
    <${Problem} failure=${failure} again=${again} />
    <${Table} label=${t('queue')} columns=${COLUMNS()} rows=${rows} keyOf=${(/** @type {any} */ row) => row.ccnNo} marked=${at} onMark=${setMarked}
      onOpen=${(/** @type {any} */ row) => go(`counsel/${row.ccnNo}`)} busy=${busy} opened=${opened}
      rowClass=${(/** @type {any} */ row) => (row.delYn === 'Y' ? 'gone' : '')} empty=${html`<${Empty} />`} />
    ${answer && html`<${Pager} page=${filters.value.page} size=${PAGE_SIZE} total=${answer.totalCount} onPage=${(/** @type {number} */ page) => filter({ page })} />`}`;
}

function Empty() {
  const mine = counts.value?.myCnt ?? 0;
  if (isFiltered()) return html`<p>${t('queue.emptyFiltered')}</p><button onClick=${clearFilters}>${t('filters.clear')} <kbd>Esc</kbd></button>`;
  return html`
    <p>${t(filters.value.tab === 'waiting' ? 'queue.emptyWaiting' : 'queue.empty')}</p>
    ${filters.value.tab === 'waiting' && mine > 0 && html`<button onClick=${() => filter({ tab: 'mine' })}>${t('queue.showMine', { n: mine })}</button>`}`;
}
