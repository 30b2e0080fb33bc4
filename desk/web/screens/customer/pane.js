// @ts-check
// The customer beside an inquiry.
import { html } from '../../ui/view.js';
import { Copyable } from '../../ui/copy.js';

/** @param {{mbrNo: string, ordNo: string | null}} props */
export function CustomerPane({ mbrNo, ordNo }) {
  return html`<p><${Copyable} text=${mbrNo} /> <${Copyable} text=${ordNo} /></p>`;
}
