// @ts-check
// 검수: what was found of goods that came back. An exchange's is final, so its fee is explained here.
import { useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { addsUp, Calc } from '../../ui/calc.js';
import { Problem } from '../../ui/problem.js';
import { meanings, t } from '../../app/text.js';
import { ActForm, faults, Field, reasons, StillDue } from './act.js';
import { stillDue, useCost } from './settle.js';

/** What a line of the claim is, where its cost names it. @param {any} detail @param {any} line */
export function nameOfLine(detail, line) {
  const goods = detail.cost?.claimGoodsList.find((/** @type {any} */ one) => one.ordSeq === line.ordSeq && one.itmNo === line.itmNo);
  return goods?.goodsNm ? `${goods.goodsNm} ${goods.itmNm ?? ''}` : `${line.ordSeq} · ${line.itmNo}`;
}

/** @param {{detail: any, then: any}} props */
export function Inspect({ detail, then }) {
  const Form = detail.claimBusinessType === '30' ? ExchangeForm : InspectForm;
  return html`<${Form} detail=${detail} then=${then} />`;
}

/** @param {{detail: any, then: any}} props */
function ExchangeForm({ detail, then }) {
  const preview = useCost(detail);
  const cost = preview.answer;
  const [isUnpaid, setUnpaid] = useState(false);
  // A fault that is set anew here may put the fee on the customer; what is shown does not know that yet.
  const fee = cost?.addtnCostList.find((/** @type {any} */ row) => row.ordCostGbCd === '30')?.amt ?? 0;
  const due = cost ? Math.max(stillDue(cost), isUnpaid ? fee : 0) : 0;
  const refused = (/** @type {any} */ { code }) => { if (code === 'ADDITIONAL_PAYMENT_REQUIRED') setUnpaid(true); return false; };
  return html`
    <${Problem} failure=${preview.failure} again=${preview.again} />
    ${cost && html`<${Calc} cost=${cost} />`}
    ${cost && addsUp(cost) && html`<${InspectForm} detail=${detail} then=${then} onRefused=${refused}><${StillDue} due=${due} /><//>`}`;
}

/** @param {{detail: any, then: any, onRefused?: (failure: any) => boolean, children?: any}} props */
function InspectForm({ detail, then, onRefused, children }) {
  const { ordNo, claimNo, claimBusinessType: type } = detail;
  const lines = detail.claimGoodsList;
  const [refused, setRefused] = useState(/** @type {number[]} */ (lines.map((/** @type {any} */ line) => line.rjtQty ?? 0)));
  const gifts = type === '20' ? (detail.cost?.bnfInfo.cnclGiftList ?? []).filter((/** @type {any} */ gift) => gift.wthdYn === 'Y') : [];
  const done = (/** @type {any} */ { claimStatCd }) => {
    const text = t(claimStatCd === '90' ? 'claims.allRefused' : 'claims.inspected', { n: claimNo });
    // A return that was inspected stays where it is: it is settled next.
    then.done(text, type === '20' && claimStatCd !== '90');
  };
  return html`
    <${ActForm} act="inspect" operation="saveInspectRslt" hidden=${{ ordNo, claimNo }} confirm=${t('claims.act.inspect')} onDone=${done} onConflict=${then.conflict} onRefused=${onRefused}>
      ${lines.map((/** @type {any} */ line, /** @type {number} */ place) => {
        const path = `insptList[${place}].`;
        const quantity = (/** @type {string} */ name, /** @type {any} */ value, /** @type {any} */ more) => html`
          <${Field} label=${t(/** @type {any} */ (`claims.${name}`))} name=${path + name} type="number" min="0" max=${line.claimQty} step="1" defaultValue=${value} ...${more} />`;
        return html`
          <fieldset key=${place} class="fields"><legend><bdi>${nameOfLine(detail, line)}</bdi> ${t('claims.pieces', { n: line.claimQty })}</legend>
            <input type="hidden" name=${`${path}ordSeq`} value=${line.ordSeq} /><input type="hidden" name=${`${path}itmNo`} value=${line.itmNo} />
            ${quantity('acptQty', line.acptQty ?? line.claimQty, { required: true })}
            ${quantity('resellQty', '', {})}
            ${quantity('rjtQty', line.rjtQty ?? 0, { required: true, onInput: (/** @type {any} */ event) => setRefused(refused.map((one, other) => (other === place ? Number(event.target.value) : one))) })}
            ${refused[place] > 0 && html`
              <${Field} label=${t('claims.rejectReason')} name=${`${path}rjtRsnCd`} choices=${[['', ''], ...meanings('rjtRsnCd')]} required />
              <${Field} label=${t('claims.rejectWords')} name=${`${path}rjtRsnCntt`} rows="1" maxlength="1000" />`}
          </fieldset>`;
      })}
      ${gifts.map((/** @type {any} */ gift, /** @type {number} */ place) => html`
        <div key=${gift.aeNo}><input type="hidden" name=${`giftList[${place}].aeNo`} value=${gift.aeNo} />
          <${Field} label=${t('claims.gift', { n: gift.aeGoodsNm })} name=${`giftList[${place}].rcvYn`} choices=${[['Y', t('claims.giftBack')], ['N', t('claims.giftMissing')]]} /></div>`)}
      <div class="fields"><${Field} label=${t('claims.fault')} name="imptDivCd" choices=${faults()} /><${Field} label=${t('claims.reason')} name="claimRsnCd" choices=${reasons(type)} /></div>
      ${children}
    <//>`;
}
