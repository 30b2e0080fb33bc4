// @ts-check
// A table whose rows are walked by key or mouse. One row is marked; Enter opens it.
import { useEffect, useRef } from 'preact/hooks';
import { html } from './view.js';
import { t } from '../app/text.js';
import { useKeys } from '../app/keys.js';

/**
 * @typedef {{text: string, show: (row: any) => any, kind?: 'number' | 'main'}} Column
 * @param {{label: string, columns: Column[], rows: any[] | null, keyOf: (row: any) => string, marked: number, onMark: (at: number) => void,
 *   onOpen: (row: any) => void, busy: boolean, empty: any, opened?: string | null, rowClass?: (row: any) => string}} props
 */
export function Table({ label, columns, rows, keyOf, marked, onMark, onOpen, busy, empty, opened, rowClass }) {
  const body = useRef(/** @type {HTMLElement | null} */ (null));
  // Keys can come faster than they are bound anew.
  const now = useRef({ rows, marked });
  now.current = { rows, marked };
  const move = (/** @type {number} */ step) => {
    const { rows, marked } = now.current;
    if (!rows || rows.length === 0) return;
    onMark(Math.min(Math.max(marked + step, 0), rows.length - 1));
  };
  useKeys({
    KeyJ: () => move(1),
    ArrowDown: () => move(1),
    KeyK: () => move(-1),
    ArrowUp: () => move(-1),
    Enter: () => { const row = now.current.rows?.[now.current.marked]; if (row) onOpen(row); },
  });
  useEffect(() => {
    const row = body.current?.querySelector('[data-marked="true"]');
    row?.scrollIntoView({ block: 'nearest' });
    if (row instanceof HTMLElement && body.current?.contains(document.activeElement)) row.focus();
  }, [marked, rows]);
  if (rows?.length === 0) return html`<div class="empty">${empty}</div>`;
  return html`
    <table class="rows" aria-label=${label} aria-busy=${busy}>
      <thead><tr>${columns.map((column) => html`<th key=${column.text} scope="col" class=${column.kind ?? ''}>${column.text}</th>`)}</tr></thead>
      <tbody ref=${body}>
        ${rows === null && html`<tr class="skeleton"><td colspan=${columns.length}>${t('loading')}</td></tr>`}
        ${rows?.map((row, at) => html`
          <tr key=${keyOf(row)} tabindex=${at === marked ? 0 : -1} data-marked=${at === marked} aria-selected=${keyOf(row) === opened}
            class=${rowClass?.(row) ?? ''} onClick=${() => { onMark(at); onOpen(row); }} onFocus=${() => { if (at !== marked) onMark(at); }}>
            ${columns.map((column) => html`<td key=${column.text} class=${column.kind ?? ''}>${column.show(row)}</td>`)}
          </tr>`)}
      </tbody>
    </table>`;
}
