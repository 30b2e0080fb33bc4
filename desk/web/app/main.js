// @ts-check
// The desk's first step: what the gateway says of it, who is there, and then the page.
import { render } from 'preact';
import { html } from '../ui/view.js';
import { call } from '../api/call.js';
import { deskConfig } from '../api/config.js';
import { SignedOut, Stopped } from './door.js';
import { listen } from './keys.js';
import * as poll from './poll.js';
import * as session from './session.js';
import { Shell } from './shell.js';
import { clockAhead, config, isStaff, me, onForget, show } from './store.js';
import { watchForViolations } from './violations.js';

const root = /** @type {HTMLElement} */ (document.getElementById('desk'));

async function start() {
  watchForViolations();
  show();
  config.value = await deskConfig();
  if (location.search === '?signedOut') {
    history.replaceState(null, '', '/desk');
    render(html`<${SignedOut} signIn=${enter} />`, root);
    return;
  }
  await enter();
}

async function enter() {
  await session.findProvider();
  if (location.pathname !== '/desk/callback') return session.signIn();
  if (!(await session.comeBack())) return render(html`<${Stopped} text="door.close" />`, root);
  await whoAmI();
  session.watch();
  listen();
  render(html`<${Shell} />`, root);
  if (isStaff.value) poll.start();
}

async function whoAmI() {
  const info = await call('getLoginInfo');
  clockAhead.value = Date.parse(info.serverDtm) - Date.now();
  me.value = { sub: info.sub, roles: info.roles, name: session.displayName() };
}

// Another person has signed in over the page: it begins anew, and empty.
onForget(() => { queueMicrotask(() => { if (session.closed.value === null) whoAmI().catch(() => location.reload()); }); });

start().catch((failure) => {
  const text = failure instanceof Error ? failure.message : String(failure);
  render(html`<${Stopped} text="door.failed" detail=${text} />`, root);
});
