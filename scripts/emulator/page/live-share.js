/**
 * A running live location of one phone: moved by hand or walking by itself, at most one fix a
 * second, always ending with the newest.
 */

/** @import {Phone} from "./phone.js" */
/** @import {Town} from "./town.js" */
/** @import {Point} from "./types.js" */

const FIX_EVERY_MS = 1000;

export class LiveShare {
  /**
   * @param {Phone} phone
   * @param {Town} town
   */
  constructor(phone, town) {
    this.phone = phone;
    this.town = town;
    this.accuracy_m = 10;
    /** @type {Point|null} */
    this.waiting = null;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
    /** @type {{target: Point, speed_mps: number}|null} */
    this.walk = null;
    /** @type {Point|null} */
    this.position = null;
  }

  get active() {
    return Boolean(this.phone.state?.live_message_id);
  }

  /** @returns {Point|null} where the shopper is, as far as is known here */
  where() {
    const shared = this.phone.place()?.point ?? null;
    return this.active ? (this.position ?? shared) : shared;
  }

  /**
   * @param {Point} point
   * @param {number} live_period seconds
   */
  async start(point, live_period) {
    this.position = point;
    const place = { ...point, live_period, horizontal_accuracy: this.accuracy_m };
    const started = await this.phone.attempt(this.phone.line.startLive(place));
    await this.phone.refreshState();
    return Boolean(started);
  }

  async stop() {
    this.rest();
    await this.phone.attempt(this.phone.line.stopLive());
    await this.phone.refreshState();
  }

  /** Neither walk nor send anything more by itself. */
  rest() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = null;
    this.walk = null;
    this.position = null;
  }

  /** @param {Point} point */
  moveTo(point) {
    this.walk = null;
    this.push(point);
  }

  /**
   * @param {Point} target
   * @param {number} speed_mps
   */
  walkTo(target, speed_mps) {
    this.walk = { target, speed_mps };
    this.position = this.where() ?? target;
    this.run();
  }

  /** @param {Point} point */
  push(point) {
    this.position = point;
    this.waiting = point;
    this.run();
  }

  /** Send what waits, then take the next step, one fix a second. */
  run() {
    if (this.timer !== undefined) return;
    if (!this.active) return this.rest();
    if (this.walk) this.step(this.walk);
    const point = this.waiting;
    if (!point) return;
    this.waiting = null;
    const fix = { ...point, horizontal_accuracy: this.accuracy_m };
    this.phone.attempt(this.phone.line.moveLive(fix));
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.run();
    }, FIX_EVERY_MS);
  }

  /** @param {{target: Point, speed_mps: number}} walk one second further */
  step({ target, speed_mps }) {
    const from = this.position ?? target;
    const left_m = this.town.distance_m(from, target);
    const share = Math.min(1, (speed_mps * FIX_EVERY_MS) / 1000 / Math.max(left_m, 0.01));
    const [a, b] = [this.town.spot(from), this.town.spot(target)];
    const spot = { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
    this.position = this.waiting = this.town.point(spot);
    if (share === 1) this.walk = null;
    this.phone.tell("changed");
  }
}
