// @ts-check
// How many texts somebody has written that are nowhere but in this page.
import { signal } from '@preact/signals';
import { onForget } from './store.js';

/** @type {import('@preact/signals').Signal<Set<string>>} */
const unsent = signal(new Set());

onForget(() => { unsent.value = new Set(); });

export const unsentTexts = () => unsent.value.size;

/** @param {string} what @param {boolean} isUnsent */
export function noteUnsent(what, isUnsent) {
  if (unsent.value.has(what) === isUnsent) return;
  const next = new Set(unsent.value);
  if (isUnsent) next.add(what);
  else next.delete(what);
  unsent.value = next;
}
