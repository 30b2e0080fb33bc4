// @ts-check
// What stands around every screen: how much waits, where one can go, what went wrong.
import { useEffect } from 'preact/hooks';
import { html } from '../ui/view.js';
import { Toasts } from '../ui/toast.js';
import { ago } from '../ui/time.js';
import { NoRole } from './door.js';
import { go } from './go.js';
import { Help, helpShown } from './help.js';
import { useKeys } from './keys.js';
import { IdleCountdown, Lock } from './lock.js';
import { counts } from './poll.js';
import { route, screens } from './router.js';
import { closed, signOut } from './session.js';
import { isAdmin, isStaff, me, now, online, outdated } from './store.js';
import { t } from './text.js';
import { unsentTexts } from './unsent.js';
import { violations } from './violations.js';

const may = (/** @type {any} */ screen) => !screen.admin || isAdmin.value;

export function Shell() {
  const shut = closed.value !== null;
  useEffect(() => {
    const leave = (/** @type {BeforeUnloadEvent} */ event) => { if (unsentTexts() > 0) event.preventDefault(); };
    addEventListener('beforeunload', leave);
    return () => removeEventListener('beforeunload', leave);
  }, []);
  useKeys({
    ...Object.fromEntries(screens.filter((one) => 'go' in one && may(one)).map((one) => [`Go+${/** @type {any} */ (one).go}`, () => go(one.path)])),
    'Shift+Slash': () => { helpShown.value = !helpShown.value; },
    ...(route.value.screen.path !== 'customer' && { KeyS: () => go('customer') }),
    F6: () => nextPane(1),
    'Shift+F6': () => nextPane(-1),
  });
  if (!me.value) return html`<${Lock} />`;
  return html`
    <div class="desk ${shut ? 'shut' : ''}" inert=${shut} key=${me.value.sub}>
      <${Header} />
      <${Banners} />
      ${isStaff.value ? html`<${Screen} />` : html`<main><${NoRole} /></main>`}
      <${Help} />
    </div>
    <${Lock} />
    <${Toasts} />`;
}

function Screen() {
  const { screen, id, order } = route.value;
  if (!may(screen)) return html`<main><${NoRole} /></main>`;
  const Show = screen.show;
  return html`<${Show} key=${screen.path} id=${id} order=${order} />`;
}

function Header() {
  const heard = counts.value;
  const here = route.value.screen.path;
  return html`
    <header class="head">
      <nav aria-label=${t('nav')}>
        ${screens.filter(may).map((one) => html`
          <a key=${one.path} href=${`#/${one.path}`} aria-current=${one.path === here ? 'page' : undefined}>${t(/** @type {any} */ (one.text))}</a>`)}
      </nav>
      <p class="counts" role="status">
        ${heard && html`
          <span>${t('counts.waiting', { n: heard.waitCnt })}</span>
          <span>${t('counts.mine', { n: heard.myCnt })}</span>
          <span>${t('counts.drafts', { n: heard.myDraftCnt })}</span>
          <span>${t('counts.today', { n: heard.myAnsTodayCnt })}</span>
          ${heard.oldestAccpDtm && html`<span>${t('counts.oldest', { time: ago(heard.oldestAccpDtm, now.value) })}</span>`}`}
      </p>
      <div class="who">
        <span class="mono"><bdi>${me.value.sub}</bdi></span> <bdi>${me.value.name}</bdi>
        <button onClick=${() => { helpShown.value = true; }} aria-keyshortcuts="?">${t('help')} <kbd>?</kbd></button>
        <button onClick=${signOut}>${t('signOut')}</button>
      </div>
    </header>`;
}

function Banners() {
  return html`
    <${IdleCountdown} />
    ${violations.value > 0 && html`<p class="banner attention" role="alert" data-violations=${violations.value}>${t('banner.violation')}</p>`}
    ${!online.value && html`<p class="banner attention" role="alert">${t('banner.offline')}</p>`}
    ${outdated.value && html`
      <p class="banner waiting" role="status">${t('banner.outdated')}
        <button disabled=${unsentTexts() > 0} onClick=${() => location.reload()}>${t('banner.reload')}</button>
        ${unsentTexts() > 0 && t('banner.unsent')}
      </p>`}`;
}

/** @param {1 | -1} step */
function nextPane(step) {
  const panes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-pane]')]);
  if (panes.length === 0) return;
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  panes[(at + step + panes.length) % panes.length].focus();
}
