// 내 주문: the first of the six calls, and the ways on from there.
import { ask } from './api.js';
import { who } from './login.js';
import { day, item, link, make, time, won } from './page.js';
const CLAIMS = { 10: '취소', 11: '옵션 변경', 20: '반품', 30: '교환' };
const SIZE = 10;
export async function orders(months = '12', page = '1') {
  // A guest's is the one order, however old.
  const { isGuest } = who();
  const period = isGuest ? {} : { strDt: day(Number(months)), endDt: day() };
  const { totalCount, list } = await ask('/v1/order/orderListFO', { ...period, ordStatGubun: 'ALL', pageNo: Number(page), pageSize: SIZE });
  const periods = ['3', '6', '12'].map((count) => Object.assign(link(`최근 ${count}개월`, `orders/${count}`), count === months ? { ariaCurrent: 'page' } : {}));
  const to = (number, text) => link(text, `orders/${months}/${number}`);
  const pages = [page > 1 && to(page - 1, '‹ 이전'), page * SIZE < totalCount && to(Number(page) + 1, '다음 ›')];
  return make('list', { title: '내 주문', above: isGuest ? [] : periods, list: list.map(order), empty: list.length === 0 && '이 기간에 주문이 없습니다.', below: pages });
}

function order(row) {
  const way = (flag, text, path) => row.goodsList.some((line) => line.claimPsb[flag] === 'Y') && link(text, `${path}/${row.ordNo}`);
  return item(make('order', {
    ordNo: `주문 ${row.ordNo}`,
    when: `${time(row.ordDtm)} · 결제 ${won(row.payAmt)}원`,
    lines: row.goodsList.map((line) => item(make('line', {
      goods: line.goodsNm, itm: line.itmNm, more: ` · ${line.ordQty}개 · ${line.ordDtlStatNm}${line.leftQty < line.ordQty ? ` · 남은 ${line.leftQty}개` : ''}`,
    }))),
    claims: row.claimList.map((one) => item(link(`${CLAIMS[one.claimBusinessType] ?? ''} ${one.claimNo} ${one.claimStatNm}`, `progress/${row.ordNo}/${one.claimNo}`))),
    links: [way('cnclYn', '취소', 'cancel'), way('rtnYn', '반품', 'return'), way('exchYn', '교환', 'exchange'), !who().isGuest && link('1:1 문의', `ask/${row.ordNo}`)],
  }));
}
