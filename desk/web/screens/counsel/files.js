// @ts-check
// What a member has attached: pictures are shown, everything else is only saved.
import { useEffect, useState } from 'preact/hooks';
import { html } from '../../ui/view.js';
import { told } from '../../ui/problem.js';
import { say } from '../../ui/toast.js';
import { fileAddress, isPicture } from '../../api/files.js';
import { t } from '../../app/text.js';

const megabytes = (/** @type {number} */ bytes) => (bytes < 100_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`);

/** @param {{files: any[]}} props */
export function Files({ files }) {
  if (files.length === 0) return null;
  return html`<ul class="files" aria-label=${t('files')}>${files.map((file) => html`<${File} key=${file.fileNo} file=${file} />`)}</ul>`;
}

/** @param {{file: any}} props */
function File({ file }) {
  const [address, setAddress] = useState('');
  useEffect(() => () => { if (address) URL.revokeObjectURL(address); }, [address]);
  const get = async (/** @type {(address: string) => void} */ then) => {
    try {
      then(await fileAddress(file.url, file.type));
    } catch (failure) {
      say(told(failure), { urgent: true });
    }
  };
  const save = () => get((made) => {
    const link = document.createElement('a');
    link.href = made;
    link.download = file.fileNm;
    link.click();
    setTimeout(() => URL.revokeObjectURL(made), 60_000);
  });
  return html`
    <li>
      <bdi>${file.fileNm}</bdi> <small class="muted">${megabytes(file.bytes)}</small>
      ${isPicture(file.type) && html`<button aria-expanded=${Boolean(address)} onClick=${() => (address ? setAddress('') : get(setAddress))}>${t(address ? 'files.hide' : 'files.show')}</button>`}
      <button onClick=${save}>${t('files.save')}</button>
      ${address && html`<img src=${address} alt=${file.fileNm} />`}
    </li>`;
}
