/**
 * Wires the page: the town, its clock, the phones and who holds them. Read this first.
 */
import { RequestFailed, fetchBot, fetchCentre, fetchPeople, fetchTown } from "./api.js";
import { ClockDialog, nightShare } from "./clock-dialog.js";
import { ShopClock } from "./clock.js";
import { part, setText } from "./dom.js";
import { Feed } from "./feed.js";
import { randomness } from "./gps-noise.js";
import { LiveShare } from "./live-share.js";
import { PhoneStrip } from "./phone-strip.js";
import { Phones } from "./phones.js";
import { ShopperDialog } from "./shopper-dialog.js";
import { Shoppers } from "./shoppers.js";
import { StartLinks } from "./start-links.js";
import { TownPanel } from "./town-panel.js";
import { Town } from "./town.js";

/** @import {BotCard, Shopper, TownFile} from "./types.js" */
/** @import {Walker} from "./map-marks.js" */
/** @import {Phone} from "./phone.js" */

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
  /**
   * @param {Town} town
   * @param {Shopper[]} people
   */
  constructor(town, people) {
    this.town = town;
    this.clock = new ShopClock();
    this.links = new StartLinks();
    this.shoppers = new Shoppers(people);
    const random = randomness(new URLSearchParams(location.search));
    this.phones = new Phones(
      part(document, "phones"),
      /** @type {HTMLTemplateElement} */ (part(document, "phone-template")),
      { town, clock: this.clock, feed: new Feed(), links: this.links },
      (phone) => new LiveShare(phone, town, random),
    );
    new PhoneStrip(part(document, "phone-strip"), this.phones, () => this.addPhone());
    this.panel = new TownPanel(part(document, "town"), part(document, "phones-side"), town);
    this.clockDialog = new ClockDialog(
      /** @type {HTMLDialogElement} */ (part(document, "clock-dialog")),
      this.clock,
    );
    this.shopperDialog = new ShopperDialog(
      /** @type {HTMLDialogElement} */ (part(document, "shopper-dialog")),
      this.shoppers,
    );
    this.listen();
  }

  listen() {
    document.addEventListener("click", ({ target }) => {
      const opens = target instanceof Element && target.closest("[data-opens='clock']");
      if (opens) this.clockDialog.open();
    });
    for (const dialog of document.querySelectorAll("dialog")) closeByBackdrop(dialog);
    this.clock.addEventListener("minute", () => this.showTime());
    this.clock.addEventListener("change", () => this.showTime());
    this.panel.map.addEventListener("walker", (event) => {
      this.dragged(/** @type {CustomEvent} */ (event).detail);
    });
    this.listenToPhones();
  }

  listenToPhones() {
    const { phones, panel } = this;
    const on = (
      /** @type {string} */ name,
      /** @type {(told: {phone: Phone, detail: any}) => void} */ act,
    ) => phones.addEventListener(name, (event) => act(/** @type {CustomEvent} */ (event).detail));
    on("changed", () => this.showWalkers());
    on("active", () => this.speakForActive());
    on("closed", () => this.remember());
    on("mapwanted", () => panel.open());
    on("shopperwanted", ({ phone }) => this.changeShopper(phone));
    on("placewanted", ({ phone }) => {
      phones.use(phone);
      panel.place.request();
      panel.open();
    });
    on("showplace", ({ detail }) => {
      panel.place.showPoint(detail);
      panel.open();
    });
  }

  start() {
    const { open, active } = this.shoppers.first(new URLSearchParams(location.search), this.links);
    for (const shopper of open) this.phones.open(shopper);
    this.show(active);
    this.clock.start();
    this.watchBot();
    delete document.body.dataset.waiting;
    document.body.dataset.ready = "true";
  }

  /** @param {Shopper} shopper whose phone is opened if it is not, and brought into view */
  show(shopper) {
    const phone = this.phones.open(shopper);
    this.showTime();
    this.phones.show(phone);
    this.remember();
    return phone;
  }

  speakForActive() {
    const { active } = this.phones;
    const live = active && this.phones.all.get(active);
    if (!active || !live) return;
    this.panel.speakFor(active, live);
    this.remember();
  }

  remember() {
    const { active, shoppers } = this.phones;
    if (active) this.shoppers.remember(shoppers, active.shopper);
  }

  addPhone() {
    this.ask("Add a phone", null, (shopper) => this.show(shopper).focus());
  }

  /** @param {Phone} phone */
  changeShopper(phone) {
    this.ask("Whose phone is this?", phone.shopper, (shopper) => {
      if (this.phones.of(shopper.id)) {
        this.show(shopper);
        return;
      }
      this.phones.all.get(phone)?.rest();
      phone.useShopper(shopper);
      this.remember();
      this.panel.show();
    });
  }

  /**
   * @param {string} title
   * @param {Shopper|null} current
   * @param {(shopper: Shopper) => void} onChosen
   */
  async ask(title, current, onChosen) {
    this.shoppers.people = await fetchPeople().catch(() => this.shoppers.people);
    this.shopperDialog.ask({ title, current, open: this.phones.shoppers, onChosen });
  }

  showWalkers() {
    /** @type {(Walker & {phone: Phone})[]} */
    const walkers = [];
    for (const [phone, live] of this.phones.all) {
      const mark = live.mark();
      if (!mark) continue;
      const { first_name: name } = phone.shopper;
      walkers.push({ ...mark, phone, name, active: phone === this.phones.active });
    }
    this.panel.map.setWalkers(walkers);
    this.panel.show();
  }

  /** @param {{walker: Walker & {phone: Phone}, point: import("./types.js").Point, final: boolean}} drag */
  dragged({ walker, point, final }) {
    const live = this.phones.all.get(walker.phone);
    this.phones.use(walker.phone);
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
    this.phones.setBot(bot);
  }
}

/** @param {HTMLDialogElement} dialog */
function closeByBackdrop(dialog) {
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.querySelector("[data-closes]")?.addEventListener("click", () => dialog.close());
}

const town = await loadTown();
new Page(town, await fetchPeople().catch(() => town.people)).start();
