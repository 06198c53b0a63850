/**
 * Chooses who holds a phone: someone the server offers, someone made up before, or a new shopper.
 */
import { element, part, setText } from "./dom.js";
import { fullName, letterOf } from "./holder.js";

/** @import {Shoppers} from "./shoppers.js" */
/** @import {Shopper} from "./types.js" */

const LANGUAGE_NAMES = new Intl.DisplayNames(["en"], { type: "language" });
const MADE_UP = "Made up here";
const USUAL_GROUP = "People of the town";

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {Shopper|null} current who holds the phone now, null = a new phone
 * @property {Shopper[]} open who has a phone on the page already
 * @property {(shopper: Shopper) => void} onChosen
 */

export class ShopperDialog {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {Shoppers} shoppers
   */
  constructor(dialog, shoppers) {
    this.dialog = dialog;
    this.shoppers = shoppers;
    this.name = /** @type {HTMLInputElement} */ (part(dialog, "new-name"));
    /** @type {Question|null} */
    this.question = null;
    part(dialog, "new-shopper").addEventListener("submit", (event) => {
      event.preventDefault();
      this.chosen(this.shoppers.create(this.name.value));
      this.name.value = "";
    });
  }

  /** @param {Question} question */
  ask(question) {
    this.question = question;
    setText(part(this.dialog, "shopper-question"), question.title);
    this.fill();
    this.dialog.showModal();
    const marked = /** @type {HTMLElement|null} */ (this.dialog.querySelector("[aria-current]"));
    (marked ?? this.name).focus();
  }

  fill() {
    /** @type {Map<string, Shopper[]>} */
    const groups = new Map();
    const put = (/** @type {string} */ group, /** @type {Shopper} */ shopper) =>
      groups.set(group, [...(groups.get(group) ?? []), shopper]);
    for (const shopper of this.shoppers.people) {
      if (shopper.group) put(shopper.group, shopper);
    }
    for (const shopper of this.shoppers.madeUp) put(MADE_UP, shopper);
    for (const shopper of this.shoppers.people) {
      if (!shopper.group) put(USUAL_GROUP, shopper);
    }
    const sections = [...groups].map(([group, members]) =>
      element(
        "section",
        {},
        element("h3", {}, group),
        element("ul", {}, ...members.map((shopper) => this.row(shopper))),
      ),
    );
    part(this.dialog, "people").replaceChildren(...sections);
  }

  /** @param {Shopper} shopper */
  row(shopper) {
    const about = shopper.about ?? `Shopper ${shopper.id}`;
    const isOpen = this.question?.open.some(({ id }) => id === shopper.id);
    const details = [about, languageName(shopper.language_code)].filter(Boolean).join(" · ");
    const button = element(
      "button",
      { type: "button", class: "person", onclick: () => this.chosen(shopper) },
      element("span", { class: "letter" }, letterOf(shopper)),
      element("strong", {}, fullName(shopper)),
      isOpen ? element("span", { class: "badge" }, "Open") : null,
      element("span", { class: "about" }, details),
    );
    if (shopper.id === this.question?.current?.id) button.setAttribute("aria-current", "true");
    return element("li", {}, button);
  }

  /** @param {Shopper} shopper */
  chosen(shopper) {
    this.dialog.close();
    this.question?.onChosen(shopper);
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
