// @ts-check
// D3 옵션, 통관번호: what may be changed of an order that nobody has sent yet.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { Dialog } from '../../ui/dialog.js';
import { won } from '../../ui/money.js';
import { Problem } from '../../ui/problem.js';
import { say } from '../../ui/toast.js';
import { useAnswer } from '../../api/ask.js';
import { call } from '../../api/call.js';
import { Intention } from '../../api/idempotency.js';
import { online } from '../../app/store.js';
import { meaning, t } from '../../app/text.js';
import { amountOf, isRefused, showRefused } from './parts.js';

const ON_SALE = '10';
const CUSTOMS_NUMBER = /^P\d{12}$/;

/** One state-changing call of a dialog: refused fields get the focus, and what has no clear answer keeps its key.
 * @param {string} operation @param {any} body @param {boolean} isThere whether its form is shown @param {(answer: any) => void} onDone */
function useDeed(operation, body, isThere, onDone) {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const intention = useRef(new Intention());
  const [failure, setFailure] = useState(/** @type {any} */ (null));
  const [sending, setSending] = useState(false);
  const what = JSON.stringify(body);
  useEffect(() => intention.current.renew(), [what]);
  useEffect(() => { if (isThere) /** @type {HTMLElement | null | undefined} */ (form.current?.querySelector('input:not(:disabled)'))?.focus(); }, [isThere]);
  useEffect(() => showRefused(form.current, failure), [failure]);
  const send = async () => {
    if (!body || sending || !online.value) return;
    setSending(true);
    setFailure(null);
    try {
      onDone(await intention.current.attempt((key) => call(operation, { body, key })));
    } catch (thrown) {
      setFailure(thrown);
      setSending(false);
    }
  };
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    if (!event.repeat) send();
  };
  return { form, failure, sending, send, press };
}

/** @param {{deed: ReturnType<typeof useDeed>, may: boolean, text: string, children?: any}} props */
function Form({ deed, may, text, children }) {
  return html`
    <form class="form" ref=${deed.form} onSubmit=${(/** @type {Event} */ event) => event.preventDefault()} onKeyDown=${deed.press}>
      ${children}
      <div id="change-problem"><${Problem} failure=${deed.failure} again=${deed.failure && !deed.failure.settled ? deed.send : undefined} /></div>
      <p class="actions"><button type="button" class="primary" disabled=${!may || deed.sending || !online.value} onClick=${deed.send}>${text} <kbd>Ctrl ⏎</kbd></button></p>
    </form>`;
}

/** @param {{ordNo: string, line: any, onClose: () => void, onDone: () => void}} props */
export function ChangeOption({ ordNo, line, onClose, onDone }) {
  const { answer, failure, again } = useAnswer('otherItms', { body: [{ goodsNo: line.goodsNo }] });
  const [chosen, setChosen] = useState('');
  const deed = useDeed('ordChangeFO', chosen ? { ordNo, ordSeq: line.ordSeq, goodsNo: line.goodsNo, itmNo: chosen } : null, Boolean(answer), ({ claimNo }) => {
    say(t('optChg.done', { n: claimNo }));
    onDone();
    onClose();
  });
  const goods = answer?.[0];
  const now = goods?.itms.find((/** @type {any} */ one) => one.itmNo === line.itmNo);
  const whyNot = (/** @type {any} */ one) => {
    if (one.itmNo === line.itmNo) return t('optChg.now');
    if (one.itmSaleStatCd !== ON_SALE) return meaning('PR005', one.itmSaleStatCd);
    if (one.stkQty < line.ordQty) return t('optChg.short');
    return now && one.salePrc !== now.salePrc ? t('optChg.price', { amount: won(one.salePrc) }) : '';
  };
  return html`
    <${Dialog} title=${t('optChg.title', { n: ordNo, line: line.ordSeq })} onClose=${onClose}>
      <p><bdi>${line.goodsNm}</bdi> <bdi class="muted">${line.itmNm}</bdi> × ${line.ordQty}</p>
      <${Problem} failure=${failure} again=${again} />
      ${!answer && !failure && html`<p aria-busy="true">${t('loading')}</p>`}
      ${answer && !goods && html`<p class="empty">${t('optChg.unknown')}</p>`}
      ${goods && (goods.saleStatCd !== ON_SALE || goods.rsvGoodsYn === 'Y') && html`<p class="waiting">${goods.rsvGoodsYn === 'Y' ? t('optChg.reserved') : meaning('PR005', goods.saleStatCd)}</p>`}
      ${goods && html`
        <${Form} deed=${deed} may=${chosen !== ''} text=${t('optChg.confirm')}>
          <fieldset><legend>${t('optChg.which')}</legend>${goods.itms.map((/** @type {any} */ one) => html`
            <label key=${one.itmNo} class="choice">
              <input type="radio" name="itmNo" data-field="itmNo" aria-describedby="change-problem" checked=${chosen === one.itmNo} disabled=${whyNot(one) !== ''} onChange=${() => setChosen(one.itmNo)} />
              <bdi>${one.itmNm}</bdi> <span class="number">${amountOf(one.salePrc)} · ${t('optChg.stock', { n: one.stkQty })}</span> <span class="muted">${whyNot(one)}</span></label>`)}
          </fieldset>
        <//>`}
    <//>`;
}

/** @param {{ordNo: string, onClose: () => void, onDone: () => void}} props */
export function ChangeCustoms({ ordNo, onClose, onDone }) {
  const { answer, failure, again } = useAnswer('orderDetailFO', { body: { ordNo } });
  const [chosen, setChosen] = useState(/** @type {number | null} */ (null));
  const [number, setNumber] = useState('');
  const places = answer?.dlvpList ?? [];
  const dlvpSeq = chosen ?? places[0]?.dlvpSeq ?? null;
  const persCstmCd = number.trim().toUpperCase();
  const isNumber = CUSTOMS_NUMBER.test(persCstmCd);
  const deed = useDeed('ordDlvpPcccChangeFo', isNumber && dlvpSeq !== null ? { ordNo, dlvpSeq, persCstmCd } : null, Boolean(answer), () => {
    say(t('pccc.done', { n: ordNo }));
    onDone();
    onClose();
  });
  return html`
    <${Dialog} title=${t('pccc.title', { n: ordNo })} onClose=${onClose}>
      <${Problem} failure=${failure} again=${again} />
      ${!answer && !failure && html`<p aria-busy="true">${t('loading')}</p>`}
      ${answer && html`
        <${Form} deed=${deed} may=${isNumber} text=${t('pccc.confirm')}>
          <label>${t('pccc.place')}
            <select data-field="dlvpSeq" value=${dlvpSeq} onChange=${(/** @type {any} */ event) => setChosen(Number(event.target.value))}>
              ${places.map((/** @type {any} */ place) => html`<option key=${place.dlvpSeq} value=${place.dlvpSeq}>${`${place.dlvpSeq} ${place.rcvmnNm} ${place.zipAddr}`}</option>`)}
            </select></label>
          <label>${t('pccc.number')}
            <input data-field="persCstmCd" value=${number} maxlength="13" autocomplete="off" placeholder="P000000000000" aria-describedby="change-problem"
              aria-invalid=${(number !== '' && !isNumber) || isRefused(deed.failure, 'persCstmCd')} onInput=${(/** @type {any} */ event) => setNumber(event.target.value)} /></label>
        <//>`}
    <//>`;
}
