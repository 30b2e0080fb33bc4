// @ts-check
// The keyboard map, on one page.
import { signal } from '@preact/signals';
import { html } from '../ui/view.js';
import { Dialog } from '../ui/dialog.js';
import { t } from './text.js';

export const helpShown = signal(false);

/** Each key as it is printed, and the name of what it does. */
export const KEYS = /** @type {const} */ ([
  ['J K ↑ ↓', 'key.rows'], ['Enter', 'key.open'], ['N', 'key.next'], ['B', 'key.begin'], ['U', 'key.release'], ['A', 'key.assign'],
  ['R', 'key.answer'], ['/ P', 'key.template'], ['Ctrl+Enter', 'key.send'], ['Z', 'key.undo'], ['1 … 5', 'key.tabs'], ['X', 'key.cancel'],
  ['Y', 'key.copyOrder'], ['Shift+Y', 'key.copyNumber'], ['S', 'key.search'], ['F', 'key.filters'], ['T', 'key.retry'], ['Space', 'claims.keyMark'], ['Alt+↑ ↓', 'key.order'],
  ['G → I C M T Y A', 'key.go'], ['F6', 'key.pane'], ['Esc', 'key.back'], ['?', 'key.help'],
]);

export function Help() {
  if (!helpShown.value) return null;
  return html`
    <${Dialog} title=${t('help.title')} onClose=${() => { helpShown.value = false; }}>
      <dl class="keys">${KEYS.map(([key, does]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${t(does)}</dd></div>`)}</dl>
    <//>`;
}
