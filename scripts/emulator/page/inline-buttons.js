/**
 * The rows of buttons inside a bubble. A tapped button shows that it waits until it is answered.
 */
import { element, icon } from "./dom.js";

/** @import {InlineButton, Message} from "./types.js" */

/**
 * @param {Message} message
 * @param {(button: InlineButton, node: HTMLButtonElement) => void} onTap
 * @returns {HTMLElement|null}
 */
export function inlineButtons(message, onTap) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.some((row) => row.length)) return null;
  const drawn = rows.map((row) =>
    element("div", { class: "button-row" }, ...row.map((button) => draw(button, onTap))),
  );
  return element("div", { class: "inline-buttons" }, ...drawn);
}

/**
 * @param {InlineButton} button
 * @param {(button: InlineButton, node: HTMLButtonElement) => void} onTap
 */
function draw(button, onTap) {
  const symbol = button.url || button.web_app ? "outward" : button.copy_text ? "copy" : null;
  const node = element(
    "button",
    { type: "button", class: "inline-button" },
    element("span", {}, button.text),
    symbol && icon(symbol),
  );
  node.addEventListener("click", () => {
    if (node.getAttribute("aria-busy") !== "true") onTap(button, node);
  });
  return node;
}

/**
 * @param {HTMLElement} node
 * @param {boolean} waiting
 */
export function setWaiting(node, waiting) {
  if (waiting) node.setAttribute("aria-busy", "true");
  else node.removeAttribute("aria-busy");
}
