/**
 * One phone: a shopper's chat with the bot. Wires the feed to the thread and the composer; several
 * phones stand on one page and know nothing of each other. What leaves the phone is told by events:
 * "placewanted", "showplace", "shopperwanted", "mapwanted", "used", "arrived" and "changed".
 */
import { PhoneLine } from "./api.js";
import { isOwn } from "./bubble.js";
import { Composer } from "./composer.js";
import { part, setText } from "./dom.js";
import { showHolder } from "./holder.js";
import { Notices } from "./notices.js";
import { PhoneMenus } from "./phone-menus.js";
import { Presence } from "./presence.js";
import { ReplyKeys } from "./reply-keyboard.js";
import { reasonOf, sendShowing } from "./send-showing.js";
import { Taps } from "./taps.js";
import { Thread } from "./thread.js";

/** @import {ShopClock} from "./clock.js" */
/** @import {Feed} from "./feed.js" */
/** @import {StartLinks} from "./start-links.js" */
/** @import {Town} from "./town.js" */
/** @import {BotCard, Message, PhoneEvent, PhoneState, Point, Shopper} from "./types.js" */

export class Phone extends EventTarget {
  /**
   * @param {HTMLElement} root a copy of the phone template
   * @param {{town: Town, clock: ShopClock, feed: Feed, links: StartLinks}} setting
   * @param {Shopper} shopper
   */
  constructor(root, { town, clock, feed, links }, shopper) {
    super();
    this.root = root;
    this.clock = clock;
    this.feed = feed;
    this.links = links;
    this.shopper = shopper;
    this.line = new PhoneLine(shopper);
    this.unwatch = () => {};
    this.closed = new AbortController();
    /** @type {BotCard|null} */
    this.bot = null;
    /** @type {PhoneState|null} */
    this.state = null;
    this.notices = new Notices(part(root, "notices"));
    this.menus = new PhoneMenus(this);
    this.taps = new Taps(this);
    this.thread = this.buildThread(town);
    this.presence = new Presence(part(root, "presence"), this.thread, this.textActions());
    this.keys = new ReplyKeys(part(root, "keyboard"), part(root, "keyboard-toggle"), (button) =>
      this.taps.key(button),
    );
    this.composer = this.buildComposer();
    this.listen();
    clock.addEventListener("change", () => this.thread.retell(), { signal: this.closed.signal });
    this.useShopper(shopper);
  }

  /** @param {Town} town */
  buildThread(town) {
    const { root } = this;
    return new Thread(part(root, "scroller"), part(root, "log"), part(root, "jump"), {
      ...this.textActions(),
      town,
      clock: this.clock,
      onPlace: (point) => this.tell("showplace", point),
      onPicture: (address, alt) => this.notices.picture(address, alt),
      onTap: (message, button, node) => this.taps.button(message, button, node),
      onActions: (message, anchor) => this.menus.openMessageMenu(message, anchor),
      onQuote: (messageId) => this.thread.reveal(messageId),
    });
  }

  textActions() {
    return {
      onCommand: (/** @type {string} */ command) => this.sendText(command),
      onLink: (/** @type {string} */ address) => this.taps.follow(address),
      onCopy: (/** @type {string} */ text) => this.notices.copy(text),
    };
  }

  buildComposer() {
    return new Composer(this.root, {
      onText: (text, replyTo) => this.sendText(text, replyTo),
      onEdit: (messageId, text) => this.attempt(this.line.editText(messageId, text)),
      onFile: (file, caption) => this.sendFile(file, caption),
      onTrouble: (text) => this.notices.toast(text),
      lastOwnText: () =>
        this.thread.messages().findLast((message) => isOwn(message) && message.text !== undefined),
    });
  }

  listen() {
    const { root } = this;
    root.addEventListener("focusin", () => this.tell("used"));
    root.addEventListener("pointerdown", () => this.tell("used"));
    const on = (/** @type {string} */ name, /** @type {() => void} */ act) =>
      part(root, name).addEventListener("click", act);
    on("start", () => this.pressStart());
    on("start-linked", () => this.pressStart());
    on("attach", () => this.menus.openAttachMenu());
    on("menu", () => this.menus.openCommands());
    on("who", () => this.tell("shopperwanted"));
    on("open-map", () => this.tell("mapwanted"));
    on("unblock", () => this.setBlock("unblock"));
    on("retry", () => this.feed.retryNow());
  }

  /** @param {Shopper} shopper */
  useShopper(shopper) {
    this.unwatch();
    this.shopper = shopper;
    this.line = new PhoneLine(shopper);
    this.state = null;
    this.keys.set(null);
    this.composer.clear();
    this.presence.rest();
    this.thread.clear();
    this.root.dataset.loading = "true";
    showHolder(this.root, shopper);
    this.unwatch = this.feed.watch(this.line, {
      onChat: (messages, state) => this.showChat(messages, state),
      onEvent: (event) => this.handle(event),
      onConnection: (connected) => this.showConnection(connected),
    });
    this.tell("changed");
  }

  focus() {
    part(this.root, "field").focus({ preventScroll: true });
  }

  /** Put the phone away for good. */
  close() {
    this.unwatch();
    this.closed.abort();
    this.presence.rest();
    this.root.remove();
  }

  /** @param {BotCard} bot */
  setBot(bot) {
    this.bot = bot;
    this.presence.setBot(bot);
    for (const place of this.root.querySelectorAll("[data-bot-name]")) {
      setText(/** @type {HTMLElement} */ (place), bot.first_name);
    }
    part(this.root, "not-ready").hidden = bot.ready;
  }

  /**
   * @param {Message[]} messages
   * @param {PhoneState} state
   */
  showChat(messages, state) {
    delete this.root.dataset.loading;
    this.thread.load(messages);
    this.applyState(state);
  }

  /** @param {PhoneState} state */
  applyState(state) {
    this.state = state;
    this.keys.set(state.reply_keyboard);
    this.composer.setPlaceholder(state.reply_keyboard?.input_field_placeholder ?? "");
    this.composer.setCommands(state.menu ?? []);
    part(this.root, "menu").hidden = !state.menu?.length;
    part(this.root, "blocked").hidden = !state.blocked;
    this.showStart();
    this.tell("changed");
  }

  /** An empty chat begins with Start; a link opened in a chat that runs asks for it once more. */
  showStart() {
    const { isEmpty } = this.thread;
    const blocked = this.state?.blocked ?? false;
    const linked = !isEmpty && !blocked && this.links.isOpen(this.shopper);
    part(this.root, "empty").hidden = !isEmpty;
    part(this.root, "linked").hidden = !linked;
    part(this.root, "composer").hidden = blocked || linked;
  }

  /** @param {boolean} connected */
  showConnection(connected) {
    part(this.root, "lost").hidden = connected;
    this.presence.setConnected(connected);
  }

  /** @param {PhoneEvent} event */
  handle(event) {
    switch (event.kind) {
      case "message":
      case "edited":
        if (event.message) this.receive(event.message);
        break;
      case "deleted":
        if (event.message_id) this.thread.remove(event.message_id);
        break;
      case "typing":
        this.presence.act(event.action ?? "typing");
        return;
      case "draft":
        this.presence.draft(event);
        return;
      case "callback_answer":
        this.taps.answered(event);
        return;
    }
    this.refreshState();
  }

  /** @param {Message} message */
  receive(message) {
    const isNew = !isOwn(message) && !this.thread.entries.has(message.message_id);
    if (!isOwn(message) && !message.edit_date) this.presence.rest();
    this.thread.add(message);
    this.showStart();
    if (isNew) this.tell("arrived");
  }

  /** Keyboards, menu and block are no part of a message: ask for them after each change. */
  async refreshState() {
    const { line } = this;
    const state = await line.state().catch(() => null); // the feed tells of outages
    if (state && line === this.line) this.applyState(state);
  }

  /**
   * @param {string} text
   * @param {number} [replyTo]
   */
  sendText(text, replyTo) {
    const { line } = this;
    sendShowing(this.thread, text, () => line.sendText(text, replyTo));
    this.showStart();
  }

  /**
   * @param {File} file
   * @param {string} caption
   */
  sendFile(file, caption) {
    const { line } = this;
    const words = caption ? `${file.name}: ${caption}` : file.name;
    sendShowing(this.thread, words, () => line.sendFile(file, caption));
    this.showStart();
  }

  /**
   * Where the shopper last said to be, null before the first share.
   *
   * @returns {{point: Point, accuracy_m: number}|null}
   */
  place() {
    const shared = this.thread.messages().findLast((one) => isOwn(one) && one.location && !one.venue);
    if (!shared?.location) return null;
    const { latitude, longitude, horizontal_accuracy } = shared.location;
    return { point: { latitude, longitude }, accuracy_m: horizontal_accuracy ?? 0 };
  }

  shareContact() {
    return this.attempt(this.line.post("contact", this.line.introduction()));
  }

  pressStart() {
    const payload = this.links.take(this.shopper);
    this.sendText(payload ? `/start ${payload}` : "/start");
    this.composer.invite();
  }

  /** @param {"block"|"unblock"} act */
  async setBlock(act) {
    await this.attempt(this.line.post(act));
    await this.refreshState();
  }

  /**
   * Do it, and say so when it fails.
   *
   * @template T
   * @param {Promise<T>} doing
   * @returns {Promise<T|null>}
   */
  async attempt(doing) {
    try {
      return await doing;
    } catch (error) {
      this.notices.toast(reasonOf(error));
      return null;
    }
  }

  /**
   * @param {string} name
   * @param {any} [detail]
   */
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
