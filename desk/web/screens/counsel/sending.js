// @ts-check
// An answer leaves five seconds after it was sent; until then one key takes it back, and if the page goes meanwhile nothing was sent.
import { signal } from '@preact/signals';
import { html } from '../../ui/view.js';
import { say } from '../../ui/toast.js';
import { told } from '../../ui/problem.js';
import { call } from '../../api/call.js';
import { Intention } from '../../api/idempotency.js';
import { go } from '../../app/go.js';
import { useKeys } from '../../app/keys.js';
import { askCounts } from '../../app/poll.js';
import { config, me, onForget } from '../../app/store.js';
import { t } from '../../app/text.js';
import { draftOf } from './drafts.js';
import { noteState } from './opened.js';
import { askQueue } from './queue_state.js';

/** @typedef {{ccnNo: string, text: string, template: string | null, modDtm: string, intention: Intention, timer: ReturnType<typeof setTimeout>, until: number, left: boolean}} Sending */

/** @type {import('@preact/signals').Signal<Sending[]>} */
export const sendings = signal([]);

onForget(() => {
  for (const sending of sendings.value) clearTimeout(sending.timer);
  sendings.value = [];
});

/** Whether an answer to this inquiry is on its way. @param {string} ccnNo */
export const isSending = (ccnNo) => sendings.value.some((one) => one.ccnNo === ccnNo);

/** Intentions whose answer never came are kept with their key. @type {Map<string, Intention>} */
const intentions = new Map();

/** @param {string} ccnNo @param {string} text @param {string | null} template @param {string} modDtm */
export function send(ccnNo, text, template, modDtm) {
  if (isSending(ccnNo)) return;
  draftOf(ccnNo).save();
  const wait = config.value.undoS * 1000;
  const intention = intentions.get(ccnNo) ?? new Intention();
  intentions.set(ccnNo, intention);
  const sending = { ccnNo, text, template, modDtm, intention, timer: setTimeout(() => leave(ccnNo), wait), until: Date.now() + wait, left: false };
  sendings.value = [...sendings.value, sending];
}

const drop = (/** @type {string} */ ccnNo) => { sendings.value = sendings.value.filter((one) => one.ccnNo !== ccnNo); };

/** Takes the last one back. */
export function undo() {
  const last = sendings.value.filter((one) => !one.left).at(-1);
  if (!last) return;
  clearTimeout(last.timer);
  drop(last.ccnNo);
  say(t('send.undone'));
  go(`counsel/${last.ccnNo}`);
}

/** @param {string} ccnNo */
async function leave(ccnNo) {
  const sending = sendings.value.find((one) => one.ccnNo === ccnNo);
  if (!sending) return;
  sendings.value = sendings.value.map((one) => (one === sending ? { ...one, left: true } : one));
  const body = { ccnNo, ansCont: sending.text, tmplNo: sending.template ?? undefined, modDtm: sending.modDtm };
  try {
    const state = await sending.intention.attempt((key) => call('saveAnswer', { body, key }));
    intentions.delete(ccnNo);
    draftOf(ccnNo).done();
    noteState(state, { procUserId: me.value?.sub, ansCont: sending.text });
    say(t('send.done', { n: ccnNo }));
  } catch (failure) {
    draftOf(ccnNo).failure.value = failure;
    say(t('send.failed', { n: ccnNo, why: told(failure) }), { urgent: true });
  } finally {
    drop(ccnNo);
    askCounts().catch(() => undefined);
    askQueue();
  }
}

export function UndoBar() {
  const open = sendings.value.filter((one) => !one.left);
  useKeys(open.length > 0 ? { KeyZ: undo } : {});
  if (open.length === 0) return null;
  return html`
    <div class="undo" role="status">
      ${t('send.leaving', { n: open.map((one) => one.ccnNo).join(', '), seconds: config.value.undoS })}
      <button onClick=${undo}>${t('send.undo')} <kbd>Z</kbd></button>
    </div>`;
}
