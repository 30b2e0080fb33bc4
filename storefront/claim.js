// 취소·반품·교환: choose, see what it comes to and why, confirm exactly that. All three go the same way.
import { ask, change } from './api.js';
import { choice, item, make, options, turnTo, whenSent, won } from './page.js';
const KINDS = {
  cancel: { name: '취소', type: '10', may: 'claimPsbYn', target: '/v1/claim/orderCancel/cancelPopupFO', send: '/v1/claim/orderCancel/cancelFO' },
  return: { name: '반품', type: '20', may: 'rtnPsbYn', target: '/v1/claim/return/getReturnTargetInfoFO', send: '/v1/claim/return/returnFO' },
  exchange: { name: '교환', type: '30', may: 'exchPsbYn', target: '/v1/claim/exchange/getExchageTargetInfoFO', send: '/v1/claim/exchange/exchangeFO' },
};
const COLLECTIONS = [['10', '방문 회수'], ['20', '직접 발송 (선불)'], ['30', '직접 발송 (착불)']];

export async function claim(which, ordNo) {
  const kind = KINDS[which];
  const target = await ask(kind.target, { ordNo });
  const goods = [...new Set(target.ordGoodsList.filter((line) => line[kind.may] === 'Y').map((line) => line.goodsNo))];
  const others = which === 'exchange' && goods.length > 0 ? await ask('/v1/detail/otherItms', goods.map((goodsNo) => ({ goodsNo }))) : [];
  const place = make('place');
  place.append(choose(kind, target, others, async (request, form) => {
    const cost = await ask('/v1/claim/common/claimCalculateCostFO', request);
    turnTo(place, preview(kind, request, cost, null, place, () => turnTo(place, form)));
  }));
  return place;
}

/** 1/3: how many of which lines, and why. */
function choose(kind, target, others, go) {
  // A line exchanged in part holds several items.
  const lines = target.ordGoodsList.flatMap((line) => (line.itmPtnList ?? [line]).map((portion) => ({ ...line, ...portion })));
  const rows = lines.map((line) => {
    const may = line[kind.may] === 'Y' && line.claimPsbQty > 0;
    const items = others.find((one) => one.goodsNo === line.goodsNo)?.itms.filter((one) => one.stkQty > 0);
    const row = make('claimLine', {
      goods: line.goodsNm, itm: line.itmNm, note: may ? `${line.claimPsbQty}개까지` : (line.claimImpsbRsn ?? `${line.ordDtlStatNm}: ${kind.name}할 수 없습니다.`),
      exchange: may && items && choice('바꿀 단품', 'exchItmNo', options(items, (one) => one.itmNo, (one) => one.itmNm)),
    });
    Object.assign(row.querySelector('input'), { max: line.claimPsbQty, disabled: !may });
    return row;
  });
  const { claimRsnList, rtnCpnList = [] } = target;
  const form = make('choose', {
    title: `${kind.name} 1/3: 무엇을 ${kind.name}할까요?`, ordNo: target.ordNo, lines: rows.map((row) => item(row)),
    choices: [
      choice('사유', 'claimRsnCd', options(claimRsnList, (one) => one.claimRsnCd, (one) => one.claimRsnNm)),
      kind.type !== '10' && choice('회수 방법', 'wthdMthdCd', options(COLLECTIONS, (one) => one[0], (one) => one[1])),
      rtnCpnList.length > 0 && choice('무료반품쿠폰', 'rtnCpnIsuNo', [new Option('사용 안 함', ''), ...options(rtnCpnList, (one) => one.cpnIsuNo, (one) => one.promoNm)]),
    ],
  });
  return whenSent(form, async () => {
    const claimGoodsList = lines.map(({ ordSeq, itmNo, itmPtnList }, at) => ({
      ordSeq, claimQty: rows[at].querySelector('input:enabled')?.valueAsNumber,
      itmNo: itmPtnList?.length > 1 ? itmNo : undefined, exchItmNo: rows[at].querySelector('select')?.value,
    })).filter((one) => one.claimQty > 0);
    if (claimGoodsList.length === 0) throw new Error('수량을 입력해 주세요.');
    const said = (name) => form.elements[name]?.value || undefined;
    const [claimRsnCd, claimRsnCntt, wthdMthdCd, rtnCpnIsuNo] = ['claimRsnCd', 'claimRsnCntt', 'wthdMthdCd', 'rtnCpnIsuNo'].map(said);
    await go({ ordNo: target.ordNo, claimBusinessType: kind.type, claimRsnCd, claimRsnCntt, claimGoodsList, wthdMthdCd, rtnCpnIsuNo }, form);
  });
}

/** 2/3: the cost, line by line, and the button that says what will happen. `before`: the cost this one replaces. */
function preview(kind, request, cost, before, place, back) {
  const { rfdPrarAmt: refund, addPayPrarAmt: toPay, rfdAcctReqYn, rfdList } = cost.payInfo;
  const known = new Set(before?.calcList.map((row) => row.title + row.amt));
  let sum = 0;
  const rows = cost.calcList.map((row) => make('calc', {
    title: row.title, formula: row.formula, isNew: before && !known.has(row.title + row.amt) && '달라짐', amt: won(row.amt), sum: won(sum += row.amt),
  }));
  const addsUp = sum === refund - toPay;
  const form = make('preview', {
    title: `${kind.name} 2/3: ${toPay > 0 ? '얼마를 더 내나요?' : '얼마를 돌려받나요?'}`, rows,
    changed: before && `그사이 금액이 달라져 처리하지 않았습니다: ${won(before.payInfo.rfdPrarAmt)}원 → ${won(refund)}원. 다시 확인해 주세요.`,
    totalName: toPay > 0 ? '더 낼 금액' : '돌려받을 금액', total: won(toPay || refund),
    alarm: !addsUp && '설명의 합계가 금액과 다릅니다. 진행하지 말고 고객센터에 알려 주세요.',
    notes: [
      ...rfdList.map((row) => item(`${row.payMeansNm} ${won(row.rfdAmt)}원${row.rfdMethCd === '20' ? ' (계좌이체)' : ''}`)),
      ...cost.bnfInfo.restoreCpnList.map((row) => item(`돌아오는 쿠폰: ${row.promoNm}`)),
      ...cost.bnfInfo.cnclGiftList.map((row) => item(`${row.wthdYn === 'Y' ? '함께 보내 주실' : '증정이 취소되는'} 사은품: ${row.aeGoodsNm}`)),
    ],
    costs: cost.addtnCostList.map((row) => item(`${row.ordCostGbNm} ${won(row.amt)}원: ${row.rsn}`)),
    confirm: toPay > 0 ? `${won(toPay)}원 결제한 대로 ${kind.name}` : `${won(refund)}원 환불받고 ${kind.name}`,
  }, { back, pay });
  const { rfdAcct: account, addPay: payment, paid, bankCd, acctNo, dpstrNm, confirm } = form.elements;
  const needs = (field, isNeeded) => { field.hidden = field.disabled = !isNeeded; };
  let addPay;
  /** A shop's payment window stands here; the local stack takes any key as paid. */
  function pay() {
    addPay = { payMeansCd: '10', pgPayKey: `${request.ordNo}-${crypto.randomUUID()}` };
    paid.value = `${won(toPay)}원을 결제했습니다. (${addPay.pgPayKey})`;
    confirm.disabled = !addsUp;
  }
  needs(account, rfdAcctReqYn === 'Y');
  needs(payment, toPay > 0);
  confirm.disabled = !addsUp || toPay > 0;
  return whenSent(form, async () => {
    const rfdAcct = account.disabled ? undefined : { bankCd: bankCd.value, acctNo: acctNo.value, dpstrNm: dpstrNm.value };
    try {
      const { claimNo } = await change(kind.send, { ...request, costHash: cost.costHash, rfdAcct, addPay });
      location.hash = `#/progress/${request.ordNo}/${claimNo}`;
    } catch (failure) {
      // The three answers one must be ready for. Each says that nothing has happened.
      if (failure.code === 'AMOUNT_CHANGED') return turnTo(place, preview(kind, request, failure.payload, cost, place, back));
      if (failure.code === 'REFUND_ACCOUNT_REQUIRED') needs(account, true);
      if (failure.code === 'ADDITIONAL_PAYMENT_REQUIRED') needs(payment, confirm.disabled = true);
      throw failure;
    }
  });
}
