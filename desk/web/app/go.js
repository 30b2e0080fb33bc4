// @ts-check
// Going somewhere else in the desk. Screens know paths, not one another.

/** @param {string} path such as `counsel/1001` */
export function go(path) {
  const fragment = `#/${path}`;
  if (location.hash !== fragment) location.hash = fragment;
}

/** Notes where one is without a step back in the history. @param {string} path */
export function note(path) {
  const fragment = `#/${path}`;
  if (location.hash === fragment) return;
  history.replaceState(null, '', fragment);
  dispatchEvent(new HashChangeEvent('hashchange'));
}
