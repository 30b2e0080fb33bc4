// @ts-check
// Single keys. They go by where a key is (`code`), because in Hangul mode what it writes is a jamo; typing in a field never triggers one.
import { useEffect } from 'preact/hooks';
import { closed } from './session.js';
import { settings } from './store.js';

/** @typedef {Record<string, (event: KeyboardEvent) => void>} KeyMap by `code`, with `Shift+` before it; `Go+` for the key after G */

/** @type {{map: KeyMap}[]} */
const layers = [];
let goUntil = 0;
let handled = '';

/** These keys hold while the component is shown; a later one goes before an earlier. @param {KeyMap} map */
export function useKeys(map) {
  useEffect(() => {
    const layer = { map };
    layers.push(layer);
    return () => void layers.splice(layers.indexOf(layer), 1);
  });
}

export const isField = (/** @type {EventTarget | null} */ target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName) ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)));

/** Letters on other Latin layouts are where the layout has them; there is an Enter beside the numbers as well. @param {KeyboardEvent} event */
export const nameOf = (event) => (/^[a-z]$/i.test(event.key) ? `Key${event.key.toUpperCase()}` : event.code.replace('NumpadEnter', 'Enter'));

/** @param {KeyboardEvent} event */
function press(event) {
  if (closed.value !== null || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.code !== 'Escape' && (!settings.value.keys || isField(event.target))) return;
  // A button's own keys are its own.
  if ((event.key === 'Enter' || event.code === 'Space') && event.target instanceof HTMLElement && event.target.closest('button, a, summary')) return;
  // Below an open dialog nothing hears a key: it has keys of its own, and Escape closes it.
  if (document.querySelector('dialog[open]')) return;
  const name = nameOf(event);
  const going = performance.now() < goUntil;
  goUntil = 0;
  if (name === 'KeyG' && !going && !event.shiftKey) {
    goUntil = performance.now() + 1500;
    return done(event);
  }
  const full = (going ? 'Go+' : '') + (event.shiftKey ? 'Shift+' : '') + name;
  for (const { map } of [...layers].reverse()) {
    if (!map[full]) continue;
    done(event);
    map[full](event);
    return;
  }
}

/** @param {KeyboardEvent} event */
function done(event) {
  event.preventDefault();
  handled = event.code;
}

export function listen() {
  addEventListener('keydown', press);
  // Some input methods keep the press to themselves and let only the release through.
  addEventListener('keyup', (event) => {
    const seen = handled === event.code;
    handled = '';
    if (!seen && event.isTrusted && !pressed.has(event.code)) press(event);
    pressed.delete(event.code);
  });
  addEventListener('keydown', (event) => pressed.add(event.code), true);
  addEventListener('blur', () => pressed.clear());
}

/** Keys whose press was heard and whose release was not yet. @type {Set<string>} */
const pressed = new Set();
