// @ts-check
// What the lists of a customer share: rows that open in place, their states, their pages.
import { useEffect, useRef } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { Pager } from '../../ui/pager.js';
import { Problem } from '../../ui/problem.js';
import { won } from '../../ui/money.js';
import { inKorea } from '../../ui/time.js';
import { isField, nameOf } from '../../app/keys.js';
import { settings } from '../../app/store.js';
import { t } from '../../app/text.js';

export const PAGE_SIZE = 10;

/** The element of a list that has, or would get, the focus. @param {Element | null} list */
export function focusFirst(list) {
  const row = list?.querySelector('[data-row][aria-expanded="true"]') ?? list?.querySelector('[data-row]') ?? list;
  if (row instanceof HTMLElement) row.focus();
}

/** Whether a single key is meant as one. @param {KeyboardEvent} event */
export const mayHear = (event) => settings.value.keys && !event.ctrlKey && !event.altKey && !event.metaKey && !isField(event.target);

/** J and K walk the rows the focus is among; what lies elsewhere keeps its keys. @param {KeyboardEvent} event */
export function walk(event) {
  if (event.shiftKey || !mayHear(event)) return;
  const step = { KeyJ: 1, ArrowDown: 1, KeyK: -1, ArrowUp: -1 }[nameOf(event)];
  if (!step || !(event.currentTarget instanceof HTMLElement)) return;
  event.preventDefault();
  const rows = /** @type {HTMLElement[]} */ ([...event.currentTarget.querySelectorAll('[data-row]')].filter((row) => /** @type {HTMLElement} */ (row).offsetParent));
  // The last row at or before the focus.
  const here = document.activeElement;
  const at = rows.findLastIndex((row) => row === here || Boolean(here && row.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING));
  rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
}

/**
 * @param {{asked: import('../../api/ask.js').Asked, rows: any[] | null, keyOf: (row: any) => string, head: (row: any) => any, body: (row: any) => any,
 *   beside?: (row: any) => any, open: string | null, onOpen: (key: string | null) => void, empty: string, page: number, total: number, onPage: (page: number) => void}} props
 */
export function Rows({ asked, rows, keyOf, head, body, beside, open, onOpen, empty, page, total, onPage }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    // Whoever came here by a key before there was anything goes on to the first row.
    if (list.current && document.activeElement === list.current.closest('[data-panel]')) focusFirst(list.current);
  }, [rows]);
  return html`
    <${Problem} failure=${asked.failure} again=${asked.again} />
    ${rows === null && asked.busy && html`<p class="empty" aria-busy="true">${t('loading')}</p>`}
    ${rows?.length === 0 && html`<p class="empty">${empty}</p>`}
    <ul class="unfold" ref=${list} aria-busy=${asked.busy}>${rows?.map((row) => {
      const isOpen = keyOf(row) === open;
      return html`
        <li key=${keyOf(row)}>
          <div class="unfold-head">
            <button data-row aria-expanded=${isOpen} onClick=${() => onOpen(isOpen ? null : keyOf(row))}>${head(row)}</button>
            ${beside?.(row)}
          </div>
          ${isOpen && html`<div class="unfold-body">${body(row)}</div>`}
        </li>`;
    })}</ul>
    ${total > PAGE_SIZE && html`<${Pager} page=${page} size=${PAGE_SIZE} total=${total} onPage=${onPage} />`}`;
}

/** An amount as people write it. @param {number | null | undefined} amount */
export const amountOf = (amount) => (amount === null || amount === undefined ? '' : t('cust.won', { amount: won(amount) }));

/** The day of a time. @param {string | null | undefined} time */
export const dayOf = (time) => (time ? inKorea(time).slice(0, 10) : '');

/** Whether a form's field is among those that were refused. @param {any} failure @param {string} field */
export const isRefused = (failure, field) =>
  Boolean(failure?.errors?.some((/** @type {any} */ one) => one.field.startsWith(field) || field.startsWith(one.field)));

/** Brings what was refused into sight, and the focus to its first field. @param {HTMLElement | null} form @param {any} failure */
export function showRefused(form, failure) {
  if (failure) form?.querySelector('.problem')?.scrollIntoView({ block: 'nearest' });
  const fields = /** @type {HTMLElement[]} */ ([...(form?.querySelectorAll('[data-field]') ?? [])]);
  fields.find((field) => isRefused(failure, field.dataset.field ?? ''))?.focus();
}
