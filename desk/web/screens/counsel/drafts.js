// @ts-check
// What an agent writes: one text for each inquiry, kept here and on the server, and never taken from an answer of the server once somebody has typed.
import { signal } from '@preact/signals';
import { call } from '../../api/call.js';
import { closed } from '../../app/session.js';
import { online, onForget } from '../../app/store.js';
import { noteUnsent } from '../../app/unsent.js';

const AFTER_LAST_KEY_MS = 800;
const AGAIN_MS = 5000;
export const MOST_CHARACTERS = 4000;

/** @typedef {'none' | 'typing' | 'saving' | 'saved' | 'failed' | 'changed'} Kept */

export class Draft {
  text = signal('');
  /** @type {import('@preact/signals').Signal<Kept>} */ kept = signal(/** @type {Kept} */ ('none'));
  savedAt = signal('');
  /** The newer draft that another window has written. */ other = signal(/** @type {any} */ (null));
  failure = signal(/** @type {any} */ (null));
  /** @type {string | null} */ template = null;
  /** @type {number | null} */ #version = null;
  #touched = false;
  #saved = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {Promise<void> | null} */ #saving = null;

  /** @param {string} ccnNo */
  constructor(ccnNo) {
    this.ccnNo = ccnNo;
  }

  /** Takes what the server has, unless somebody has written here. */
  async load() {
    if (this.#touched || this.#version !== null) return;
    const heard = await call('getAnswerDraft', { query: { ccnNo: this.ccnNo } });
    if (!heard) return;
    this.#version = heard.draftVer;
    if (this.#touched) return;
    this.text.value = heard.ansCont;
    this.template = heard.tmplNo;
    this.#saved = heard.ansCont;
    this.#note('saved', heard.modDtm);
  }

  /** @param {string} text */
  write(text) {
    this.#touched = true;
    this.text.value = text;
    if (this.kept.value !== 'changed') this.#note('typing');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), AFTER_LAST_KEY_MS);
  }

  /** Saves what is written; one save at a time, the last text last. @param {{leaving?: boolean}} [how] @returns {Promise<void>} */
  async save({ leaving = false } = {}) {
    clearTimeout(this.#timer);
    if (!this.#touched || this.text.value === this.#saved || this.kept.value === 'changed') return;
    // Nobody is there to sign in again for a draft: it waits here, and is saved when the desk opens.
    if (closed.value !== null || !online.value) return void this.#later();
    if (this.#saving && !leaving) {
      await this.#saving;
      return this.save();
    }
    this.#saving = this.#put(this.text.value, leaving).finally(() => { this.#saving = null; });
    await this.#saving;
  }

  /** @param {string} text @param {boolean} leaving */
  async #put(text, leaving) {
    this.#note('saving');
    try {
      if (text === '') {
        if (this.#version !== null) await call('deleteAnswerDraft', { body: { ccnNo: this.ccnNo }, key: crypto.randomUUID(), leaving });
        this.#version = null;
        this.#saved = '';
        return this.#note('none');
      }
      const body = { ccnNo: this.ccnNo, ansCont: text, tmplNo: this.template ?? undefined, draftVer: this.#version ?? undefined };
      const heard = await call('saveAnswerDraft', { body, key: crypto.randomUUID(), leaving });
      this.#version = heard.draftVer;
      this.#saved = text;
      this.failure.value = null;
      this.#note(this.text.value === text ? 'saved' : 'typing', heard.modDtm);
    } catch (failure) {
      this.#failed(failure);
    }
  }

  /** @param {any} failure */
  #failed(failure) {
    if (failure.code === 'ANSWER_DRAFT_CHANGED') {
      // The very text: an answer that was lost on the way back.
      if (failure.payload?.ansCont === this.text.value) return this.#adoptVersion(failure.payload);
      this.other.value = failure.payload;
      return this.#note('changed');
    }
    this.failure.value = failure;
    this.#note('failed');
    if (!failure.settled) this.#later();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), AGAIN_MS);
  }

  /** @param {any} newer */
  #adoptVersion(newer) {
    this.#version = newer?.draftVer ?? null;
    this.#saved = newer?.ansCont ?? '';
    this.other.value = null;
    this.#note(this.text.value === this.#saved ? 'saved' : 'typing', newer?.modDtm);
  }

  /** This window's text goes before the other's. */
  keepMine() {
    this.#adoptVersion(this.other.value);
    return this.save();
  }

  /** The other window's text is taken. */
  takeOther() {
    const other = this.other.value;
    this.text.value = other?.ansCont ?? '';
    this.template = other?.tmplNo ?? null;
    this.#adoptVersion(other);
  }

  /** It was sent: there is nothing to keep any more. */
  done() {
    clearTimeout(this.#timer);
    this.#touched = false;
    drafts.delete(this.ccnNo);
    noteUnsent(this.ccnNo, false);
  }

  /** @param {Kept} kept @param {string} [at] */
  #note(kept, at) {
    this.kept.value = kept;
    if (at) this.savedAt.value = at;
    noteUnsent(this.ccnNo, kept !== 'saved' && kept !== 'none');
  }
}

/** @type {Map<string, Draft>} */
const drafts = new Map();

onForget(() => drafts.clear());

/** The one text of an inquiry. @param {string} ccnNo */
export function draftOf(ccnNo) {
  let draft = drafts.get(ccnNo);
  if (!draft) drafts.set(ccnNo, (draft = new Draft(ccnNo)));
  return draft;
}

const saveAll = (/** @type {boolean} */ leaving) => { for (const draft of drafts.values()) draft.save({ leaving }); };
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') saveAll(true); });
addEventListener('online', () => saveAll(false));
