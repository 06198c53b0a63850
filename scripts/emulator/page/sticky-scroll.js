/**
 * Keeps a list at its end while new things arrive, but never pulls a reader away from older ones.
 */
import { setText } from "./dom.js";

const NEAR_PX = 72;

export class StickyScroll {
  /**
   * @param {HTMLElement} scroller
   * @param {HTMLElement} content
   * @param {HTMLElement} jump shown while the end is out of sight
   */
  constructor(scroller, content, jump) {
    this.scroller = scroller;
    this.jump = jump;
    this.atEnd = true;
    this.unseen = 0;
    scroller.addEventListener("scroll", () => this.look(), { passive: true });
    jump.addEventListener("click", () => this.toEnd());
    const observer = new ResizeObserver(() => this.keep());
    observer.observe(content);
    observer.observe(scroller);
  }

  look() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (this.atEnd) this.unseen = 0;
    this.show();
  }

  /** Something arrived at the end. */
  arrived() {
    if (this.atEnd) {
      this.toEnd();
      return;
    }
    this.unseen += 1;
    this.show();
  }

  /** The height changed: stay at the end if that is where the reader is. */
  keep() {
    if (this.atEnd) this.scroller.scrollTop = this.scroller.scrollHeight;
    else this.look();
  }

  /** At once: a smooth scroll would fight with whatever arrives meanwhile. */
  toEnd() {
    this.atEnd = true;
    this.unseen = 0;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.show();
  }

  show() {
    this.jump.hidden = this.atEnd;
    const count = this.unseen ? `${this.unseen} new` : "Newest";
    setText(/** @type {HTMLElement} */ (this.jump.querySelector("span")), count);
  }
}
