// @ts-check
// D7 상담유형: what members may ask about, as a tree; in which order, and what each type asks for.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../ui/view.js';
import { Copyable } from '../ui/copy.js';
import { Problem } from '../ui/problem.js';
import { Table } from '../ui/table.js';
import { say } from '../ui/toast.js';
import { useAnswer } from '../api/ask.js';
import { call } from '../api/call.js';
import { Intention } from '../api/idempotency.js';
import { go } from '../app/go.js';
import { isField, useKeys } from '../app/keys.js';
import { closed } from '../app/session.js';
import { t } from '../app/text.js';
import { ActForm, Field, firstField, useConfirmKey } from './claims/act.js';

const NEW = 'new';
const DEEPEST = 3;
const STEP = 10;
const FLAGS = /** @type {const} */ (['useYn', 'goodsSelMdtyYn', 'ordSelMdtyYn']);

/** @param {any[]} rows @param {any} of */
const brothers = (rows, of) => rows.filter((row) => row.uprCnslTypNo === of.uprCnslTypNo);

/** A type and all below it. @param {any[]} rows @param {string} root @returns {Set<string>} */
function below(rows, root) {
  const found = new Set([root]);
  // Parents come before their children.
  for (const row of rows) if (found.has(row.uprCnslTypNo)) found.add(row.cnslTypNo);
  return found;
}

/** @param {{id: string | null}} props */
export function Types({ id }) {
  const { answer, failure, busy, again } = useAnswer('getCounselTypeList', {});
  const rows = answer?.payloads ?? null;
  const opened = id === NEW ? { cnslTypNm: '', uprCnslTypNo: '', sortSeq: '', useYn: 'Y', goodsSelMdtyYn: 'N', ordSelMdtyYn: 'N' } : rows?.find((/** @type {any} */ row) => row.cnslTypNo === id);
  useConfirmKey();
  return html`
    <main class="panes manage" data-screen="types">
      <h1 class="unseen">${t('nav.types')}</h1>
      <section data-pane tabindex="-1" class="queue" aria-label=${t('types.list')}>
        <${Problem} failure=${failure} again=${again} />
        <${Tree} rows=${rows} busy=${busy} again=${again} opened=${id} />
      </section>
      <section data-pane tabindex="-1" aria-label=${t('types.one')}>
        ${opened && rows ? html`<${Editor} key=${id} id=${id} row=${opened} rows=${rows} saved=${again} />` : html`<p class="empty">${t(id && rows ? 'types.gone' : 'types.none')}</p>`}
      </section>
    </main>`;
}

/** @param {{rows: any[] | null, busy: boolean, again: () => void, opened: string | null}} props */
function Tree({ rows, busy, again, opened }) {
  // The mark is on a type and not on a place: it goes where the type goes.
  const [markedType, setMarkedType] = useState(opened);
  const [failure, setFailure] = useState(/** @type {any} */ (null));
  const [moving, setMoving] = useState(false);
  const pending = useRef(/** @type {any[]} */ ([]));
  const marked = Math.max(rows?.findIndex((row) => row.cnslTypNo === markedType) ?? 0, 0);

  /** Sends what is left of a move; what the server has not answered goes again under its key. */
  const send = async () => {
    setMoving(true);
    setFailure(null);
    try {
      while (pending.current.length > 0) {
        const { body, intention } = pending.current[0];
        await intention.attempt((/** @type {string} */ key) => call('saveCounselType', { body, key }));
        pending.current.shift();
      }
    } catch (thrown) {
      setFailure(thrown);
      setMoving(false);
      if (/** @type {any} */ (thrown).settled) pending.current = [];
      again();
      return false;
    }
    setMoving(false);
    again();
    return true;
  };
  /** One place up or down among its brothers. @param {any} row @param {1 | -1} step */
  const move = (row, step) => {
    if (!rows || moving || busy || pending.current.length > 0) return;
    const order = brothers(rows, row);
    const from = order.indexOf(row);
    if (!order[from + step]) return say(t(step < 0 ? 'types.first' : 'types.last'));
    order.splice(from + step, 0, ...order.splice(from, 1));
    // Numbers that already rise are traded; where two are alike, all are given anew.
    const numbers = brothers(rows, row).map((one) => one.sortSeq);
    const rises = numbers.every((number, place) => place === 0 || number > numbers[place - 1]);
    pending.current = order
      .map((one, place) => ({ one, sortSeq: rises ? numbers[place] : (place + 1) * STEP }))
      .filter(({ one, sortSeq }) => one.sortSeq !== sortSeq)
      .map(({ one, sortSeq }) => ({ body: { cnslTypNo: one.cnslTypNo, cnslTypNm: one.cnslTypNm, sortSeq }, intention: new Intention() }));
    setMarkedType(row.cnslTypNo);
    send().then((isDone) => { if (isDone) say(t('types.moved', { name: row.cnslTypNm, n: from + step + 1 })); });
  };
  const now = useRef({ move, row: rows?.[marked] });
  now.current = { move, row: rows?.[marked] };
  useEffect(() => {
    const press = (/** @type {KeyboardEvent} */ event) => {
      const step = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && ({ ArrowUp: /** @type {const} */ (-1), ArrowDown: /** @type {const} */ (1) }[event.code]);
      if (!step || closed.value !== null || isField(event.target) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      if (now.current.row) now.current.move(now.current.row, step);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  useKeys({ KeyN: () => go(`types/${NEW}`), Escape: () => { if (opened) go('types'); } });
  const flags = (/** @type {any} */ row) =>
    [row.useYn === 'N' && t('types.unused'), row.goodsSelMdtyYn === 'Y' && t('types.goodsNeeded'), row.ordSelMdtyYn === 'Y' && t('types.orderNeeded')].filter(Boolean).join(' · ');
  const columns = [
    { text: t('types.name'), kind: /** @type {const} */ ('main'), show: (/** @type {any} */ row) => html`${'\u2003'.repeat(row.level - 1)}<bdi>${row.cnslTypNm}</bdi>` },
    { text: t('types.order'), kind: /** @type {const} */ ('number'), show: (/** @type {any} */ row) => row.sortSeq },
    { text: t('types.flags'), show: flags },
  ];
  const row = rows?.[marked];
  return html`
    <div class="queue-head"><h2>${t('nav.types')}</h2>
      <p class="actions">
        <button disabled=${!row || moving} onClick=${() => move(row, -1)} aria-keyshortcuts="Alt+ArrowUp">${t('types.up')} <kbd>Alt ↑</kbd></button>
        <button disabled=${!row || moving} onClick=${() => move(row, 1)} aria-keyshortcuts="Alt+ArrowDown">${t('types.down')} <kbd>Alt ↓</kbd></button>
        <button onClick=${() => go(`types/${NEW}`)} aria-keyshortcuts="N">${t('types.new')} <kbd>N</kbd></button>
      </p>
    </div>
    <${Problem} failure=${failure} again=${pending.current.length > 0 ? send : undefined} />
    <${Table} label=${t('types.list')} columns=${columns} rows=${rows} keyOf=${(/** @type {any} */ one) => one.cnslTypNo} marked=${marked} onMark=${(/** @type {number} */ at) => setMarkedType(rows?.[at].cnslTypNo)}
      onOpen=${(/** @type {any} */ one) => go(`types/${one.cnslTypNo}`)} busy=${busy || moving} opened=${opened} rowClass=${(/** @type {any} */ one) => (one.useYn === 'N' ? 'unused' : '')}
      empty=${html`<p>${t('types.empty')}</p>`} />`;
}

/** @param {{id: string | null, row: any, rows: any[], saved: () => void}} props */
function Editor({ id, row, rows, saved }) {
  const isNew = id === NEW;
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const [words, setWords] = useState(() => ({ ...row, uprCnslTypNo: row.uprCnslTypNo ?? '' }));
  // A move from the list shows here too; nothing else of the form is taken from an answer.
  useEffect(() => setWords((/** @type {any} */ before) => ({ ...before, sortSeq: row.sortSeq })), [row.sortSeq]);
  useEffect(() => { if (isNew) firstField(place.current)?.focus(); }, []);
  const own = isNew ? new Set() : below(rows, row.cnslTypNo);
  const height = isNew ? 1 : Math.max(...rows.filter((one) => own.has(one.cnslTypNo)).map((one) => one.level)) - row.level + 1;
  const parents = rows.filter((one) => !own.has(one.cnslTypNo) && one.level + height <= DEEPEST);
  const note = (/** @type {any} */ event) => {
    const { name, type, value, checked } = event.target;
    setWords((/** @type {any} */ before) => ({ ...before, [name]: type === 'checkbox' ? (checked ? 'Y' : 'N') : value }));
  };
  const complete = (/** @type {any} */ body) => {
    const beside = rows.filter((one) => (one.uprCnslTypNo ?? '') === (body.uprCnslTypNo ?? ''));
    // A new one comes last where nothing else is said.
    const sortSeq = body.sortSeq ?? (isNew ? Math.max(0, ...beside.map((one) => one.sortSeq)) + STEP : undefined);
    return { ...body, sortSeq, uprCnslTypNo: body.uprCnslTypNo ?? '', ...Object.fromEntries(FLAGS.map((name) => [name, body[name] ?? 'N'])) };
  };
  const done = (/** @type {string} */ number) => {
    say(t('manage.saved'));
    saved();
    if (isNew) go(`types/${number}`);
  };
  return html`
    <h2>${isNew ? t('types.new') : html`<bdi>${row.cnslTypNm}</bdi>`}</h2>
    ${!isNew && html`<p class="muted">${t('types.number')} <${Copyable} text=${row.cnslTypNo} /></p>`}
    <div ref=${place} onInput=${note}>
      <${ActForm} act="type" operation="saveCounselType" hidden=${isNew ? {} : { cnslTypNo: id }} confirm=${t('manage.save')} complete=${complete} onDone=${done} onConflict=${() => undefined}>
        <${Field} label=${t('types.name')} name="cnslTypNm" maxlength="50" required value=${words.cnslTypNm} />
        <${Field} label=${t('types.parent')} name="uprCnslTypNo" value=${words.uprCnslTypNo}
          choices=${[['', t('types.top')], ...parents.map((one) => [one.cnslTypNo, '\u2003'.repeat(one.level - 1) + one.cnslTypNm])]} />
        <${Field} label=${t('types.order')} name="sortSeq" type="number" min="0" max="99999" step="1" value=${words.sortSeq} />
        ${FLAGS.map((name) => html`<label key=${name} class="check"><input type="checkbox" name=${name} value="Y" checked=${words[name] === 'Y'} /> ${t(/** @type {any} */ (`types.${name}`))}</label>`)}
      <//>
    </div>
    <p class="muted">${t('types.note')}</p>`;
}
