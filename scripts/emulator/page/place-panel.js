/**
 * What to do with the place picked on the map: share it once, share it live, go there, send the
 * store's card. Speaks for the phone that was used last.
 */
import { element, part, setText } from "./dom.js";
import { categoryName, lowerFirst } from "./town.js";

/** @import {LiveShare} from "./live-share.js" */
/** @import {MapView} from "./map-view.js" */
/** @import {Phone} from "./phone.js" */
/** @import {PlacedStore, Town} from "./town.js" */
/** @import {Point} from "./types.js" */

export class PlacePanel {
  /**
   * @param {HTMLElement} root
   * @param {{town: Town, map: MapView, stores: HTMLSelectElement, onDone: () => void,
   *   onGo: (point: Point) => void}} setting
   */
  constructor(root, { town, map, stores, onDone, onGo }) {
    this.root = root;
    this.town = town;
    this.map = map;
    this.onDone = onDone;
    this.onGo = onGo;
    /** @type {Phone|null} */
    this.phone = null;
    /** @type {LiveShare|null} */
    this.live = null;
    this.requested = false;
    this.period = /** @type {HTMLSelectElement} */ (part(root, "live-period"));
    this.stores = stores;
    this.listStores();
    this.listen();
  }

  listStores() {
    for (const category of this.town.categories) {
      const stores = this.town.stores.filter((store) => store.category === category);
      stores.sort((a, b) => a.name.localeCompare(b.name));
      const options = stores.map(({ id, name }) => element("option", { value: id }, name));
      this.stores.append(element("optgroup", { label: categoryName(category) }, ...options));
    }
  }

  listen() {
    const on = (/** @type {string} */ name, /** @type {() => void} */ act) =>
      part(this.root, name).addEventListener("click", act);
    on("share", () => this.share());
    on("share-live", () => this.shareLive());
    on("send-store", () => this.sendStore());
    on("go", () => this.go(this.onGo));
    on("jump", () => this.go((point) => this.live?.moveTo(point)));
    on("stop-live", () => this.live?.stop());
    this.map.addEventListener("moved", (event) => {
      const { point } = /** @type {CustomEvent} */ (event).detail;
      setText(part(this.root, "spoken"), `Middle: ${this.town.describe(point)}`);
    });
    this.stores.addEventListener("change", () => {
      const store = this.town.stores.find(({ id }) => String(id) === this.stores.value);
      if (store) this.choose(store);
    });
  }

  /** @param {PlacedStore} store */
  choose(store) {
    const { latitude, longitude } = store;
    this.map.setPicked({ latitude, longitude }, store);
    this.map.lookAt(store);
    this.map.dispatchEvent(new Event("pick"));
  }

  /**
   * @param {Phone} phone
   * @param {LiveShare} live
   */
  speakFor(phone, live) {
    this.phone = phone;
    this.live = live;
    this.show();
  }

  /** The bot asked for a place. */
  request() {
    this.requested = true;
    this.show();
  }

  show() {
    const { root, map, live, phone } = this;
    const { picked, selected } = map;
    const name = phone?.shopper.first_name ?? "The shopper";
    const active = live?.active ?? false;
    const walking = Boolean(live?.walk);
    setText(part(root, "place-title"), this.title(name));
    setText(part(root, "place-detail"), this.detail(selected, active, walking));
    part(root, "share").hidden = !picked || active;
    part(root, "live-choice").hidden = !picked || active;
    part(root, "send-store").hidden = !selected || active;
    part(root, "go").hidden = part(root, "jump").hidden = !picked || !active;
    part(root, "stop-live").hidden = !active;
    root.classList.toggle("asked", this.requested);
    this.stores.value = selected ? String(selected.id) : "";
  }

  /** @param {string} name */
  title(name) {
    const { picked, selected, drawing } = this.map;
    const shared = this.live?.where();
    if (drawing) return "Drawing a walk";
    if (!picked && this.live?.walk) return `${name} is on the way`;
    if (!picked && this.requested) return `Where is ${name}?`;
    if (!picked) return shared ? `${name}: ${lowerFirst(this.town.describe(shared))}` : `${name} can be anywhere`;
    return selected ? selected.name : this.town.describe(picked);
  }

  /**
   * @param {PlacedStore|null} selected
   * @param {boolean} active
   * @param {boolean} walking
   */
  detail(selected, active, walking) {
    if (this.live?.word) return this.live.word;
    if (this.map.drawing) return "Tap its corners. Keys: Enter, Backspace, Escape.";
    if (walking) return "Drag the shopper to take over.";
    if (active) return "Live location is on. Drag the shopper, or pick a place and go there.";
    if (!this.map.picked && this.live?.route.length) return "Start shares the live location and sets off.";
    if (!this.map.picked) return "Tap the map, or go to a store.";
    return selected ? categoryName(selected.category) : "Share it, and the bot knows where.";
  }

  async share() {
    const { phone } = this;
    const point = this.map.picked;
    if (!phone || !point) return;
    const place = { ...point, horizontal_accuracy: this.live?.gps.accuracy_m };
    if (await phone.attempt(phone.line.sharePlace(place))) this.done();
  }

  async shareLive() {
    const point = this.map.picked;
    if (!point || !this.live) return;
    if (await this.live.start(point, Number(this.period.value))) this.done();
  }

  async sendStore() {
    const { phone } = this;
    const store = this.map.selected;
    if (!phone || !store) return;
    const { latitude, longitude, name } = store;
    const venue = { latitude, longitude, title: name, address: this.town.name };
    if (await phone.attempt(phone.line.shareVenue(venue))) this.done();
  }

  /** @param {(point: Point) => void} move */
  go(move) {
    const point = this.map.picked;
    if (point) move(point);
    this.clear();
  }

  done() {
    this.requested = false;
    this.clear();
    this.onDone();
  }

  clear() {
    this.map.setPicked(null);
    this.show();
  }

  /** @param {Point} point shown because its card was tapped in a chat */
  showPoint(point) {
    const { latitude, longitude } = point;
    const nearest = this.town.nearestStore(point);
    const store = nearest && nearest.distance_m < 3 ? nearest.store : null;
    this.map.setPicked({ latitude, longitude }, store);
    this.map.lookAt(point);
    this.map.dispatchEvent(new Event("pick"));
  }
}
