// @ts-check
import { html } from '../ui/view.js';
import { t } from '../app/text.js';

export function Templates() {
  return html`<main data-screen="templates"><h1>${t('nav.templates')}</h1></main>`;
}
