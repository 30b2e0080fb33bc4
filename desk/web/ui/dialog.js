// @ts-check
// A dialog over the page; focus goes into it, stays in it, and returns to where it came from.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { html } from './view.js';
import { closed } from '../app/session.js';
import { t } from '../app/text.js';

/** @param {{title: string, onClose: () => void, children?: any, wide?: boolean}} props */
export function Dialog({ title, onClose, children, wide }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const shut = closed.value !== null;
  useLayoutEffect(() => {
    const from = document.activeElement;
    return () => { if (from instanceof HTMLElement) from.focus(); };
  }, []);
  // It lies above everything, the lock too: while the desk is closed it steps aside, with all that is written in it.
  useLayoutEffect(() => { if (shut) dialog.current?.close(); else dialog.current?.showModal(); }, [shut]);
  return html`
    <dialog ref=${dialog} class=${wide ? 'wide' : ''} aria-labelledby="dialog-title" onClose=${() => { if (!shut) onClose(); }}>
      <div class="dialog-head">
        <h2 id="dialog-title">${title}</h2>
        <button onClick=${() => dialog.current?.close()}>${t('close')} <kbd>Esc</kbd></button>
      </div>
      ${children}
    </dialog>`;
}
