// @ts-check
// Files of inquiries. They need the token, so an address in the page can't show them: they are fetched, and shown or saved from memory.
import { Failure } from './call.js';
import { token } from '../app/session.js';

const PICTURES = ['image/jpeg', 'image/png', 'image/webp'];
const LONGEST_MS = 60_000;

/** Whether a file of this kind may be shown in the page. @param {string} type */
export const isPicture = (type) => PICTURES.includes(type);

/** Fetches a file of the gateway's own by the address an inquiry gave for it. @param {string} url @param {string} type @returns {Promise<string>} an address to be revoked */
export async function fileAddress(url, type) {
  const address = new URL(url, location.origin);
  if (!/^(\/api\/order)?\/v1\/customerservice\/files\/[\w-]+$/.test(address.pathname)) {
    throw new Failure({ code: 'NOT_A_FILE', message: address.pathname });
  }
  const answer = await fetch(address.pathname, {
    headers: { authorization: `Bearer ${await token()}` },
    signal: AbortSignal.timeout(LONGEST_MS),
    credentials: 'omit',
    redirect: 'error',
  });
  if (!answer.ok) throw new Failure({ code: 'HTTP', message: `HTTP ${answer.status}`, status: answer.status });
  // The kind the inquiry names, and none the bytes may claim: only pictures are ever shown.
  return URL.createObjectURL(new Blob([await answer.arrayBuffer()], { type: isPicture(type) ? type : 'application/octet-stream' }));
}
