/**
 * The page's only door to the server. Knows paths and errors, nothing of how things look.
 */

/** @import {BotCard, BotCommand, ClockState, Message, PhoneEvent, PhoneState, Place, Point,
 *   Shopper, TownFile} from "./types.js" */

/** The server refused or could not be reached; `status` is 0 when there was no answer. */
export class RequestFailed extends Error {
  /**
   * @param {number} status
   * @param {string} message
   */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * @param {string} path
 * @param {{body?: object, form?: FormData, signal?: AbortSignal}} [options]
 * @returns {Promise<any>} the decoded answer
 * @throws {RequestFailed}
 */
async function request(path, { body, form, signal } = {}) {
  const posting = body !== undefined || form !== undefined;
  /** @type {Response} */
  let response;
  try {
    response = await fetch(path, {
      method: posting ? "POST" : "GET",
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: form ?? (body === undefined ? undefined : JSON.stringify(body)),
      signal,
      cache: "no-store",
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new RequestFailed(0, "The server does not answer.");
  }
  const text = await response.text().catch(() => "");
  const answer = parse(text);
  if (response.ok) return answer;
  const reason = answer?.description ?? answer?.error ?? answer?.message;
  throw new RequestFailed(response.status, String(reason ?? `The server said ${response.status}.`));
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @returns {Promise<TownFile>} */
export const fetchTown = () => request("/town/map");
/** @returns {Promise<Shopper[]>} who can hold a phone besides those made up here */
export const fetchPeople = async () => (await request("/people")).people;
/** @returns {Promise<Point>} the town's centre */
export const fetchCentre = () => request("/town");
/** @returns {Promise<BotCard>} */
export const fetchBot = () => request("/bot");
/** @returns {Promise<ClockState>} */
export const fetchClock = () => request("/clock");
/**
 * @param {{time: string}|{real: true}} choice time of day in the town, "HH:MM"
 * @returns {Promise<ClockState>}
 */
export const setClock = (choice) => request("/clock", { body: choice });
/**
 * @param {number[]} users whose phones to watch
 * @param {AbortSignal} signal
 * @returns {Promise<number>} the number of the last event, to follow from
 */
export async function latestEvent(users, signal) {
  return (await request(`/phones/events?users=${users.join(",")}`, { signal })).seq;
}

/**
 * @param {number[]} users
 * @param {number} after an event's number
 * @param {number} wait_s how long to wait for the first
 * @param {AbortSignal} signal
 * @returns {Promise<{seq: number, events: PhoneEvent[]}>} each event with its phone's user_id
 */
export const fetchEvents = (users, after, wait_s, signal) =>
  request(`/phones/events?users=${users.join(",")}&after=${after}&wait=${wait_s}`, { signal });
/** @param {string} fileId */
export const fileAddress = (fileId) => `/file/${encodeURIComponent(fileId)}`;

/** One shopper's line to the bot: everything that shopper can do in the chat. */
export class PhoneLine {
  /** @param {Shopper} shopper */
  constructor(shopper) {
    this.shopper = shopper;
    this.root = `/phone/${encodeURIComponent(shopper.id)}`;
  }

  /**
   * @param {string} action
   * @param {object} body
   */
  post(action, body = {}) {
    return request(`${this.root}/${action}`, { body });
  }

  /** Who is writing: the server makes the shopper known to the bot with it. */
  introduction() {
    const { first_name, last_name, language_code } = this.shopper;
    return { first_name, last_name, language_code };
  }

  /**
   * @param {string} text
   * @param {number} [replyTo] message id
   * @returns {Promise<{message_id: number}>}
   */
  sendText(text, replyTo) {
    const reply = replyTo === undefined ? {} : { reply_to_message_id: replyTo };
    return this.post("text", { text, ...this.introduction(), ...reply });
  }

  /**
   * @param {number} messageId
   * @param {string} text
   */
  editText(messageId, text) {
    return this.post("edit", { message_id: messageId, text });
  }

  /**
   * @param {{message_id?: number, label?: string, data?: string}} button
   * @returns {Promise<{callback_query_id?: string, url?: string, requests?: string}>}
   */
  tap(button) {
    return this.post("tap", button);
  }

  /** @param {Place} place */
  sharePlace(place) {
    return this.post("location", { ...place, ...this.introduction() });
  }

  /** @param {Point & {title: string, address: string}} venue */
  shareVenue(venue) {
    return this.post("venue", venue);
  }

  /**
   * @param {Place} place with live_period in seconds
   * @returns {Promise<{message_id: number}>}
   */
  startLive(place) {
    return this.post("live/start", { ...place, ...this.introduction() });
  }

  /** @param {Place} place */
  moveLive(place) {
    return this.post("live/move", place);
  }

  stopLive() {
    return this.post("live/stop");
  }

  /**
   * @param {File} file
   * @param {string} caption
   */
  sendFile(file, caption) {
    const form = new FormData();
    form.append("file", file, file.name);
    if (caption) form.append("caption", caption);
    const kind = /^image\/(jpeg|png|webp|gif)$/.test(file.type) ? "photo" : "document";
    return request(`${this.root}/${kind}`, { form });
  }

  /**
   * @param {AbortSignal} [signal]
   * @returns {Promise<PhoneState>}
   */
  state(signal) {
    return request(this.root, { signal });
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Promise<{messages: Message[]}>} the whole chat, oldest first
   */
  messages(signal) {
    return request(`${this.root}/messages?after=0&wait=0`, { signal });
  }
}
