// @ts-check
// What all screens know: who one is, where one is, and how this browser is set.
import { signal, computed } from '@preact/signals';

/** What `/desk/config.json` answered. @type {import('@preact/signals').Signal<any>} */
export const config = signal(null);

/** Who is signed in: number, name, roles. @type {import('@preact/signals').Signal<any>} */
export const me = signal(null);

export const isStaff = computed(() => Boolean(me.value?.roles.some((/** @type {string} */ role) => role === 'agent' || role === 'admin')));
export const isAdmin = computed(() => Boolean(me.value?.roles.includes('admin')));

/** How far the server's clock is ahead of this one, in milliseconds. */
export const clockAhead = signal(0);

export const serverNow = () => Date.now() + clockAhead.value;

/** The time as screens show it; it moves every ten seconds. */
export const now = signal(Date.now());

export const online = signal(navigator.onLine);

/** Another build of the desk is being served than the one that runs. */
export const outdated = signal(false);

const KEPT = 'desk.settings';
export const USUAL = { language: 'ko', scheme: 'auto', density: 'normal', keys: true };

function kept() {
  try {
    return { ...USUAL, ...JSON.parse(localStorage.getItem(KEPT) ?? '{}') };
  } catch {
    return USUAL;
  }
}

/** Settings of this browser; nothing personal is among them. */
export const settings = signal(kept());

/** @param {Partial<typeof USUAL>} changed */
export function set(changed) {
  settings.value = { ...settings.value, ...changed };
  try {
    localStorage.setItem(KEPT, JSON.stringify(settings.value));
  } catch {
    // A browser that keeps nothing: the setting holds until the page is left.
  }
  show();
}

/** Tells the style sheets how this browser is set. */
export function show() {
  const root = document.documentElement;
  root.lang = settings.value.language;
  root.dataset.scheme = settings.value.scheme;
  root.dataset.density = settings.value.density;
}

/** @type {(() => void)[]} */
const forgetters = [];

/** What `forget` does for this module when another person takes the desk. @param {() => void} forget */
export const onForget = (forget) => void forgetters.push(forget);

export function forgetAll() {
  me.value = null;
  for (const forget of forgetters) forget();
}
