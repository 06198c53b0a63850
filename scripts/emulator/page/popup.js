/**
 * A small menu beside its button: arrow keys, Escape, a press outside. One is open at a time.
 */
import { element, icon } from "./dom.js";

/**
 * @typedef {{label: string, detail?: string, symbol?: string, onChoose: () => void}} Choice
 */

/** @type {(() => void)|null} */
let closeOpen = null;

/**
 * @param {HTMLElement} anchor the button that was pressed; gets the focus back
 * @param {string} label
 * @param {Choice[]} choices
 */
export function openPopup(anchor, label, choices) {
  closeOpen?.();
  const menu = element("div", { class: "popup", role: "menu", "aria-label": label });
  const leave = new AbortController();
  const close = (/** @type {boolean} */ refocus) => {
    leave.abort();
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    closeOpen = null;
    if (refocus) anchor.focus();
  };
  closeOpen = () => close(false);
  for (const choice of choices) menu.append(row(choice, () => close(true)));
  const host = anchor.closest("[data-part='phone']") ?? document.body;
  host.append(menu);
  anchor.setAttribute("aria-expanded", "true");
  place(menu, anchor, host);
  items(menu)[0]?.focus();
  menu.addEventListener("keydown", (event) => onKey(event, menu, close));
  const outside = (/** @type {Event} */ event) => {
    if (!menu.contains(/** @type {Node} */ (event.target))) close(false);
  };
  addEventListener("pointerdown", outside, { capture: true, signal: leave.signal });
  addEventListener("resize", () => close(false), { signal: leave.signal });
}

/**
 * @param {Choice} choice
 * @param {() => void} close
 */
function row(choice, close) {
  const choose = () => {
    close();
    choice.onChoose();
  };
  return element(
    "button",
    { type: "button", role: "menuitem", tabindex: "-1", onclick: choose },
    choice.symbol ? icon(choice.symbol) : null,
    element("span", { class: "popup-label" }, choice.label),
    choice.detail ? element("span", { class: "popup-detail" }, choice.detail) : null,
  );
}

/**
 * @param {HTMLElement} menu
 * @returns {HTMLElement[]}
 */
function items(menu) {
  return [...menu.querySelectorAll("button")];
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} menu
 * @param {(refocus: boolean) => void} close
 */
function onKey(event, menu, close) {
  const all = items(menu);
  const index = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  /** @type {Record<string, number>} */
  const targets = {
    ArrowDown: (index + 1) % all.length,
    ArrowUp: (index - 1 + all.length) % all.length,
    Home: 0,
    End: all.length - 1,
  };
  if (event.key === "Escape" || event.key === "Tab") close(true);
  else if (event.key in targets) all[targets[event.key]].focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/**
 * Above the anchor when there is room, else below; never outside the phone.
 *
 * @param {HTMLElement} menu
 * @param {HTMLElement} anchor
 * @param {Element} host
 */
function place(menu, anchor, host) {
  const border = host.getBoundingClientRect();
  const frame = {
    top: border.top + host.clientTop,
    left: border.left + host.clientLeft,
    right: border.left + host.clientLeft + host.clientWidth,
    bottom: border.top + host.clientTop + host.clientHeight,
  };
  const from = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const above = from.top - height - 6;
  const below = Math.min(from.bottom + 6, frame.bottom - height - 8);
  const top = above > frame.top + 8 ? above : Math.max(frame.top + 8, below);
  const left = Math.min(Math.max(from.left, frame.left + 8), frame.right - width - 8);
  menu.style.top = `${Math.round(top - frame.top)}px`;
  menu.style.left = `${Math.round(left - frame.left)}px`;
}
