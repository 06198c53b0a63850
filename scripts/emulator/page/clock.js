/**
 * The shop clock: real time plus the offset the server keeps. Every time on the page is told by it.
 */
import { fetchClock, setClock } from "./api.js";

/** @import {ClockState} from "./types.js" */

const LOCALE = "en-US";
const DAY_MS = 86_400_000;

/** Fires "change" when the offset or the time zone moved, "minute" when the shown time does. */
export class ShopClock extends EventTarget {
  constructor() {
    super();
    this.real = true;
    this.offset_ms = 0;
    this.timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    this.shownMinute = "";
  }

  /** Follow the server's clock from now on. */
  start() {
    const refresh = () => this.refresh().catch(() => undefined); // the banner tells of outages
    refresh();
    setInterval(refresh, 30_000);
    setInterval(() => this.tick(), 1_000);
    document.addEventListener("visibilitychange", refresh);
  }

  async refresh() {
    this.adopt(await fetchClock());
  }

  /** @param {string} time "HH:MM" in the town */
  async chooseTime(time) {
    this.adopt(await setClock({ time }));
  }

  async useRealTime() {
    this.adopt(await setClock({ real: true }));
  }

  /** @param {ClockState} state */
  adopt(state) {
    const changed =
      this.timeZone !== state.time_zone ||
      this.real !== state.real ||
      Math.abs(this.offset_ms - state.offset_s * 1000) > 500;
    this.real = state.real;
    this.offset_ms = state.offset_s * 1000;
    this.timeZone = knownZone(state.time_zone) ? state.time_zone : "UTC";
    if (changed) this.dispatchEvent(new Event("change"));
    this.tick();
  }

  tick() {
    const minute = this.time(this.now());
    if (minute === this.shownMinute) return;
    this.shownMinute = minute;
    this.dispatchEvent(new Event("minute"));
  }

  now() {
    return new Date(Date.now() + this.offset_ms);
  }

  /** @param {number} seconds real time since 1970, as messages carry it */
  at(seconds) {
    return new Date(seconds * 1000 + this.offset_ms);
  }

  /** @param {Date} date */
  time(date) {
    return this.format(date, { hour: "numeric", minute: "2-digit" });
  }

  /**
   * The shop's minute of the day, 0–1439.
   *
   * @param {Date} date
   */
  minuteOfDay(date) {
    const [hour, minute] = this.format(date, {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).split(":");
    return Number(hour) * 60 + Number(minute);
  }

  /** @param {Date} date */
  day(date) {
    return this.format(date, { weekday: "long", month: "long", day: "numeric" });
  }

  /**
   * Name the day as a chat does: Today, Yesterday, else the date.
   *
   * @param {Date} date
   */
  dayInChat(date) {
    const day = this.day(date);
    if (day === this.day(this.now())) return "Today";
    if (day === this.day(new Date(this.now().getTime() - DAY_MS))) return "Yesterday";
    return day;
  }

  /**
   * @param {Date} date
   * @param {Intl.DateTimeFormatOptions} options
   */
  format(date, options) {
    return new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: this.timeZone }).format(date);
  }
}

/** @param {string} zone */
function knownZone(zone) {
  try {
    return Boolean(new Intl.DateTimeFormat(LOCALE, { timeZone: zone }));
  } catch {
    return false;
  }
}
