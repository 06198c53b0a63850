/**
 * The bot's commands above the field while a "/" is being typed. The focus stays in the field.
 */
import { element } from "./dom.js";

/** @import {BotCommand} from "./types.js" */

let lists = 0;

export class CommandList {
  /**
   * @param {HTMLElement} list an empty element with role="listbox"
   * @param {HTMLTextAreaElement} field
   * @param {(command: string) => void} onChoose
   */
  constructor(list, field, onChoose) {
    lists += 1;
    this.list = list;
    this.field = field;
    this.onChoose = onChoose;
    /** @type {BotCommand[]} */
    this.all = [];
    /** @type {BotCommand[]} */
    this.shown = [];
    this.index = -1;
    this.dismissed = "";
    list.id = `commands-${lists}`;
    field.setAttribute("aria-controls", list.id);
  }

  /** @param {BotCommand[]} commands */
  set(commands) {
    this.all = commands;
    this.filter(this.field.value);
  }

  /** @param {string} text what stands in the field */
  filter(text) {
    const typed = /^\/(\w*)$/.exec(text)?.[1]?.toLowerCase();
    if (text !== this.dismissed) this.dismissed = "";
    const open = typed !== undefined && !this.dismissed;
    this.shown = open ? this.all.filter(({ command }) => command.startsWith(typed)) : [];
    this.index = this.shown.length ? 0 : -1;
    this.draw();
  }

  draw() {
    const rows = this.shown.map(({ command, description }, index) => {
      const row = element(
        "div",
        {
          id: `${this.list.id}-${index}`,
          role: "option",
          class: "command",
          "aria-selected": String(index === this.index),
        },
        element("strong", {}, `/${command}`),
        element("span", {}, description),
      );
      row.addEventListener("pointerdown", (event) => event.preventDefault()); // keep the focus
      row.addEventListener("click", () => this.onChoose(command));
      return row;
    });
    this.list.replaceChildren(...rows);
    this.list.hidden = rows.length === 0;
    const active = rows[this.index];
    if (active) this.field.setAttribute("aria-activedescendant", active.id);
    else this.field.removeAttribute("aria-activedescendant");
    active?.scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} true when the key was meant for the list
   */
  onKey(event) {
    if (!this.shown.length) return false;
    const chosen = this.shown[this.index];
    if (event.key === "ArrowDown") this.index = (this.index + 1) % this.shown.length;
    else if (event.key === "ArrowUp") {
      this.index = (this.index - 1 + this.shown.length) % this.shown.length;
    } else if (event.key === "Escape") this.dismiss();
    else if (event.key === "Enter" && !event.shiftKey) this.onChoose(chosen.command);
    else if (event.key === "Tab" && !event.shiftKey) {
      this.field.value = `/${chosen.command} `;
      this.shown = [];
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    this.draw();
    return true;
  }

  dismiss() {
    this.dismissed = this.field.value;
    this.shown = [];
  }
}
