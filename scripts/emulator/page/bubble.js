/**
 * One message as a bubble: quote, attachment, text, time, buttons.
 */
import { attachment } from "./attachments.js";
import { element, icon } from "./dom.js";
import { renderText } from "./entities.js";
import { inlineButtons } from "./inline-buttons.js";

/** @import {CardSurroundings} from "./attachments.js" */
/** @import {TextActions} from "./entities.js" */
/** @import {InlineButton, Message} from "./types.js" */

/**
 * @typedef {CardSurroundings & TextActions & {
 *   onTap: (message: Message, button: InlineButton, node: HTMLButtonElement) => void,
 *   onActions: (message: Message, anchor: HTMLElement) => void,
 *   onQuote: (messageId: number) => void,
 * }} BubbleSurroundings
 */

/**
 * @param {Message} message
 * @returns {boolean} true when the shopper wrote it
 */
export function isOwn(message) {
  return message.from?.is_bot === false;
}

/**
 * @param {Message} message
 * @param {BubbleSurroundings} around
 * @returns {HTMLElement}
 */
export function bubble(message, around) {
  const notice = serviceNotice(message);
  if (notice) return element("p", { class: "notice", "data-id": message.message_id }, notice);
  const own = isOwn(message);
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  const card = attachment(message, around);
  const body = element("div", { class: "bubble" });
  if (message.reply_to_message) body.append(quote(message.reply_to_message, around));
  if (card) body.append(card);
  const foot = footer(message, own, around);
  if (text || !card) {
    const words = text ? renderText(text, entities, around) : "A message this page cannot draw";
    body.append(element("div", { class: "text" }, element("div", { class: "words" }, words), foot));
  } else body.append(foot);
  const buttons = inlineButtons(message, (button, node) => around.onTap(message, button, node));
  if (buttons) body.append(buttons);
  const node = element(
    "article",
    {
      class: own ? "message own" : "message",
      "data-id": message.message_id,
      "aria-label": own ? "You" : (message.from?.first_name ?? "The bot"),
    },
    body,
    actionsButton(message, around),
  );
  if (card && !text) node.classList.add("only-card");
  node.classList.toggle("with-buttons", Boolean(buttons));
  node.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    around.onActions(message, body);
  });
  return node;
}

/** @param {Message} message */
function serviceNotice(message) {
  if (message.pinned_message) return `${message.from?.first_name ?? "The bot"} pinned a message`;
  return null;
}

/**
 * @param {Message} replied
 * @param {BubbleSurroundings} around
 */
function quote(replied, around) {
  const words = replied.text ?? replied.caption ?? (replied.location ? "Place" : "Attachment");
  return element(
    "button",
    { type: "button", class: "quote", onclick: () => around.onQuote(replied.message_id) },
    element("strong", {}, isOwn(replied) ? "You" : (replied.from?.first_name ?? "")),
    element("span", {}, words),
  );
}

/**
 * @param {Message} message
 * @param {boolean} own
 * @param {BubbleSurroundings} around
 */
function footer(message, own, { clock }) {
  const at = clock.at(message.date);
  const edited = message.edit_date && !message.location ? "edited " : "";
  return element(
    "span",
    { class: "meta" },
    edited,
    element("time", { datetime: at.toISOString(), title: clock.day(at) }, clock.time(at)),
    own ? icon("sent") : null,
  );
}

/**
 * @param {Message} message
 * @param {BubbleSurroundings} around
 */
function actionsButton(message, around) {
  const node = element(
    "button",
    { type: "button", class: "message-actions", "aria-label": "Message actions" },
    icon("more"),
  );
  node.setAttribute("aria-haspopup", "menu");
  node.addEventListener("click", () => around.onActions(message, node));
  return node;
}
