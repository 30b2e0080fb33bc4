// @ts-check
// Times as people say them, with the whole time in Korea beside it.
import { html } from './view.js';
import { now, settings } from '../app/store.js';
import { t } from '../app/text.js';

const whole = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Seoul', dateStyle: 'short', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Seoul', dateStyle: 'short' });

/** @param {string} time */
export const inKorea = (time) => whole.format(new Date(time));

/** The day in Korea, so many days from the one of `at`. @param {number} days @param {number} [at] */
export const koreanDay = (days, at = Date.now()) => day.format(new Date(at + days * 86_400_000));

/** @param {string} time @param {number} at */
export function ago(time, at) {
  const minutes = Math.floor((at - Date.parse(time)) / 60_000);
  if (minutes < 1) return t('time.now');
  if (minutes < 60) return t('time.minutes', { n: minutes });
  if (minutes < 24 * 60) return t('time.hours', { n: Math.floor(minutes / 60) });
  const days = Math.floor(minutes / (24 * 60));
  return days < 8 ? t('time.days', { n: days }) : inKorea(time).slice(0, 10);
}

/** @param {{at: string | null | undefined}} props */
export function Time({ at }) {
  if (!at) return null;
  void settings.value.language;
  return html`<time datetime=${at} title=${`${inKorea(at)} KST`}>${ago(at, now.value)}</time>`;
}
