// @ts-check
import { html } from '../ui/view.js';
import { t } from '../app/text.js';

export function Types() {
  return html`<main data-screen="types"><h1>${t('nav.types')}</h1></main>`;
}
