/**
 * The line at the bottom: writing, sending, answering and correcting a message, sending a file.
 */
import { CommandList } from "./command-list.js";
import { part, setText } from "./dom.js";

/** @import {BotCommand, Message} from "./types.js" */

const CAPTION_LIMIT = 1024; // UTF-16 units, Telegram's limit
const UPLOAD_LIMIT_BYTES = 50_000_000; // Telegram's limit for a file

/**
 * @typedef {object} ComposerActions
 * @property {(text: string, replyTo?: number) => void} onText
 * @property {(messageId: number, text: string) => void} onEdit
 * @property {(file: File, caption: string) => void} onFile
 * @property {(text: string) => void} onTrouble
 * @property {() => Message|undefined} lastOwnText
 */

export class Composer {
  /**
   * @param {HTMLElement} root the phone
   * @param {ComposerActions} actions
   */
  constructor(root, actions) {
    this.actions = actions;
    this.form = /** @type {HTMLFormElement} */ (part(root, "composer"));
    this.field = /** @type {HTMLTextAreaElement} */ (part(root, "field"));
    this.send = /** @type {HTMLButtonElement} */ (part(root, "send"));
    this.context = part(root, "context");
    this.contextText = part(root, "context-text");
    this.picker = /** @type {HTMLInputElement} */ (part(root, "file"));
    this.commands = new CommandList(part(root, "commands"), this.field, (command) =>
      this.sendText(`/${command}`),
    );
    /** @type {{kind: "reply"|"edit", message: Message}|null} */
    this.about = null;
    this.placeholder = "Message";
    this.listen(root);
    this.refresh();
  }

  /** @param {HTMLElement} root */
  listen(root) {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("input", () => this.refresh());
    this.field.addEventListener("keydown", (event) => this.onKey(event));
    this.field.addEventListener("paste", (event) => this.takeFiles(event, event.clipboardData));
    part(root, "context-close").addEventListener("click", () => this.leaveContext());
    this.picker.addEventListener("change", () => {
      this.offerFiles(this.picker.files);
      this.picker.value = "";
    });
    root.addEventListener("dragover", (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
    root.addEventListener("drop", (event) => this.takeFiles(event, event.dataTransfer));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.isComposing || this.commands.onKey(event)) return;
    const writesOnGlass = matchMedia("(pointer: coarse)").matches;
    if (event.key === "Enter" && !event.shiftKey && !writesOnGlass) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.about) {
      event.stopPropagation();
      this.leaveContext();
    } else if (event.key === "ArrowUp" && !this.field.value) {
      const message = this.actions.lastOwnText();
      if (!message) return;
      event.preventDefault();
      this.edit(message);
    }
  }

  submit() {
    const text = this.field.value.trim();
    if (!text) return;
    const { about } = this;
    this.field.value = "";
    this.leaveContext();
    if (about?.kind === "edit") this.actions.onEdit(about.message.message_id, text);
    else this.actions.onText(text, about?.message.message_id);
  }

  /** @param {string} text sent as it is, whatever stands in the field */
  sendText(text) {
    if (this.field.value.startsWith("/")) this.field.value = "";
    this.refresh();
    this.actions.onText(text);
  }

  /** Ready to write, but on glass the keyboard stays down until asked for. */
  invite() {
    if (!matchMedia("(pointer: coarse)").matches) this.field.focus();
  }

  /** @param {Message} message */
  reply(message) {
    this.enterContext("reply", message, message.text ?? message.caption ?? "Attachment");
  }

  /** @param {Message} message */
  edit(message) {
    this.enterContext("edit", message, message.text ?? "");
    this.field.value = message.text ?? "";
    this.refresh();
  }

  /**
   * @param {"reply"|"edit"} kind
   * @param {Message} message
   * @param {string} words
   */
  enterContext(kind, message, words) {
    this.about = { kind, message };
    setText(this.contextText, `${kind === "edit" ? "Edit" : "Answer"}: ${words}`);
    this.context.hidden = false;
    this.field.focus();
  }

  leaveContext() {
    if (this.about?.kind === "edit") this.field.value = "";
    this.about = null;
    this.context.hidden = true;
    this.refresh();
    this.field.focus();
  }

  /** Somebody else writes next. */
  clear() {
    this.about = null;
    this.context.hidden = true;
    this.field.value = "";
    this.refresh();
  }

  /** @param {BotCommand[]} commands */
  setCommands(commands) {
    this.commands.set(commands);
  }

  /** @param {string} words what the bot would like to read, empty = "Message" */
  setPlaceholder(words) {
    this.placeholder = words || "Message";
    this.refresh();
  }

  /** The height follows the text; the send button shows only when there is something to send. */
  refresh() {
    const { field } = this;
    field.placeholder = this.placeholder;
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 132)}px`;
    this.send.disabled = !field.value.trim();
    this.commands.filter(field.value);
  }

  /**
   * @param {Event} event
   * @param {DataTransfer|null} carried
   */
  takeFiles(event, carried) {
    if (!carried?.files.length) return;
    event.preventDefault();
    this.offerFiles(carried.files);
  }

  /** @param {FileList|null} files the caption is what stands in the field */
  offerFiles(files) {
    for (const file of files ?? []) {
      if (file.size > UPLOAD_LIMIT_BYTES) {
        this.actions.onTrouble(`${file.name} is larger than 50 MB.`);
        continue;
      }
      this.actions.onFile(file, this.field.value.trim().slice(0, CAPTION_LIMIT));
      this.field.value = "";
    }
    this.refresh();
  }
}
