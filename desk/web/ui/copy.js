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

/** @param {{text: string | null | undefined}} props */
export function Copyable({ text }) {
  if (!text) return null;
  return html`<span class="number"><bdi class="mono">${text}</bdi><button class="icon" aria-label=${t('copy', { text })} onClick=${() => copy(text)}>⧉</button></span>`;
}
