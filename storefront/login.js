// Who is there: OpenID Connect, authorization code with PKCE, by hand. Tokens live in this module's memory and nowhere else.
export let config;
let [provider, tokens, renewing] = [null, null, null];

export const token = () => tokens?.access;
export const who = () => tokens;
/** A guest has the token of one order, for half an hour. */
export const signInGuest = (access, ordNo) => { tokens = { access, name: `비회원 ${ordNo}`, isGuest: true }; };
/** This page without query and fragment; the provider knows it and sends nobody elsewhere. */
const here = () => new URL('.', location.href).href;
const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const refused = () => new Error('로그인하지 못했습니다.');
const json = async (address) => (await fetch(address, { cache: 'no-store' })).json();

export async function configure() {
  config = await json('config.json');
  provider = await json(`${config.issuer}/.well-known/openid-configuration`);
}

/** Leaves for the provider. Only what the way back is checked by stays in the browser, until then. */
export async function signIn() {
  const asked = { verifier: random(), state: random(), nonce: random(), fragment: location.hash };
  sessionStorage.setItem('signIn', JSON.stringify(asked));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(asked.verifier));
  location.assign(`${provider.authorization_endpoint}?${new URLSearchParams({
    response_type: 'code', client_id: config.clientId, redirect_uri: here(), scope: 'openid', state: asked.state, nonce: asked.nonce,
    code_challenge: base64url(digest), code_challenge_method: 'S256',
  })}`);
}

/** Takes the code the provider has sent one back with, once, and out of the address. */
export async function comeBack() {
  const query = new URLSearchParams(location.search);
  const asked = JSON.parse(sessionStorage.getItem('signIn') ?? 'null');
  sessionStorage.removeItem('signIn');
  if (!query.has('state')) return;
  history.replaceState(null, '', here() + (asked?.fragment ?? ''));
  if (query.get('state') !== asked?.state || query.get('iss') !== config.issuer || !query.has('code')) throw refused();
  await take({ grant_type: 'authorization_code', code: query.get('code'), redirect_uri: here(), code_verifier: asked.verifier }, asked.nonce);
}

async function take(grant, nonce) {
  const body = new URLSearchParams({ ...grant, client_id: config.clientId }).toString();
  const answer = await fetch(provider.token_endpoint, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body });
  const { access_token: access, refresh_token: refresh, id_token: id = '..' } = answer.ok ? await answer.json() : {};
  // It came from the provider itself, so its claims are read and its signature is not.
  const text = atob(id.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'));
  const claims = access && JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
  const isOurs = claims?.iss === config.issuer && [claims.aud].flat().includes(config.clientId) && (!nonce || claims.nonce === nonce);
  if (!isOurs) throw refused();
  tokens = { access, refresh, name: claims.name ?? claims.sub };
}

/** After a 401: whether there is a new token. However many ask, the refresh token is used once. */
export function renewed() {
  if (!tokens?.refresh) return false;
  renewing ??= take({ grant_type: 'refresh_token', refresh_token: tokens.refresh }).then(() => true, () => false).finally(() => { renewing = null; });
  return renewing;
}

export function signOut() {
  const way = new URLSearchParams({ client_id: config.clientId, post_logout_redirect_uri: here() });
  location.assign(tokens.isGuest ? here() : `${provider.end_session_endpoint}?${way}`);
  tokens = null;
}
