// @ts-check
// D4 클레임 and D5 반품·교환 in one frame: queues drawn from the counts, a list, and one claim with what is to be done with it.
import { useEffect } from 'preact/hooks';
import { html } from '../ui/view.js';
import { closed } from '../app/session.js';
import { online } from '../app/store.js';
import { t } from '../app/text.js';
import { useConfirmKey } from './claims/act.js';
import { Detail } from './claims/detail.js';
import { List } from './claims/list.js';
import { askCounts, backToRow, filters } from './claims/state.js';

const COUNTS_MS = 30_000;

/** @param {{id: string | null}} props */
export function Claims({ id }) {
  const { from, to } = filters.value;
  useEffect(() => { askCounts(); }, [from, to]);
  useEffect(() => {
    const timer = setInterval(() => { if (document.visibilityState === 'visible' && closed.value === null && online.value) askCounts(); }, COUNTS_MS);
    return () => clearInterval(timer);
  }, []);
  useEffect(backToRow, [id]);
  useConfirmKey();
  return html`
    <main class="panes claims" data-screen="claims">
      <h1 class="unseen">${t('nav.claims')}</h1>
      <section data-pane tabindex="-1" class="queue" aria-label=${t('claims.list')}><${List} opened=${id} /></section>
      <section data-pane tabindex="-1" class="claim" aria-label=${t('claims.claim')}>
        ${id ? html`<${Detail} key=${id} claimNo=${id} />` : html`<p class="empty">${t('claims.none')}</p>`}
      </section>
    </main>`;
}
