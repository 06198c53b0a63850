/**
 * Keeps one phone in step with the server: the whole chat first, then events by long poll.
 * Every reconnection starts over with the whole chat, so a restarted server cannot leave ghosts.
 */

/** @import {PhoneLine} from "./api.js" */
/** @import {Message, PhoneEvent, PhoneState} from "./types.js" */

const WAIT_S = 25;
const PAUSES_MS = [500, 1000, 2000, 4000];

/**
 * @typedef {object} Listener
 * @property {(messages: Message[], state: PhoneState) => void} onChat
 * @property {(event: PhoneEvent) => void} onEvent
 * @property {(connected: boolean) => void} onConnection
 */

export class Feed {
  /**
   * @param {PhoneLine} line
   * @param {Listener} listener
   */
  constructor(line, listener) {
    this.line = line;
    this.listener = listener;
    this.stopper = new AbortController();
    this.failures = 0;
    /** @type {(() => void)|null} */
    this.hurry = null;
    addEventListener("online", () => this.hurry?.(), { signal: this.stopper.signal });
  }

  async start() {
    const { signal } = this.stopper;
    while (!signal.aborted) {
      try {
        await this.follow(await this.catchUp(signal), signal);
      } catch {
        if (signal.aborted) return;
        this.listener.onConnection(false);
        await this.pause();
      }
    }
  }

  stop() {
    this.stopper.abort();
    this.hurry?.();
  }

  /** Try again at once instead of waiting out the pause. */
  retryNow() {
    this.hurry?.();
  }

  /**
   * Load the chat; the sequence number is read first so that nothing falls between the two.
   *
   * @param {AbortSignal} signal
   * @returns {Promise<number>} the sequence number to follow from
   */
  async catchUp(signal) {
    const { seq } = await this.line.latest(signal);
    const [{ messages }, state] = await Promise.all([
      this.line.messages(signal),
      this.line.state(signal),
    ]);
    this.failures = 0;
    this.listener.onConnection(true);
    this.listener.onChat(messages, state);
    return seq;
  }

  /**
   * @param {number} seq
   * @param {AbortSignal} signal
   */
  async follow(seq, signal) {
    let last = seq;
    while (!signal.aborted) {
      const answer = await this.line.events(last, WAIT_S, signal);
      if (answer.seq < last) return; // the server's world was started afresh
      for (const event of answer.events) this.listener.onEvent(event);
      last = answer.seq;
    }
  }

  pause() {
    const pause_ms = PAUSES_MS[Math.min(this.failures, PAUSES_MS.length - 1)];
    this.failures += 1;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), pause_ms);
      this.hurry = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }
}
