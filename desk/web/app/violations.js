// @ts-check
// What the page's own rules forbade. Nothing of ours ever asks for it, so it is shown in red.
import { signal } from '@preact/signals';

export const violations = signal(0);

export function watchForViolations() {
  addEventListener('securitypolicyviolation', () => { violations.value += 1; });
}
