/**
 * A running live location of one phone: where the shopper truly is, the walk that moves them, and
 * the fixes the phone reports, one at a time and the newest last.
 */
import { RequestFailed } from "./api.js";
import { isDue } from "./fix-pace.js";
import { takeFix } from "./gps-noise.js";
import { distance } from "./route.js";
import { lowerFirst } from "./town.js";
import { Walk } from "./walk.js";

/** @import {Fix} from "./gps-noise.js" */
/** @import {Walker} from "./map-marks.js" */
/** @import {Phone} from "./phone.js" */
/** @import {Spot, Town} from "./town.js" */
/** @import {Point} from "./types.js" */

const BEAT_MS = 200; // smooth enough for a dot, light enough for a drawn town

export class LiveShare {
  /**
   * @param {Phone} phone
   * @param {Town} town
   * @param {() => number} [random] from 0 to below 1
   */
  constructor(phone, town, random = Math.random) {
    this.phone = phone;
    this.town = town;
    this.random = random;
    this.gps = { accuracy_m: 10, noise_m: 0, interval_s: 3 };
    /** @type {Spot[]} the corners of the walk that is drawn or walked */
    this.route = [];
    /** @type {Walk|null} */
    this.walk = null;
    /** @type {Spot|null} where the shopper truly is; null when this page does not move them */
    this.position = null;
    /** @type {Fix|null} the last one reported */
    this.fix = null;
    this.sent_ms = 0;
    /** @type {Promise<void>|null} */
    this.sending = null;
    this.byHand = false;
    this.wasActive = false;
    this.stopping = false;
    this.word = ""; // what just happened, until the next act
    /** @type {ReturnType<typeof setInterval>|undefined} */
    this.timer = undefined;
    phone.addEventListener("changed", () => this.notice());
  }

  get active() {
    return Boolean(this.phone.state?.live_message_id);
  }

  /** @returns {Point|null} where the shopper is, as far as is known here */
  where() {
    if (this.active && this.position) return this.town.point(this.position);
    return this.phone.place()?.point ?? null;
  }

  /** @returns {Pick<Walker, "spot"|"live"|"fix">|null} null before the shopper was anywhere */
  mark() {
    const point = this.where();
    const shared = this.phone.place();
    if (!point) return null;
    const told = shared && { spot: this.town.spot(shared.point), accuracy_m: shared.accuracy_m, outlier: false };
    return { spot: this.town.spot(point), live: this.active, fix: this.fix ?? told };
  }

  /**
   * @param {Point} point
   * @param {number} live_period seconds
   */
  async start(point, live_period) {
    this.halt();
    this.word = "";
    this.position = this.town.spot(point);
    const place = { ...this.report(), live_period };
    const started = await this.phone.attempt(this.phone.line.startLive(place));
    if (!started) this.halt();
    await this.phone.refreshState();
    return Boolean(started);
  }

  async stop() {
    this.stopping = true;
    await this.sending; // a fix after the end would be refused
    await this.phone.attempt(this.phone.line.stopLive());
    await this.phone.refreshState();
    this.stopping = false;
  }

  /** Someone else holds the phone, or it is put away: forget what this one did. */
  rest() {
    this.halt();
    this.route = [];
    this.word = "";
    this.wasActive = false;
  }

  /** Neither walk nor report anything more. */
  halt() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.walk = null;
    this.position = null;
    this.fix = null;
    this.byHand = false;
  }

  /** A share ends by its own time, by the bot's world or by hand; all are seen here. */
  notice() {
    const ended = this.wasActive && !this.active;
    this.wasActive = this.active;
    if (this.active && this.position) this.beat();
    if (!ended) return;
    this.word = this.walk ? "The live location ended, and the walk with it." : "The live location ended.";
    this.halt();
  }

  /** @param {Point} point where the shopper is put by hand */
  moveTo(point) {
    this.walk = null;
    this.put(this.town.spot(point));
  }

  /** @param {Spot} spot */
  put(spot) {
    this.word = "";
    this.position = spot;
    this.byHand = true;
    this.beat();
    this.step();
    this.phone.tell("changed");
  }

  /**
   * Walk the route from its first corner; the phone begins to share when it does not yet.
   *
   * @param {number} speed_mps
   * @param {number} live_period seconds
   */
  async setOff(speed_mps, live_period) {
    const [first] = this.route;
    if (this.route.length < 2) return;
    if (this.active) this.put(first);
    else if (!(await this.start(this.town.point(first), live_period))) return;
    this.walk = new Walk(this.route, speed_mps, performance.now());
    this.beat();
    this.phone.tell("changed");
  }

  /**
   * @param {Point} target
   * @param {number} speed_mps
   */
  goTo(target, speed_mps) {
    const from = this.where();
    if (!from) return;
    this.route = [this.town.spot(from), this.town.spot(target)];
    this.setOff(speed_mps, 0);
  }

  endWalk() {
    this.walk = null;
    this.phone.tell("changed");
  }

  beat() {
    this.timer ??= setInterval(() => this.step(), BEAT_MS);
  }

  step() {
    if (!this.active || !this.position || this.stopping) return;
    const now_ms = performance.now();
    if (this.walk) this.advance(this.walk, now_ms);
    if (!this.sending && this.isFixDue(now_ms)) this.sending = this.send();
  }

  /**
   * @param {Walk} walk
   * @param {number} now_ms
   */
  advance(walk, now_ms) {
    this.position = walk.at(now_ms).spot;
    if (walk.isDone(now_ms)) {
      this.walk = null;
      this.byHand = true;
      this.word = `Arrived, ${lowerFirst(this.town.describe(this.town.point(this.position)))}.`;
    }
    if (!walk.paused) this.phone.tell("changed");
  }

  /** @param {number} now_ms */
  isFixDue(now_ms) {
    const { position, fix, walk, byHand, gps } = this;
    return isDue({
      since_ms: now_ms - this.sent_ms,
      interval_ms: gps.interval_s * 1000,
      moved_m: position && fix ? distance(position, fix.truth) : Infinity,
      walking: Boolean(walk),
      paused: walk?.paused ?? false,
      noisy: gps.noise_m > 0,
      byHand,
      hidden: document.hidden,
    });
  }

  /** Report the place; the feed tells of an outage, and the next fix is newer anyway. */
  async send() {
    this.byHand = false;
    try {
      await this.phone.line.moveLive(this.report());
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      if (error.status) await this.phone.refreshState();
    } finally {
      this.sending = null;
    }
    this.phone.tell("changed");
  }

  /** Take a fix and give it as Telegram's apps send it. */
  report() {
    const now_ms = performance.now();
    const elapsed_s = (now_ms - this.sent_ms) / 1000;
    const truth = this.position ?? { x: 0, y: 0 };
    this.fix = takeFix(truth, this.fix, { ...this.gps, elapsed_s }, this.random);
    this.sent_ms = now_ms;
    const heading = this.walk?.at(now_ms).heading_deg ?? undefined;
    const { spot, accuracy_m } = this.fix;
    return { ...this.town.point(spot), horizontal_accuracy: accuracy_m, heading };
  }
}
