// @ts-check
// Pages of a list with an exact total.
import { html } from './view.js';
import { won } from './money.js';
import { t } from '../app/text.js';

/** @param {{page: number, size: number, total: number, onPage: (page: number) => void}} props */
export function Pager({ page, size, total, onPage }) {
  const last = Math.max(Math.ceil(total / size), 1);
  const from = total === 0 ? 0 : (page - 1) * size + 1;
  return html`
    <nav class="pager" aria-label=${t('pager')}>
      <button disabled=${page <= 1} aria-label=${t('pager.first')} onClick=${() => onPage(1)}>«</button>
      <button disabled=${page <= 1} aria-label=${t('pager.before')} onClick=${() => onPage(page - 1)}>‹</button>
      <span>${won(from)}–${won(Math.min(page * size, total))} / <b>${won(total)}</b></span>
      <button disabled=${page >= last} aria-label=${t('pager.next')} onClick=${() => onPage(page + 1)}>›</button>
      <button disabled=${page >= last} aria-label=${t('pager.last')} onClick=${() => onPage(last)}>»</button>
    </nav>`;
}
