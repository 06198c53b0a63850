/**
 * Wires the page: the town, its clock, the phones and who holds them. Read this first.
 */
import { RequestFailed, fetchBot, fetchCentre, fetchTown } from "./api.js";
import { ClockDialog, nightShare } from "./clock-dialog.js";
import { ShopClock } from "./clock.js";
import { part, setText } from "./dom.js";
import { LiveShare } from "./live-share.js";
import { Phone } from "./phone.js";
import { ShopperDialog } from "./shopper-dialog.js";
import { Shoppers } from "./shoppers.js";
import { TownPanel } from "./town-panel.js";
import { Town } from "./town.js";

/** @import {BotCard, Shopper, TownFile} from "./types.js" */
/** @import {Walker} from "./map-marks.js" */

const BOT_EVERY_MS = 5_000;
const RETRY_MS = 1_500;

/** The server may still be starting: ask until it answers. */
async function loadTown() {
  for (;;) {
    try {
      return new Town(await fetchTown());
    } catch (error) {
      if (error instanceof RequestFailed && error.status === 404) return new Town(await bareTown());
      document.body.dataset.waiting = "true";
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** @returns {Promise<TownFile>} a town without a map, when the server was given none */
async function bareTown() {
  const centre = await fetchCentre().catch(() => ({ latitude: 0, longitude: 0 }));
  return { name: "No town loaded", ...centre, stores: [], streets: [], areas: [], people: [] };
}

class Page {
  /** @param {Town} town */
  constructor(town) {
    this.town = town;
    this.address = new URLSearchParams(location.search);
    this.clock = new ShopClock();
    this.shoppers = new Shoppers(town.people);
    this.holder = part(document, "phones");
    this.panel = new TownPanel(part(document, "town"), this.holder, town);
    this.clockDialog = new ClockDialog(
      /** @type {HTMLDialogElement} */ (part(document, "clock-dialog")),
      this.clock,
    );
    this.shopperDialog = new ShopperDialog(
      /** @type {HTMLDialogElement} */ (part(document, "shopper-dialog")),
      this.shoppers,
    );
    /** @type {Map<Phone, LiveShare>} */
    this.phones = new Map();
    /** @type {Phone|null} */
    this.active = null;
    this.listen();
  }

  listen() {
    for (const button of document.querySelectorAll("[data-opens='clock']")) {
      button.addEventListener("click", () => this.clockDialog.open());
    }
    for (const dialog of document.querySelectorAll("dialog")) closeByBackdrop(dialog);
    this.clock.addEventListener("minute", () => this.showTime());
    this.clock.addEventListener("change", () => this.showTime());
    this.panel.map.addEventListener("walker", (event) => {
      this.dragged(/** @type {CustomEvent} */ (event).detail);
    });
  }

  start() {
    const shopper = this.shoppers.first(this.address);
    this.shoppers.choose(shopper);
    this.use(this.addPhone(shopper));
    this.clock.start();
    this.watchBot();
    delete document.body.dataset.waiting;
    document.body.dataset.ready = "true";
  }

  /** @param {Shopper} shopper */
  addPhone(shopper) {
    const template = /** @type {HTMLTemplateElement} */ (part(document, "phone-template"));
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const root = part(copy, "phone");
    this.holder.append(copy);
    const startPayload = this.address.get("start") ?? "";
    const phone = new Phone(root, { town: this.town, clock: this.clock, shopper, startPayload });
    this.phones.set(phone, new LiveShare(phone, this.town));
    root.querySelector("[data-opens='clock']")?.addEventListener("click", () => this.clockDialog.open());
    phone.addEventListener("used", () => this.use(phone));
    phone.addEventListener("changed", () => this.showWalkers());
    phone.addEventListener("mapwanted", () => this.panel.open());
    phone.addEventListener("shopperwanted", () => this.changeShopper(phone));
    phone.addEventListener("placewanted", () => {
      this.use(phone);
      this.panel.place.request();
      this.panel.open();
    });
    phone.addEventListener("showplace", (event) => {
      this.panel.place.showPoint(/** @type {CustomEvent} */ (event).detail);
      this.panel.open();
    });
    return phone;
  }

  /** @param {Phone} phone the one the map speaks for from now on */
  use(phone) {
    const live = this.phones.get(phone);
    if (this.active === phone || !live) return;
    this.active = phone;
    this.panel.place.speakFor(phone, live);
    this.showWalkers();
  }

  /** @param {Phone} phone */
  changeShopper(phone) {
    this.shopperDialog.open(phone.shopper, (shopper) => {
      this.phones.get(phone)?.rest();
      this.shoppers.choose(shopper);
      phone.useShopper(shopper);
      this.panel.place.show();
    });
  }

  showWalkers() {
    /** @type {(Walker & {phone: Phone})[]} */
    const walkers = [];
    for (const [phone, live] of this.phones) {
      const point = live.where();
      if (!point) continue;
      walkers.push({
        phone,
        spot: this.town.spot(point),
        name: phone.shopper.first_name,
        live: live.active,
        accuracy_m: phone.place()?.accuracy_m ?? 0,
        active: phone === this.active,
      });
    }
    this.panel.map.setWalkers(walkers);
    this.panel.place.show();
  }

  /** @param {{walker: Walker & {phone: Phone}, point: import("./types.js").Point, final: boolean}} drag */
  dragged({ walker, point, final }) {
    const live = this.phones.get(walker.phone);
    this.use(walker.phone);
    if (live?.active) live.moveTo(point);
    else if (final) {
      this.panel.map.setPicked(point);
      this.showWalkers();
    }
  }

  showTime() {
    const now = this.clock.now();
    for (const place of document.querySelectorAll("[data-shop-time]")) {
      setText(/** @type {HTMLElement} */ (place), this.clock.time(now));
    }
    document.body.classList.toggle("chosen-time", !this.clock.real);
    const night = nightShare(this.clock.minuteOfDay(now));
    this.panel.map.setNight(night);
    document.body.classList.toggle("night", night > 0.5);
  }

  async watchBot() {
    const bot = await fetchBot().catch(() => null); // the phone's banner tells of outages
    if (bot) this.showBot(bot);
    setTimeout(() => this.watchBot(), bot?.ready ? BOT_EVERY_MS : RETRY_MS);
  }

  /** @param {BotCard} bot */
  showBot(bot) {
    document.title = `${bot.first_name} · ${this.town.name}`;
    for (const phone of this.phones.keys()) phone.setBot(bot);
  }
}

/** @param {HTMLDialogElement} dialog */
function closeByBackdrop(dialog) {
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.querySelector("[data-closes]")?.addEventListener("click", () => dialog.close());
}

new Page(await loadTown()).start();
