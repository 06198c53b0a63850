/**
 * The sample town, read once: positions in metres around the centre, distances, who is nearest.
 * Metres suffice here: over a town centre a flat map is wrong by centimetres.
 */

/** @import {Point, Shopper, Store, TownFile} from "./types.js" */

const METRES_PER_DEGREE = 111_195; // mean Earth radius 6,371,008.8 m × π / 180
const DEGREE = Math.PI / 180;

/** @typedef {{x: number, y: number}} Spot metres east and south of the centre */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Bounds metres */
/** @typedef {Store & {spot: Spot}} PlacedStore */
/** @typedef {{name: string, kind: string, spots: Spot[]}} Area */
/** @typedef {{name: string, width_m: number, spots: Spot[]}} Street */

export class Town {
  /** @param {TownFile} file */
  constructor(file) {
    this.name = file.name;
    this.centre = { latitude: file.latitude, longitude: file.longitude };
    this.narrowing = Math.cos(file.latitude * DEGREE);
    /** @type {Shopper[]} */
    this.people = file.people ?? [];
    /** @type {PlacedStore[]} */
    this.stores = (file.stores ?? []).map((store) => ({ ...store, spot: this.spot(store) }));
    this.categories = [...new Set(this.stores.map((store) => store.category))].sort();
    /** @type {Area[]} */
    this.areas = (file.areas ?? []).map(({ name, kind, points }) => ({
      name,
      kind,
      spots: this.spots(points),
    }));
    /** @type {Street[]} */
    this.streets = (file.streets ?? []).map(({ name, points, width_m }) => ({
      name,
      width_m: width_m ?? 9,
      spots: this.spots(points),
    }));
    this.bounds = this.measure();
    this.heart = this.findHeart();
  }

  /**
   * @param {Point} point
   * @returns {Spot}
   */
  spot({ latitude, longitude }) {
    return {
      x: (longitude - this.centre.longitude) * METRES_PER_DEGREE * this.narrowing,
      y: (this.centre.latitude - latitude) * METRES_PER_DEGREE,
    };
  }

  /**
   * @param {Spot} spot
   * @returns {Point} rounded to about a centimetre
   */
  point({ x, y }) {
    const round = (/** @type {number} */ degrees) => Math.round(degrees * 1e7) / 1e7;
    return {
      latitude: round(this.centre.latitude - y / METRES_PER_DEGREE),
      longitude: round(this.centre.longitude + x / (METRES_PER_DEGREE * this.narrowing)),
    };
  }

  /** @param {[number, number][]} points */
  spots(points) {
    return points.map(([latitude, longitude]) => this.spot({ latitude, longitude }));
  }

  /** @returns {Bounds} every store with some ground around it: as far as anyone needs to go */
  measure() {
    const bounds = { left: -150, top: -150, right: 150, bottom: 150 };
    for (const { spot } of this.stores) {
      bounds.left = Math.min(bounds.left, spot.x - 150);
      bounds.right = Math.max(bounds.right, spot.x + 150);
      bounds.top = Math.min(bounds.top, spot.y - 150);
      bounds.bottom = Math.max(bounds.bottom, spot.y + 150);
    }
    return bounds;
  }

  /** @returns {Bounds} where most stores are: what is worth seeing first */
  findHeart() {
    if (this.stores.length < 5) return this.bounds;
    const inner = (/** @type {number[]} */ values) => {
      values.sort((a, b) => a - b);
      const cut = Math.floor(values.length * 0.12);
      return [values[cut] - 60, values[values.length - 1 - cut] + 60];
    };
    const [left, right] = inner(this.stores.map(({ spot }) => spot.x));
    const [top, bottom] = inner(this.stores.map(({ spot }) => spot.y));
    return { left, top, right, bottom };
  }

  /**
   * @param {Point} a
   * @param {Point} b
   * @returns {number} metres
   */
  distance_m(a, b) {
    const from = this.spot(a);
    const to = this.spot(b);
    return Math.hypot(from.x - to.x, from.y - to.y);
  }

  /** @param {Point} point */
  nearestStore(point) {
    let nearest = null;
    let best = Infinity;
    for (const store of this.stores) {
      const distance_m = this.distance_m(point, store);
      if (distance_m < best) [nearest, best] = [store, distance_m];
    }
    return nearest && { store: nearest, distance_m: best };
  }

  /**
   * Say where a point is, as a passer-by would: "43 m from Downtown Café".
   *
   * @param {Point} point
   */
  describe(point) {
    const nearest = this.nearestStore(point);
    if (!nearest) return this.name;
    if (nearest.distance_m < 8) return `At ${nearest.store.name}`;
    return `${formatDistance(nearest.distance_m)} from ${nearest.store.name}`;
  }
}

/** @param {number} metres */
export function formatDistance(metres) {
  if (metres < 1000) return `${Math.round(metres)} m`;
  return `${(metres / 1000).toFixed(1)} km`;
}

/** @param {number} seconds */
export function formatDuration(seconds) {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** @param {number} speed_mps metres a second */
export function formatSpeed(speed_mps) {
  return `${Math.round(speed_mps * 3.6)} km/h`;
}

/**
 * Words for a category key such as "home_garden".
 *
 * @param {string} category
 */
export function categoryName(category) {
  const words = category.replace(/[_-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {string} text to stand within a sentence */
export function lowerFirst(text) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
