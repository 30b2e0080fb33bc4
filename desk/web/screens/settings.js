// @ts-check
// D9 설정: how this browser shows the desk, what it keeps, and what the keys do.
import { html } from '../ui/view.js';
import { say } from '../ui/toast.js';
import { KEYS } from '../app/help.js';
import { config, set, settings, USUAL } from '../app/store.js';
import { t } from '../app/text.js';

const CHOICES = /** @type {const} */ ([
  ['language', ['ko', 'en']],
  ['scheme', ['auto', 'light', 'dark']],
  ['density', ['normal', 'compact']],
]);

export function Settings() {
  const { idleLockMin, undoS } = config.value;
  return html`
    <main data-screen="settings" class="settings">
      <h1>${t('nav.settings')}</h1>
      <div class="choices">${CHOICES.map(([name, values]) => html`
        <fieldset key=${name}><legend>${t(`settings.${name}`)}</legend>
          ${values.map((value) => html`
            <label key=${value}><input type="radio" name=${name} value=${value} checked=${settings.value[name] === value} onChange=${() => set({ [name]: value })} />
              <span lang=${name === 'language' ? value : undefined}>${t(/** @type {any} */ (`settings.${name}.${value}`))}</span></label>`)}
        </fieldset>`)}</div>
      <fieldset><legend>${t('help')}</legend>
        <label><input type="checkbox" checked=${settings.value.keys} aria-describedby="keys-note" onChange=${(/** @type {any} */ event) => set({ keys: event.target.checked })} /> ${t('settings.keys')}</label>
        <p id="keys-note" class="muted">${t('settings.keysNote')}</p>
      </fieldset>
      <p><button onClick=${() => { set(USUAL); say(t('settings.reset')); }}>${t('settings.usual')}</button></p>
      <section aria-labelledby="kept"><h2 id="kept">${t('settings.kept')}</h2>
        <ul>
          <li>${t('settings.keptHere')}</li>
          <li>${t('settings.keptNot')}</li>
          <li>${t('settings.keptServer')}</li>
          <li>${t('settings.byShop', { lock: idleLockMin, undo: undoS })}</li>
        </ul>
      </section>
      <section aria-labelledby="map"><h2 id="map">${t('help.title')}</h2>
        <dl class="keys">${KEYS.map(([key, does]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${t(does)}</dd></div>`)}</dl>
      </section>
    </main>`;
}
