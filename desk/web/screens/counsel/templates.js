// @ts-check
// Templates for an answer: filled in for this inquiry before they are put in at the caret.
import { useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { Combobox } from '../../ui/combobox.js';
import { Problem } from '../../ui/problem.js';
import { useAnswer } from '../../api/ask.js';
import { call } from '../../api/call.js';
import { t } from '../../app/text.js';

/** @param {{ccnNo: string, onInsert: (text: string, tmplNo: string) => void, onLeave: () => void}} props */
export function Templates({ ccnNo, onInsert, onLeave }) {
  const [searched, setSearched] = useState('');
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const { answer, failure, again } = useAnswer('getCounselTemplateList', { query: { searchNm: searched.trim(), pageSize: 50 } });
  const choose = async (/** @type {any} */ template) => {
    try {
      const { filledCont } = await call('getCounselTemplateDetail', { query: { tmplNo: template.tmplNo, ccnNo } });
      onInsert(filledCont, template.tmplNo);
    } catch (thrown) {
      setFailed(thrown);
    }
  };
  return html`
    <${Problem} failure=${failed ?? failure} again=${again} />
    <${Combobox} label=${t('templates.find')} choices=${answer?.payloads ?? []} keyOf=${(/** @type {any} */ one) => one.tmplNo} nameOf=${(/** @type {any} */ one) => one.tmplNm}
      noteOf=${(/** @type {any} */ one) => one.tmplCont.slice(0, 60)} onChoose=${choose} onLeave=${onLeave} filter=${setSearched} />`;
}
