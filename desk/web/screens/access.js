// @ts-check
import { html } from '../ui/view.js';
import { t } from '../app/text.js';

export function Access() {
  return html`<main data-screen="access"><h1>${t('nav.access')}</h1></main>`;
}
