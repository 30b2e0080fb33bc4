// @ts-check
// Short news that goes by itself. News of a conflict interrupts who listens, other news waits.
import { signal } from '@preact/signals';
import { html } from './view.js';
import { onForget } from '../app/store.js';

const SHOWN_MS = 6000;
/** @type {import('@preact/signals').Signal<{id: number, text: string, urgent: boolean}[]>} */
const toasts = signal([]);
let last = 0;

onForget(() => { toasts.value = []; });

/** @param {string} text @param {{urgent?: boolean}} [how] */
export function say(text, { urgent = false } = {}) {
  last += 1;
  const id = last;
  toasts.value = [...toasts.value.slice(-3), { id, text, urgent }];
  setTimeout(() => { toasts.value = toasts.value.filter((one) => one.id !== id); }, SHOWN_MS);
}

export function Toasts() {
  const parts = [{ urgent: false, live: 'polite' }, { urgent: true, live: 'assertive' }];
  return html`<div class="toasts">${parts.map(({ urgent, live }) => html`
    <div key=${live} aria-live=${live}>
      ${toasts.value.filter((one) => one.urgent === urgent).map((one) => html`<p key=${one.id} class=${urgent ? 'attention' : ''}><bdi>${one.text}</bdi></p>`)}
    </div>`)}</div>`;
}
