// @ts-check
// A failure as a reader of the page meets it: what it means, its number for whoever looks into it, and a way to try again.
import { html } from './view.js';
import { copy, CopySign } from './copy.js';
import { refusal, t } from '../app/text.js';

/** What a failure says. @param {any} failure */
export function told(failure) {
  if (failure?.code === 'OFFLINE') return t('failure.offline');
  if (failure?.code === 'TIMEOUT' || failure?.status === 504) return t('failure.late');
  if (failure?.code === 'HTTP' || failure?.code === 'UNREADABLE') return t('failure.http', { status: failure.status });
  return failure?.code ? refusal(failure) : String(failure?.message ?? failure);
}

/** @param {{failure: any, again?: () => void}} props */
export function Problem({ failure, again }) {
  if (!failure) return null;
  return html`
    <div class="problem" role="alert">
      <p><bdi>${told(failure)}</bdi></p>
      ${failure.errors?.length > 0 && html`<ul>${failure.errors.map((/** @type {any} */ row) => html`<li key=${row.field}><span class="mono">${row.field}</span> <bdi>${row.message}</bdi></li>`)}</ul>`}
      ${failure.requestId && html`<button class="icon" onClick=${() => copy(failure.requestId)}>${t('failure.number')} <span class="mono">${failure.requestId.slice(0, 8)}</span> <${CopySign} /></button>`}
      ${again && html`<button onClick=${again}>${t('failure.again')}</button>`}
    </div>`;
}
