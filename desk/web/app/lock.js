// @ts-check
// Over the whole page while nobody is signed in: nothing below is destroyed, nothing below can be read.
import { useEffect, useRef } from 'preact/hooks';
import { html } from '../ui/view.js';
import { closed, idleSeconds, signInBeside, signInFailure } from './session.js';
import { t } from './text.js';

export function Lock() {
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const why = closed.value;
  useEffect(() => { if (why) button.current?.focus(); }, [why]);
  if (!why) return null;
  return html`
    <div class="lock" role="dialog" aria-modal="true" aria-labelledby="lock-title">
      <h2 id="lock-title">${t(why === 'idle' ? 'lock.idle' : 'lock.expired')}</h2>
      <p>${t('lock.kept')}</p>
      <button class="primary" ref=${button} onClick=${signInBeside}>${t('lock.signIn')}</button>
      ${signInFailure.value && html`<p role="alert" class="attention">${t('lock.failed')} <bdi>${signInFailure.value}</bdi></p>`}
    </div>`;
}

/** The last minute before the desk closes. */
export function IdleCountdown() {
  const seconds = idleSeconds.value;
  if (closed.value !== null || seconds > 60) return null;
  return html`<p class="banner waiting" role="status">${t('lock.soon', { n: Math.max(seconds, 0) })}</p>`;
}
