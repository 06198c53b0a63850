/**
 * Fingers and mouse on the map: one drags, two pinch, a short tap picks, the wheel zooms.
 */

/** @import {MapView} from "./map-view.js" */
/** @import {Walker} from "./map-marks.js" */
/** @import {Spot} from "./town.js" */

const TAP_SLACK_PX = 6;

export class MapGestures {
  /** @param {MapView} view */
  constructor(view) {
    this.view = view;
    /** @type {Map<number, Spot>} */
    this.fingers = new Map();
    this.travelled_px = 0;
    /** @type {Walker|null} */
    this.dragged = null;
    const { canvas } = view;
    canvas.addEventListener("pointerdown", (event) => this.onDown(event));
    canvas.addEventListener("pointermove", (event) => this.onMove(event));
    canvas.addEventListener("pointerup", (event) => this.onUp(event, true));
    canvas.addEventListener("pointercancel", (event) => this.onUp(event, false));
    canvas.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
  }

  /** @param {PointerEvent|WheelEvent} event */
  pixel(event) {
    const box = this.view.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /** @param {PointerEvent} event */
  onDown(event) {
    if (event.button !== 0) return;
    this.view.canvas.setPointerCapture(event.pointerId);
    const pixel = this.pixel(event);
    this.fingers.set(event.pointerId, pixel);
    if (this.fingers.size > 1) {
      this.dragged = null;
      this.travelled_px = Infinity; // a pinch never ends in a tap
      return;
    }
    this.travelled_px = 0;
    this.dragged = this.view.walkerAt(pixel);
  }

  /** @param {PointerEvent} event */
  onMove(event) {
    const pixel = this.pixel(event);
    const before = this.fingers.get(event.pointerId);
    if (!before) {
      this.hover(pixel);
      return;
    }
    const { camera, town } = this.view;
    const others = [...this.fingers].filter(([id]) => id !== event.pointerId);
    this.fingers.set(event.pointerId, pixel);
    this.travelled_px += Math.hypot(pixel.x - before.x, pixel.y - before.y);
    if (others.length) this.pinch(before, pixel, others[0][1]);
    else if (this.travelled_px < TAP_SLACK_PX) return;
    else if (this.dragged) this.view.dragWalker(this.dragged, camera.toTown(pixel), false);
    else camera.pan(pixel.x - before.x, pixel.y - before.y);
    camera.keepInside(town.bounds);
    this.view.redraw();
  }

  /**
   * @param {Spot} before
   * @param {Spot} after
   * @param {Spot} still the other finger
   */
  pinch(before, after, still) {
    const spread = Math.hypot(before.x - still.x, before.y - still.y) || 1;
    const wider = Math.hypot(after.x - still.x, after.y - still.y) || 1;
    const middle = { x: (after.x + still.x) / 2, y: (after.y + still.y) / 2 };
    this.view.camera.zoom(wider / spread, middle);
    this.view.camera.pan((after.x - before.x) / 2, (after.y - before.y) / 2);
  }

  /**
   * @param {PointerEvent} event
   * @param {boolean} wanted false when the browser took the gesture away
   */
  onUp(event, wanted) {
    const pixel = this.fingers.get(event.pointerId);
    this.fingers.delete(event.pointerId);
    if (!pixel || this.fingers.size) return;
    const tapped = this.travelled_px < TAP_SLACK_PX;
    if (this.dragged && !tapped) {
      this.view.dragWalker(this.dragged, this.view.camera.toTown(pixel), true);
    } else if (tapped && wanted) this.view.pickAt(pixel);
    this.dragged = null;
  }

  /** @param {Spot} pixel */
  hover(pixel) {
    const { canvas } = this.view;
    const grip = this.view.walkerAt(pixel);
    canvas.style.cursor = grip ? "grab" : this.view.storeAt(pixel) ? "pointer" : "crosshair";
  }

  /** @param {WheelEvent} event */
  onWheel(event) {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    this.view.camera.zoom(Math.exp(-event.deltaY * lines * 0.0016), this.pixel(event));
    this.view.camera.keepInside(this.view.town.bounds);
    this.view.redraw();
  }
}
