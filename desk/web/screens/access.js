// @ts-check
// D8 접속기록: who looked at whose personal data, when, from where, and at what. It is looked through every month.
import { useRef } from 'preact/hooks';
import { signal } from '@preact/signals';
import { html } from '../ui/view.js';
import { Copyable } from '../ui/copy.js';
import { Pager } from '../ui/pager.js';
import { Problem } from '../ui/problem.js';
import { inKorea, koreanDay } from '../ui/time.js';
import { useAnswer } from '../api/ask.js';
import { useKeys } from '../app/keys.js';
import { onForget, serverNow } from '../app/store.js';
import { t } from '../app/text.js';

const PAGE_SIZE = 50;
const SERVICES = ['member-service', 'cs-inquiry-service', 'claim-service', 'promotion-service'];
const FIRST = { strDt: '', endDt: '', userId: '', mbrNo: '', svcNm: '', operNm: '', ordNo: '', claimNo: '', page: 1 };
const TEXTS = /** @type {const} */ (['userId', 'mbrNo', 'ordNo', 'claimNo']);
/** The operations that show personal data most. */
const LOOKS = ['getIntegratedCounselList', 'getIntegratedCounselDetail', 'files', 'getAnswerDraft', 'getAnswerDraftList', 'getCounselTemplateDetail', 'getOrderMgmtList', 'orderListFO',
  'orderDetailFO', 'cancelPopupFO', 'getReturnTargetInfoFO', 'getExchageTargetInfoFO', 'claimCalculateCostFO', 'claimDetailsInfoFO', 'getClaimList', 'getClaimDetail', 'getCoupons', 'mileage', 'getNotificationMgmtList'];

const filters = signal(FIRST);
onForget(() => { filters.value = FIRST; });

/** @param {Partial<typeof FIRST>} changed */
const filter = (changed) => { filters.value = { ...filters.value, page: 1, ...changed }; };
const isFiltered = () => Object.entries(filters.value).some(([name, value]) => name !== 'page' && value !== '');

/** The days of a month in Korea, so many before this one. @param {number} ago */
function month(ago) {
  const [year, number] = koreanDay(0, serverNow()).split('-').map(Number);
  const day = (/** @type {number} */ months, /** @type {number} */ date) => new Date(Date.UTC(year, number - 1 + months, date)).toISOString().slice(0, 10);
  return { strDt: day(-ago, 1), endDt: day(1 - ago, 0) };
}

const PERIODS = /** @type {const} */ (['access.today', 'access.thisMonth', 'access.lastMonth']);
/** @param {typeof PERIODS[number]} name */
const daysOf = (name) => (name === 'access.today' ? { strDt: koreanDay(0, serverNow()), endDt: koreanDay(0, serverNow()) } : month(name === 'access.thisMonth' ? 0 : 1));

/** What an operation shows, in words where there are any. @param {string} name */
function operation(name) {
  const key = `oper.${name}`;
  const words = t(/** @type {any} */ (key));
  return words === key ? '' : words;
}

export function Access() {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const { page, ...said } = filters.value;
  const { answer, failure, busy, again } = useAnswer('getAccessRecordList', { query: { ...said, pageNo: page, pageSize: PAGE_SIZE } });
  useKeys({ KeyF: () => field.current?.focus(), Escape: () => { if (isFiltered()) filter(FIRST); } });
  const isRefused = (/** @type {string} */ name) => Boolean(failure?.errors?.some((/** @type {any} */ one) => one.field === name));
  const input = (/** @type {keyof typeof FIRST} */ name, /** @type {any} */ more) => html`
    <input name=${name} value=${filters.value[name]} aria-invalid=${isRefused(name)} aria-describedby=${isRefused(name) ? 'access-problem' : undefined}
      onChange=${(/** @type {any} */ event) => filter({ [name]: event.target.value.trim() })} ...${more} />`;
  return html`
    <main data-screen="access">
      <h1>${t('nav.access')}</h1>
      <p class="muted">${t('access.note')}</p>
      <form class="filters" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
        <span role="group" aria-label=${t('access.period')}>${PERIODS.map((name) => {
          const days = daysOf(name);
          return html`<button key=${name} type="button" aria-pressed=${said.strDt === days.strDt && said.endDt === days.endDt} onClick=${() => filter(days)}>${t(name)}</button> `;
        })}</span>
        <label>${t('from')} ${input('strDt', { type: 'date', ref: field, max: said.endDt })}</label>
        <label>${t('to')} ${input('endDt', { type: 'date', min: said.strDt })}</label>
        <label>${t('access.service')}
          <select name="svcNm" value=${said.svcNm} onChange=${(/** @type {any} */ event) => filter({ svcNm: event.target.value })}>
            <option value="">${t('all')}</option>${SERVICES.map((name) => html`<option key=${name} value=${name}>${name}</option>`)}
          </select>
        </label>
        <label>${t('access.operNm')}
          <select name="operNm" value=${said.operNm} onChange=${(/** @type {any} */ event) => filter({ operNm: event.target.value })}>
            <option value="">${t('all')}</option>
            ${[...new Set([...LOOKS, said.operNm])].filter(Boolean).map((name) => html`<option key=${name} value=${name}>${operation(name) || name}</option>`)}
          </select>
        </label>
        ${TEXTS.map((name) => html`<label key=${name}>${t(`access.${name}`)} ${input(name, { maxlength: 64, autocomplete: 'off', size: 16 })}</label>`)}
        ${isFiltered() && html`<button type="button" onClick=${() => filter(FIRST)}>${t('filters.clear')} <kbd>Esc</kbd></button>`}
      </form>
      <div id="access-problem"><${Problem} failure=${failure} again=${again} /></div>
      <${Records} rows=${answer?.payloads ?? null} busy=${busy} />
      ${answer && html`<${Pager} page=${page} size=${PAGE_SIZE} total=${answer.totalCount} onPage=${(/** @type {number} */ to) => filter({ page: to })} />`}
    </main>`;
}

/** @param {{rows: any[] | null, busy: boolean}} props */
function Records({ rows, busy }) {
  if (rows?.length === 0) return html`<div class="empty"><p>${t(isFiltered() ? 'access.emptyFiltered' : 'access.empty')}</p></div>`;
  const heads = ['access.when', 'access.userId', 'access.from', 'access.mbrNo', 'access.shown', 'access.of'];
  return html`
    <table class="rows records" aria-label=${t('access.list')} aria-busy=${busy}>
      <thead><tr>${heads.map((name) => html`<th key=${name} scope="col">${t(/** @type {any} */ (name))}</th>`)}</tr></thead>
      <tbody>
        ${rows === null && html`<tr class="skeleton"><td colspan=${heads.length}>${t('loading')}</td></tr>`}
        ${rows?.map((row) => html`
          <tr key=${row.acsNo}>
            <td><time datetime=${row.acsDtm}>${inKorea(row.acsDtm)}</time></td>
            <td><${Narrow} name="userId" value=${row.userId} /></td>
            <td>${row.acsIp ? html`<bdi class="mono">${row.acsIp}</bdi>` : html`<span class="muted">${t('access.notKept')}</span>`}</td>
            <td>${row.mbrNo ? html`<${Narrow} name="mbrNo" value=${row.mbrNo} />` : html`<span class="muted">${t('access.guest')}</span>`}</td>
            <td class="main">${operation(row.operNm)} <small><${Narrow} name="operNm" value=${row.operNm} /> <span class="mono muted">${row.svcNm}</span></small></td>
            <td class="wrap">${Subjects.map(([name, text]) => row[name] && html`<span key=${name}>${t(text)} <${Copyable} text=${row[name]} /></span> `)}</td>
          </tr>`)}
      </tbody>
    </table>`;
}

const Subjects = /** @type {const} */ ([['ccnNo', 'inquiry'], ['ordNo', 'order'], ['claimNo', 'access.claim'], ['fileNo', 'files']]);

/** A value that narrows the list to its like. @param {{name: 'userId' | 'mbrNo' | 'operNm', value: string}} props */
function Narrow({ name, value }) {
  return html`<button class="icon narrow" title=${t('access.only', { value })} onClick=${() => filter({ [name]: value })}><bdi class="mono">${value}</bdi></button>`;
}
