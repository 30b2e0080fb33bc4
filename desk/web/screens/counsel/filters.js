// @ts-check
// What narrows the queue; filters in force are named, and one key clears them.
import { html } from '../../ui/view.js';
import { useAnswer } from '../../api/ask.js';
import { t } from '../../app/text.js';
import { clearFilters, filter, filters, isFiltered } from './queue_state.js';

const changed = (/** @type {string} */ name) => (/** @type {any} */ event) => filter({ [name]: event.target.value });

/** @param {{field: any}} props */
export function Filters({ field }) {
  const { answer } = useAnswer('getCounselTypeList', {});
  const { type, from, to, sort, title } = filters.value;
  return html`
    <form class="filters" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <label>${t('queue.type')}
        <select ref=${field} value=${type} onChange=${changed('type')}>
          <option value="">${t('all')}</option>
          ${answer?.payloads.map((/** @type {any} */ one) => html`<option key=${one.cnslTypNo} value=${one.cnslTypNo}>${'\u2003'.repeat(one.level - 1)}${one.cnslTypNm}</option>`)}
        </select>
      </label>
      <label>${t('from')} <input type="date" value=${from} max=${to} onChange=${changed('from')} /></label>
      <label>${t('to')} <input type="date" value=${to} min=${from} onChange=${changed('to')} /></label>
      <label>${t('sort')}
        <select value=${sort} onChange=${changed('sort')}>
          <option value="20">${t('sort.oldest')}</option><option value="10">${t('sort.newest')}</option>
        </select>
      </label>
      <label>${t('queue.titleSearch')} <input type="search" value=${title} maxlength="100" onChange=${changed('title')} /></label>
      ${isFiltered() && html`<button type="button" onClick=${clearFilters}>${t('filters.clear')} <kbd>Esc</kbd></button>`}
    </form>`;
}
