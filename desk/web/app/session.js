// @ts-check
// Who is signed in, by the shop's identity provider: authorization code with PKCE. Tokens live in this module's memory and nowhere else.
import * as oauth from 'oauth4webapi';
import { signal } from '@preact/signals';
import { config, forgetAll, me } from './store.js';

const REMEMBERED = 'desk.signIn';
const CALLBACK = '/desk/callback';
const CHANNEL = 'desk';
/** How long before its end a token is renewed, in milliseconds. */
const AHEAD_MS = 60_000;

/** `null` while the desk is open; else why it is closed. @type {import('@preact/signals').Signal<null | 'expired' | 'idle' | 'signedOut'>} */
export const closed = signal(null);

/** Why the last sign-in brought nothing. */
export const signInFailure = signal('');

/** @type {any} */ let server;
/** @type {any} */ let client;
/** @type {null | {access: string, refresh?: string, id?: string, until: number, sub: string, name: string}} */ let tokens = null;
/** @type {null | Promise<boolean>} */ let refreshing = null;
/** @type {(() => void)[]} */ let waiting = [];
let lastActive = Date.now();
const channel = new BroadcastChannel(CHANNEL);

const redirectUri = () => location.origin + CALLBACK;
const isLocal = (/** @type {string} */ address) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);
/** A provider on this very machine may be asked without TLS. */
const how = () => ({ [oauth.allowInsecureRequests]: isLocal(config.value.issuer), signal: () => AbortSignal.timeout(10_000) });

export async function findProvider() {
  const issuer = new URL(config.value.issuer);
  const answer = await oauth.discoveryRequest(issuer, how());
  server = await oauth.processDiscoveryResponse(issuer, answer);
  client = { client_id: config.value.clientId };
}

/** Leaves the page for the provider; it comes back to where it was. */
export async function signIn() {
  const [address, asked] = await request();
  sessionStorage.setItem(REMEMBERED, JSON.stringify({ ...asked, fragment: location.hash }));
  location.assign(address);
}

/** What the page that comes back from the provider does with its address: true when somebody is signed in. */
export async function comeBack() {
  const remembered = sessionStorage.getItem(REMEMBERED);
  sessionStorage.removeItem(REMEMBERED);
  const query = location.search;
  history.replaceState(null, '', '/desk');
  if (!remembered) {
    // The window of a page that waits: it holds the verifier, this one hands over what came.
    channel.postMessage({ query });
    window.close();
    return false;
  }
  const asked = JSON.parse(remembered);
  await finish(query, asked);
  history.replaceState(null, '', `/desk${asked.fragment}`);
  dispatchEvent(new HashChangeEvent('hashchange'));
  return true;
}

/** @returns {Promise<[string, {verifier: string, state: string, nonce: string}]>} */
async function request() {
  const verifier = oauth.generateRandomCodeVerifier();
  const asked = { verifier, state: oauth.generateRandomState(), nonce: oauth.generateRandomNonce() };
  const address = new URL(server.authorization_endpoint);
  const parameters = {
    ...config.value.extraParams,
    client_id: client.client_id,
    redirect_uri: redirectUri(),
    response_type: 'code',
    scope: config.value.scope,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: asked.state,
    nonce: asked.nonce,
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, String(value));
  return [address.href, asked];
}

/** @param {string} query @param {{verifier: string, state: string, nonce: string}} asked */
async function finish(query, asked) {
  const parameters = oauth.validateAuthResponse(server, client, new URLSearchParams(query), asked.state);
  const answer = await oauth.authorizationCodeGrantRequest(server, client, oauth.None(), parameters, redirectUri(), asked.verifier, how());
  const result = await oauth.processAuthorizationCodeResponse(server, client, answer, { expectedNonce: asked.nonce, requireIdToken: true });
  const claims = oauth.getValidatedIdTokenClaims(result);
  if (!claims) throw new Error('no id token');
  if (tokens && tokens.sub !== claims.sub) forgetAll();
  keep(result, { sub: claims.sub, name: String(claims.name ?? claims.sub) });
}

/** @param {any} result @param {{sub: string, name: string}} who */
function keep(result, who) {
  tokens = {
    access: result.access_token,
    refresh: result.refresh_token,
    id: result.id_token ?? tokens?.id,
    until: Date.now() + (result.expires_in ?? 300) * 1000,
    ...who,
  };
  lastActive = Date.now();
  signInFailure.value = '';
  closed.value = null;
  const ready = waiting;
  waiting = [];
  for (const go of ready) go();
}

export const displayName = () => tokens?.name ?? '';

/** A token that is good now; where there is none, waits until somebody has signed in. */
export async function token() {
  if (closed.value !== null) await open();
  if (tokens && tokens.until - Date.now() < AHEAD_MS / 2) await refreshed();
  if (!tokens || tokens.until <= Date.now()) await signInAgain();
  return /** @type {NonNullable<typeof tokens>} */ (tokens).access;
}

/** Renews the tokens, once however many ask: whether there are new ones. */
export function refreshed() {
  refreshing ??= refresh().finally(() => { refreshing = null; });
  return refreshing;
}

async function refresh() {
  if (!tokens?.refresh || isIdle()) return false;
  const { sub, name, refresh: token } = tokens;
  try {
    const answer = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), token, how());
    keep(await oauth.processRefreshTokenResponse(server, client, answer), { sub, name });
    return true;
  } catch {
    return false;
  }
}

/** Closes the desk over what is on it, until the same person has signed in again. */
export async function signInAgain() {
  close('expired');
  await open();
}

const open = () => new Promise((resolve) => { waiting.push(() => resolve(undefined)); });

/** @param {'expired' | 'idle' | 'signedOut'} why */
function close(why) {
  if (closed.value === null) closed.value = why;
  // Who it was is remembered: another person finds an empty desk.
  if (tokens) tokens = { ...tokens, access: '', until: 0, refresh: why === 'expired' ? tokens.refresh : undefined };
}

/** Signs in in a window of its own; what is unsent on this page stays. */
export async function signInBeside() {
  signInFailure.value = '';
  const beside = window.open('', '_blank', 'popup,width=480,height=640');
  const [address, asked] = await request();
  const answered = new Promise((resolve) => {
    const heard = (/** @type {MessageEvent} */ event) => {
      const { query } = event.data ?? {};
      if (typeof query !== 'string' || new URLSearchParams(query).get('state') !== asked.state) return;
      channel.removeEventListener('message', heard);
      resolve(query);
    };
    channel.addEventListener('message', heard);
  });
  if (beside) beside.location.replace(address);
  else window.open(address, '_blank', 'popup,width=480,height=640');
  try {
    await finish(await answered, asked);
  } catch (failure) {
    signInFailure.value = failure instanceof Error ? failure.message : String(failure);
  }
}

export async function signOut() {
  const { id, refresh: token } = tokens ?? {};
  if (token && server.revocation_endpoint) {
    await oauth.revocationRequest(server, client, oauth.None(), token, how()).catch(() => undefined);
  }
  channel.postMessage({ signedOut: true });
  tokens = null;
  forgetAll();
  const left = `${location.origin}/desk?signedOut`;
  if (!server.end_session_endpoint) return location.replace(left);
  const address = new URL(server.end_session_endpoint);
  address.searchParams.set('client_id', client.client_id);
  address.searchParams.set('post_logout_redirect_uri', left);
  if (id) address.searchParams.set('id_token_hint', id);
  location.replace(address.href);
}

const idleMs = () => config.value.idleLockMin * 60_000;
const isIdle = () => Date.now() - lastActive >= idleMs();

/** Seconds until the desk closes because nobody is there. */
export const idleSeconds = signal(Infinity);

/** Watches for people, and for the end of the token. */
export function watch() {
  const active = () => { if (closed.value === null) lastActive = Date.now(); };
  for (const kind of ['keydown', 'pointerdown', 'wheel']) addEventListener(kind, active, { passive: true, capture: true });
  channel.addEventListener('message', (event) => {
    if (!event.data?.signedOut) return;
    tokens = null;
    forgetAll();
    location.replace('/desk?signedOut');
  });
  setInterval(tick, 1000);
}

function tick() {
  if (closed.value !== null || !me.value) return;
  idleSeconds.value = Math.ceil((idleMs() - (Date.now() - lastActive)) / 1000);
  if (isIdle()) close('idle');
  else if (tokens && tokens.until - Date.now() < AHEAD_MS && tokens.refresh && !refreshing) refreshed();
}

