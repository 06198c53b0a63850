/**
 * What happens when a button or a link in the chat is tapped.
 */
import { setWaiting } from "./inline-buttons.js";

/** @import {Phone} from "./phone.js" */
/** @import {InlineButton, Message, PhoneEvent, ReplyButton} from "./types.js" */

const ANSWER_WAIT_MS = 10_000; // a button stops waiting even if the bot never answers
const BOT_LINK = /^(?:https?:\/\/)?t(?:elegram)?\.me\/(\w+)(?:\?start=([\w-]{1,64}))?$/;

export class Taps {
  /** @param {Phone} phone */
  constructor(phone) {
    this.phone = phone;
  }

  /**
   * @param {Message} message
   * @param {InlineButton} button
   * @param {HTMLButtonElement} node
   */
  async button(message, button, node) {
    const { phone } = this;
    if (button.copy_text) {
      phone.notices.copy(button.copy_text.text);
    } else if (button.url) {
      this.visit(button.url);
    } else if (button.callback_data !== undefined) {
      setWaiting(node, true);
      setTimeout(() => setWaiting(node, false), ANSWER_WAIT_MS);
      const tap = { message_id: message.message_id, data: button.callback_data };
      if (!(await phone.attempt(phone.line.tap(tap)))) setWaiting(node, false);
    } else {
      phone.notices.toast("This kind of button works in Telegram only.");
    }
  }

  /** @param {ReplyButton} button */
  async key(button) {
    const { phone } = this;
    if (button.request_location) {
      phone.tell("placewanted");
      return;
    }
    phone.composer.invite();
    const answer = await phone.attempt(phone.line.tap({ label: button.text }));
    if (answer?.requests === "contact") phone.shareContact();
  }

  /** @param {PhoneEvent} answer the bot's answer to a tapped button */
  answered({ text, show_alert, url }) {
    const { phone } = this;
    for (const node of phone.root.querySelectorAll("[aria-busy='true']")) {
      setWaiting(/** @type {HTMLElement} */ (node), false);
    }
    if (url) this.visit(url);
    if (!text) return;
    if (show_alert) phone.notices.alert(phone.bot?.first_name ?? "The bot", text);
    else phone.notices.toast(text);
  }

  /** @param {string} address */
  visit(address) {
    if (this.follow(address)) return;
    if (/^https?:/i.test(address)) open(address, "_blank", "noopener");
    else this.phone.notices.toast("This link works in Telegram only.");
  }

  /**
   * A link to this very bot is a deep link: it is followed in this phone.
   *
   * @param {string} address
   * @returns {boolean} true when it has been dealt with
   */
  follow(address) {
    const { phone } = this;
    const link = BOT_LINK.exec(address);
    if (!link || link[1].toLowerCase() !== phone.bot?.username.toLowerCase()) return false;
    if (link[2]) phone.sendText(`/start ${link[2]}`);
    return true;
  }
}
