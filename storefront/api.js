// The one way to the API: token, key, envelope, errors. Nothing else here calls the gateway.
import { config, renewed, token } from './login.js';
const [LONGEST_MS, LONGEST_WAIT_S] = [20_000, 10];

/** Why a call brought nothing: the code to decide by, the sentence to show, the fields it is about. */
export class Failure extends Error {
  constructor({ code, message, errors = [], payload = null }, status = 0, requestId = null) {
    super(message);
    Object.assign(this, { code, errors, payload, status, requestId });
  }

  /** Whether the server has decided. If not, the same call under the same key finds out, and does nothing twice. */
  get settled() {
    return ![0, 409, 429].includes(this.status) && !(this.status >= 500 && this.status < 600);
  }
}

/** Keys of what was sent and not decided, by its content. */
const keys = new Map();

/** Changes something. Content keeps its key until the server has decided; corrected content gets a new one. */
export function change(path, body) {
  const parts = body instanceof FormData ? [...body].map(([name, part]) => [name, part.name ?? part, part.size]) : body;
  const content = path + JSON.stringify(parts);
  const key = keys.get(content) ?? crypto.randomUUID();
  keys.set(content, key);
  return ask(path, body, key).then(
    (answer) => { keys.delete(content); return answer; },
    (failure) => { if (failure.settled) keys.delete(content); throw failure; },
  );
}

/** Asks for something. */
export async function ask(path, body, key) {
  let answer = await request(path, body, key);
  if (answer.status === 401 && (await renewed())) answer = await request(path, body, key);
  // 409: the first of this key is still running. 429: too many at once.
  for (let tries = 0; tries < 10 && [409, 429].includes(answer.status); tries += 1) {
    const seconds = Number(answer.headers.get('retry-after')) || 1;
    if (seconds > LONGEST_WAIT_S) break;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    answer = await request(path, body, key);
  }
  if (answer.ok && !answer.headers.get('content-type')?.includes('json')) return answer.blob();
  const content = await answer.json().catch(() => ({ isProcess: false, code: 'UNREADABLE', message: `일시적인 오류입니다. (${answer.status})` }));
  // Some answers are bare, some stand in an envelope; a refusal always does, whatever its status (900 for most).
  if (content.isProcess === false) throw new Failure(content, answer.status, answer.headers.get('x-request-id'));
  return 'isProcess' in content ? content.payload : content;
}

async function request(path, body, key) {
  const isForm = body instanceof FormData;
  const headers = new Headers({ accept: 'application/json' });
  if (token()) headers.set('authorization', `Bearer ${token()}`);
  if (key) headers.set('idempotency-key', key);
  if (body && !isForm) headers.set('content-type', 'application/json');
  const what = body ? { method: 'POST', body: isForm ? body : JSON.stringify(body) } : {};
  try {
    return await fetch(config.gateway + path, { ...what, headers, signal: AbortSignal.timeout(LONGEST_MS) });
  } catch {
    throw new Failure({ code: 'OFFLINE', message: '응답을 받지 못했습니다. 다시 누르면 처리됐는지 확인합니다.' });
  }
}
