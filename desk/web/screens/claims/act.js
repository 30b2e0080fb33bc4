// @ts-check
// A form that does something with claims. Its fields bear the names the operation gives them, so that a refusal finds its field, and
// what was typed is in the form alone.
import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { won } from '../../ui/money.js';
import { Problem, told } from '../../ui/problem.js';
import { say } from '../../ui/toast.js';
import { call } from '../../api/call.js';
import { Intention } from '../../api/idempotency.js';
import { nameOf } from '../../app/keys.js';
import { closed } from '../../app/session.js';
import { onForget, online } from '../../app/store.js';
import { meanings, t } from '../../app/text.js';
import { noteUnsent } from '../../app/unsent.js';
import { askCounts } from './state.js';

export const LIST = 'withdrawStatUpdateSaveInfoList';

const Form = createContext(/** @type {any} */ ({}));

/** Words that were written and not sent, by form and field; they outlive the form. @type {Map<string, string>} */
const words = new Map();
onForget(() => words.clear());

/** @param {string} key @param {string} text */
function keep(key, text) {
  if (text) words.set(key, text);
  else words.delete(key);
  noteUnsent(key, text !== '');
}

/** Whoever has confirmed from within a form goes on in the next one. */
let goesOn = false;

/** What a form says, by the paths its fields are named with; what is empty is left out. @param {HTMLFormElement} form */
export function said(form) {
  /** @type {any} */
  const body = {};
  for (const [name, value] of new FormData(form)) {
    if (value === '') continue;
    const path = name.match(/[^.[\]]+/g) ?? [];
    const last = /** @type {string} */ (path.pop());
    let place = body;
    path.forEach((part, depth) => { place = place[part] ??= /^\d+$/.test(path[depth + 1] ?? last) ? [] : {}; });
    place[last] = /(Qty|Amt|Seq)$/.test(last) ? Number(value) : last === 'dtm' ? `${value}:00+09:00` : value;
  }
  return body;
}

/** @param {Element | null} form @returns {HTMLElement | null | undefined} */
export const firstField = (form) => form?.querySelector('input:not([type="hidden"]), select, textarea, button');

/** Puts the focus where the first fault is. @param {HTMLFormElement | null} form @param {any} failure */
function focusFault(form, failure) {
  const fields = /** @type {any[]} */ ([...(form?.elements ?? [])]).filter((field) => field.name && field.type !== 'hidden');
  for (const { field: path } of failure?.errors ?? []) {
    const field = fields.find(({ name }) => name === path) ?? fields.find(({ name }) => name.startsWith(`${path}.`) || name.startsWith(`${path}[`));
    if (field) return field.focus();
  }
}

/**
 * The same words go again under the same key, corrected ones under a new one.
 * @param {{act: string, operation: string, hidden: Record<string, any>, confirm: any, onDone: (answer: any, body: any) => void, children?: any,
 *   onConflict: (failure: any) => void, onRefused?: (failure: any) => boolean, complete?: (body: any) => any, disabled?: boolean, danger?: boolean}} props
 *   `complete`: adds to what is sent; `onRefused`: true where the refusal is shown otherwise
 */
export function ActForm({ act, operation, hidden, confirm, onDone, onConflict, onRefused, complete, disabled, danger, children }) {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const intention = useRef(new Intention());
  const sent = useRef({ text: '', body: /** @type {any} */ (null) });
  const busy = useRef(false);
  const scope = `${hidden.claimNo ?? hidden[`${LIST}[0].claimNo`] ?? ''} ${act}`;
  const [shown, setShown] = useState({ busy: false, failure: /** @type {any} */ (null) });
  useEffect(() => {
    if (!goesOn) return;
    goesOn = false;
    firstField(form.current)?.focus();
  }, []);
  useEffect(() => focusFault(form.current, shown.failure), [shown.failure]);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy.current || disabled || !online.value || !form.current) return;
    const typed = said(form.current);
    const text = JSON.stringify(typed);
    if (text !== sent.current.text) {
      if (sent.current.text) intention.current.renew();
      sent.current = { text, body: complete ? complete(typed) : typed };
    }
    const { body } = sent.current;
    const isInside = form.current.contains(document.activeElement);
    busy.current = true;
    setShown({ busy: true, failure: null });
    let answer;
    let failure = null;
    try {
      answer = await intention.current.attempt((key) => call(operation, { body, key }));
    } catch (/** @type {any} */ thrown) {
      failure = thrown;
    }
    busy.current = false;
    if (failure === null || failure.settled) sent.current = { text: '', body: null };
    if (failure === null) {
      goesOn = isInside;
      for (const key of [...words.keys()]) if (key.startsWith(`${scope} `)) keep(key, '');
      setShown({ busy: false, failure });
      return onDone(answer, body);
    }
    if (failure.code === 'CLAIM_STATUS_CONFLICT') onConflict(failure);
    setShown({ busy: false, failure: onRefused?.(failure) ? null : failure });
    // What had the focus may have been replaced by what has to be confirmed anew.
    if (isInside) setTimeout(() => { if (document.activeElement === document.body) firstField(form.current)?.focus(); }, 50);
  };
  const { failure } = shown;
  return html`
    <form class="form act" ref=${form} data-act=${act} aria-busy=${shown.busy} onSubmit=${submit} autocomplete="off">
      ${Object.entries(hidden).map(([name, value]) => html`<input key=${name} type="hidden" name=${name} value=${value ?? ''} />`)}
      <${Form.Provider} value=${{ failure, scope }}>${children}<//>
      <${Problem} failure=${failure} again=${failure && !failure.settled ? () => form.current?.requestSubmit() : undefined} />
      <p class="actions"><button class=${danger ? 'danger' : 'primary'} disabled=${shown.busy || disabled || !online.value}>${shown.busy ? t('answer.sending') : confirm} <kbd>Ctrl ⏎</kbd></button></p>
    </form>`;
}

/** One field of it, with what was wrong with it. @param {any} props */
export function Field({ label, name, choices, rows, ...more }) {
  const { failure, scope } = useContext(Form);
  const fault = failure?.errors?.find((/** @type {any} */ one) => one.field === name);
  const key = `${scope} ${name}`;
  const id = `fault-${key.replace(/\W+/g, '-')}`;
  const own = { name, 'aria-invalid': fault ? 'true' : undefined, 'aria-describedby': fault ? id : undefined, ...more };
  const [written] = useState(words.get(key));
  return html`
    <div>
      <label>${label}
        ${choices ? html`<select ...${own}>${choices.map((/** @type {[string, string]} */ [code, text]) => html`<option key=${code} value=${code}>${text}</option>`)}</select>`
    : rows ? html`<textarea rows=${rows} defaultValue=${written} onInput=${(/** @type {any} */ event) => keep(key, event.target.value)} ...${own}></textarea>` : html`<input ...${own} />`}
      </label>
      ${fault && html`<small id=${id} class="attention"><bdi>${fault.message}</bdi></small>`}
    </div>`;
}

/** The carrier is mostly the one of the parcel before. */
export const carrier = { last: '' };
/** @param {any} body @param {any} row */
export function noteCarrier(body, row) {
  if (row?.hdcCd) carrier.last = row.hdcCd;
  return body;
}

const withNone = (/** @type {[string, string][]} */ choices) => /** @type {[string, string][]} */ ([['', t('claims.asItIs')], ...choices]);
export const faults = () => withNone(meanings('imptDivCd'));
/** The reasons there are for a kind of claim. @param {string} type */
export const reasons = (type) => withNone(meanings('claimRsnCd').filter(([code]) => (type === '30' ? '252,271,272,273,274,275' : '251,271,272,273,274,275,276').includes(code)));

/** 환불계좌: it stays in the form, and nowhere else. @param {{required?: boolean}} props */
export function Account({ required }) {
  return html`
    <fieldset class="fields"><legend>${t('claims.account')}</legend>
      <${Field} label=${t('claims.bank')} name="rfdAcct.bankCd" inputmode="numeric" maxlength="10" required=${required} />
      <${Field} label=${t('claims.accountNo')} name="rfdAcct.acctNo" inputmode="numeric" maxlength="30" required=${required} />
      <${Field} label=${t('claims.holder')} name="rfdAcct.dpstrNm" maxlength="50" required=${required} />
    </fieldset>`;
}

/** What is still to be paid: by the customer, in the shop, or by our side. @param {{due: number, waived?: string, onWaive?: (text: string) => void}} props */
export function StillDue({ due, waived = '', onWaive }) {
  return html`
    ${(due > 0 || waived !== '') && html`<${Field} label=${t('claims.waive')} name="wvAmt" type="number" min="0" step="1" defaultValue=${waived} onInput=${(/** @type {any} */ event) => onWaive?.(event.target.value)} />`}
    ${due > 0 && html`
      <fieldset class="fields"><legend>${t('claims.addPay', { n: won(due) })}</legend>
        <p class="muted">${t('claims.addPayNote')}</p>
        <${Field} label=${t('claims.payMeans')} name="addPay.payMeansCd" choices=${[['', ''], ...meanings('payMeansCd').filter(([code]) => code !== '50' && code !== '60')]} />
        <${Field} label=${t('claims.payKey')} name="addPay.pgPayKey" maxlength="200" />
      </fieldset>`}`;
}

/** A try whose answer never came is repeated under its key. @type {Map<string, Intention>} */
const retries = new Map();

/** @param {string} claimNo @param {() => void} after */
export async function retry(claimNo, after) {
  const intention = retries.get(claimNo) ?? new Intention();
  retries.set(claimNo, intention);
  try {
    const { dueCnt } = await intention.attempt((key) => call('retryClaim', { body: { claimNo }, key }));
    retries.delete(claimNo);
    say(t('claims.retried', { n: dueCnt }));
    // What was asked for at once is mostly done a moment later.
    setTimeout(() => { after(); askCounts(); }, 2000);
  } catch (failure) {
    say(told(failure), { urgent: true });
  }
}

/** Ctrl+Enter confirms from anywhere: marked rows first, then the claim that is open. A word being composed is finished before it. */
export function useConfirmKey() {
  useEffect(() => {
    let waits = false;
    const confirm = (/** @type {EventTarget | null} */ from) => {
      const own = from instanceof Element ? from.closest('form[data-act]') : null;
      const form = own ?? document.querySelector('form[data-act]');
      if (form instanceof HTMLFormElement) form.requestSubmit();
    };
    const press = (/** @type {KeyboardEvent} */ event) => {
      if (nameOf(event) !== 'Enter' || !(event.ctrlKey || event.metaKey) || closed.value !== null || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      if (event.isComposing) waits = true;
      else if (!event.repeat) confirm(event.target);
    };
    const composed = (/** @type {CompositionEvent} */ event) => {
      if (waits) setTimeout(() => confirm(event.target));
      waits = false;
    };
    addEventListener('keydown', press);
    addEventListener('compositionend', composed);
    return () => {
      removeEventListener('keydown', press);
      removeEventListener('compositionend', composed);
    };
  }, []);
}
