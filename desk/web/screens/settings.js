// @ts-check
import { html } from '../ui/view.js';
import { t } from '../app/text.js';

export function Settings() {
  return html`<main data-screen="settings"><h1>${t('nav.settings')}</h1></main>`;
}
