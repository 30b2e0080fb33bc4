// @ts-check
// How every screen writes its part of the page: `html` makes elements, and what stands in `${}` is text or an attribute, never markup.
import { h } from 'preact';
import htm from 'htm';

export const html = htm.bind(h);
