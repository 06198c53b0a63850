/**
 * One phone: a shopper's chat with the bot. Wires the feed to the thread and the composer; several
 * phones can stand on one page. What leaves the phone is told by events: "placewanted",
 * "showplace", "shopperwanted", "used" and "changed".
 */
import { PhoneLine, RequestFailed } from "./api.js";
import { isOwn } from "./bubble.js";
import { Composer } from "./composer.js";
import { part, setText } from "./dom.js";
import { Feed } from "./feed.js";
import { Notices } from "./notices.js";
import { PhoneMenus } from "./phone-menus.js";
import { Presence } from "./presence.js";
import { ReplyKeys } from "./reply-keyboard.js";
import { Taps } from "./taps.js";
import { Thread } from "./thread.js";

/** @import {ShopClock} from "./clock.js" */
/** @import {Town} from "./town.js" */
/** @import {BotCard, Message, PhoneEvent, PhoneState, Point, Shopper} from "./types.js" */

export class Phone extends EventTarget {
  /**
   * @param {HTMLElement} root a copy of the phone template
   * @param {{town: Town, clock: ShopClock, shopper: Shopper, startPayload: string}} setting
   */
  constructor(root, { town, clock, shopper, startPayload }) {
    super();
    this.root = root;
    this.clock = clock;
    this.startPayload = startPayload;
    this.shopper = shopper;
    this.line = new PhoneLine(shopper);
    this.feed = this.openFeed();
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
    clock.addEventListener("change", () => this.thread.retell());
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
    on("start", () => {
      this.sendText(this.startText());
      this.composer.invite();
    });
    on("attach", () => this.menus.openAttachMenu());
    on("menu", () => this.menus.openCommands());
    on("who", () => this.tell("shopperwanted"));
    on("open-map", () => this.tell("mapwanted"));
    on("unblock", () => this.unblock());
    on("retry", () => this.feed.retryNow());
  }

  /** @param {Shopper} shopper */
  useShopper(shopper) {
    this.feed.stop();
    this.shopper = shopper;
    this.line = new PhoneLine(shopper);
    this.state = null;
    this.keys.set(null);
    this.presence.rest();
    this.thread.load([]);
    this.root.dataset.loading = "true";
    setText(part(this.root, "who-letter"), [...shopper.first_name][0]?.toUpperCase() ?? "?");
    part(this.root, "who").setAttribute("aria-label", `${shopper.first_name}'s phone. Change shopper`);
    part(this.root, "who").title = `${shopper.first_name}, shopper ${shopper.id}`;
    this.feed = this.openFeed();
    this.feed.start();
    this.tell("changed");
  }

  openFeed() {
    return new Feed(this.line, {
      onChat: (messages, state) => this.showChat(messages, state),
      onEvent: (event) => this.handle(event),
      onConnection: (connected) => this.showConnection(connected),
    });
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
    part(this.root, "composer").hidden = state.blocked;
    this.showEmptiness();
    this.tell("changed");
  }

  showEmptiness() {
    part(this.root, "empty").hidden = !this.thread.isEmpty;
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
    if (!isOwn(message) && !message.edit_date) this.presence.rest();
    this.thread.add(message);
    this.showEmptiness();
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
  async sendText(text, replyTo) {
    const outgoing = this.thread.addOutgoing(text);
    this.showEmptiness();
    try {
      const { message_id } = await this.line.sendText(text, replyTo);
      this.thread.accepted(outgoing, message_id);
    } catch (error) {
      this.thread.refused(outgoing, reasonOf(error), () => this.sendText(text, replyTo));
    }
  }

  /**
   * @param {File} file
   * @param {string} caption
   */
  async sendFile(file, caption) {
    const outgoing = this.thread.addOutgoing(caption ? `${file.name}: ${caption}` : file.name);
    try {
      const { message_id } = await this.line.sendFile(file, caption);
      this.thread.dropOutgoing(outgoing);
      this.thread.accepted(outgoing, message_id);
    } catch (error) {
      this.thread.refused(outgoing, reasonOf(error), () => this.sendFile(file, caption));
    }
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

  startText() {
    return this.startPayload ? `/start ${this.startPayload}` : "/start";
  }

  async unblock() {
    await this.attempt(this.line.post("unblock"));
    await this.refreshState();
  }

  async block() {
    await this.attempt(this.line.post("block"));
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

/** @param {unknown} error */
function reasonOf(error) {
  return error instanceof RequestFailed ? error.message : "Something on this page went wrong.";
}
