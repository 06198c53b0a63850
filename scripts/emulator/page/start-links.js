/**
 * Links that start the bot with a word of their own, such as an invitation: opened with the page's
 * address and kept for this tab until the shopper presses Start, reloads included.
 */

/** @import {Shopper} from "./types.js" */

const KEPT = "phone.start-links";
const PAYLOAD = /^[\w-]{1,64}$/; // what Telegram allows in a deep link

export class StartLinks {
  constructor() {
    /** @type {Record<string, string>} */
    this.payloads = read();
  }

  /**
   * @param {Shopper} shopper
   * @param {string|null} payload anything that is none is passed over
   */
  open(shopper, payload) {
    if (!payload || !PAYLOAD.test(payload)) return;
    this.payloads[shopper.id] = payload;
    this.keep();
  }

  /** @param {Shopper} shopper */
  isOpen(shopper) {
    return shopper.id in this.payloads;
  }

  /**
   * Give what goes with this shopper's Start, once for a link; empty = nothing.
   *
   * @param {Shopper} shopper
   */
  take(shopper) {
    const payload = this.payloads[shopper.id] ?? shopper.start ?? "";
    delete this.payloads[shopper.id];
    this.keep();
    return payload;
  }

  keep() {
    sessionStorage.setItem(KEPT, JSON.stringify(this.payloads));
  }
}

/** @returns {Record<string, string>} */
function read() {
  try {
    return Object(JSON.parse(sessionStorage.getItem(KEPT) ?? "{}"));
  } catch {
    return {};
  }
}
