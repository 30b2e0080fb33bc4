// The shop's pages by their address, and who sees them.
import { claim } from './claim.js';
import { guest } from './guest.js';
import { inquiries, inquiry } from './inquiries.js';
import { comeBack, configure, signIn, signOut, who } from './login.js';
import { notices } from './notices.js';
import { orders } from './orders.js';
import { link, make, tell, turnTo } from './page.js';
import { progress } from './progress.js';
import { question } from './question.js';
const PAGES = {
  orders, progress, inquiries, inquiry, notices,
  cancel: (ordNo) => claim('cancel', ordNo), return: (ordNo) => claim('return', ordNo), exchange: (ordNo) => claim('exchange', ordNo),
  ask: (ordNo) => question({ ordNo }), edit: (ccnNo) => question({ ccnNo }),
};
const [header, main] = [document.querySelector('header'), document.querySelector('main')];
let turn = 0;

async function show() {
  const mine = (turn += 1);
  const [name, ...numbers] = location.hash.slice(2).split('/');
  const me = who();
  const links = me && [link('내 주문', 'orders'), ...(me.isGuest ? [] : [link('1:1 문의', 'inquiries'), link('알림', 'notices')])];
  header.replaceChildren(make('head', { links, who: me?.name }, me ? { signOut } : {}));
  main.ariaBusy = 'true';
  try {
    const part = await (me ? (PAGES[name] ?? orders)(...numbers) : guest(signIn, show));
    if (mine === turn) turnTo(main, part);
  } catch (failure) {
    if (mine === turn) failed(failure, show);
  }
  main.ariaBusy = 'false';
}

function failed(failure, again) {
  turnTo(main, make('failed', {}, failure.status === 401 ? { signIn } : { again }));
  tell(main.firstElementChild, failure);
}

addEventListener('hashchange', show);
configure().then(comeBack).then(show, (failure) => failed(failure, () => location.reload()));
