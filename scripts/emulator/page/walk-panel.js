/**
 * Draw a walk, or take the ready-made one past a store, and walk it: start, pause, end, how fast.
 * Speaks for the phone that was used last.
 */
import { part, setText } from "./dom.js";
import { cut, lengthOf } from "./route.js";
import { formatDistance, formatDuration, formatSpeed } from "./town.js";
import { walkPast } from "./walk-past.js";

/** @import {LiveShare} from "./live-share.js" */
/** @import {MapView} from "./map-view.js" */
/** @import {Spot, Town} from "./town.js" */
/** @import {Point} from "./types.js" */
/** @import {Walk} from "./walk.js" */

const PERIODS_S = [900, 3600, 28_800]; // what Telegram offers
const HINT = "Draw a walk, or pick a store.";

export class WalkPanel {
  /**
   * @param {HTMLElement} root
   * @param {{town: Town, map: MapView, onChange: () => void}} setting
   */
  constructor(root, { town, map, onChange }) {
    this.root = root;
    this.town = town;
    this.map = map;
    this.onChange = onChange;
    /** @type {LiveShare|null} */
    this.live = null;
    this.speed = /** @type {HTMLSelectElement} */ (part(root, "speed"));
    this.listen();
  }

  listen() {
    const on = (/** @type {string} */ name, /** @type {() => void} */ act) =>
      part(this.root, name).addEventListener("click", act);
    on("draw-walk", () => this.draw());
    on("walk-past", () => this.takeWalkPast());
    on("set-off", () => this.setOff());
    on("pause", () => this.pauseOrResume());
    on("end-walk", () => this.endWalk());
    on("drop-corner", () => this.dropCorner());
    on("clear-walk", () => this.clear());
    this.speed.addEventListener("change", () => this.changeSpeed());
    this.map.addEventListener("corner", (event) => {
      this.addCorner(/** @type {CustomEvent<Spot>} */ (event).detail);
    });
    this.map.addEventListener("uncorner", () => this.dropCorner());
    this.map.addEventListener("drawn", () => this.endDrawing());
  }

  get speed_mps() {
    return Number(this.speed.value);
  }

  /** @param {LiveShare} live */
  speakFor(live) {
    this.map.drawing = false;
    this.live = live;
    if (live.walk) this.speed.value = String(live.walk.speed_mps);
    this.show();
  }

  /** Taps are corners from now on; a shopper who shares live sets off from where they are. */
  draw() {
    const { live, map } = this;
    if (!live) return;
    live.route = live.active && live.position ? [live.position] : [];
    live.word = "";
    map.drawing = true;
    map.setPicked(null);
    map.canvas.focus({ preventScroll: true });
    this.onChange();
  }

  endDrawing() {
    this.map.drawing = false;
    this.onChange();
  }

  /** @param {Spot} spot */
  addCorner(spot) {
    const { live } = this;
    if (!live) return;
    live.route = [...live.route, spot];
    const place = this.town.describe(this.town.point(spot));
    this.say(`Corner ${live.route.length}: ${place}. ${this.measures(live.route)}`);
    this.onChange();
  }

  dropCorner() {
    const { live } = this;
    if (!live) return;
    live.route = live.route.slice(0, -1);
    this.say(`Taken back. ${live.route.length} left.`);
    this.onChange();
  }

  clear() {
    if (this.live) this.live.route = [];
    this.endDrawing();
  }

  takeWalkPast() {
    const { live, map, town } = this;
    if (!live || !map.selected) return;
    const store = map.selected;
    live.route = walkPast(town, store);
    map.setPicked(null);
    map.showRoute(live.route);
    this.say(`A walk past ${store.name}: ${this.measures(live.route)}`);
    this.onChange();
    part(this.root, "set-off").focus();
  }

  async setOff() {
    const { live } = this;
    if (!live) return;
    this.endDrawing();
    this.map.setPicked(null);
    await live.setOff(this.speed_mps, this.period_s(live.route));
    this.onChange();
    if (live.walk) part(this.root, "pause").focus();
  }

  /** @param {Spot[]} route */
  period_s(route) {
    const needed_s = lengthOf(route) / this.speed_mps;
    return PERIODS_S.find((period_s) => period_s > needed_s) ?? PERIODS_S[PERIODS_S.length - 1];
  }

  /** @param {Point} point */
  goTo(point) {
    this.map.drawing = false;
    this.live?.goTo(point, this.speed_mps);
  }

  pauseOrResume() {
    const walk = this.live?.walk;
    if (!walk) return;
    if (walk.paused) walk.resume(performance.now());
    else walk.pause(performance.now());
    this.onChange();
  }

  endWalk() {
    this.live?.endWalk();
    part(this.root, "set-off").focus();
  }

  changeSpeed() {
    this.live?.walk?.setSpeed(this.speed_mps, performance.now());
    this.onChange();
  }

  show() {
    const { root, live, map } = this;
    const route = live?.route ?? [];
    const walk = live?.walk ?? null;
    const free = !walk && !map.drawing;
    part(root, "draw-walk").hidden = !free;
    part(root, "walk-past").hidden = !free || !map.selected;
    setText(part(root, "walk-past"), `Walk past ${map.selected?.name ?? "it"}`);
    part(root, "set-off").hidden = Boolean(walk) || route.length < 2;
    part(root, "pause").hidden = part(root, "end-walk").hidden = !walk;
    setText(part(root, "pause"), walk?.paused ? "Resume" : "Pause");
    part(root, "drop-corner").hidden = !map.drawing || !route.length;
    part(root, "clear-walk").hidden = Boolean(walk) || (!map.drawing && !route.length);
    setText(part(root, "walk-words"), this.words(route, walk));
    this.showRoute(route, walk);
  }

  /**
   * @param {Spot[]} route
   * @param {Walk|null} walk
   */
  showRoute(route, walk) {
    const walked = walk ? cut(walk.corners, walk.travelled_m(performance.now())) : [];
    const label = !walk && route.length > 1 ? this.measures(route) : "";
    this.map.setRoute({ corners: walk?.corners ?? route, walked, label });
  }

  /**
   * @param {Spot[]} route
   * @param {Walk|null} walk
   */
  words(route, walk) {
    if (walk) return progress(walk);
    if (this.map.drawing && route.length < 2) return "No corner yet.";
    return route.length > 1 ? `${this.measures(route)} at ${formatSpeed(this.speed_mps)}` : HINT;
  }

  /** @param {Spot[]} route */
  measures(route) {
    const length_m = lengthOf(route);
    return `${formatDistance(length_m)}, ${formatDuration(length_m / this.speed_mps)}`;
  }

  /** @param {string} text for those who listen */
  say(text) {
    setText(part(this.root, "walk-spoken"), text);
  }
}

/** @param {Walk} walk */
function progress(walk) {
  const now_ms = performance.now();
  const gone = `${Math.round(walk.travelled_m(now_ms))} of ${formatDistance(walk.length_m)}`;
  if (walk.paused) return `Paused at ${gone}. The phone reports nothing.`;
  return `${gone}, ${formatDuration(walk.left_s(now_ms))} to go`;
}
