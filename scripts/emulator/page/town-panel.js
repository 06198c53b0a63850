/**
 * The town beside the phones: the map with its buttons, the legend, the clock, the places. On a
 * narrow screen it is a sheet over the phone.
 */
import { element, icon, part, setText } from "./dom.js";
import { dotColour } from "./map-colours.js";
import { MapView } from "./map-view.js";
import { repaintMiniMaps } from "./mini-map.js";
import { PlacePanel } from "./place-panel.js";
import { attachTheme } from "./theme.js";
import { categoryName } from "./town.js";

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
    this.place = new PlacePanel(part(root, "place"), {
      town,
      map: this.map,
      onDone: () => this.close(),
    });
    /** @type {HTMLElement|null} */
    this.cameFrom = null;
    setText(part(root, "town-name"), town.name);
    setText(part(root, "town-size"), `${town.stores.length} stores`);
    this.listen();
    this.drawLegend();
    this.adapt();
  }

  listen() {
    const on = (/** @type {string} */ name, /** @type {() => void} */ act) =>
      part(this.root, name).addEventListener("click", act);
    on("zoom-in", () => this.map.zoomBy(1.5));
    on("zoom-out", () => this.map.zoomBy(1 / 1.5));
    on("zoom-all", () => this.map.showAll());
    on("close-town", () => this.close());
    NARROW.addEventListener("change", () => this.adapt());
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.isSheet) this.close();
    });
    attachTheme(part(this.root, "theme"), () => this.recolour());
  }

  get isSheet() {
    return NARROW.matches;
  }

  recolour() {
    this.map.recolour();
    repaintMiniMaps();
    this.drawLegend();
  }

  /** A category in the legend, pressed, is the only one drawn strongly. */
  drawLegend() {
    const { colours, category } = this.map;
    const chips = this.town.categories.map((one, index) => {
      const dot = icon("dot");
      dot.style.color = dotColour(colours, index);
      const chip = element("button", { type: "button", class: "chip" }, dot, categoryName(one));
      chip.setAttribute("aria-pressed", String(one === category));
      chip.addEventListener("click", () => {
        const pressed = this.map.category === one;
        this.map.setCategory(pressed ? null : one);
        for (const other of chips) other.setAttribute("aria-pressed", "false");
        chip.setAttribute("aria-pressed", String(!pressed));
      });
      return chip;
    });
    part(this.root, "legend").replaceChildren(...chips);
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
