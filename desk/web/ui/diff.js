// @ts-check
// Two texts compared word by word.
import { html } from './view.js';

const MOST_WORDS = 2000;

/** @param {string} before @param {string} after @returns {{text: string, kind: 'same' | 'gone' | 'new'}[]} */
export function compared(before, after) {
  const [left, right] = [words(before), words(after)];
  if (left.length > MOST_WORDS || right.length > MOST_WORDS) {
    return before === after ? [{ text: after, kind: 'same' }] : [{ text: before, kind: 'gone' }, { text: after, kind: 'new' }];
  }
  // The longest row of words both have, from the end.
  const common = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      common[i][j] = left[i] === right[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const parts = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      parts.push({ text: left[i], kind: /** @type {const} */ ('same') });
      i += 1;
      j += 1;
    } else if (j >= right.length || (i < left.length && common[i + 1][j] >= common[i][j + 1])) {
      parts.push({ text: left[i], kind: /** @type {const} */ ('gone') });
      i += 1;
    } else {
      parts.push({ text: right[j], kind: /** @type {const} */ ('new') });
      j += 1;
    }
  }
  return parts;
}

const words = (/** @type {string} */ text) => text.match(/\s+|[^\s]+/g) ?? [];

/** @param {{before: string, after: string}} props */
export function Diff({ before, after }) {
  return html`<p class="text diff">${compared(before, after).map(({ text, kind }, at) =>
    kind === 'same' ? html`<span key=${at}>${text}</span>` : kind === 'gone' ? html`<del key=${at}>${text}</del>` : html`<ins key=${at}>${text}</ins>`)}</p>`;
}
