// Stands in for @emotion/react, of which Reflex's pages use `jsx` alone: 10 KB of styling engine that no page here asks for.

import { createElement } from "react";

/** A `css` prop is what Emotion would have made a class of; a page that needs one needs a class name instead.
 * @param {any} type @param {any} props @param {...any} children */
export function jsx(type, props, ...children) {
  if (props?.css) throw new Error(`<${type}> has a css prop: give it a class name`);
  return createElement(type, props, ...children);
}
