/**
 * Names the shopper who holds a phone, on everything that has to say whose phone it is.
 */
import { part, setText } from "./dom.js";

/** @import {Shopper} from "./types.js" */

/**
 * @param {HTMLElement} root a phone
 * @param {Shopper} shopper
 */
export function showHolder(root, shopper) {
  const { first_name: name, id } = shopper;
  const who = part(root, "who");
  root.setAttribute("aria-label", `${name}'s phone`);
  part(root, "log").setAttribute("aria-label", `${name}'s messages`);
  setText(part(root, "who-letter"), letterOf(shopper));
  setText(part(root, "who-name"), name);
  who.setAttribute("aria-label", `${name}'s phone. Change shopper`);
  who.title = `${name}, shopper ${id}`;
}

/** @param {Shopper} shopper */
export function letterOf({ first_name }) {
  return [...first_name][0]?.toUpperCase() ?? "?";
}

/** @param {Shopper} shopper */
export function fullName({ first_name, last_name }) {
  return [first_name, last_name].filter(Boolean).join(" ");
}
