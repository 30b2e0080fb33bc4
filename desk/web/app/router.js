// @ts-check
// Which screen an address shows. Addresses are fragments and hold numbers only.
import { signal } from '@preact/signals';
import { Counsel } from '../screens/counsel.js';
import { Customer } from '../screens/customer.js';
import { Claims } from '../screens/claims.js';
import { Templates } from '../screens/templates.js';
import { Types } from '../screens/types.js';
import { Access } from '../screens/access.js';
import { Settings } from '../screens/settings.js';

/** In the order of the navigation; `go` is the key after `G`. */
export const screens = /** @type {const} */ ([
  { path: 'counsel', text: 'nav.counsel', go: 'KeyI', show: Counsel },
  { path: 'claims', text: 'nav.claims', go: 'KeyC', show: Claims },
  { path: 'customer', text: 'nav.customer', go: 'KeyM', show: Customer },
  { path: 'templates', text: 'nav.templates', go: 'KeyT', show: Templates },
  { path: 'types', text: 'nav.types', go: 'KeyY', show: Types, admin: true },
  { path: 'access', text: 'nav.access', go: 'KeyA', show: Access, admin: true },
  { path: 'settings', text: 'nav.settings', show: Settings },
]);

function read() {
  const [path, id] = location.hash.replace(/^#\/?/, '').split('/');
  // An order is shown by the customer's screen.
  if (path === 'order') return { screen: screens[2], id: null, order: id ?? null };
  const screen = screens.find((one) => one.path === path) ?? screens[0];
  return { screen, id: id && /^[\w-]+$/.test(id) ? id : null, order: null };
}

export const route = signal(read());

addEventListener('hashchange', () => { route.value = read(); });
