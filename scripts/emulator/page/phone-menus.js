/**
 * The menus of a phone: what to attach, the bot's commands, what to do with a message.
 */
import { isOwn } from "./bubble.js";
import { part } from "./dom.js";
import { openPopup } from "./popup.js";

/** @import {Phone} from "./phone.js" */
/** @import {Choice} from "./popup.js" */
/** @import {Message} from "./types.js" */

export class PhoneMenus {
  /** @param {Phone} phone */
  constructor(phone) {
    this.phone = phone;
  }

  openAttachMenu() {
    const { phone } = this;
    const { root, line } = phone;
    const picker = /** @type {HTMLInputElement} */ (part(root, "file"));
    const choose = (/** @type {string} */ accept) => {
      picker.accept = accept;
      picker.click();
    };
    openPopup(part(root, "attach"), "Attach", [
      { label: "Place", symbol: "pin", onChoose: () => phone.tell("placewanted") },
      { label: "Photo", symbol: "photo", onChoose: () => choose("image/jpeg,image/png,image/webp") },
      { label: "File", symbol: "file", onChoose: () => choose("") },
      { label: "Sticker", symbol: "sticker", onChoose: () => phone.attempt(line.post("sticker")) },
      { label: "Voice", symbol: "voice", onChoose: () => phone.attempt(line.post("voice")) },
      { label: "Contact", symbol: "person", onChoose: () => phone.shareContact() },
      { label: "Block this bot", symbol: "block", onChoose: () => phone.setBlock("block") },
    ]);
  }

  openCommands() {
    const { phone } = this;
    const choices = (phone.state?.menu ?? []).map(({ command, description }) => ({
      label: `/${command}`,
      detail: description,
      onChoose: () => phone.sendText(`/${command}`),
    }));
    openPopup(part(phone.root, "menu"), "Commands", choices);
  }

  /**
   * @param {Message} message
   * @param {HTMLElement} anchor
   */
  openMessageMenu(message, anchor) {
    const { composer, notices } = this.phone;
    const text = message.text ?? message.caption;
    /** @type {Choice[]} */
    const choices = [
      { label: "Answer", symbol: "reply", onChoose: () => composer.reply(message) },
    ];
    if (text) choices.push({ label: "Copy", symbol: "copy", onChoose: () => notices.copy(text) });
    if (isOwn(message) && message.text !== undefined) {
      choices.push({ label: "Edit", symbol: "edit", onChoose: () => composer.edit(message) });
    }
    openPopup(anchor, "Message", choices);
  }
}
