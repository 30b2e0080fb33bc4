// 문의하기·문의 수정: a form with photos, sent as multipart.
import { ask, change } from './api.js';
import { day, item, make, options, whenSent } from './page.js';
const PREVIEWED = ['image/jpeg', 'image/png', 'image/webp'];
const NONE = '선택 안 함';

export async function question({ ordNo, ccnNo }) {
  const [{ cnslTypList, fileLimit }, ordered, before] = await Promise.all([
    ask('/v1/customerservice/getQuestionInit'),
    ask('/v1/customer/getOrderClaimGoodsList', { strDt: day(12), endDt: day(), pageNo: 1, pageSize: 100 }),
    ccnNo && ask(`/v1/customerservice/getQuestionDtl?ccnNo=${encodeURIComponent(ccnNo)}`),
  ]);
  const named = (row, at) => new Option([row.ordNo, row.goodsNm ?? row.goodsNo, row.itmNm].filter(Boolean).join(' '), at);
  const lines = [...(before?.ordNo ? [before] : []), ...ordered.list];
  let found = before?.goodsNo && !before.ordNo ? [before] : [];
  const old = before?.files ?? [];
  const kept = old.map(({ fileNo, fileNm: name }) => ({ fileNo, name }));
  const form = make('question', {
    title: before ? '문의 수정' : '1:1 문의',
    types: options(cnslTypList, (row) => row.cnslTypNo, (row) => '\u2003'.repeat(row.level - 1) + row.cnslTypNm),
    lines: [new Option(NONE, ''), ...lines.map(named)],
    limit: `${fileLimit.maxCnt}개까지, 하나에 ${Math.floor(fileLimit.maxBytes / 1_048_576)} MB까지`,
  }, { find });
  const { cnslTypNo, title, accpCont, line, goods, search, files } = form.elements;

  const drawGoods = () => {
    goods.replaceChildren(new Option(NONE, ''), ...found.map(named));
    goods.selectedIndex = Math.min(found.length, 1);
  };
  async function find() {
    found = (await ask('/v1/customerservice/searchGoods', { searchNm: search.value, pageNo: 1, pageSize: 20 })).list;
    drawGoods();
    goods.focus();
  }
  /** What a type asks for; an order's line names its goods too. */
  const require = () => {
    const type = cnslTypList.find((row) => row.cnslTypNo === cnslTypNo.value);
    line.required = type?.ordSelMdtyYn === 'Y';
    goods.required = type?.goodsSelMdtyYn === 'Y' && line.value === '';
  };
  const drawFiles = () => form.querySelector('.photos').replaceChildren(...kept.map((one, at) => item(make('photo', one, {
    remove: () => { kept.splice(at, 1); drawFiles(); files.focus(); },
  }))));
  const refusal = (file) => (kept.length >= fileLimit.maxCnt ? '더 첨부할 수 없습니다.'
    : !fileLimit.types.includes(file.type) ? '첨부할 수 없는 형식입니다.' : file.size > fileLimit.maxBytes && '너무 큽니다.');
  const add = () => {
    const refused = [...files.files].map((file) => {
      const why = refusal(file);
      const picture = PREVIEWED.includes(file.type) && Object.assign(new Image(), { src: URL.createObjectURL(file), alt: '' });
      if (!why) kept.push({ file, name: file.name, picture });
      return why && `${file.name}: ${why}`;
    });
    files.value = '';
    form.querySelector('.refused').textContent = refused.filter(Boolean).join('\n');
    drawFiles();
  };
  form.addEventListener('change', (event) => (event.target === files ? add() : require()));
  files.accept = fileLimit.types.join();
  if (before) [cnslTypNo.value, title.value, accpCont.value] = [before.cnslTypNo, before.title, before.accpCont];
  line.selectedIndex = 1 + (before ? (before.ordNo ? 0 : -1) : lines.findIndex((row) => row.ordNo === ordNo));
  for (const draw of [drawGoods, drawFiles, require]) draw();

  return whenSent(form, async () => {
    const about = lines[line.value];
    const { goodsNo, itmNo } = found[goods.value] ?? about ?? {};
    const delFileNos = old.map((file) => file.fileNo).filter((fileNo) => !kept.some((one) => one.fileNo === fileNo)).join();
    const fields = { ccnNo, cnslTypNo: cnslTypNo.value, title: title.value, accpCont: accpCont.value, ordNo: about?.ordNo, ordSeq: about?.ordSeq, goodsNo, itmNo, delFileNos };
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) if (value) body.append(name, value);
    for (const { file } of kept) if (file) body.append('files', file);
    const answer = await change(`/v1/customerservice/${ccnNo ? 'questionMod' : 'questionSave'}`, body);
    location.hash = `#/inquiry/${ccnNo ?? answer}`;
  });
}
