// @ts-check
// What is shown where the desk can't be.
import { html } from '../ui/view.js';
import { t } from './text.js';

/** @param {{signIn: () => void}} props */
export function SignedOut({ signIn }) {
  return html`
    <main class="door">
      <h1>${t('desk')}</h1>
      <p role="status">${t('door.signedOut')}</p>
      <button class="primary" onClick=${signIn}>${t('lock.signIn')}</button>
    </main>`;
}

/** @param {{text: any, detail?: string}} props */
export function Stopped({ text, detail }) {
  return html`
    <main class="door">
      <h1>${t('desk')}</h1>
      <p role="alert">${t(text)}</p>
      ${detail && html`<p class="muted"><bdi>${detail}</bdi></p>`}
      <p><a class="button" href="/desk">${t('door.again')}</a></p>
    </main>`;
}

/** Somebody whose account may not serve here. */
export function NoRole() {
  return html`
    <section class="door">
      <h1>${t('desk')}</h1>
      <p role="alert">${t('door.noRole')}</p>
      <p class="muted">${t('door.whoGrants')}</p>
    </section>`;
}
