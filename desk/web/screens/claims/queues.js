// @ts-check
// The queues, drawn from the counts, and what narrows them; filters in force are named, and one key clears them.
import { html } from '../../ui/view.js';
import { won } from '../../ui/money.js';
import { ago } from '../../ui/time.js';
import { now } from '../../app/store.js';
import { meanings, t } from '../../app/text.js';
import { BACK, clearFilters, filter, filters, isFiltered, statesOf, tabs } from './state.js';

/** A tab opens where something is to be done; a list of everything opens whole. @param {string} tab */
function open(tab) {
  const states = statesOf(tab);
  filter({ tab, state: tab === 'back' ? (states.find((one) => one.cnt > 0) ?? states[0]).state : '' });
}

export function Queues() {
  const { tab, state } = filters.value;
  const states = statesOf(tab);
  // Returns and exchanges together are asked for by their state alone.
  const whole = tab !== 'back' && states.length > 0;
  return html`
    <div role="group" class="queues" aria-label=${t('claims.types')}>
      ${tabs().map((one) => html`
        <button key=${one.tab} data-tab=${one.tab} aria-pressed=${one.tab === tab} class=${one.tab === 'attn' ? 'attention' : ''} onClick=${() => open(one.tab)}>
          ${one.name}${one.cnt !== null && html` <b class="number">${won(one.cnt)}</b>`}</button>`)}
    </div>
    ${states.length > 0 && html`
      <div role="group" class="queues" aria-label=${t('claims.states')}>
        ${whole && html`<button aria-pressed=${state === ''} onClick=${() => filter({ state: '' })}>${t('all')}</button>`}
        ${states.map((one) => html`
          <button key=${one.state} data-state=${one.state} aria-pressed=${one.state === state} class=${one.code === 'late' ? 'attention' : ''} onClick=${() => filter({ state: one.state })}>
            ${one.name} <b class="number">${won(one.cnt)}</b>${one.late > 0 && one.code !== 'late' && html` <small class="attention">${t('claims.lateCount', { n: one.late })}</small>`}
            ${one.since && html` <small class="muted">${ago(one.since, now.value)}</small>`}</button>`)}
      </div>`}`;
}

const changed = (/** @type {string} */ name) => (/** @type {any} */ event) => filter({ [name]: event.target.value.trim() });

/** @param {{field: any}} props */
export function Filters({ field }) {
  const { tab, type, from, to, reason, fault, order, member, vendor } = filters.value;
  const choice = (/** @type {string} */ name, /** @type {string} */ table, /** @type {string} */ value, /** @type {any} */ ref, codes = meanings(table)) => html`
    <label>${t(/** @type {any} */ (`claims.${name}`))}
      <select ref=${ref} value=${value} onChange=${changed(name)}>
        <option value="">${t('all')}</option>
        ${codes.map(([code, text]) => html`<option key=${code} value=${code}>${text}</option>`)}
      </select>
    </label>`;
  const word = (/** @type {string} */ name, /** @type {string} */ value, /** @type {any} */ text) => html`
    <label>${text} <input class="short" value=${value} maxlength="40" autocomplete="off" onChange=${changed(name)} /></label>`;
  return html`
    <form class="filters" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
      ${tab === 'back' && choice('type', 'claimBusinessType', type, null, meanings('claimBusinessType').filter(([code]) => BACK.includes(code)))}
      ${choice('reason', 'claimRsnCd', reason, field)}
      ${choice('fault', 'imptDivCd', fault, null)}
      <label>${t('from')} <input type="date" value=${from} max=${to} onChange=${changed('from')} /></label>
      <label>${t('to')} <input type="date" value=${to} min=${from} onChange=${changed('to')} /></label>
      ${word('order', order, t('order'))} ${word('member', member, t('claims.member'))} ${word('vendor', vendor, t('claims.vendor'))}
      ${isFiltered() && html`<button type="button" onClick=${clearFilters}>${t('filters.clear')} <kbd>Esc</kbd></button>`}
    </form>`;
}
