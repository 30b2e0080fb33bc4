// @ts-check
// D1 통합상담: what waits, one inquiry, and its customer, side by side.
import { html } from '../ui/view.js';
import { t } from '../app/text.js';
import { CustomerPane } from './customer/pane.js';
import { Inquiry } from './counsel/inquiry.js';
import { openedInquiry } from './counsel/opened.js';
import { Queue } from './counsel/queue.js';
import { UndoBar } from './counsel/sending.js';

/** @param {{id: string | null}} props */
export function Counsel({ id }) {
  const detail = openedInquiry.value?.ccnNo === id ? openedInquiry.value : null;
  return html`
    <main class="panes" data-screen="counsel">
      <h1 class="unseen">${t('nav.counsel')}</h1>
      <section data-pane tabindex="-1" class="queue" aria-label=${t('queue')}><${Queue} opened=${id} /></section>
      <section data-pane tabindex="-1" class="inquiry" aria-label=${t('inquiry')}>
        ${id ? html`<${Inquiry} key=${id} ccnNo=${id} />` : html`<p class="empty">${t('inquiry.none')}</p>`}
      </section>
      <aside data-pane tabindex="-1" class="customer" aria-label=${t('customer')}>
        ${detail && html`<${CustomerPane} key=${detail.mbrNo} mbrNo=${detail.mbrNo} ordNo=${detail.ordNo} />`}
      </aside>
      <${UndoBar} />
    </main>`;
}
