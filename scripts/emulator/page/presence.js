/**
 * What the bot is doing right now: online, typing, writing a draft. Shown in the header and, while
 * something is on its way, at the end of the chat.
 */
import { element, setText } from "./dom.js";
import { renderText } from "./entities.js";

/** @import {TextActions} from "./entities.js" */
/** @import {Thread} from "./thread.js" */
/** @import {BotCard, PhoneEvent} from "./types.js" */

const ACTION_MS = 5_000; // Telegram shows a chat action for 5 s
const DRAFT_MS = 30_000; // and keeps a draft for 30 s
const WORDS = /** @type {Record<string, string>} */ ({
  typing: "typing",
  upload_photo: "sending a photo",
  upload_document: "sending a file",
  find_location: "looking at the map",
  choose_sticker: "choosing a sticker",
});

export class Presence {
  /**
   * @param {HTMLElement} line the words under the bot's name
   * @param {Thread} thread
   * @param {TextActions} actions
   */
  constructor(line, thread, actions) {
    this.line = line;
    this.thread = thread;
    this.actions = actions;
    /** @type {BotCard|null} */
    this.bot = null;
    this.connected = true;
    this.doing = "";
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
  }

  /** @param {BotCard} bot */
  setBot(bot) {
    this.bot = bot;
    this.show();
  }

  /** @param {boolean} connected */
  setConnected(connected) {
    this.connected = connected;
    if (!connected) this.rest();
    this.show();
  }

  /** @param {string} action a Bot API chat action */
  act(action) {
    this.doing = WORDS[action] ?? "busy";
    const dots = element("span", { class: "dots" }, element("i"), element("i"), element("i"));
    if (!this.thread.tail?.classList.contains("drafting")) {
      this.thread.setTail(tail("typing", dots));
    }
    this.restAfter(ACTION_MS);
  }

  /** @param {PhoneEvent} event a draft; empty text = the bot is thinking */
  draft({ text, entities }) {
    if (!text) {
      this.act("typing");
      return;
    }
    this.doing = "writing";
    const words = element("div", { class: "words" }, renderText(text, entities ?? [], this.actions));
    this.thread.setTail(tail("drafting", element("div", { class: "text" }, words)));
    this.restAfter(DRAFT_MS);
  }

  /** @param {number} pause_ms */
  restAfter(pause_ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.rest(), pause_ms);
    this.show();
  }

  /** Nothing is on its way any more. */
  rest() {
    clearTimeout(this.timer);
    this.doing = "";
    if (this.thread.tail) this.thread.setTail(null);
    this.show();
  }

  show() {
    this.line.classList.toggle("doing", Boolean(this.doing));
    if (this.doing) setText(this.line, `${this.doing} …`);
    else if (!this.connected) setText(this.line, "connecting …");
    else if (this.bot && !this.bot.ready) setText(this.line, "not here yet");
    else setText(this.line, this.bot ? "online" : "");
  }
}

/**
 * @param {string} kind
 * @param {Node} content
 */
function tail(kind, content) {
  const body = element("div", { class: "bubble" }, content);
  return element("div", { class: `message tail ${kind}`, "aria-hidden": "true" }, body);
}
