/**
 * The list of messages in one chat, in order, with day separators; keeps the view at the newest
 * message unless the shopper is reading further up.
 */
import { bubble, isOwn } from "./bubble.js";
import { element, icon } from "./dom.js";
import { StickyScroll } from "./sticky-scroll.js";

/** @import {BubbleSurroundings} from "./bubble.js" */
/** @import {Message} from "./types.js" */

const GROUP_GAP_S = 300;

/**
 * @typedef {{text: string, node: HTMLElement, messageId: number|null}} Outgoing
 */

export class Thread {
  /**
   * @param {HTMLElement} scroller
   * @param {HTMLElement} log the element with role="log"
   * @param {HTMLElement} jump the button back to the newest message
   * @param {BubbleSurroundings} around
   */
  constructor(scroller, log, jump, around) {
    this.log = log;
    this.around = around;
    this.scroll = new StickyScroll(scroller, log, jump);
    /** @type {Map<number, {message: Message, node: HTMLElement}>} */
    this.entries = new Map();
    /** @type {Set<Outgoing>} */
    this.outgoing = new Set();
    /** @type {HTMLElement|null} what stands last: typing dots or a draft */
    this.tail = null;
  }

  get isEmpty() {
    return this.entries.size === 0 && this.outgoing.size === 0;
  }

  /** @returns {Message[]} oldest first */
  messages() {
    return [...this.entries.values()]
      .map((entry) => entry.message)
      .sort((a, b) => a.message_id - b.message_id);
  }

  /** @param {Message[]} messages the whole chat; told to a screen reader only from here on */
  load(messages) {
    this.log.setAttribute("aria-live", "off");
    const kept = new Set(messages.map((message) => message.message_id));
    for (const id of [...this.entries.keys()]) if (!kept.has(id)) this.entries.delete(id);
    for (const message of messages) this.put(message);
    this.arrange();
    this.scroll.toEnd();
    setTimeout(() => this.log.setAttribute("aria-live", "polite"), 400);
  }

  /** Somebody else's chat comes next. */
  clear() {
    this.outgoing.clear();
    this.load([]);
  }

  /** @param {Message} message new or changed */
  add(message) {
    const isNew = !this.entries.has(message.message_id);
    this.put(message);
    this.arrange();
    if (!isNew) return;
    if (isOwn(message)) this.scroll.toEnd();
    else this.scroll.arrived();
  }

  /** @param {number} messageId */
  remove(messageId) {
    const entry = this.entries.get(messageId);
    if (!entry) return;
    this.entries.delete(messageId);
    const { node } = entry;
    const gone = () => this.arrange();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return gone();
    node.animate([{ opacity: 1 }, { opacity: 0, transform: "scale(.96)" }], 160).finished.then(gone, gone);
  }

  /** The shop clock moved: every time and day is told anew. */
  retell() {
    this.load(this.messages());
  }

  /**
   * Show a text that is on its way.
   *
   * @param {string} text
   * @returns {Outgoing}
   */
  addOutgoing(text) {
    const body = element(
      "div",
      { class: "bubble" },
      element(
        "div",
        { class: "text" },
        element("div", { class: "words" }, text),
        element("span", { class: "meta" }, "sending ", icon("waiting")),
      ),
    );
    const node = element("article", { class: "message own outgoing", "aria-label": "You" }, body);
    const outgoing = { text, node, messageId: null };
    this.outgoing.add(outgoing);
    this.arrange();
    this.scroll.toEnd();
    return outgoing;
  }

  /**
   * @param {Outgoing} outgoing
   * @param {number} messageId
   */
  accepted(outgoing, messageId) {
    outgoing.messageId = messageId;
    if (this.entries.has(messageId)) this.dropOutgoing(outgoing);
  }

  /**
   * @param {Outgoing} outgoing
   * @param {string} reason
   * @param {() => void} onRetry
   */
  refused(outgoing, reason, onRetry) {
    const retry = () => {
      this.dropOutgoing(outgoing);
      onRetry();
    };
    const row = element(
      "p",
      { class: "not-sent" },
      element("span", {}, `Not sent. ${reason}`),
      element("button", { type: "button", onclick: retry }, "Try again"),
      element("button", { type: "button", onclick: () => this.dropOutgoing(outgoing) }, "Discard"),
    );
    outgoing.node.querySelector(".meta")?.remove();
    outgoing.node.append(row);
    this.scroll.toEnd();
  }

  /** @param {Outgoing} outgoing */
  dropOutgoing(outgoing) {
    this.outgoing.delete(outgoing);
    this.arrange();
  }

  /** @param {HTMLElement|null} tail */
  setTail(tail) {
    this.tail = tail;
    this.arrange();
    this.scroll.keep();
  }

  /** @param {number} messageId bring it into view and mark it for a moment */
  reveal(messageId) {
    const node = this.entries.get(messageId)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.add("marked");
    setTimeout(() => node.classList.remove("marked"), 1600);
  }

  /** @param {Message} message */
  put(message) {
    const before = this.entries.get(message.message_id)?.node;
    const node = bubble(message, this.around);
    this.entries.set(message.message_id, { message, node });
    for (const outgoing of this.outgoing) {
      const same = isOwn(message) && outgoing.text === message.text && outgoing.messageId === null;
      if (outgoing.messageId === message.message_id || same) {
        this.outgoing.delete(outgoing);
        node.classList.add("settled");
        break;
      }
    }
    if (before?.isConnected) replaceKeepingFocus(before, node);
  }

  /** Put every node where it belongs and touch nothing that stands right. */
  arrange() {
    /** @type {HTMLElement[]} */
    const wanted = [];
    let day = "";
    /** @type {Message|null} */
    let previous = null;
    for (const message of this.messages()) {
      const own = this.around.clock.dayInChat(this.around.clock.at(message.date));
      if (own !== day) wanted.push(this.separator(own));
      const { node } = /** @type {{node: HTMLElement}} */ (this.entries.get(message.message_id));
      const follows =
        own === day &&
        previous !== null &&
        isOwn(previous) === isOwn(message) &&
        message.date - previous.date < GROUP_GAP_S;
      node.classList.toggle("follows", follows);
      wanted.push(node);
      [day, previous] = [own, message];
    }
    for (const outgoing of this.outgoing) wanted.push(outgoing.node);
    if (this.tail) wanted.push(this.tail);
    reconcile(this.log, wanted);
  }

  /** @param {string} day */
  separator(day) {
    const standing = [...this.log.querySelectorAll(".day")].find((node) => node.textContent === day);
    return /** @type {HTMLElement} */ (standing ?? element("p", { class: "day" }, day));
  }
}

/**
 * @param {HTMLElement} parent
 * @param {HTMLElement[]} wanted
 */
function reconcile(parent, wanted) {
  let standing = parent.firstChild;
  for (const node of wanted) {
    if (node === standing) standing = standing.nextSibling;
    else parent.insertBefore(node, standing);
  }
  while (standing) {
    const next = standing.nextSibling;
    standing.remove();
    standing = next;
  }
}

/**
 * An edited bubble takes the place of the old one; the focus stays on the button at the same place.
 *
 * @param {HTMLElement} before
 * @param {HTMLElement} after
 */
function replaceKeepingFocus(before, after) {
  const focused = before.contains(document.activeElement);
  const index = [...before.querySelectorAll("button")].indexOf(
    /** @type {HTMLButtonElement} */ (document.activeElement),
  );
  after.classList.add("settled");
  before.replaceWith(after);
  if (!focused) return;
  const buttons = after.querySelectorAll("button");
  buttons[Math.min(Math.max(index, 0), buttons.length - 1)]?.focus({ preventScroll: true });
}
