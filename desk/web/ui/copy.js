// @ts-check
// Numbers that are copied by a click.
import { html } from './view.js';
import { say } from './toast.js';
import { t } from '../app/text.js';

/** @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say(t('copied', { text }));
  } catch {
    say(t('copy.failed'), { urgent: true });
  }
}

/** Two sheets, one over the other: drawn, because fonts lack the sign. */
export const CopySign = () => html`<svg width="12" height="12" viewBox="0 0 12 12" fill="none" stroke="currentColor" aria-hidden="true"><rect x="0.5" y="3.5" width="8" height="8" /><path d="M3.5 3.5v-3h8v8h-3" /></svg>`;

/** @param {{text: string | null | undefined}} props */
export function Copyable({ text }) {
  if (!text) return null;
  return html`<span class="number"><bdi class="mono">${text}</bdi><button class="icon" aria-label=${t('copy', { text })} onClick=${() => copy(text)}><${CopySign} /></button></span>`;
}
