/**
 * Keeps every phone of the page in step with the server over one connection: each chat whole at
 * first, then the events of all of them by a single long poll. A browser opens only about six
 * connections to a host, so a poll for each phone would leave none for what the shoppers do.
 * Every reconnection starts over with the whole chats: a restarted server leaves no ghosts.
 */
import { fetchEvents, latestEvent } from "./api.js";

/** @import {PhoneLine} from "./api.js" */
/** @import {Message, PhoneEvent, PhoneState} from "./types.js" */

const WAIT_S = 25;
const PAUSES_MS = [500, 1000, 2000, 4000];

/**
 * @typedef {object} Listener
 * @property {(messages: Message[], state: PhoneState) => void} onChat
 * @property {(event: PhoneEvent) => void} onEvent
 * @property {(connected: boolean) => void} onConnection
 *
 * @typedef {{line: PhoneLine, listener: Listener, from: number|null}} Watch `from`: the event its
 *   chat was loaded at, null = to be loaded
 */

export class Feed {
  constructor() {
    /** @type {Set<Watch>} */
    this.watches = new Set();
    this.round = new AbortController();
    this.running = false;
    /** @type {number|null} the last event told */
    this.last = null;
    this.failures = 0;
    /** @type {(() => void)|null} */
    this.hurry = null;
    addEventListener("online", () => this.retryNow());
  }

  /**
   * Tell of one phone from now on.
   *
   * @param {PhoneLine} line
   * @param {Listener} listener
   * @returns {() => void} stops it
   */
  watch(line, listener) {
    /** @type {Watch} */
    const watch = { line, listener, from: null };
    this.watches.add(watch);
    this.startRound();
    return () => {
      if (this.watches.delete(watch)) this.startRound();
    };
  }

  /** Try again at once instead of waiting out the pause. */
  retryNow() {
    this.hurry?.();
  }

  /** The phones are others than before: leave the running poll for one that asks for them. */
  startRound() {
    this.round.abort();
    this.round = new AbortController();
    this.hurry?.();
    if (this.running) return;
    this.running = true;
    queueMicrotask(() => this.run()); // phones opened together share the first poll
  }

  async run() {
    while (this.watches.size > 0) {
      const { signal } = this.round;
      try {
        await this.catchUp(signal);
        await this.follow(signal);
      } catch {
        if (signal.aborted) continue;
        this.lose();
        await this.pause();
      }
    }
    this.running = false;
  }

  /**
   * Load the chats that are not loaded; the event number is read first, so that nothing falls
   * between the two.
   *
   * @param {AbortSignal} signal
   */
  async catchUp(signal) {
    const fresh = [...this.watches].filter(({ from }) => from === null);
    if (fresh.length === 0) return;
    const seq = await latestEvent(this.users(), signal);
    await Promise.all(fresh.map((watch) => this.load(watch, seq, signal)));
    this.last ??= seq;
    this.failures = 0;
  }

  /**
   * @param {Watch} watch
   * @param {number} seq
   * @param {AbortSignal} signal
   */
  async load(watch, seq, signal) {
    const { line, listener } = watch;
    const [{ messages }, state] = await Promise.all([line.messages(signal), line.state(signal)]);
    if (!this.watches.has(watch)) return;
    watch.from = seq;
    listener.onConnection(true);
    listener.onChat(messages, state);
  }

  /** @param {AbortSignal} signal */
  async follow(signal) {
    while (!signal.aborted) {
      const after = this.last ?? 0;
      const { seq, events } = await fetchEvents(this.users(), after, WAIT_S, signal);
      if (signal.aborted) return; // the next poll asks for the same again
      if (seq < after) return this.forget(); // the server's world was started afresh
      this.last = seq;
      for (const event of events) this.hand(event);
    }
  }

  /** @param {PhoneEvent} event what a chat was loaded with is not told to it again */
  hand(event) {
    for (const { line, listener, from } of [...this.watches]) {
      const isOlder = from === null || event.seq <= from;
      if (line.shopper.id === event.user_id && !isOlder) listener.onEvent(event);
    }
  }

  users() {
    return [...this.watches].map(({ line }) => line.shopper.id);
  }

  lose() {
    this.forget();
    for (const { listener } of this.watches) listener.onConnection(false);
  }

  forget() {
    this.last = null;
    for (const watch of this.watches) watch.from = null;
  }

  pause() {
    const pause_ms = PAUSES_MS[Math.min(this.failures, PAUSES_MS.length - 1)];
    this.failures += 1;
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.hurry = null;
        resolve(undefined);
      };
      const timer = setTimeout(done, pause_ms);
      this.hurry = done;
    });
  }
}
