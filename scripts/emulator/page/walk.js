/**
 * A walk on its way along a route, by real time. Pure: it is told the time and starts no timer.
 */
import { along, lengthOf } from "./route.js";

/** @import {Spot} from "./town.js" */

export class Walk {
  /**
   * @param {Spot[]} corners metres, at least two
   * @param {number} speed_mps
   * @param {number} now_ms
   */
  constructor(corners, speed_mps, now_ms) {
    this.corners = corners;
    this.length_m = lengthOf(corners);
    this.speed_mps = speed_mps;
    this.paused = false;
    this.walked_m = 0; // until since_ms
    this.since_ms = now_ms;
  }

  /** @param {number} now_ms */
  travelled_m(now_ms) {
    const stretch_m = this.paused ? 0 : (this.speed_mps * (now_ms - this.since_ms)) / 1000;
    return Math.min(this.length_m, this.walked_m + stretch_m);
  }

  /** @param {number} now_ms */
  at(now_ms) {
    return along(this.corners, this.travelled_m(now_ms));
  }

  /** @param {number} now_ms */
  left_s(now_ms) {
    return (this.length_m - this.travelled_m(now_ms)) / this.speed_mps;
  }

  /** @param {number} now_ms */
  isDone(now_ms) {
    return this.travelled_m(now_ms) >= this.length_m;
  }

  /** @param {number} now_ms */
  pause(now_ms) {
    this.settle(now_ms);
    this.paused = true;
  }

  /** @param {number} now_ms */
  resume(now_ms) {
    this.settle(now_ms);
    this.paused = false;
  }

  /**
   * Go on from here at another speed.
   *
   * @param {number} speed_mps
   * @param {number} now_ms
   */
  setSpeed(speed_mps, now_ms) {
    this.settle(now_ms);
    this.speed_mps = speed_mps;
  }

  /** @param {number} now_ms */
  settle(now_ms) {
    this.walked_m = this.travelled_m(now_ms);
    this.since_ms = now_ms;
  }
}
