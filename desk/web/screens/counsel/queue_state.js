// @ts-check
// Which inquiries the queue shows.
import { signal } from '@preact/signals';
import { onForget } from '../../app/store.js';

export const PAGE_SIZE = 50;
const FIRST = { tab: 'waiting', type: '', from: '', to: '', sort: '20', title: '', page: 1 };

export const filters = signal({ ...FIRST });
/** Grows where the list should be asked for again. */
export const turn = signal(0);

export const askQueue = () => { turn.value += 1; };

/** Another filter begins at its first page. @param {Partial<typeof FIRST>} changed */
export function filter(changed) {
  filters.value = { ...filters.value, page: 1, ...changed };
}

export const clearFilters = () => filter({ ...FIRST, tab: filters.value.tab });
export const isFiltered = () => Boolean(filters.value.type || filters.value.from || filters.value.to || filters.value.title);

onForget(() => { filters.value = { ...FIRST }; });

/** What the list operation is asked. @param {string} mine the agent's own number */
export function asked(mine) {
  const { tab, type, from, to, sort, title, page } = filters.value;
  return {
    query: {
      cnslStatCd: { waiting: '10', mine: '20', all: '' }[tab],
      procUserId: tab === 'mine' ? mine : '',
      cnslTypNo: type,
      strDt: from,
      endDt: to,
      searchNm: title,
      sortCd: sort,
      pageNo: page,
      pageSize: PAGE_SIZE,
    },
    turn: turn.value,
  };
}
