// @ts-check
// The answer: written once, kept at every pause, sent once.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { Problem } from '../../ui/problem.js';
import { inKorea } from '../../ui/time.js';
import { useKeys } from '../../app/keys.js';
import { me, online } from '../../app/store.js';
import { t } from '../../app/text.js';
import { draftOf, MOST_CHARACTERS } from './drafts.js';
import { isSending, send } from './sending.js';
import { Templates } from './templates.js';

/** A variable nothing was filled in for. */
const UNFILLED = /\{\{[^{}]*\}\}/;

/** @param {{detail: any}} props */
export function Answer({ detail }) {
  const draft = draftOf(detail.ccnNo);
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const composing = useRef(false);
  const sendWhenComposed = useRef(false);
  const [choosing, setChoosing] = useState(false);
  const [refused, setRefused] = useState('');
  const text = draft.text.value;
  const isOthers = detail.cnslStatCd === '20' && detail.procUserId !== me.value.sub;
  const sending = isSending(detail.ccnNo);

  useEffect(() => {
    draft.load().catch((failure) => { draft.failure.value = failure; });
    return () => void draft.save();
  }, [draft]);

  const trySend = () => {
    const written = draft.text.value;
    const unfilled = UNFILLED.exec(written);
    if (written.trim() === '') return setRefused(t('answer.empty'));
    if (unfilled) return setRefused(t('answer.unfilled', { name: unfilled[0] }));
    if (isOthers) return setRefused(t('answer.others', { who: detail.procUserId }));
    if (!online.value) return setRefused(t('failure.offline'));
    setRefused('');
    send(detail.ccnNo, written, draft.template, detail.modDtm);
    // The next thing is the next inquiry.
    const queue = document.querySelector('.queue');
    if (queue instanceof HTMLElement) queue.focus();
  };

  /** @param {KeyboardEvent} event */
  const press = (event) => {
    if (event.code === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (event.isComposing || composing.current) sendWhenComposed.current = true;
      else trySend();
    } else if (event.code === 'Slash' && event.key === '/' && !event.isComposing && atWordStart(field.current)) {
      event.preventDefault();
      setChoosing(true);
    } else if (event.key === 'Escape' && !event.isComposing) {
      event.stopPropagation();
      field.current?.closest('section')?.focus();
    }
  };

  const composed = () => {
    composing.current = false;
    if (!sendWhenComposed.current) return;
    sendWhenComposed.current = false;
    // The last syllable is written into the field before this runs.
    setTimeout(() => { draft.write(field.current?.value ?? ''); trySend(); });
  };

  /** @param {string} inserted @param {string} tmplNo */
  const insert = (inserted, tmplNo) => {
    setChoosing(false);
    const area = field.current;
    if (!area) return;
    area.focus();
    area.setRangeText(inserted, area.selectionStart, area.selectionEnd, 'end');
    draft.template = tmplNo;
    draft.write(area.value);
  };

  useKeys({ KeyR: () => field.current?.focus(), KeyP: () => setChoosing(true) });
  return html`
    <section class="answer" tabindex="-1" aria-label=${t('answer')}>
      <div class="answer-head">
        <label for="answer">${t('answer')} <kbd>R</kbd></label>
        <${Kept} draft=${draft} />
      </div>
      ${draft.kept.value === 'changed' && html`
        <div class="banner attention" role="alert">${t('draft.changed')}
          <button onClick=${() => draft.keepMine()}>${t('draft.keepMine')}</button>
          <button onClick=${() => draft.takeOther()}>${t('draft.takeOther')}</button>
        </div>`}
      <textarea id="answer" ref=${field} rows="8" maxlength=${MOST_CHARACTERS} value=${text} readonly=${sending}
        aria-describedby="answer-refused"
        onInput=${(/** @type {any} */ event) => { setRefused(''); draft.write(event.target.value); }} onKeyDown=${press} onBlur=${() => draft.save()}
        onCompositionStart=${() => { composing.current = true; }} onCompositionEnd=${composed}></textarea>
      <p id="answer-refused" role="alert" class="attention">${refused}</p>
      <${Problem} failure=${draft.failure.value} />
      <div class="answer-foot">
        <button onClick=${() => setChoosing(!choosing)} aria-expanded=${choosing}>${t('templates')} <kbd>/</kbd></button>
        <span class="muted">${text.length}/${MOST_CHARACTERS}</span>
        <button class="primary" disabled=${sending} onClick=${trySend}>${t(sending ? 'answer.sending' : 'answer.send')} <kbd>Ctrl ⏎</kbd></button>
      </div>
      ${choosing && html`<${Templates} ccnNo=${detail.ccnNo} onInsert=${insert} onLeave=${() => { setChoosing(false); field.current?.focus(); }} />`}
    </section>`;
}

/** @param {{draft: import('./drafts.js').Draft}} props */
function Kept({ draft }) {
  const kept = draft.kept.value;
  const text = kept === 'saved' ? t('draft.saved', { time: inKorea(draft.savedAt.value).slice(11) }) : kept === 'none' ? '' : t(`draft.${kept}`);
  return html`<span class=${kept === 'failed' ? 'attention' : 'muted'} role="status" data-draft=${kept}>${text}</span>`;
}

/** @param {HTMLTextAreaElement | null} area */
const atWordStart = (area) => area !== null && (area.selectionStart === 0 || /\s/.test(area.value[area.selectionStart - 1]));
