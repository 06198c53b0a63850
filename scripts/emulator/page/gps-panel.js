/**
 * How good the phone's GPS is: what accuracy it claims, how far its fixes stray, how often it
 * reports. Speaks for the phone that was used last.
 */
import { part, setText } from "./dom.js";

/** @import {LiveShare} from "./live-share.js" */

export class GpsPanel {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {LiveShare|null} */
    this.live = null;
    this.accuracy = /** @type {HTMLInputElement} */ (part(root, "accuracy"));
    this.noise = /** @type {HTMLInputElement} */ (part(root, "noise"));
    this.interval = /** @type {HTMLSelectElement} */ (part(root, "interval"));
    for (const control of [this.accuracy, this.noise, this.interval]) {
      control.addEventListener("input", () => this.adopt());
    }
  }

  /** @param {LiveShare} live */
  speakFor(live) {
    this.live = live;
    this.accuracy.value = String(live.gps.accuracy_m);
    this.noise.value = String(live.gps.noise_m);
    this.interval.value = String(live.gps.interval_s);
    this.show();
  }

  adopt() {
    if (!this.live) return;
    this.live.gps = {
      accuracy_m: Number(this.accuracy.value),
      noise_m: Number(this.noise.value),
      interval_s: Number(this.interval.value),
    };
    this.show();
  }

  show() {
    const { root, live } = this;
    if (!live) return;
    const { accuracy_m, noise_m, interval_s } = live.gps;
    setText(part(root, "accuracy-value"), `± ${accuracy_m} m`);
    setText(part(root, "noise-value"), noise_m ? `${noise_m} m` : "none");
    const noise = noise_m ? `noise ${noise_m} m` : "no noise";
    setText(part(root, "gps-words"), `± ${accuracy_m} m, ${noise}, a fix every ${interval_s} s`);
    setText(part(root, "last-fix"), this.lastFix(live));
  }

  /** @param {LiveShare} live */
  lastFix({ active, fix }) {
    if (!active || !fix) return "";
    return `${fix.outlier ? "Outlier" : "Last fix"} ${Math.round(fix.off_m)} m off`;
  }
}
