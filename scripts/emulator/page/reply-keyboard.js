/**
 * The bot's own keyboard under the composer, and the button that hides and shows it.
 */
import { element, icon } from "./dom.js";

/** @import {ReplyButton, ReplyKeyboard} from "./types.js" */

export class ReplyKeys {
  /**
   * @param {HTMLElement} panel
   * @param {HTMLElement} toggle
   * @param {(button: ReplyButton) => void} onTap
   */
  constructor(panel, toggle, onTap) {
    this.panel = panel;
    this.toggle = toggle;
    this.onTap = onTap;
    /** @type {ReplyKeyboard|null} */
    this.keyboard = null;
    this.open = false;
    this.shown = "";
    toggle.addEventListener("click", () => this.setOpen(!this.open));
  }

  /** @param {ReplyKeyboard|null} keyboard */
  set(keyboard) {
    const drawn = JSON.stringify(keyboard);
    if (drawn === this.shown) return;
    this.shown = drawn;
    this.keyboard = keyboard;
    const rows = keyboard?.keyboard ?? [];
    this.panel.replaceChildren(...rows.map((row) => this.row(row)));
    this.toggle.hidden = rows.length === 0;
    this.setOpen(rows.length > 0);
  }

  /** @param {(ReplyButton|string)[]} row */
  row(row) {
    const buttons = row.map((key) => {
      const button = typeof key === "string" ? { text: key } : key;
      const symbol = button.request_location ? "pin" : button.request_contact ? "person" : null;
      return element(
        "button",
        { type: "button", class: "reply-key", onclick: () => this.tapped(button) },
        symbol && !/^\p{Extended_Pictographic}/u.test(button.text) ? icon(symbol) : null,
        element("span", {}, button.text),
      );
    });
    return element("div", { class: "button-row" }, ...buttons);
  }

  /** @param {ReplyButton} button */
  tapped(button) {
    if (this.keyboard?.one_time_keyboard) this.setOpen(false);
    this.onTap(button);
  }

  /** @param {boolean} open */
  setOpen(open) {
    this.open = open;
    this.panel.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
  }
}
