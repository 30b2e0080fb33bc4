// @ts-check
// Whose an inquiry is: begin, give back, assign.
import { useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { Combobox } from '../../ui/combobox.js';
import { Dialog } from '../../ui/dialog.js';
import { told } from '../../ui/problem.js';
import { say } from '../../ui/toast.js';
import { useAnswer } from '../../api/ask.js';
import { call } from '../../api/call.js';
import { useKeys } from '../../app/keys.js';
import { askCounts } from '../../app/poll.js';
import { isAdmin, me } from '../../app/store.js';
import { t } from '../../app/text.js';
import { open } from './opened.js';
import { askQueue } from './queue_state.js';

/** @param {string} operation @param {any} body @param {string} ccnNo */
async function act(operation, body, ccnNo) {
  try {
    await call(operation, { body, key: crypto.randomUUID() });
    return true;
  } catch (failure) {
    say(told(failure), { urgent: true });
    return false;
  } finally {
    open(ccnNo);
    askQueue();
    askCounts().catch(() => undefined);
  }
}

/** @param {any} detail */
export const begin = (detail) => act('startProcess', { ccnNo: detail.ccnNo, modDtm: detail.modDtm }, detail.ccnNo);

/** @param {{detail: any}} props */
export function Ownership({ detail }) {
  const [assigning, setAssigning] = useState(false);
  const isMine = detail.procUserId === me.value.sub;
  const mayBegin = detail.cnslStatCd === '10';
  const mayRelease = detail.cnslStatCd === '20' && (isMine || isAdmin.value);
  const mayAssign = isAdmin.value && detail.cnslStatCd !== '30';
  const release = () => act('releaseProcess', { ccnNo: detail.ccnNo }, detail.ccnNo);
  useKeys({
    ...(mayBegin && { KeyB: () => begin(detail) }),
    ...(mayRelease && { KeyU: release }),
    ...(mayAssign && { KeyA: () => setAssigning(true) }),
  });
  return html`
    <p class="actions">
      ${mayBegin && html`<button onClick=${() => begin(detail)} aria-keyshortcuts="B">${t('inquiry.begin')} <kbd>B</kbd></button>`}
      ${mayRelease && html`<button onClick=${release} aria-keyshortcuts="U">${t('inquiry.release')} <kbd>U</kbd></button>`}
      ${mayAssign && html`<button onClick=${() => setAssigning(true)} aria-keyshortcuts="A">${t('inquiry.assign')} <kbd>A</kbd></button>`}
    </p>
    ${assigning && html`<${Assign} detail=${detail} onClose=${() => setAssigning(false)} />`}`;
}

/** @param {{detail: any, onClose: () => void}} props */
function Assign({ detail, onClose }) {
  const { answer } = useAnswer('getProcUserList', {});
  const [typed, setTyped] = useState('');
  const known = answer?.payloads ?? [];
  const name = typed.trim();
  // The house keeps no list of agents: a number nobody has acted under yet can be typed.
  const choices = name && !known.some((/** @type {any} */ one) => one.userId === name) ? [...known, { userId: name, openCnt: null }] : known;
  const choose = async (/** @type {any} */ one) => {
    onClose();
    await act('assign', { ccnNo: detail.ccnNo, procUserId: one.userId }, detail.ccnNo);
  };
  return html`
    <${Dialog} title=${t('inquiry.assign')} onClose=${onClose}>
      <${Combobox} label=${t('inquiry.agent')} choices=${choices} keyOf=${(/** @type {any} */ one) => one.userId} nameOf=${(/** @type {any} */ one) => one.userId}
        noteOf=${(/** @type {any} */ one) => (one.openCnt === null ? t('inquiry.newAgent') : t('inquiry.openCount', { n: one.openCnt }))}
        onChoose=${choose} onLeave=${onClose} filter=${setTyped} />
    <//>`;
}
