// 알림: what the shop has told the member.
import { ask } from './api.js';
import { item, make, time } from './page.js';
const CHANNELS = { 10: '알림톡', 20: 'SMS', 30: '이메일', 40: '알림함' };
export async function latestNotices(count) {
  const { list } = await ask(`/v1/member/notifications?pageNo=1&pageSize=${count}`);
  const sent = (row) => (row.sendStatCd === '30' ? '발송 실패' : row.sendDtm ? time(row.sendDtm) : '발송 대기');
  return list.map((row) => item(make('notice', { title: row.title, body: row.body, sent: `${CHANNELS[row.chnlCd]} · ${sent(row)}` })));
}
export const notices = async () => make('list', { title: '알림', list: await latestNotices(30) });
