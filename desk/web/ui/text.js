// @ts-check
// Other people's text: as it was written, long ones folded.
import { useState } from 'preact/hooks';
import { html } from './view.js';
import { t } from '../app/text.js';

const MOST_LINES = 40;
const MOST_CHARACTERS = 3000;

/** @param {{text: string | null | undefined}} props */
export function Text({ text }) {
  const [open, setOpen] = useState(false);
  if (!text) return null;
  const lines = text.split('\n');
  const isLong = lines.length > MOST_LINES || text.length > MOST_CHARACTERS;
  const shown = isLong && !open ? lines.slice(0, MOST_LINES).join('\n').slice(0, MOST_CHARACTERS) : text;
  return html`
    <p class="text"><bdi>${shown}</bdi></p>
    ${isLong && html`<button aria-expanded=${open} onClick=${() => setOpen(!open)}>${t(open ? 'text.less' : 'text.more', { n: lines.length })}</button>`}`;
}
