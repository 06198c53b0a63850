/**
 * Chooses who holds a phone: a sample person of the town, someone made up before, or a new shopper.
 */
import { element, part } from "./dom.js";

/** @import {Shoppers} from "./shoppers.js" */
/** @import {Shopper} from "./types.js" */

const LANGUAGE_NAMES = new Intl.DisplayNames(["en"], { type: "language" });

export class ShopperDialog {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {Shoppers} shoppers
   */
  constructor(dialog, shoppers) {
    this.dialog = dialog;
    this.shoppers = shoppers;
    this.name = /** @type {HTMLInputElement} */ (part(dialog, "new-name"));
    /** @type {(shopper: Shopper) => void} */
    this.onChosen = () => undefined;
    part(dialog, "new-shopper").addEventListener("submit", (event) => {
      event.preventDefault();
      this.chosen(this.shoppers.create(this.name.value));
      this.name.value = "";
    });
  }

  /**
   * @param {Shopper} current
   * @param {(shopper: Shopper) => void} onChosen
   */
  open(current, onChosen) {
    this.onChosen = onChosen;
    this.fill("made-up", this.shoppers.madeUp, current);
    this.fill("people", this.shoppers.people, current);
    this.dialog.showModal();
    const marked = /** @type {HTMLElement|null} */ (this.dialog.querySelector("[aria-current]"));
    (marked ?? this.name).focus();
  }

  /**
   * @param {string} name of the list
   * @param {Shopper[]} shoppers
   * @param {Shopper} current
   */
  fill(name, shoppers, current) {
    const list = part(this.dialog, name);
    list.replaceChildren(...shoppers.map((shopper) => this.row(shopper, current)));
    part(this.dialog, `${name}-section`).hidden = shoppers.length === 0;
  }

  /**
   * @param {Shopper} shopper
   * @param {Shopper} current
   */
  row(shopper, current) {
    const own = shopper.id === current.id;
    const about = shopper.about ?? `Shopper ${shopper.id}`;
    const button = element(
      "button",
      { type: "button", class: "person", onclick: () => this.chosen(shopper) },
      element("span", { class: "letter" }, [...shopper.first_name][0]?.toUpperCase() ?? "?"),
      element("strong", {}, [shopper.first_name, shopper.last_name].filter(Boolean).join(" ")),
      element("span", {}, [about, languageName(shopper.language_code)].filter(Boolean).join(" · ")),
    );
    if (own) button.setAttribute("aria-current", "true");
    return element("li", {}, button);
  }

  /** @param {Shopper} shopper */
  chosen(shopper) {
    this.dialog.close();
    this.onChosen(shopper);
  }
}

/** @param {string|undefined} code */
function languageName(code) {
  if (!code || code === "en") return "";
  try {
    return LANGUAGE_NAMES.of(code) ?? "";
  } catch {
    return "";
  }
}
