// @ts-check
// D3 취소: lines and a reason go in, an explained amount comes out, and what was seen is what is carried out.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { addsUp, Calc } from '../../ui/calc.js';
import { Dialog } from '../../ui/dialog.js';
import { won } from '../../ui/money.js';
import { Problem, told } from '../../ui/problem.js';
import { say } from '../../ui/toast.js';
import { useAnswer } from '../../api/ask.js';
import { call } from '../../api/call.js';
import { Intention } from '../../api/idempotency.js';
import { online } from '../../app/store.js';
import { meaning, t } from '../../app/text.js';
import { ClaimDetails, CostNotes } from './claims.js';
import { amountOf, isRefused, showRefused } from './parts.js';

const AFTER_A_CHANGE_MS = 250;
/** Refusals after which what is left of the order is read again. */
const MOVED_ON = ['AMOUNT_CHANGED', 'CLAIM_QTY_EXCEEDED', 'ORDER_NOT_CANCELABLE', 'ORDER_LINE_NOT_FOUND', 'CLAIM_IN_PROGRESS'];
const NO_ACCOUNT = { bankCd: '', acctNo: '', dpstrNm: '' };

/** @param {{ordNo: string, ordSeq: number | null, onClose: () => void, onDone: () => void}} props `ordSeq`: the line that was marked, or the whole order */
export function Cancel({ ordNo, ordSeq, onClose, onDone }) {
  const { answer: target, failure, again } = useAnswer('cancelPopupFO', { body: { ordNo } });
  const [claimNo, setClaimNo] = useState('');
  const done = (/** @type {string} */ number) => {
    setClaimNo(number);
    onDone();
  };
  const close = () => {
    // It has gone on since.
    if (claimNo) onDone();
    onClose();
  };
  return html`
    <${Dialog} title=${t('cancel.title', { n: ordNo })} onClose=${close} wide>
      <${Problem} failure=${failure} again=${again} />
      ${claimNo ? html`<${ClaimDetails} ordNo=${ordNo} claimNo=${claimNo} follow />`
        : target ? html`<${Form} target=${target} ordSeq=${ordSeq} again=${again} onDone=${done} />`
        : !failure && html`<p aria-busy="true">${t('loading')}</p>`}
    <//>`;
}

/** What a cancel would come to: asked again a moment after each change, and an older answer never stands for a newer choice. @param {any} asked */
function usePreview(asked) {
  const [heard, setHeard] = useState(/** @type {{of: string, cost: any, failure: any}} */ ({ of: '', cost: null, failure: null }));
  const [turn, setTurn] = useState(0);
  const what = asked ? JSON.stringify(asked) : '';
  useEffect(() => {
    if (!what) return undefined;
    const given = new AbortController();
    const timer = setTimeout(() => call('claimCalculateCostFO', { body: asked, signal: given.signal }).then(
      (cost) => { if (!given.signal.aborted) setHeard({ of: what, cost, failure: null }); },
      (failure) => { if (!given.signal.aborted) setHeard((before) => ({ of: what, cost: before.cost, failure })); },
    ), AFTER_A_CHANGE_MS);
    return () => { clearTimeout(timer); given.abort(); };
  }, [what, turn]);
  return {
    cost: heard.cost,
    failure: heard.of === what ? heard.failure : null,
    isFresh: what !== '' && heard.of === what && !heard.failure,
    replace: (/** @type {any} */ cost) => setHeard({ of: what, cost, failure: null }),
    again: () => setTurn((before) => before + 1),
  };
}

/** @param {{target: any, ordSeq: number | null, again: () => void, onDone: (claimNo: string) => void}} props */
function Form({ target, ordSeq, again, onDone }) {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const intention = useRef(new Intention());
  const confirmWhenComposed = useRef(false);
  const latest = useRef(() => {});
  const left = useRef(false);
  const [wanted, setWanted] = useState(() => firstWanted(target, ordSeq));
  const [reason, setReason] = useState('');
  const [account, setAccount] = useState(NO_ACCOUNT);
  const [before, setBefore] = useState(/** @type {any} */ (null));
  const [failure, setFailure] = useState(/** @type {any} */ (null));
  const [sending, setSending] = useState(false);

  const lines = target.ordGoodsList.map((/** @type {any} */ line) => ({ ...line, wanted: Math.min(wanted[line.ordSeq] ?? 0, line.claimPsbYn === 'Y' ? line.claimPsbQty : 0) }));
  const chosen = lines.filter((/** @type {any} */ line) => line.wanted > 0);
  const claimGoodsList = chosen.map((/** @type {any} */ line) => ({ ordSeq: line.ordSeq, claimQty: line.wanted }));
  const asked = reason && chosen.length > 0 ? { ordNo: target.ordNo, claimBusinessType: '10', claimRsnCd: reason, claimGoodsList } : null;
  const preview = usePreview(asked);
  const { cost } = preview;
  const choice = JSON.stringify(asked);
  const needsAccount = cost?.payInfo.rfdAcctReqYn === 'Y';
  const hasAccount = Object.values(account).every((part) => part.trim() !== '');
  const mayConfirm = Boolean(asked && preview.isFresh && addsUp(cost) && cost.payInfo.addPayPrarAmt === 0);

  // Another choice means something else.
  useEffect(() => intention.current.renew(), [choice]);
  useEffect(() => () => { left.current = true; }, []);
  useEffect(() => { field(ordSeq === null ? 'claimRsnCd' : 'claimGoodsList[0]')?.focus(); }, []);
  useEffect(() => showRefused(form.current, failure), [failure]);

  const field = (/** @type {string} */ name) => /** @type {HTMLElement | null} */ (form.current?.querySelector(`[data-field="${name}"]`) ?? form.current?.querySelector('[data-field]') ?? null);
  const choose = (/** @type {() => void} */ change) => {
    setBefore(null);
    setFailure(null);
    change();
  };
  const want = (/** @type {any} */ line, /** @type {number} */ quantity) => choose(() =>
    setWanted({ ...wanted, [line.ordSeq]: Math.min(Math.max(Number.isFinite(quantity) ? Math.trunc(quantity) : 0, 0), line.claimPsbQty) }));

  const confirm = async () => {
    if (sending) return;
    if (!asked) return void field(reason ? '' : 'claimRsnCd')?.focus();
    if (!mayConfirm || !online.value) return;
    if (needsAccount && !hasAccount) return void field('rfdAcct.bankCd')?.focus();
    setSending(true);
    setFailure(null);
    const body = { ...asked, costHash: cost.costHash, expectRfdAmt: cost.payInfo.rfdPrarAmt, rfdAcct: needsAccount ? account : undefined };
    try {
      const { claimNo } = await intention.current.attempt((key) => call('cancelFO', { body, key }));
      say(t('cancel.done', { n: claimNo }));
      onDone(claimNo);
    } catch (thrown) {
      refused(thrown);
    }
  };
  const refused = (/** @type {any} */ why) => {
    // Whoever has left meanwhile is told all the same.
    if (left.current) return say(t('cancel.failed', { n: target.ordNo, why: told(why) }), { urgent: true });
    setSending(false);
    setFailure(why);
    if (why.code === 'AMOUNT_CHANGED' && why.payload) {
      setBefore(cost);
      preview.replace(why.payload);
    }
    if (MOVED_ON.includes(why.code)) again();
  };
  latest.current = confirm;

  /** @param {KeyboardEvent} event */
  const press = (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    // A key held down confirms nothing that has changed meanwhile.
    if (event.repeat) return;
    if (event.isComposing) confirmWhenComposed.current = true;
    else confirm();
  };
  const composed = () => {
    if (!confirmWhenComposed.current) return;
    confirmWhenComposed.current = false;
    // The last syllable is written into the field before this runs.
    setTimeout(() => latest.current());
  };

  return html`
    <form ref=${form} onSubmit=${(/** @type {Event} */ event) => event.preventDefault()} onKeyDown=${press} onCompositionEnd=${composed}>
      <ul class="lines">${lines.map((/** @type {any} */ line) => html`<${Line} key=${line.ordSeq} line=${line} at=${chosen.indexOf(line)} failure=${failure} onWant=${want} />`)}</ul>
      <p class="actions"><label>${t('cancel.reason')}
        <select data-field="claimRsnCd" value=${reason} aria-invalid=${isRefused(failure, 'claimRsnCd')} aria-describedby="cancel-problem" onChange=${(/** @type {any} */ event) => choose(() => setReason(event.target.value))}>
          <option value="">${t('cancel.choose')}</option>
          ${target.claimRsnList.map((/** @type {any} */ one) => html`<option key=${one.claimRsnCd} value=${one.claimRsnCd}>${meaning('claimRsnCd', one.claimRsnCd)} (${meaning('imptDivCd', one.imptDivCd)})</option>`)}
        </select></label></p>
      <${Problem} failure=${preview.failure} again=${preview.again} />
      <div aria-busy=${asked !== null && !preview.isFresh}>
        ${!asked && html`<p class="muted">${t('cancel.first')}</p>`}
        ${asked && !cost && !preview.failure && html`<p>${t('cancel.reckoning')}</p>`}
        ${asked && cost && html`
          ${before && html`<p class="banner waiting" role="alert">${t('cancel.changed')}</p>`}
          <div class=${before ? 'compared' : ''}>
            ${before && html`<section aria-label=${t('cancel.old')}><h3>${t('cancel.old')}</h3><${Calc} cost=${before} before=${cost} /></section>`}
            <section aria-label=${t('cancel.new')}>${before && html`<h3>${t('cancel.new')}</h3>`}<${Calc} cost=${cost} before=${before} /></section>
          </div>
          <${CostNotes} cost=${cost} />`}
      </div>
      ${asked && cost?.payInfo.addPayPrarAmt > 0 && html`<p class="banner waiting" role="status">${t('cancel.mustPay', { amount: won(cost.payInfo.addPayPrarAmt) })}</p>`}
      ${asked && needsAccount && html`<${Account} account=${account} failure=${failure} onWrite=${setAccount} />`}
      <div id="cancel-problem"><${Problem} failure=${failure?.code === 'AMOUNT_CHANGED' ? null : failure} again=${failure && !failure.settled ? confirm : undefined} /></div>
      ${asked && cost && addsUp(cost) && cost.payInfo.addPayPrarAmt === 0 && html`
        <p class="actions">
          <button type="button" class="primary" disabled=${!mayConfirm || sending || !online.value || (needsAccount && !hasAccount)} onClick=${confirm}>
            ${t(sending ? 'cancel.sending' : cost.payInfo.rfdPrarAmt > 0 ? 'cancel.confirm' : 'cancel.confirmNothing', { amount: won(cost.payInfo.rfdPrarAmt) })} <kbd>Ctrl ⏎</kbd></button>
          <small class="mono muted">${cost.costHash.slice(0, 4)}…${cost.costHash.slice(-3)}</small>
        </p>`}
    </form>`;
}

/** One of the marked line; of an order everything that is left. @param {any} target @param {number | null} ordSeq @returns {Record<number, number>} */
function firstWanted(target, ordSeq) {
  const all = target.ordGoodsList.filter((/** @type {any} */ line) => line.claimPsbYn === 'Y');
  return Object.fromEntries(all.map((/** @type {any} */ line) => [line.ordSeq, ordSeq === null ? line.claimPsbQty : line.ordSeq === ordSeq ? 1 : 0]));
}

/** @param {{line: any, at: number, failure: any, onWant: (line: any, quantity: number) => void}} props */
function Line({ line, at, failure, onWant }) {
  const name = html`${line.ordSeq} <bdi>${line.goodsNm}</bdi> <bdi class="muted">${line.itmNm}</bdi>`;
  if (line.claimPsbYn !== 'Y') return html`<li class="line"><p class="muted">${name} · <bdi>${line.claimImpsbRsn}</bdi></p></li>`;
  const step = (/** @type {number} */ by) => onWant(line, line.wanted + by);
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    const by = { '+': 1, '=': 1, '-': -1 }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    step(by);
  };
  const label = t('cancel.quantity', { n: line.ordSeq });
  return html`
    <li class="line quantity">
      <p>${name} <small>${t('cust.left', { n: line.claimPsbQty })}</small></p>
      <p class="actions">
        <button type="button" tabindex="-1" aria-label=${t('cancel.less', { n: line.ordSeq })} disabled=${line.wanted === 0} onClick=${() => step(-1)}>−</button>
        <input type="number" inputmode="numeric" min="0" max=${line.claimPsbQty} value=${line.wanted} aria-label=${label} data-field=${at < 0 ? 'claimGoodsList' : `claimGoodsList[${at}]`}
          aria-invalid=${at >= 0 && isRefused(failure, `claimGoodsList[${at}]`)} aria-describedby="cancel-problem" onKeyDown=${press}
          onFocus=${(/** @type {any} */ event) => event.target.select()} onInput=${(/** @type {any} */ event) => onWant(line, event.target.valueAsNumber)} />
        <button type="button" tabindex="-1" aria-label=${t('cancel.more', { n: line.ordSeq })} disabled=${line.wanted === line.claimPsbQty} onClick=${() => step(1)}>+</button>
        <span class="number">${amountOf(line.salePrc * line.wanted)}</span>
      </p>
    </li>`;
}

/** Where the money goes if it can't go back the way it came. It is in no draft, and gone with the dialog. @param {{account: typeof NO_ACCOUNT, failure: any, onWrite: (account: typeof NO_ACCOUNT) => void}} props */
function Account({ account, failure, onWrite }) {
  const fields = /** @type {const} */ (['bankCd', 'acctNo', 'dpstrNm']);
  const write = (/** @type {string} */ name) => (/** @type {any} */ event) => onWrite({ ...account, [name]: event.target.value });
  const common = (/** @type {string} */ name) => ({
    'data-field': `rfdAcct.${name}`, 'aria-invalid': isRefused(failure, `rfdAcct.${name}`), 'aria-describedby': 'cancel-problem', autocomplete: 'off',
  });
  return html`
    <fieldset class="form"><legend>${t('cancel.account')}</legend>
      ${fields.map((name) => html`<label key=${name}>${t(`cancel.${name}`)}
        ${name === 'bankCd'
          ? html`<select ...${common(name)} value=${account.bankCd} onChange=${write(name)}><option value="">${t('cancel.choose')}</option>
              ${t('cancel.banks').split(', ').map((bank) => html`<option key=${bank} value=${bank.slice(0, 3)}>${bank.slice(4)}</option>`)}</select>`
          : html`<input ...${common(name)} value=${account[name]} maxlength=${name === 'acctNo' ? 30 : 50} inputmode=${name === 'acctNo' ? 'numeric' : 'text'} onInput=${write(name)} />`}</label>`)}
    </fieldset>`;
}
