// @ts-check
// An operation asked for a screen: the last answer stays while the next is on its way, and an older one never replaces a newer.
import { useEffect, useRef, useState } from 'preact/hooks';
import { call } from './call.js';

/** @typedef {{answer: any, failure: any, busy: boolean, again: () => void}} Asked */

/** Asks again whenever what is asked changes. @param {string} id @param {any} asked `null`: nothing to ask @returns {Asked} */
export function useAnswer(id, asked) {
  const [heard, setHeard] = useState(/** @type {any} */ ({ answer: null, failure: null, of: null }));
  const [turn, setTurn] = useState(0);
  const [busy, setBusy] = useState(false);
  const latest = useRef(0);
  const what = JSON.stringify(asked);
  useEffect(() => {
    if (asked === null) {
      setHeard({ answer: null, failure: null, of: what });
      return undefined;
    }
    const mine = (latest.current += 1);
    const given = new AbortController();
    setBusy(true);
    call(id, { ...asked, signal: given.signal }).then(
      (answer) => { if (mine === latest.current) { setHeard({ answer, failure: null, of: what }); setBusy(false); } },
      (failure) => {
        if (mine !== latest.current || failure.code === 'ABORTED') return;
        setHeard((/** @type {any} */ before) => ({ ...before, failure, of: what }));
        setBusy(false);
      },
    );
    return () => given.abort();
  }, [id, what, turn]);
  return { answer: heard.answer, failure: heard.failure, busy, again: () => setTurn((before) => before + 1) };
}
