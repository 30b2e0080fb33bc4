// @ts-check
import { html } from '../ui/view.js';
import { t } from '../app/text.js';

export function Claims() {
  return html`<main data-screen="claims"><h1>${t('nav.claims')}</h1></main>`;
}
