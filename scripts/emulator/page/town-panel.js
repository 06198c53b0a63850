/**
 * The town beside the phones: the map with its buttons, the clock, places, walks and GPS. On a
 * narrow screen it is a sheet over the phone.
 */
import { element, part, setText } from "./dom.js";
import { GpsPanel } from "./gps-panel.js";
import { MapView } from "./map-view.js";
import { repaintMiniMaps } from "./mini-map.js";
import { PlacePanel } from "./place-panel.js";
import { attachTheme } from "./theme.js";
import { categoryName } from "./town.js";
import { WalkPanel } from "./walk-panel.js";

/** @import {LiveShare} from "./live-share.js" */
/** @import {Phone} from "./phone.js" */
/** @import {Town} from "./town.js" */

const NARROW = matchMedia("(max-width: 859px)");

export class TownPanel {
  /**
   * @param {HTMLElement} root
   * @param {HTMLElement} phones inert while the sheet covers them
   * @param {Town} town
   */
  constructor(root, phones, town) {
    this.root = root;
    this.phones = phones;
    this.town = town;
    this.map = new MapView(/** @type {HTMLCanvasElement} */ (part(root, "map")), town);
    this.walk = new WalkPanel(part(root, "walk"), {
      town,
      map: this.map,
      onChange: () => this.show(),
    });
    this.gps = new GpsPanel(part(root, "gps"));
    this.place = new PlacePanel(part(root, "place"), {
      town,
      map: this.map,
      stores: part(root, "store-list"),
      onDone: () => this.close(),
      onGo: (point) => this.walk.goTo(point),
    });
    /** @type {HTMLElement|null} */
    this.cameFrom = null;
    setText(part(root, "town-name"), town.name);
    setText(part(root, "town-size"), `${town.stores.length} stores`);
    this.listen();
    this.listCategories();
    this.adapt();
  }

  listen() {
    const on = (/** @type {string} */ name, /** @type {() => void} */ act) =>
      part(this.root, name).addEventListener("click", act);
    on("zoom-in", () => this.map.zoomBy(1.5));
    on("zoom-out", () => this.map.zoomBy(1 / 1.5));
    on("zoom-all", () => this.map.showHeart());
    on("close-town", () => this.close());
    this.map.addEventListener("pick", () => this.show());
    NARROW.addEventListener("change", () => this.adapt());
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.isSheet) this.close();
    });
    attachTheme(part(this.root, "theme"), () => this.recolour());
  }

  /**
   * @param {Phone} phone
   * @param {LiveShare} live
   */
  speakFor(phone, live) {
    this.place.speakFor(phone, live);
    this.walk.speakFor(live);
    this.gps.speakFor(live);
  }

  show() {
    this.place.show();
    this.walk.show();
    this.gps.show();
  }

  get isSheet() {
    return NARROW.matches;
  }

  recolour() {
    this.map.recolour();
    repaintMiniMaps();
  }

  /** One kind of store drawn strongly and with its names, the others faded. */
  listCategories() {
    const list = /** @type {HTMLSelectElement} */ (part(this.root, "category"));
    for (const category of this.town.categories) {
      list.append(element("option", { value: category }, categoryName(category)));
    }
    list.addEventListener("change", () => this.map.setCategory(list.value || null));
  }

  /** Bring the map before the shopper's eyes; on a wide screen it is there already. */
  open() {
    this.root.classList.add("open");
    if (!this.isSheet) {
      part(this.root, "map").focus({ preventScroll: true });
      return;
    }
    this.cameFrom = /** @type {HTMLElement|null} */ (document.activeElement);
    this.adapt();
    part(this.root, "close-town").focus();
  }

  close() {
    this.root.classList.remove("open");
    this.adapt();
    if (!this.isSheet) return;
    if (this.cameFrom?.isConnected) this.cameFrom.focus();
    this.cameFrom = null;
  }

  /** Only what can be seen can be reached. */
  adapt() {
    const open = this.root.classList.contains("open");
    this.root.inert = this.isSheet && !open;
    this.phones.inert = this.isSheet && open;
  }
}
