// @ts-check
// D6 템플릿: texts an agent need not write twice; one's own, and the common ones, which are the admins'.
import { useEffect, useRef, useState } from 'preact/hooks';
import { signal } from '@preact/signals';
import { html } from '../ui/view.js';
import { Dialog } from '../ui/dialog.js';
import { Pager } from '../ui/pager.js';
import { Problem } from '../ui/problem.js';
import { Table } from '../ui/table.js';
import { Text } from '../ui/text.js';
import { Time } from '../ui/time.js';
import { say } from '../ui/toast.js';
import { useAnswer } from '../api/ask.js';
import { go } from '../app/go.js';
import { nameOf, useKeys } from '../app/keys.js';
import { closed } from '../app/session.js';
import { isAdmin, onForget } from '../app/store.js';
import { t } from '../app/text.js';
import { noteUnsent } from '../app/unsent.js';
import { ActForm, Field, firstField, useConfirmKey } from './claims/act.js';

const PAGE_SIZE = 50;
const MOST_CHARACTERS = 4000;
const NEW = 'new';
/** What stands for each variable in the sample. */
const SAMPLE = /** @type {const} */ ({ mbrNm: 'templates.sample.mbrNm', ordNo: 'templates.sample.ordNo', goodsNm: 'templates.sample.goodsNm' });
const VARIABLE = /(\{\{ *[A-Za-z0-9]+ *\}\})/;
const FIRST = { name: '', type: '', common: '', page: 1 };

const filters = signal(FIRST);
/** Grows where the list should be asked for again. */
const turn = signal(0);
/** What was written and not saved, by template: it outlives the screen. @type {import('@preact/signals').Signal<Map<string, any>>} */
const written = signal(new Map());
onForget(() => { filters.value = FIRST; written.value = new Map(); });

/** @param {string} id @param {Record<string, any> | null} words */
function keep(id, words) {
  const next = new Map(written.value);
  if (words) next.set(id, words);
  else next.delete(id);
  written.value = next;
  noteUnsent(`template ${id}`, words !== null);
}

/** @param {Partial<typeof FIRST>} changed */
const filter = (changed) => { filters.value = { ...filters.value, page: 1, ...changed }; };
const isFiltered = () => Boolean(filters.value.name || filters.value.type || filters.value.common);

/** @param {{id: string | null}} props */
export function Templates({ id }) {
  const types = useAnswer('getCounselTypeList', {});
  const { name, type, common, page } = filters.value;
  const asked = { query: { searchNm: name.trim(), cnslTypNo: type, cmnYn: common, pageNo: page, pageSize: PAGE_SIZE }, turn: turn.value };
  const { answer, failure, busy, again } = useAnswer('getCounselTemplateList', asked);
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  // What had the focus may have been deleted.
  useEffect(() => { if (!id && document.activeElement === document.body) list.current?.focus(); }, [id]);
  useConfirmKey();
  return html`
    <main class="panes manage" data-screen="templates">
      <h1 class="unseen">${t('nav.templates')}</h1>
      <section ref=${list} data-pane tabindex="-1" class="queue" aria-label=${t('templates.list')}>
        <${List} answer=${answer} busy=${busy} failure=${failure ?? types.failure} again=${() => { again(); types.again(); }} types=${types.answer?.payloads ?? []} opened=${id} />
      </section>
      <section data-pane tabindex="-1" aria-label=${t('templates.one')}>
        ${id ? html`<${Opened} key=${id} id=${id} types=${types.answer?.payloads ?? []} />` : html`<p class="empty">${t('templates.none')}</p>`}
      </section>
    </main>`;
}

/** @param {any} props */
function List({ answer, busy, failure, again, types, opened }) {
  const [marked, setMarked] = useState(0);
  const search = useRef(/** @type {HTMLInputElement | null} */ (null));
  const rows = answer?.payloads ?? null;
  const { name, type, common, page } = filters.value;
  useKeys({
    KeyN: () => go(`templates/${NEW}`),
    KeyF: () => search.current?.focus(),
    Escape: () => { if (isFiltered()) filter(FIRST); else if (opened) go('templates'); },
  });
  const typeName = (/** @type {string} */ number) => types.find((/** @type {any} */ one) => one.cnslTypNo === number)?.cnslTypNm ?? number;
  const columns = [
    { text: t('templates.name'), kind: /** @type {const} */ ('main'), show: (/** @type {any} */ row) => html`<bdi>${row.tmplNm}</bdi> ${written.value.has(row.tmplNo) && html`<small class="waiting">${t('manage.unsaved')}</small>`}` },
    { text: t('templates.whose'), show: (/** @type {any} */ row) => t(row.cmnYn === 'Y' ? 'templates.common' : 'templates.mine') },
    { text: t('queue.type'), show: (/** @type {any} */ row) => (row.cnslTypNo ? html`<bdi>${typeName(row.cnslTypNo)}</bdi>` : t('all')) },
    { text: t('templates.changed'), show: (/** @type {any} */ row) => html`<${Time} at=${row.modDtm} />` },
  ];
  return html`
    <div class="queue-head"><h2>${t('templates')}</h2><button onClick=${() => go(`templates/${NEW}`)} aria-keyshortcuts="N">${t('templates.new')} ${written.value.has(NEW) && html`<small class="waiting">${t('manage.unsaved')}</small>`} <kbd>N</kbd></button></div>
    <form class="filters" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <label>${t('templates.name')} <input ref=${search} type="search" maxlength="100" value=${name} onInput=${(/** @type {any} */ event) => filter({ name: event.target.value })} /></label>
      <label>${t('queue.type')} <${TypeChoice} types=${types} none=${t('all')} value=${type} onChange=${(/** @type {any} */ event) => filter({ type: event.target.value })} /></label>
      <label>${t('templates.whose')}
        <select value=${common} onChange=${(/** @type {any} */ event) => filter({ common: event.target.value })}>
          <option value="">${t('all')}</option><option value="Y">${t('templates.common')}</option><option value="N">${t('templates.mine')}</option>
        </select>
      </label>
      ${isFiltered() && html`<button type="button" onClick=${() => filter(FIRST)}>${t('filters.clear')} <kbd>Esc</kbd></button>`}
    </form>
    <${Problem} failure=${failure} again=${again} />
    <${Table} label=${t('templates.list')} columns=${columns} rows=${rows} keyOf=${(/** @type {any} */ row) => row.tmplNo} marked=${Math.min(marked, Math.max((rows?.length ?? 1) - 1, 0))}
      onMark=${setMarked} onOpen=${(/** @type {any} */ row) => go(`templates/${row.tmplNo}`)} busy=${busy} opened=${opened}
      empty=${html`<p>${t(isFiltered() ? 'templates.emptyFiltered' : 'templates.empty')}</p>`} />
    ${answer && html`<${Pager} page=${page} size=${PAGE_SIZE} total=${answer.totalCount} onPage=${(/** @type {number} */ to) => filter({ page: to })} />`}`;
}

/** @param {any} props */
function TypeChoice({ types, none, ...more }) {
  return html`
    <select ...${more}>
      <option value="">${none}</option>
      ${types.map((/** @type {any} */ one) => html`<option key=${one.cnslTypNo} value=${one.cnslTypNo}>${'\u2003'.repeat(one.level - 1)}${one.cnslTypNm}</option>`)}
    </select>`;
}

/** @param {{id: string, types: any[]}} props */
function Opened({ id, types }) {
  const isNew = id === NEW;
  const { answer, failure, again } = useAnswer('getCounselTemplateDetail', isNew ? null : { query: { tmplNo: id } });
  const [sent, setSent] = useState(/** @type {any} */ (null));
  const found = isNew ? { tmplNm: '', tmplCont: '', cmnYn: 'N', cnslTypNo: '' } : answer && { ...answer, ...sent };
  if (!found) return failure ? html`<${Problem} failure=${failure} again=${again} />` : html`<p class="empty" aria-busy="true">${t('loading')}</p>`;
  const mayChange = found.cmnYn === 'N' || isAdmin.value;
  return html`
    <h2>${isNew ? t('templates.new') : html`<bdi>${found.tmplNm}</bdi>`}</h2>
    ${!isNew && html`<p class="muted">${t(found.cmnYn === 'Y' ? 'templates.common' : 'templates.mine')} <bdi class="mono">${found.regUserId}</bdi> <${Time} at=${found.modDtm} /></p>`}
    <${Problem} failure=${failure} again=${again} />
    ${mayChange ? html`<${Editor} id=${id} found=${found} types=${types} saved=${(/** @type {any} */ words) => { setSent(words); again(); }} />` : html`<p class="muted">${t('templates.notYours')}</p><${Sample} text=${found.tmplCont} />`}
    ${!isNew && html`<${ForInquiry} id=${id} />`}`;
}

/** @param {{id: string, found: any, types: any[], saved: (sent: any) => void}} props */
function Editor({ id, found, types, saved }) {
  const kept = written.value.get(id);
  const words = { ...found, ...kept };
  const [deleting, setDeleting] = useState(false);
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { if (id === NEW) firstField(place.current)?.focus(); }, []);
  const write = (/** @type {Record<string, any>} */ changed) => keep(id, { ...written.value.get(id), ...changed });
  const note = (/** @type {any} */ event) => {
    const { name, value, checked } = event.target;
    write({ [name]: name === 'cmnYn' ? (checked ? 'Y' : 'N') : value });
  };
  const insert = (/** @type {string} */ name) => {
    const field = /** @type {HTMLTextAreaElement} */ (place.current?.querySelector('textarea'));
    field.focus();
    field.setRangeText(`{{${name}}}`, field.selectionStart, field.selectionEnd, 'end');
    write({ tmplCont: field.value });
  };
  const done = (/** @type {string} */ number, /** @type {any} */ sent) => {
    // What was written while it was sent is not saved yet; what was is shown until the list and the detail have it.
    const later = Object.entries(written.value.get(id) ?? {}).filter(([name, value]) => value !== sent[name]);
    keep(id, null);
    if (later.length > 0) keep(number, Object.fromEntries(later));
    say(t('manage.saved'));
    turn.value += 1;
    if (id === NEW) go(`templates/${number}`);
    else saved(sent);
  };
  return html`
    <div ref=${place} onInput=${note}>
      <${ActForm} act="template" operation="saveCounselTemplate" hidden=${id === NEW ? {} : { tmplNo: id }} confirm=${t('manage.save')} onDone=${done} onConflict=${() => undefined}
        complete=${(/** @type {any} */ body) => ({ ...body, cnslTypNo: body.cnslTypNo ?? '', cmnYn: body.cmnYn ?? 'N' })}>
        <${Field} label=${t('templates.name')} name="tmplNm" maxlength="100" required value=${words.tmplNm} />
        <${Field} label=${t('templates.text')} name="tmplCont" rows="10" maxlength=${MOST_CHARACTERS} required value=${words.tmplCont} />
        <p class="actions"><span class="muted">${t('templates.insert')}</span>
          ${Object.keys(SAMPLE).map((name) => html`<button key=${name} type="button" onClick=${() => insert(name)}>${t(/** @type {any} */ (`templates.${name}`))} <small class="mono">{{${name}}}</small></button>`)}
          <span class="muted">${words.tmplCont.length}/${MOST_CHARACTERS}</span></p>
        <${Field} label=${t('queue.type')} name="cnslTypNo" choices=${[['', t('all')], ...types.map((one) => [one.cnslTypNo, '\u2003'.repeat(one.level - 1) + one.cnslTypNm])]}
          key=${types.length} value=${words.cnslTypNo ?? ''} />
        ${isAdmin.value && html`<label class="check"><input type="checkbox" name="cmnYn" value="Y" checked=${words.cmnYn === 'Y'} /> ${t('templates.isCommon')}</label>`}
      <//>
    </div>
    <${Sample} text=${words.tmplCont} />
    <p class="actions">
      ${kept && html`<button onClick=${() => keep(id, null)}>${t('manage.discard')}</button>`}
      ${id !== NEW && html`<button class="danger" onClick=${() => setDeleting(true)}>${t('manage.delete')}</button>`}
    </p>
    ${deleting && html`<${Deleting} id=${id} name=${found.tmplNm} onGone=${() => keep(id, null)} onClose=${() => setDeleting(false)} />`}`;
}

/** The text as it would read, with somebody invented in it. @param {{text: string}} props */
function Sample({ text }) {
  const parts = text.split(VARIABLE);
  const unknown = parts.filter((part, at) => at % 2 === 1 && !(variable(part) in SAMPLE));
  return html`
    <section class="sample" aria-label=${t('templates.preview')}>
      <h3>${t('templates.preview')}</h3>
      <p class="text"><bdi>${parts.map((part, at) => (at % 2 === 0 ? part : html`<mark key=${at} class=${variable(part) in SAMPLE ? '' : 'unknown'}>${shown(part)}</mark>`))}</bdi></p>
      ${unknown.length > 0 && html`<p class="attention" role="status">${t('templates.unknown', { name: unknown.join(', ') })}</p>`}
    </section>`;
}

const variable = (/** @type {string} */ part) => part.slice(2, -2).trim();
/** @param {string} part */
function shown(part) {
  const key = SAMPLE[/** @type {keyof typeof SAMPLE} */ (variable(part))];
  return key ? t(key) : part;
}

/** What would go out for one inquiry. @param {{id: string}} props */
function ForInquiry({ id }) {
  const [asked, setAsked] = useState(/** @type {any} */ (null));
  const { answer, failure, busy, again } = useAnswer('getCounselTemplateDetail', asked);
  const look = (/** @type {any} */ event) => {
    event.preventDefault();
    const ccnNo = event.target.elements.ccnNo.value.trim();
    setAsked(ccnNo ? { query: { tmplNo: id, ccnNo } } : null);
  };
  return html`
    <details class="sample" aria-busy=${busy}><summary>${t('templates.forInquiry')}</summary>
      <p class="muted">${t('templates.recorded')} ${written.value.has(id) && t('templates.savedText')}</p>
      <form class="filters" onSubmit=${look}>
        <label>${t('templates.inquiryNo')} <input name="ccnNo" inputmode="numeric" maxlength="20" autocomplete="off" /></label><button>${t('files.show')}</button>
      </form>
      <${Problem} failure=${failure} again=${again} />
      ${answer && html`<${Text} text=${answer.filledCont} />
        ${answer.unfilledList?.length > 0 && html`<p class="attention" role="status">${t('answer.unfilled', { name: answer.unfilledList.join(', ') })}</p>`}`}
    </details>`;
}

/** @param {{id: string, name: string, onGone: () => void, onClose: () => void}} props */
function Deleting({ id, name, onGone, onClose }) {
  const gone = () => {
    onGone();
    say(t('templates.deleted', { name }));
    turn.value += 1;
    go('templates');
  };
  useEffect(() => {
    const press = (/** @type {KeyboardEvent} */ event) => {
      if (closed.value !== null || event.repeat || nameOf(event) !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      const form = document.querySelector('dialog form[data-act]');
      if (form instanceof HTMLFormElement) form.requestSubmit();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  return html`
    <${Dialog} title=${t('templates.delete')} onClose=${onClose}>
      <p>${t('templates.deleteNote')} <b><bdi>${name}</bdi></b></p>
      <${ActForm} act="delete" operation="deleteCounselTemplate" hidden=${{ tmplNo: id }} confirm=${t('manage.delete')} onDone=${gone} onConflict=${() => undefined} danger />
    <//>`;
}
