/**
 * The big map: one canvas that is panned, zoomed and tapped by mouse, touch and keyboard.
 *
 * Fires "pick" (a place was chosen), "walker" (a shopper was dragged) and "moved" (the middle
 * moved by keyboard); while a route is drawn also "corner", "uncorner" and "drawn" (Escape). It
 * shares nothing itself.
 */
import { Camera } from "./camera.js";
import { readColours } from "./map-colours.js";
import { drawGround } from "./map-drawing.js";
import { around, drawCross, drawPin, drawStores, drawWalker } from "./map-marks.js";
import { drawNames } from "./map-names.js";
import { drawRoute } from "./map-route.js";
import { MapGestures } from "./map-gestures.js";

/** @import {Walker} from "./map-marks.js" */
/** @import {RouteLine} from "./map-route.js" */
/** @import {PlacedStore, Spot, Town} from "./town.js" */
/** @import {Point} from "./types.js" */

const STORE_REACH_PX = 22; // half a 44 px touch target
const KEY_STEP_PX = 48;
const LISTS_PX = 60; // at the top, where the lists lie over the map

export class MapView extends EventTarget {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Town} town
   */
  constructor(canvas, town) {
    super();
    this.canvas = canvas;
    this.town = town;
    this.camera = new Camera();
    this.colours = readColours(canvas.parentElement ?? document.body);
    /** @type {Point|null} */
    this.picked = null;
    /** @type {PlacedStore|null} */
    this.selected = null;
    /** @type {string|null} */
    this.category = null;
    /** @type {Walker[]} */
    this.walkers = [];
    /** @type {RouteLine|null} */
    this.route = null;
    this.drawing = false; // taps are corners of a route
    this.nightShare = 0;
    this.fitted = false;
    this.waiting = false;
    this.gestures = new MapGestures(this);
    new ResizeObserver(() => this.resize()).observe(canvas);
    canvas.addEventListener("keydown", (event) => this.onKey(event));
    canvas.addEventListener("focus", () => this.redraw());
    canvas.addEventListener("blur", () => this.redraw());
  }

  resize() {
    const { clientWidth, clientHeight } = this.canvas;
    if (!clientWidth || !clientHeight) return;
    const ratio = devicePixelRatio || 1;
    this.canvas.width = Math.round(clientWidth * ratio);
    this.canvas.height = Math.round(clientHeight * ratio);
    const { camera } = this;
    // The top left corner stays: a panel growing below must not move the town under the finger.
    camera.x += (clientWidth - camera.width) / 2 / camera.scale;
    camera.y += (clientHeight - camera.height) / 2 / camera.scale;
    camera.width = clientWidth;
    camera.height = clientHeight;
    if (!this.fitted) this.frame();
    this.fitted = true;
    this.keepPickedInView();
    this.draw();
  }

  /** Begin with the streets most stores stand in; zooming out ends at the whole town. */
  frame() {
    this.camera.fit(this.town.bounds);
    this.camera.minScale = Math.min(this.camera.scale, 1);
    this.camera.fit(this.town.heart);
  }

  showHeart() {
    this.camera.fit(this.town.heart);
    this.redraw();
  }

  keepPickedInView() {
    if (!this.picked) return;
    const { camera } = this;
    const { y } = camera.toScreen(this.town.spot(this.picked));
    if (y > camera.height - 12) camera.pan(0, camera.height - 40 - y);
  }

  /** The colours of the page changed. */
  recolour() {
    this.colours = readColours(this.canvas.parentElement ?? document.body);
    this.redraw();
  }

  redraw() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.draw();
    });
  }

  draw() {
    const pen = this.canvas.getContext("2d");
    if (!pen || !this.fitted) return;
    const ratio = devicePixelRatio || 1;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { town, camera, colours } = this;
    drawGround(pen, town, camera, colours);
    if (this.nightShare > 0) {
      pen.globalAlpha = this.nightShare;
      pen.fillStyle = colours.night;
      pen.fillRect(0, 0, camera.width, camera.height);
      pen.globalAlpha = 1;
    }
    const taken = this.reserved();
    const { selected, category } = this;
    drawStores(pen, town, camera, colours, { selected, category, taken });
    drawNames(pen, town, camera, colours, taken);
    if (this.route) drawRoute(pen, this.route, camera, colours);
    for (const walker of this.walkers) drawWalker(pen, walker, camera, colours);
    if (this.picked) drawPin(pen, camera.toScreen(town.spot(this.picked)), colours);
    if (this.canvas.matches(":focus-visible")) drawCross(pen, camera, colours);
  }

  /** Where no name may stand: under the buttons and lists, the shoppers, the pin. */
  reserved() {
    const { camera, town, picked } = this;
    const boxes = this.walkers.map((walker) => around(camera.toScreen(walker.spot), 16));
    boxes.push({ left: camera.width - 64, top: 0, right: camera.width, bottom: 156 });
    boxes.push({ left: 0, top: 0, right: Math.min(420, camera.width - 64), bottom: LISTS_PX });
    if (picked) {
      const { x, y } = camera.toScreen(town.spot(picked));
      boxes.push({ left: x - 14, top: y - 38, right: x + 14, bottom: y });
    }
    return boxes;
  }

  /** @param {number} share 0 at day, 1 in the deep of night */
  setNight(share) {
    this.nightShare = share;
    this.redraw();
  }

  /** @param {Walker[]} walkers */
  setWalkers(walkers) {
    this.walkers = walkers;
    this.redraw();
  }

  /** @param {RouteLine|null} route */
  setRoute(route) {
    this.route = route;
    this.redraw();
  }

  /** @param {Spot[]} corners brought into view with some ground around them */
  showRoute(corners) {
    const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
    const [left, right] = [Math.min(...xs) - 40, Math.max(...xs) + 40];
    const [top, bottom] = [Math.min(...ys) - 40, Math.max(...ys) + 40];
    this.camera.fit({ left, top, right, bottom });
    this.camera.scale *= 1 - LISTS_PX / this.camera.height;
    this.camera.pan(0, LISTS_PX / 2);
    this.redraw();
  }

  /**
   * @param {Point|null} point
   * @param {PlacedStore|null} [store]
   */
  setPicked(point, store = null) {
    this.picked = point;
    this.selected = store;
    this.redraw();
  }

  /** @param {string|null} category the only one drawn strongly, null = all */
  setCategory(category) {
    this.category = category;
    this.redraw();
  }

  /** @param {Point} point brought to the middle, near enough to read names */
  lookAt(point) {
    const spot = this.town.spot(point);
    this.camera.x = spot.x;
    this.camera.y = spot.y;
    this.camera.scale = Math.max(this.camera.scale, 1.4);
    this.redraw();
  }

  /** @param {number} factor */
  zoomBy(factor) {
    this.camera.zoom(factor, { x: this.camera.width / 2, y: this.camera.height / 2 });
    this.redraw();
  }

  /** @param {Spot} pixel a tap: the store under it, else the bare place; a corner while drawing */
  pickAt(pixel) {
    if (this.drawing) {
      this.dispatchEvent(new CustomEvent("corner", { detail: this.camera.toTown(pixel) }));
      return;
    }
    const store = this.storeAt(pixel);
    const point = store ?? this.town.point(this.camera.toTown(pixel));
    const { latitude, longitude } = point;
    this.setPicked({ latitude, longitude }, store);
    this.dispatchEvent(new CustomEvent("pick", { detail: { point: this.picked, store } }));
  }

  /** @param {Spot} pixel */
  storeAt(pixel) {
    let best = null;
    let nearest = STORE_REACH_PX;
    for (const store of this.town.stores) {
      const { x, y } = this.camera.toScreen(store.spot);
      const away = Math.hypot(x - pixel.x, y - pixel.y);
      if (away < nearest) [best, nearest] = [store, away];
    }
    return best;
  }

  /** @param {Spot} pixel */
  walkerAt(pixel) {
    const reached = this.walkers.filter((walker) => {
      const { x, y } = this.camera.toScreen(walker.spot);
      return Math.hypot(x - pixel.x, y - pixel.y) < STORE_REACH_PX;
    });
    return reached.find((walker) => walker.active) ?? reached[0] ?? null;
  }

  /**
   * @param {Walker} walker
   * @param {Spot} spot metres
   * @param {boolean} final the finger was lifted
   */
  dragWalker(walker, spot, final) {
    walker.spot = spot;
    this.redraw();
    const detail = { walker, point: this.town.point(spot), final };
    this.dispatchEvent(new CustomEvent("walker", { detail }));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const step = event.shiftKey ? KEY_STEP_PX / 4 : KEY_STEP_PX;
    /** @type {Record<string, () => void>} */
    const actions = {
      ArrowLeft: () => this.steer(step, 0),
      ArrowRight: () => this.steer(-step, 0),
      ArrowUp: () => this.steer(0, step),
      ArrowDown: () => this.steer(0, -step),
      "+": () => this.zoomBy(1.3),
      "=": () => this.zoomBy(1.3),
      "-": () => this.zoomBy(1 / 1.3),
      0: () => this.showHeart(),
      Enter: () => this.pickAt({ x: this.camera.width / 2, y: this.camera.height / 2 }),
      " ": () => this.pickAt({ x: this.camera.width / 2, y: this.camera.height / 2 }),
    };
    if (this.drawing) {
      actions.Backspace = () => this.dispatchEvent(new Event("uncorner"));
      actions.Escape = () => this.dispatchEvent(new Event("drawn"));
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !actions[event.key]) return;
    event.preventDefault();
    event.stopPropagation(); // Escape ends the drawing, not the town's sheet
    actions[event.key]();
  }

  /**
   * @param {number} dx
   * @param {number} dy
   */
  steer(dx, dy) {
    this.camera.pan(dx, dy);
    this.camera.keepInside(this.town.bounds);
    this.redraw();
    const point = this.town.point({ x: this.camera.x, y: this.camera.y });
    this.dispatchEvent(new CustomEvent("moved", { detail: { point } }));
  }
}
