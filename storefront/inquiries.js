// 1:1 문의: the member's own, and one of them with its answer.
import { ask, change } from './api.js';
import { item, link, make, tell, time } from './page.js';
const RECEIVED = '10';
const PICTURES = ['image/jpeg', 'image/png', 'image/webp'];

export async function inquiries() {
  const { list } = await ask('/v1/customerservice/getQuestion?pageNo=1&pageSize=50');
  const rows = list.map((row) => item(link(row.title, `inquiry/${row.ccnNo}`), ` ${row.cnslStatNm} · ${time(row.accpDtm)}`));
  return make('list', { title: '1:1 문의', above: link('문의하기', 'ask'), list: rows, empty: rows.length === 0 && '최근 3개월의 문의가 없습니다.' });
}

export async function inquiry(ccnNo) {
  const found = await ask(`/v1/customerservice/getQuestionDtl?ccnNo=${encodeURIComponent(ccnNo)}`);
  // Once somebody works on it, it stays as it is.
  const mayChange = found.cnslStatCd === RECEIVED;
  const remove = async () => {
    if (!confirm('이 문의를 삭제할까요?')) return;
    await change('/v1/customerservice/questionDel', { ccnNo }).then(() => { location.hash = '#/inquiries'; }, (failure) => tell(part, failure));
  };
  const part = make('inquiry', {
    title: found.title, state: [found.cnslStatNm, found.cnslTypNm, time(found.accpDtm), found.ordNo, found.goodsNm].filter(Boolean).join(' · '),
    content: found.accpCont, files: found.files.map(file), edit: mayChange && link('수정', `edit/${ccnNo}`),
    answered: found.ansDtm ? `답변 ${time(found.ansDtm)}` : '답변을 기다리고 있습니다', answer: found.ansCont,
  }, mayChange ? { remove } : {});
  return part;
}

/** A file needs the token, so it is fetched; pictures are shown, other kinds are saved. */
function file(one) {
  const open = async () => {
    const bytes = await ask(`/v1/customerservice/files/${one.fileNo}`);
    const isPicture = PICTURES.includes(one.type);
    const address = URL.createObjectURL(new Blob([bytes], { type: isPicture ? one.type : 'application/octet-stream' }));
    if (isPicture) row.append(Object.assign(new Image(), { src: address, alt: one.fileNm }));
    else Object.assign(document.createElement('a'), { href: address, download: one.fileNm }).click();
  };
  const row = item(make('file', { name: one.fileNm }, { open: () => open().catch((failure) => tell(row, failure)) }));
  return row;
}
