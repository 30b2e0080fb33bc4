// @ts-check
// One inquiry: what the member asks, who works on it, and what has happened to it.
import { useEffect } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { copy, Copyable } from '../../ui/copy.js';
import { Problem } from '../../ui/problem.js';
import { Text } from '../../ui/text.js';
import { inKorea, Time } from '../../ui/time.js';
import { useKeys } from '../../app/keys.js';
import { states, watchStates } from '../../app/poll.js';
import { meaning, t } from '../../app/text.js';
import { Answer } from './answer.js';
import { Conflict } from './conflict.js';
import { Files } from './files.js';
import { Memos } from './memos.js';
import { forget, open, openedInquiry, openFailure, opening } from './opened.js';
import { Ownership } from './ownership.js';

/** @param {{ccnNo: string}} props */
export function Inquiry({ ccnNo }) {
  const detail = openedInquiry.value?.ccnNo === ccnNo ? openedInquiry.value : null;
  useEffect(() => {
    open(ccnNo);
    const end = watchStates(() => [ccnNo]);
    return () => { end(); forget(); };
  }, [ccnNo]);
  useKeys(detail ? {
    KeyY: () => { if (detail.ordNo) copy(detail.ordNo); },
    'Shift+KeyY': () => copy(ccnNo),
  } : {});
  const heard = states.value.get(ccnNo);
  if (!detail) return html`<${Problem} failure=${openFailure.value} again=${() => open(ccnNo)} />${opening.value && html`<p class="empty" aria-busy="true">${t('loading')}</p>`}`;
  return html`
    <div class="inquiry-head" aria-busy=${opening.value}>
      <h2><bdi>${detail.title}</bdi></h2>
      <p>
        <${Copyable} text=${detail.ccnNo} />
        ${detail.ordNo && html`${t('order')} <${Copyable} text=${detail.ordNo} />`}
        <span class=${`state s${detail.cnslStatCd}`}>${meaning('cnslStatCd', detail.cnslStatCd)}</span>
        <span class="muted"><bdi>${detail.cnslTypNm}</bdi></span> <${Time} at=${detail.accpDtm} />
        ${detail.procUserId && html`<span>${t('inquiry.owner')} <bdi class="mono">${detail.procUserId}</bdi></span>`}
      </p>
      <${Ownership} detail=${detail} />
    </div>
    <${Conflict} detail=${detail} heard=${heard} />
    <${Problem} failure=${openFailure.value} again=${() => open(ccnNo)} />
    <section class="asked" aria-label=${t('inquiry.asked')}>
      <${Text} text=${detail.accpCont} />
      ${detail.goodsNm && html`<p class="muted">${t('goods')} <bdi>${detail.goodsNm}</bdi></p>`}
      <${Files} files=${detail.files} />
    </section>
    ${detail.cnslStatCd === '30'
      ? html`<section class="answered" aria-label=${t('inquiry.answered')}><h3>${t('inquiry.answered')} <${Time} at=${detail.ansDtm} /></h3><${Text} text=${detail.ansCont} /></section>`
      : html`<${Answer} key=${detail.ccnNo} detail=${detail} />`}
    <${Memos} detail=${detail} />
    <details class="history"><summary>${t('history')} ${detail.histList.length}</summary>
      <ol>${detail.histList.map((/** @type {any} */ row) => html`
        <li key=${row.seq}><time datetime=${row.dtm}>${inKorea(row.dtm)}</time> <bdi class="mono">${row.userId}</bdi> ${meaning('actCd', row.actCd)}
          ${row.fromStatCd && html`<span class="muted">${meaning('cnslStatCd', row.fromStatCd)}</span>`} ${row.toStatCd && html`→ ${meaning('cnslStatCd', row.toStatCd)}`}</li>`)}
      </ol>
    </details>`;
}
