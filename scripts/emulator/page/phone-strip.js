/**
 * The strip over the phones: one tab a phone with its shopper's letter, a dot where something waits
 * unseen, a button to put the phone away, and one to add a phone. On a narrow screen it switches
 * between the phones; on a wide one it brings a phone into view.
 */
import { element, icon, part, setText } from "./dom.js";
import { letterOf } from "./holder.js";

/** @import {Phone} from "./phone.js" */
/** @import {Phones} from "./phones.js" */

const MOST_PHONES = 9; // Alt and a digit reach each

/** @typedef {{root: HTMLElement, choose: HTMLButtonElement, close: HTMLButtonElement}} Tab */

export class PhoneStrip {
  /**
   * @param {HTMLElement} root
   * @param {Phones} phones
   * @param {() => void} onAdd
   */
  constructor(root, phones, onAdd) {
    this.list = part(root, "phone-tabs");
    this.add = /** @type {HTMLButtonElement} */ (part(root, "add-phone"));
    this.phones = phones;
    /** @type {Map<Phone, Tab>} */
    this.tabs = new Map();
    this.add.addEventListener("click", onAdd);
    phones.addEventListener("changed", () => this.show());
    phones.addEventListener("active", () => this.reveal());
    addEventListener("keydown", (event) => this.onKey(event));
  }

  show() {
    const open = [...this.phones.all.keys()];
    for (const [phone, { root }] of this.tabs) {
      if (open.includes(phone)) continue;
      root.remove();
      this.tabs.delete(phone);
    }
    for (const [index, phone] of open.entries()) this.showTab(phone, index, open.length > 1);
    this.add.disabled = open.length >= MOST_PHONES;
    this.add.classList.toggle("alone", open.length === 1);
  }

  /** The tab in use may have been scrolled away. */
  reveal() {
    const { active } = this.phones;
    this.show();
    if (active) this.tabs.get(active)?.root.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /**
   * @param {Phone} phone
   * @param {number} index
   * @param {boolean} canClose
   */
  showTab(phone, index, canClose) {
    const { root, choose, close } = this.tabs.get(phone) ?? this.build(phone);
    const { first_name: name } = phone.shopper;
    const unseen = this.phones.unseen.get(phone) ?? 0;
    const active = phone === this.phones.active;
    setText(part(root, "letter"), letterOf(phone.shopper));
    setText(part(root, "name"), name);
    choose.setAttribute("aria-label", unseen ? `${name}, ${unseen} unread` : name);
    choose.setAttribute("aria-pressed", String(active));
    choose.setAttribute("aria-keyshortcuts", `Alt+${index + 1}`);
    choose.title = `${name} (Alt+${index + 1})`;
    close.setAttribute("aria-label", `Close ${name}'s phone`);
    close.hidden = !canClose;
    root.classList.toggle("chosen", active);
    root.classList.toggle("unseen-waits", unseen > 0);
  }

  /** @param {Phone} phone */
  build(phone) {
    const choose = element(
      "button",
      { type: "button", class: "tab-name", onclick: () => this.phones.show(phone) },
      element("span", { class: "letter", "data-part": "letter" }),
      element("span", { class: "name", "data-part": "name" }),
    );
    const close = element(
      "button",
      { type: "button", class: "tab-close", onclick: () => this.close(phone) },
      icon("close"),
    );
    const root = element("li", { class: "tab" }, choose, close);
    this.list.append(root);
    const tab = { root, choose, close };
    this.tabs.set(phone, tab);
    return tab;
  }

  /** @param {Phone} phone the focus goes to the phone that is left */
  close(phone) {
    this.phones.close(phone);
    const next = this.phones.active;
    if (next) this.tabs.get(next)?.choose.focus();
  }

  /** @param {KeyboardEvent} event Alt and a digit: on to that phone's field */
  onKey(event) {
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    if (!digit || !event.altKey || event.ctrlKey || event.metaKey) return;
    const phone = [...this.phones.all.keys()][Number(digit) - 1];
    if (!phone || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.phones.show(phone);
    phone.focus();
  }
}
