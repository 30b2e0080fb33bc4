// @ts-check
// What agents tell one another. It stands apart from the answer, in another colour: no member ever sees it.
import { useRef, useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { Problem } from '../../ui/problem.js';
import { Text } from '../../ui/text.js';
import { Time } from '../../ui/time.js';
import { call } from '../../api/call.js';
import { Intention } from '../../api/idempotency.js';
import { t } from '../../app/text.js';
import { noteUnsent } from '../../app/unsent.js';
import { openedInquiry } from './opened.js';

const MOST_CHARACTERS = 1000;

/** @param {{detail: any}} props */
export function Memos({ detail }) {
  const [text, setText] = useState('');
  const [failure, setFailure] = useState(/** @type {any} */ (null));
  const intention = useRef(new Intention());
  const write = (/** @type {string} */ written) => {
    setText(written);
    noteUnsent(`memo ${detail.ccnNo}`, written !== '');
  };
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (text.trim() === '') return;
    try {
      await intention.current.attempt((key) => call('saveCounselMemo', { body: { ccnNo: detail.ccnNo, memoCont: text }, key }));
      write('');
      setFailure(null);
      const read = await call('getIntegratedCounselDetail', { query: { ccnNo: detail.ccnNo } });
      if (openedInquiry.value?.ccnNo === detail.ccnNo) openedInquiry.value = { ...openedInquiry.value, memoList: read.memoList };
    } catch (thrown) {
      setFailure(thrown);
    }
  };
  return html`
    <details class="memos" open=${detail.memoList.length > 0}>
      <summary>${t('memos')} ${detail.memoList.length}</summary>
      <p class="muted">${t('memos.inside')}</p>
      ${detail.memoList.map((/** @type {any} */ memo) => html`
        <div key=${memo.seq} class="memo"><p class="muted"><bdi class="mono">${memo.userId}</bdi> <${Time} at=${memo.dtm} /></p><${Text} text=${memo.memoCont} /></div>`)}
      <form onSubmit=${save}>
        <label>${t('memos.new')}<textarea rows="2" maxlength=${MOST_CHARACTERS} value=${text} onInput=${(/** @type {any} */ event) => write(event.target.value)}></textarea></label>
        <button>${t('memos.save')}</button>
        <${Problem} failure=${failure} />
      </form>
    </details>`;
}
