// @ts-check
// The page's own words, in the language this browser is set to.
import { ko } from '../text/ko.js';
import { en } from '../text/en.js';
import { codes, results } from '../wire/codes.js';
import { settings } from './store.js';

const texts = { ko, en };
const language = () => /** @type {'ko' | 'en'} */ (settings.value.language);

/** @param {keyof typeof ko} key @param {Record<string, string | number>} [values] What stands in the place of `{name}`. */
export function t(key, values) {
  const text = texts[language()][key] ?? key;
  if (!values) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** What a code of a table means. @param {string} table @param {string | null | undefined} code */
export function meaning(table, code) {
  if (code === null || code === undefined) return '';
  return codes[table]?.[code]?.[language()] ?? code;
}

/** All codes of a table with what they mean. @param {string} table @returns {[string, string][]} */
export const meanings = (table) => Object.keys(codes[table] ?? {}).sort().map((code) => [code, meaning(table, code)]);

/** A refusal in the reader's language: the server's sentence is Korean, so in English the code's meaning stands before it.
 * @param {{code: string, message: string}} failure */
export function refusal(failure) {
  const known = results[failure.code]?.en;
  return language() === 'en' && known ? `${known} (${failure.message})` : failure.message;
}
