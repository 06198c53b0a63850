/**
 * Short words over the chat: a toast that goes by itself, an alert to be read, a picture in full.
 */
import { element } from "./dom.js";

const TOAST_MS = 3200;

export class Notices {
  /** @param {HTMLElement} host an element with role="status" in the phone */
  constructor(host) {
    this.host = host;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
  }

  /** @param {string} text */
  toast(text) {
    clearTimeout(this.timer);
    this.host.replaceChildren(element("p", { class: "toast" }, text));
    const reading_ms = Math.max(TOAST_MS, text.length * 60);
    this.timer = setTimeout(() => this.host.replaceChildren(), reading_ms);
  }

  /**
   * @param {string} title
   * @param {string} text
   */
  alert(title, text) {
    const dialog = element(
      "dialog",
      { class: "card alert", "aria-label": title },
      element("h2", {}, title),
      element("p", {}, text),
    );
    const close = element("button", { type: "button", class: "primary" }, "OK");
    close.addEventListener("click", () => dialog.close());
    dialog.append(close);
    show(dialog);
  }

  /**
   * @param {string} address
   * @param {string} alt
   */
  picture(address, alt) {
    const dialog = element("dialog", { class: "picture-large", "aria-label": alt });
    dialog.append(element("img", { src: address, alt }));
    dialog.addEventListener("click", () => dialog.close());
    show(dialog);
  }

  /** @param {string} text */
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.toast(`Copied: ${text}`);
    } catch {
      this.toast("This browser does not let the page copy.");
    }
  }
}

/** @param {HTMLDialogElement} dialog removed once closed; the focus returns by itself */
function show(dialog) {
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
