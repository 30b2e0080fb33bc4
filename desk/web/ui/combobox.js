// @ts-check
// A choice that is filtered while one types: up and down, Enter takes, Escape leaves.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './view.js';
import { t } from '../app/text.js';

/**
 * @param {{label: string, choices: any[], keyOf: (choice: any) => string, nameOf: (choice: any) => string, noteOf?: (choice: any) => string,
 *   onChoose: (choice: any) => void, onLeave: () => void, filter?: (text: string) => void}} props
 */
export function Combobox({ label, choices, keyOf, nameOf, noteOf, onChoose, onLeave, filter }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const found = choices.filter((choice) => nameOf(choice).toLowerCase().includes(text.trim().toLowerCase()));
  useEffect(() => field.current?.focus(), []);
  useEffect(() => setAt(0), [text]);
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((before) => Math.min(Math.max(before + step, 0), found.length - 1));
    else if (event.key === 'Enter' && found[at]) onChoose(found[at]);
    else if (event.key === 'Escape') onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`
    <div class="combobox">
      <input ref=${field} role="combobox" aria-label=${label} aria-expanded="true" aria-controls="choices" autocomplete="off"
        aria-activedescendant=${found[at] ? `choice-${keyOf(found[at])}` : undefined} placeholder=${label} value=${text}
        onInput=${(/** @type {any} */ event) => { setText(event.target.value); filter?.(event.target.value); }} onKeyDown=${press} />
      <ul id="choices" role="listbox" aria-label=${label}>
        ${found.length === 0 && html`<li role="option" aria-selected="false" aria-disabled="true" class="muted">${t('nothing')}</li>`}
        ${found.slice(0, 30).map((choice, place) => html`
          <li key=${keyOf(choice)} id=${`choice-${keyOf(choice)}`} role="option" aria-selected=${place === at} onClick=${() => onChoose(choice)}>
            <bdi>${nameOf(choice)}</bdi> ${noteOf && html`<small class="muted"><bdi>${noteOf(choice)}</bdi></small>`}
          </li>`)}
      </ul>
    </div>`;
}
