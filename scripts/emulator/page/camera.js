/**
 * Which part of the town is on screen: centre in metres, scale in CSS pixels a metre. Pure.
 */

/** @import {Bounds, Spot} from "./town.js" */

const MAX_SCALE = 6;

export class Camera {
  constructor() {
    this.x = 0;
    this.y = 0;
    this.scale = 1;
    this.minScale = 0.05;
    this.width = 1;
    this.height = 1;
  }

  /**
   * @param {Spot} spot
   * @returns {Spot} CSS pixels from the top left corner
   */
  toScreen({ x, y }) {
    return {
      x: (x - this.x) * this.scale + this.width / 2,
      y: (y - this.y) * this.scale + this.height / 2,
    };
  }

  /**
   * @param {Spot} pixel
   * @returns {Spot} metres
   */
  toTown({ x, y }) {
    return {
      x: (x - this.width / 2) / this.scale + this.x,
      y: (y - this.height / 2) / this.scale + this.y,
    };
  }

  /**
   * Show all of the bounds, with a little air.
   *
   * @param {Bounds} bounds
   */
  fit(bounds) {
    const wide = bounds.right - bounds.left;
    const high = bounds.bottom - bounds.top;
    this.x = (bounds.left + bounds.right) / 2;
    this.y = (bounds.top + bounds.bottom) / 2;
    this.scale = Math.min(this.width / (wide * 1.06), this.height / (high * 1.06));
  }

  /**
   * @param {number} factor
   * @param {Spot} around CSS pixels that stay where they are
   */
  zoom(factor, around) {
    const before = this.toTown(around);
    this.scale = Math.min(MAX_SCALE, Math.max(this.minScale, this.scale * factor));
    const after = this.toTown(around);
    this.x += before.x - after.x;
    this.y += before.y - after.y;
  }

  /**
   * @param {number} dx CSS pixels
   * @param {number} dy CSS pixels
   */
  pan(dx, dy) {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
  }

  /**
   * Keep the centre inside the town, so that nobody gets lost.
   *
   * @param {Bounds} bounds
   */
  keepInside(bounds) {
    this.x = Math.min(bounds.right, Math.max(bounds.left, this.x));
    this.y = Math.min(bounds.bottom, Math.max(bounds.top, this.y));
  }
}
