// @ts-check
// The one way to the API: token, key, envelope and refusal of every operation.
import { operations } from '../wire/operations.js';
import { token, refreshed, signInAgain } from '../app/session.js';
import { online } from '../app/store.js';

const LONGEST_MS = 20_000;
const LONGEST_WAIT_MS = 10_000;
/** The most characters a request may have and still be sent while the page is left. */
const KEEPALIVE_BODY = 60_000;

/** Why a call brought nothing. */
export class Failure extends Error {
  /** @param {{code: string, message: string, status?: number, errors?: {field: string, message: string}[], payload?: any, requestId?: string | null}} of */
  constructor({ code, message, status = 0, errors = [], payload = null, requestId = null }) {
    super(message);
    this.code = code;
    this.status = status;
    this.errors = errors;
    this.payload = payload;
    this.requestId = requestId;
  }

  /** Whether the server has decided: an answer that came is not asked for again under the same key. */
  get settled() {
    return this.status !== 0 && this.status !== 429 && !(this.status >= 500 && this.status < 600);
  }
}

/**
 * Calls an operation by its name and gives what it answers: the payload of an envelope, or the bare answer.
 * @param {string} id
 * @param {{query?: Record<string, any>, body?: any, key?: string, signal?: AbortSignal, leaving?: boolean}} [asked]
 * @returns {Promise<any>}
 */
export async function call(id, asked = {}) {
  const operation = operations[id];
  const request = () => send(operation, asked);
  let answer = await request();
  if (answer.status === 401) {
    if (!(await refreshed())) await signInAgain();
    answer = await request();
  }
  if (answer.status === 429) {
    await pause(answer.headers.get('retry-after'), asked.signal);
    answer = await request();
  }
  return read(operation, answer);
}

/** @param {any} operation @param {any} asked @returns {Promise<Response>} */
async function send(operation, { query, body, key, signal, leaving }) {
  const headers = new Headers({ authorization: `Bearer ${await token()}`, accept: 'application/json' });
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (key && operation.key) headers.set('idempotency-key', key);
  const text = body === undefined ? undefined : JSON.stringify(body);
  const limits = [AbortSignal.timeout(LONGEST_MS), ...(signal ? [signal] : [])];
  try {
    const answer = await fetch(operation.path + asText(query), {
      method: operation.method,
      headers,
      body: text,
      keepalive: Boolean(leaving && text && text.length < KEEPALIVE_BODY),
      signal: AbortSignal.any(limits),
      credentials: 'omit',
      redirect: 'error',
    });
    online.value = true;
    return answer;
  } catch (cause) {
    if (signal?.aborted) throw new Failure({ code: 'ABORTED', message: '' });
    const late = cause instanceof DOMException && cause.name === 'TimeoutError';
    if (!late) online.value = navigator.onLine;
    throw new Failure({ code: late ? 'TIMEOUT' : 'OFFLINE', message: late ? 'TIMEOUT' : 'OFFLINE' });
  }
}

/** @param {Record<string, any> | undefined} query */
function asText(query) {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`;
}

/** @param {any} operation @param {Response} answer */
async function read(operation, answer) {
  const requestId = answer.headers.get('x-request-id');
  let content;
  try {
    // Some operations have nothing to say but that it was done.
    const text = await answer.text();
    content = text === '' ? null : JSON.parse(text);
  } catch {
    throw new Failure({ code: 'UNREADABLE', message: `HTTP ${answer.status}`, status: answer.status, requestId });
  }
  // A refusal is an envelope whatever its status, and the operation's own shape otherwise.
  if (content?.isProcess === false) {
    const { code, message, errors, payload } = content;
    throw new Failure({ code, message, errors, payload, status: answer.status, requestId });
  }
  if (!answer.ok) throw new Failure({ code: 'HTTP', message: `HTTP ${answer.status}`, status: answer.status, requestId });
  return operation.shape === 'envelope' ? content.payload : content;
}

/** @param {string | null} retryAfter @param {AbortSignal} [signal] */
function pause(retryAfter, signal) {
  const wait = Math.min((Number(retryAfter) || 1) * 1000, LONGEST_WAIT_MS);
  return new Promise((resolve, reject) => {
    setTimeout(resolve, wait);
    signal?.addEventListener('abort', () => reject(new Failure({ code: 'ABORTED', message: '' })));
  });
}
