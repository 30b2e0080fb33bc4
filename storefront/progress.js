// 3/3: how far a claim has come, asked for after 1, 2, 4 and 8 seconds, until it is complete or rejected.
import { ask } from './api.js';
import { who } from './login.js';
import { latestNotices } from './notices.js';
import { item, make, time, won } from './page.js';
const WAITS_S = [1, 2, 4, 8];
const SIGNS = { 10: '…', 20: '✓', 30: '!' };
const STATES = { 10: '대기', 20: '완료', 30: '확인 중' };
const GOODS = { 31: '접수', 33: '회수 지시', 34: '회수 중', 36: '회수 완료', 38: '확인 중', 37: '반품 완료', 39: '종료', 22: '교환 상품 준비', 13: '교환 상품 배송 중', 15: '교환 완료' };

export async function progress(ordNo, claimNo) {
  const place = make('place');
  const look = async () => {
    const claim = await ask('/v1/claim/common/claimDetailsInfoFO', { ordNo, claimNo });
    const isOver = ['30', '90'].includes(claim.claimStatCd);
    const told = isOver && !who().isGuest ? await latestNotices(3) : [];
    place.replaceChildren(shown(claim, told, isOver ? undefined : look));
    return isOver;
  };
  const follow = async ([seconds, ...later]) => {
    if ((await look()) || !seconds) return;
    setTimeout(() => place.isConnected && follow(later).catch(() => undefined), seconds * 1000);
  };
  await follow(WAITS_S);
  return place;
}

function shown(claim, told, again) {
  return make('progress', {
    title: `${claim.claimBusinessTypeNm} 3/3: 진행`, claimNo: claim.claimNo, when: time(claim.reqDtm), state: claim.claimStatNm,
    wait: again && claim.wthdInfo && '상품이 돌아오면 확인하고 처리합니다. 이 화면을 닫으셔도 됩니다.',
    steps: [
      ...[...new Set(claim.claimGoodsList?.map((row) => GOODS[row.ordDtlStatCd]))].map((state) => item(`상품: ${state}`)),
      ...claim.stepList.map((step) => item(`${SIGNS[step.stepStatCd]} ${step.stepNm} ${STATES[step.stepStatCd]}`)),
    ],
    money: [
      ...claim.rfdList.map((row) => item(`${row.payMeansNm} ${won(row.rfdAmt)}원 ${row.rfdStatCd === '20' ? '환불했습니다.' : '환불을 요청했습니다.'}`)),
      ...claim.restoreCpnList.map((row) => item(`${row.restoredYn === 'Y' ? '돌아온' : row.rsn ? '돌아오지 않는' : '돌아올'} 쿠폰: ${row.promoNm}${row.rsn ? ` (${row.rsn})` : ''}`)),
    ],
    told,
  }, { again, copy: () => navigator.clipboard.writeText(claim.claimNo) });
}
