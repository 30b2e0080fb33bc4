// Nobody is signed in: a member signs in, a guest names an order and its password.
import { ask } from './api.js';
import { signInGuest } from './login.js';
import { make, whenSent } from './page.js';

export function guest(signIn, show) {
  const part = make('guest', {}, { signIn });
  const { ordNo, ordPwd } = part.querySelector('form').elements;
  whenSent(part.querySelector('form'), async () => {
    const { accessToken } = await ask('/v1/member/nonMbrLogin', { ordNo: ordNo.value.trim(), ordPwd: ordPwd.value });
    signInGuest(accessToken, ordNo.value.trim());
    await show();
  });
  return part;
}
