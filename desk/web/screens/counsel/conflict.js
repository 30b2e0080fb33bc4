// @ts-check
// Somebody was faster, or the member has changed or deleted the inquiry: said at once, and nothing that was written goes.
import { useEffect } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { copy } from '../../ui/copy.js';
import { Diff } from '../../ui/diff.js';
import { Time } from '../../ui/time.js';
import { me } from '../../app/store.js';
import { t } from '../../app/text.js';
import { draftOf } from './drafts.js';
import { open, openedInquiry, readBefore } from './opened.js';
import { begin } from './ownership.js';
import { takeNext } from './queue.js';
import { isSending } from './sending.js';

/** @param {{detail: any, heard: any}} props */
export function Conflict({ detail, heard }) {
  const draft = draftOf(detail.ccnNo);
  const gone = heard?.delYn === 'Y';
  const edited = Boolean(heard?.modDtm && Date.parse(heard.modDtm) > Date.parse(detail.modDtm));
  const owner = heard && !gone ? heard.procUserId : detail.procUserId;
  const state = heard && !gone ? heard.cnslStatCd : detail.cnslStatCd;
  const taken = state !== '10' && owner !== null && owner !== me.value.sub && (draft.text.value !== '' || state !== detail.cnslStatCd || owner !== detail.procUserId);
  useEffect(() => {
    // The row above tells who has it and in which state; the inquiry follows, the text does not.
    if (heard && !gone && openedInquiry.value?.ccnNo === detail.ccnNo && !isSending(detail.ccnNo)) {
      openedInquiry.value = { ...openedInquiry.value, procUserId: heard.procUserId, ...(heard.cnslStatCd === '30' ? {} : { cnslStatCd: heard.cnslStatCd }) };
    }
  }, [heard]);
  return html`
    ${gone && html`<p class="banner attention" role="alert">${t('conflict.gone')} <${Others} draft=${draft} /></p>`}
    ${edited && html`<p class="banner waiting" role="alert">${t('conflict.edited')} <button onClick=${() => open(detail.ccnNo)}>${t('conflict.readAgain')}</button></p>`}
    ${taken && html`
      <p class="banner attention" role="alert">
        <span>${t('conflict.taken', { who: owner })}</span> <${Time} at=${heard?.procDtm} /> ${draft.text.value && t('conflict.kept')}
        <${Others} draft=${draft} />
      </p>`}
    ${readBefore.value && html`
      <div class="banner waiting" role="status">
        <p>${t('conflict.compare')}</p>
        <${Diff} before=${`${readBefore.value.title}\n${readBefore.value.accpCont}`} after=${`${detail.title}\n${detail.accpCont}`} />
        <button onClick=${() => { readBefore.value = null; if (detail.cnslStatCd === '10') begin(detail); }}>${t(detail.cnslStatCd === '10' ? 'conflict.readAndBegin' : 'conflict.read')}</button>
      </div>`}`;
}

/** @param {{draft: import('./drafts.js').Draft}} props */
function Others({ draft }) {
  return html`
    ${draft.text.value && html`<button onClick=${() => copy(draft.text.value)}>${t('conflict.copy')}</button>`}
    <button onClick=${takeNext}>${t('queue.next')} <kbd>N</kbd></button>`;
}
