// @ts-check
// What the gateway says of the desk itself.

/** @returns {Promise<any>} */
export async function deskConfig() {
  const answer = await fetch('/desk/config.json', { cache: 'no-store', signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`config.json: ${answer.status}`);
  return answer.json();
}
