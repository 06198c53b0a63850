/**
 * The phones on the page: which are open, which one the map speaks for, and on which something
 * waits unseen. What a phone tells is told on, with the phone in it. Fires "active", "closed" and
 * "changed".
 */
import { part } from "./dom.js";
import { Phone } from "./phone.js";

/** @import {ShopClock} from "./clock.js" */
/** @import {Feed} from "./feed.js" */
/** @import {LiveShare} from "./live-share.js" */
/** @import {StartLinks} from "./start-links.js" */
/** @import {Town} from "./town.js" */
/** @import {BotCard, Shopper} from "./types.js" */

const TOLD_ON = ["mapwanted", "placewanted", "shopperwanted", "showplace"];

export class Phones extends EventTarget {
  /**
   * @param {HTMLElement} holder
   * @param {HTMLTemplateElement} template
   * @param {{town: Town, clock: ShopClock, feed: Feed, links: StartLinks}} setting
   * @param {(phone: Phone) => LiveShare} newShare
   */
  constructor(holder, template, setting, newShare) {
    super();
    this.holder = holder;
    this.template = template;
    this.setting = setting;
    this.newShare = newShare;
    /** @type {Map<Phone, LiveShare>} in the order they stand */
    this.all = new Map();
    /** @type {Map<Phone, number>} how many messages nobody has seen */
    this.unseen = new Map();
    /** @type {Phone|null} */
    this.active = null;
    /** @type {BotCard|null} */
    this.bot = null;
    holder.addEventListener("scroll", () => this.look(), { passive: true });
    addEventListener("resize", () => this.look());
  }

  /** @param {number} userId */
  of(userId) {
    return [...this.all.keys()].find(({ shopper }) => shopper.id === userId);
  }

  get shoppers() {
    return [...this.all.keys()].map(({ shopper }) => shopper);
  }

  /**
   * Open a shopper's phone; it stands behind the others.
   *
   * @param {Shopper} shopper
   */
  open(shopper) {
    const standing = this.of(shopper.id);
    if (standing) return standing;
    const copy = /** @type {DocumentFragment} */ (this.template.content.cloneNode(true));
    const root = part(copy, "phone");
    this.holder.append(copy);
    const phone = new Phone(root, this.setting, shopper);
    this.all.set(phone, this.newShare(phone));
    this.listen(phone);
    if (this.bot) phone.setBot(this.bot);
    this.tell("changed");
    return phone;
  }

  /** @param {Phone} phone */
  listen(phone) {
    phone.addEventListener("used", () => this.use(phone));
    phone.addEventListener("arrived", () => this.arrived(phone));
    phone.addEventListener("changed", () => this.tell("changed"));
    for (const name of TOLD_ON) {
      phone.addEventListener(name, (event) => {
        this.tell(name, { phone, detail: /** @type {CustomEvent} */ (event).detail });
      });
    }
  }

  /** @param {Phone} phone the last one stays */
  close(phone) {
    const open = [...this.all.keys()];
    if (open.length < 2) return;
    const place = open.indexOf(phone);
    this.all.get(phone)?.rest();
    this.all.delete(phone);
    this.unseen.delete(phone);
    phone.close();
    if (phone === this.active) this.use(open[place + 1] ?? open[place - 1]);
    this.tell("closed");
    this.tell("changed");
  }

  /** @param {Phone} phone the one the map speaks for from now on */
  use(phone) {
    this.unseen.delete(phone);
    if (phone === this.active) return;
    this.active = phone;
    for (const each of this.all.keys()) each.root.classList.toggle("active", each === phone);
    this.tell("active");
    this.tell("changed");
  }

  /** @param {Phone} phone bring it into view as well */
  show(phone) {
    this.use(phone);
    phone.root.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** @param {Phone} phone got a message */
  arrived(phone) {
    if (this.isInSight(phone)) return;
    this.unseen.set(phone, (this.unseen.get(phone) ?? 0) + 1);
    this.tell("changed");
  }

  /** Whatever has come into view is seen. */
  look() {
    const seen = [...this.unseen.keys()].filter((phone) => this.isInSight(phone));
    for (const phone of seen) this.unseen.delete(phone);
    if (seen.length) this.tell("changed");
  }

  /** @param {Phone} phone */
  isInSight({ root }) {
    const [own, frame] = [root.getBoundingClientRect(), this.holder.getBoundingClientRect()];
    const middle = (own.left + own.right) / 2;
    const isShown = getComputedStyle(root).visibility === "visible";
    return isShown && frame.left <= middle && middle <= frame.right;
  }

  /** @param {BotCard} bot */
  setBot(bot) {
    this.bot = bot;
    for (const phone of this.all.keys()) phone.setBot(bot);
  }

  /**
   * @param {string} name
   * @param {any} [detail]
   */
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
