/**
 * The clock control: real time, or a time of day of one's choice. One band shows the whole day.
 */
import { RequestFailed } from "./api.js";
import { part, setText } from "./dom.js";

/** @import {ShopClock} from "./clock.js" */

const DAWN_MIN = 6 * 60 + 30;
const DUSK_MIN = 19 * 60 + 30;
const TWILIGHT_MIN = 75;

export class ClockDialog {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {ShopClock} clock
   */
  constructor(dialog, clock) {
    this.dialog = dialog;
    this.clock = clock;
    this.band = /** @type {HTMLInputElement} */ (part(dialog, "band"));
    this.field = /** @type {HTMLInputElement} */ (part(dialog, "time"));
    this.trouble = part(dialog, "clock-trouble");
    this.listen();
  }

  listen() {
    this.band.addEventListener("input", () => {
      this.field.value = clockFace(Number(this.band.value));
    });
    this.band.addEventListener("change", () => this.choose(this.field.value));
    this.field.addEventListener("change", () => this.choose(this.field.value));
    for (const button of this.dialog.querySelectorAll("button[data-time]")) {
      const { time } = /** @type {HTMLElement} */ (button).dataset;
      button.addEventListener("click", () => this.choose(time ?? ""));
    }
    part(this.dialog, "real").addEventListener("click", () => this.apply(this.clock.useRealTime()));
    this.clock.addEventListener("minute", () => this.show());
    this.clock.addEventListener("change", () => this.show());
  }

  open() {
    this.show();
    this.dialog.showModal();
  }

  /** @param {string} time "HH:MM" */
  choose(time) {
    if (/^\d\d:\d\d$/.test(time)) this.apply(this.clock.chooseTime(time));
  }

  /** @param {Promise<void>} change */
  async apply(change) {
    try {
      await change;
      setText(this.trouble, "");
    } catch (error) {
      const reason = error instanceof RequestFailed ? error.message : "";
      setText(this.trouble, `The clock was not changed. ${reason}`);
    }
    this.show();
  }

  show() {
    const now = this.clock.now();
    const minute = this.clock.minuteOfDay(now);
    setText(part(this.dialog, "clock-now"), this.clock.time(now));
    setText(part(this.dialog, "clock-day"), this.clock.day(now));
    setText(part(this.dialog, "clock-kind"), this.clock.real ? "Real time" : "Chosen time");
    part(this.dialog, "real").setAttribute("aria-pressed", String(this.clock.real));
    if (!this.dialog.contains(document.activeElement) || document.activeElement !== this.field) {
      this.field.value = clockFace(minute);
    }
    this.band.value = String(minute);
    this.band.setAttribute("aria-valuetext", this.clock.time(now));
  }
}

/** @param {number} minute of the day */
function clockFace(minute) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/**
 * How much of the night lies on the town: 0 by day, 1 by night, between at dawn and dusk.
 *
 * @param {number} minute of the day, 0–1439
 * @returns {number}
 */
export function nightShare(minute) {
  const day = Math.min(minute - DAWN_MIN, DUSK_MIN - minute);
  return Math.min(1, Math.max(0, 0.5 - day / (2 * TWILIGHT_MIN)));
}
