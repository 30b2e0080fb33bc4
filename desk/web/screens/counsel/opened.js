// @ts-check
// The inquiry that is open, and what was last read of it.
import { signal } from '@preact/signals';
import { call } from '../../api/call.js';
import { onForget } from '../../app/store.js';

/** @type {import('@preact/signals').Signal<any>} */
export const openedInquiry = signal(null);
/** What stood there before the member changed it, where somebody has begun to read it. @type {import('@preact/signals').Signal<null | {title: string, accpCont: string}>} */
export const readBefore = signal(null);
export const openFailure = signal(/** @type {any} */ (null));
export const opening = signal(false);

let turn = 0;

export function forget() {
  turn += 1;
  openedInquiry.value = null;
  readBefore.value = null;
  openFailure.value = null;
}
onForget(forget);

/** Reads an inquiry; an older answer never replaces a newer one. @param {string} ccnNo */
export async function open(ccnNo) {
  const mine = (turn += 1);
  opening.value = true;
  openFailure.value = null;
  try {
    const detail = await call('getIntegratedCounselDetail', { query: { ccnNo } });
    if (mine !== turn) return;
    const before = openedInquiry.value;
    if (before?.ccnNo === ccnNo && before.modDtm !== detail.modDtm) readBefore.value = { title: before.title, accpCont: before.accpCont };
    if (before?.ccnNo !== ccnNo) readBefore.value = null;
    openedInquiry.value = detail;
  } catch (failure) {
    if (mine === turn) openFailure.value = failure;
  } finally {
    if (mine === turn) opening.value = false;
  }
}

/** Notes what an operation has said of the inquiry's state. @param {{ccnNo: string, cnslStatCd: string}} state @param {any} [more] */
export function noteState(state, more = {}) {
  if (openedInquiry.value?.ccnNo === state.ccnNo) openedInquiry.value = { ...openedInquiry.value, ...state, ...more };
}

