// @ts-check
// D2 고객: the customer's part of the desk at full width.
import { html } from '../ui/view.js';
import { t } from '../app/text.js';
import { CustomerPane } from './customer/pane.js';

/** @param {{id: string | null, order: string | null}} props */
export function Customer({ id, order }) {
  return html`<main data-screen="customer"><h1>${t('nav.customer')}</h1>${id && html`<${CustomerPane} mbrNo=${id} ordNo=${order} />`}</main>`;
}
