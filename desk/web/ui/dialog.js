// @ts-check
// A dialog over the page; focus goes into it, stays in it, and returns to where it came from.
import { useEffect, useRef } from 'preact/hooks';
import { html } from './view.js';
import { t } from '../app/text.js';

/** @param {{title: string, onClose: () => void, children?: any, wide?: boolean}} props */
export function Dialog({ title, onClose, children, wide }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    const from = document.activeElement;
    dialog.current?.showModal();
    return () => { if (from instanceof HTMLElement) from.focus(); };
  }, []);
  return html`
    <dialog ref=${dialog} class=${wide ? 'wide' : ''} aria-labelledby="dialog-title" onClose=${onClose}>
      <div class="dialog-head">
        <h2 id="dialog-title">${title}</h2>
        <button onClick=${() => dialog.current?.close()}>${t('close')} <kbd>Esc</kbd></button>
      </div>
      ${children}
    </dialog>`;
}
