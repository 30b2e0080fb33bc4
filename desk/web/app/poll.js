// @ts-check
// What is asked again and again while somebody can see the page; nothing that shows a person's data.
import { call } from '../api/call.js';
import { deskConfig } from '../api/config.js';
import { closed } from './session.js';
import { clockAhead, config, now, online, onForget, outdated } from './store.js';
import { signal } from '@preact/signals';

const COUNTS_MS = 30_000;
const BUILD_MS = 300_000;
const PROBE_MS = 5_000;

/** What waits, and since when. @type {import('@preact/signals').Signal<any>} */
export const counts = signal(null);

/** States of inquiries as they were last heard, by number. @type {import('@preact/signals').Signal<Map<string, any>>} */
export const states = signal(new Map());

onForget(() => { counts.value = null; states.value = new Map(); });

/** Who shows which inquiries now. @type {Set<() => string[]>} */
const shown = new Set();

/** Asks for the states of these while they are shown. @param {() => string[]} numbers @returns {() => void} the end of it */
export function watchStates(numbers) {
  shown.add(numbers);
  return () => void shown.delete(numbers);
}

export async function askCounts() {
  counts.value = await call('getIntegratedCounselCount');
  clockAhead.value = Date.parse(counts.value.serverDtm) - Date.now();
}

export async function askStates() {
  const numbers = [...new Set([...shown].flatMap((each) => each()))].slice(0, 100);
  if (numbers.length === 0) return;
  const { list } = await call('getIntegratedCounselState', { query: { ccnNo: numbers.join(',') } });
  const heard = new Map(list.map((/** @type {any} */ row) => [row.ccnNo, row]));
  // What is not there any more was asked for and did not come.
  for (const number of numbers) if (!heard.has(number)) heard.set(number, { ccnNo: number, delYn: 'Y' });
  states.value = heard;
}

/** @param {() => Promise<void>} ask @param {() => number} every */
function repeat(ask, every) {
  const turn = async () => {
    if (document.visibilityState === 'visible' && closed.value === null && online.value) await ask().catch(() => undefined);
    setTimeout(turn, every());
  };
  setTimeout(turn, every());
}

export function start() {
  askCounts().catch(() => undefined);
  repeat(askCounts, () => COUNTS_MS);
  repeat(askStates, () => config.value.pollS * 1000);
  repeat(async () => { outdated.value = (await deskConfig()).buildId !== config.value.buildId; }, () => BUILD_MS);
  setInterval(() => { now.value = Date.now(); }, 10_000);
  addEventListener('offline', () => { online.value = false; });
  addEventListener('online', probe);
  setInterval(() => { if (!online.value) probe(); }, PROBE_MS);
}

async function probe() {
  try {
    await deskConfig();
    online.value = true;
  } catch {
    online.value = false;
  }
}
