/**
 * Turns a text and its entities into nodes. Offsets are UTF-16 units, which is how JavaScript
 * counts; the text itself only ever becomes text nodes.
 */
import { element } from "./dom.js";

/** @import {Entity} from "./types.js" */

const SAFE_ADDRESS = /^(https?:|mailto:|tel:)/i;
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const PLAIN_TAGS = /** @type {const} */ ({
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
});

/**
 * @typedef {object} TextActions
 * @property {(command: string) => void} onCommand a tapped /command
 * @property {(address: string) => boolean} onLink true when the page has dealt with it
 * @property {(text: string) => void} onCopy
 */

/**
 * @param {string} text
 * @param {Entity[]} entities
 * @param {TextActions} actions
 * @returns {DocumentFragment}
 */
export function renderText(text, entities, actions) {
  const inside = entities
    .map((entity) => ({ ...entity, end: Math.min(entity.offset + entity.length, text.length) }))
    .filter((entity) => entity.offset >= 0 && entity.offset < entity.end);
  return nest(text, 0, text.length, inside, actions);
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {(Entity & {end: number})[]} entities all inside start–end
 * @param {TextActions} actions
 * @returns {DocumentFragment}
 */
function nest(text, start, end, entities, actions) {
  const fragment = document.createDocumentFragment();
  const waiting = [...entities].sort((a, b) => a.offset - b.offset || b.end - a.end);
  let position = start;
  while (waiting.length) {
    const outer = /** @type {Entity & {end: number}} */ (waiting.shift());
    const block = BLOCKS.has(outer.type); // it breaks the line itself: one newline each side goes
    const before = text.slice(position, outer.offset);
    fragment.append(block ? before.replace(/\n$/, "") : before);
    const [inner, later] = divide(waiting, outer.end);
    const content = nest(text, outer.offset, outer.end, inner, actions);
    fragment.append(wrap(outer, text.slice(outer.offset, outer.end), content, actions));
    waiting.splice(0, waiting.length, ...later);
    position = block && text[outer.end] === "\n" ? outer.end + 1 : outer.end;
  }
  fragment.append(text.slice(position, end));
  return fragment;
}

/**
 * Split entities at a border; one that crosses it is cut in two, so that tags always nest.
 *
 * @param {(Entity & {end: number})[]} entities
 * @param {number} border
 */
function divide(entities, border) {
  const inner = [];
  const later = [];
  for (const entity of entities) {
    if (entity.offset >= border) {
      later.push(entity);
      continue;
    }
    inner.push({ ...entity, end: Math.min(entity.end, border) });
    if (entity.end > border) later.push({ ...entity, offset: border });
  }
  return [inner, later];
}

/**
 * @param {Entity} entity
 * @param {string} covered the text under the entity
 * @param {DocumentFragment} content
 * @param {TextActions} actions
 * @returns {Node}
 */
function wrap(entity, covered, content, actions) {
  switch (entity.type) {
    case "bold":
    case "italic":
    case "underline":
    case "strikethrough":
      return element(PLAIN_TAGS[entity.type], {}, content);
    case "code":
      return copyable(covered, content, actions);
    case "pre":
      return codeBlock(entity, covered, content, actions);
    case "spoiler":
      return spoiler(content);
    case "blockquote":
      return element("blockquote", {}, content);
    case "expandable_blockquote":
      return element("blockquote", { class: "long", tabindex: "0", onclick: unfold }, content);
    case "bot_command":
      return tappable(content, () => actions.onCommand(covered));
    default:
      return link(addressOf(entity, covered), content, actions);
  }
}

/**
 * @param {Entity} entity
 * @param {string} covered
 * @returns {string} empty when the entity leads nowhere
 */
function addressOf(entity, covered) {
  switch (entity.type) {
    case "text_link":
      return entity.url ?? "";
    case "url":
      return /^[a-z][a-z0-9+.-]*:/i.test(covered) ? covered : `http://${covered}`;
    case "email":
      return `mailto:${covered}`;
    case "phone_number":
      return `tel:${covered.replace(/[^+\d]/g, "")}`;
    default:
      return "";
  }
}

/**
 * @param {string} address
 * @param {DocumentFragment} content
 * @param {TextActions} actions
 */
function link(address, content, actions) {
  if (!SAFE_ADDRESS.test(address)) return content;
  const anchor = element(
    "a",
    { href: address, target: "_blank", rel: "noopener noreferrer", title: address },
    content,
  );
  anchor.addEventListener("click", (event) => {
    if (actions.onLink(address)) event.preventDefault();
  });
  return anchor;
}

/**
 * @param {Node} content
 * @param {() => void} action
 */
function tappable(content, action) {
  return element("button", { type: "button", class: "inline-link", onclick: action }, content);
}

/**
 * @param {string} covered
 * @param {Node} content
 * @param {TextActions} actions
 */
function copyable(covered, content, actions) {
  const code = element("code", { title: "Tap to copy" }, content);
  code.addEventListener("click", () => actions.onCopy(covered));
  return code;
}

/**
 * @param {Entity} entity
 * @param {string} covered
 * @param {Node} content
 * @param {TextActions} actions
 */
function codeBlock(entity, covered, content, actions) {
  const copy = element(
    "button",
    { type: "button", class: "copy-code", onclick: () => actions.onCopy(covered) },
    "Copy",
  );
  const head = element("div", { class: "code-head" }, entity.language ?? "", copy);
  return element("div", { class: "code-block" }, head, element("pre", { tabindex: "0" }, content));
}

/** @param {Node} content */
function spoiler(content) {
  const hidden = element("span", { class: "spoiler-text", "aria-hidden": "true" }, content);
  const cover = element(
    "span",
    { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text, show it" },
    hidden,
  );
  const reveal = () => {
    cover.classList.add("shown");
    cover.removeAttribute("role");
    cover.removeAttribute("tabindex");
    cover.removeAttribute("aria-label");
    hidden.removeAttribute("aria-hidden");
  };
  cover.addEventListener("click", reveal, { once: true });
  cover.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") reveal();
  });
  return cover;
}

/** @param {Event} event */
function unfold(event) {
  /** @type {HTMLElement} */ (event.currentTarget).classList.toggle("open");
}
