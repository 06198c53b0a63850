/**
 * What a message carries besides text: pictures, files, places, people. One card each.
 */
import { fileAddress } from "./api.js";
import { element, icon } from "./dom.js";
import { miniMap } from "./mini-map.js";

/** @import {ShopClock} from "./clock.js" */
/** @import {Town} from "./town.js" */
/** @import {FilePart, Message, Place, Point} from "./types.js" */

const FOR_EVER = 0x7fffffff; // Telegram's live_period without an end

/**
 * @typedef {object} CardSurroundings
 * @property {Town} town
 * @property {ShopClock} clock
 * @property {(point: Point) => void} onPlace show it on the big map
 * @property {(address: string, alt: string) => void} onPicture show it large
 */

/**
 * Draw the attachment of a message, null when it has none.
 *
 * @param {Message} message
 * @param {CardSurroundings} around
 * @returns {HTMLElement|null}
 */
export function attachment(message, around) {
  if (message.venue) return venueCard(message.venue, around);
  if (message.location) return placeCard(message, message.location, around);
  if (message.photo?.length) return picture(message.photo, message.caption, around);
  if (message.sticker) return element("p", { class: "sticker" }, message.sticker.emoji ?? "Sticker");
  if (message.voice) return voice(message.voice, "Voice message");
  if (message.audio) return voice(message.audio, message.audio.file_name ?? "Audio");
  if (message.document) return fileCard(message.document, "file");
  if (message.video) return fileCard(message.video, "file", "Video");
  if (message.contact) return contactCard(message.contact);
  if (message.invoice) return invoiceCard(message.invoice);
  return null;
}

/**
 * @param {{location: Place, title: string, address: string}} venue
 * @param {CardSurroundings} around
 */
function venueCard(venue, around) {
  return mapCard(venue.location, venue.title, venue.address, around);
}

/**
 * @param {Message} message
 * @param {Place} place
 * @param {CardSurroundings} around
 */
function placeCard(message, place, around) {
  const where = around.town.describe(place);
  if (!place.live_period) {
    const title = message.edit_date ? "Live location ended" : "Place";
    return mapCard(place, title, where, around);
  }
  const ends = around.clock.at(message.date + place.live_period);
  const until = place.live_period === FOR_EVER ? "until stopped" : `until ${around.clock.time(ends)}`;
  const card = mapCard(place, `Live location, ${until}`, where, around);
  card.classList.add("live");
  return card;
}

/**
 * @param {Place} place
 * @param {string} title
 * @param {string} detail
 * @param {CardSurroundings} around
 */
function mapCard(place, title, detail, { town, onPlace }) {
  const show = () => onPlace({ latitude: place.latitude, longitude: place.longitude });
  return element(
    "button",
    { type: "button", class: "map-card", title: "Show on the map", onclick: show },
    miniMap(town, place),
    element("strong", {}, title),
    element("span", {}, detail),
  );
}

/**
 * @param {FilePart[]} sizes the same picture, small to large
 * @param {string|undefined} caption
 * @param {CardSurroundings} around
 */
function picture(sizes, caption, { onPicture }) {
  const largest = sizes.reduce((a, b) => ((b.width ?? 0) > (a.width ?? 0) ? b : a));
  const alt = caption ? `Photo: ${caption}` : "Photo";
  const address = fileAddress(largest.file_id);
  const image = element("img", {
    src: address,
    alt,
    width: largest.width,
    height: largest.height,
    decoding: "async",
  });
  const open = () => onPicture(address, alt);
  return element("button", { type: "button", class: "picture", onclick: open }, image);
}

/**
 * @param {FilePart} file
 * @param {string} symbol
 * @param {string} [fallback]
 */
function fileCard(file, symbol, fallback = "Document") {
  const name = file.file_name ?? fallback;
  const size = file.file_size === undefined ? "" : formatSize(file.file_size);
  return element(
    "a",
    { class: "file-card", href: fileAddress(file.file_id), download: name },
    element("span", { class: "file-mark" }, icon(symbol)),
    element("strong", {}, name),
    element("span", {}, size),
  );
}

/**
 * @param {FilePart} sound
 * @param {string} name
 */
function voice(sound, name) {
  const player = element("audio", {
    controls: true,
    preload: "none",
    src: fileAddress(sound.file_id),
    "aria-label": name,
  });
  return element("div", { class: "voice" }, element("span", {}, name), player);
}

/** @param {{phone_number: string, first_name: string, last_name?: string}} contact */
function contactCard(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  return element(
    "div",
    { class: "file-card" },
    element("span", { class: "file-mark" }, icon("person")),
    element("strong", {}, name),
    element("span", {}, contact.phone_number),
  );
}

/** @param {{title: string, description: string, currency: string, total_amount: number}} invoice */
function invoiceCard(invoice) {
  const price = new Intl.NumberFormat("en-US", { style: "currency", currency: invoice.currency });
  const digits = price.resolvedOptions().maximumFractionDigits ?? 2;
  return element(
    "div",
    { class: "invoice" },
    element("strong", {}, invoice.title),
    element("p", {}, invoice.description),
    element("strong", {}, price.format(invoice.total_amount / 10 ** digits)),
  );
}

/** @param {number} bytes */
function formatSize(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
