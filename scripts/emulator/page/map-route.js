/**
 * Draws the route of a walk: its line, its corners, how far and how long.
 */
import { drawDot } from "./map-marks.js";

/** @import {Camera} from "./camera.js" */
/** @import {Colours} from "./map-colours.js" */
/** @import {Spot} from "./town.js" */

const BUTTONS_PX = 72; // at the right, where the zoom buttons lie over the map

/**
 * @typedef {{corners: Spot[], walked: Spot[], label: string}} RouteLine metres; walked: the part that
 *   lies behind the shopper
 */

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {RouteLine} route
 * @param {Camera} camera
 * @param {Colours} colours
 */
export function drawRoute(pen, { corners, walked, label }, camera, colours) {
  if (!corners.length) return;
  const pixels = corners.map((spot) => camera.toScreen(spot));
  trace(pen, pixels, colours.halo, 7);
  trace(pen, pixels, colours.route, 4);
  if (walked.length > 1) trace(pen, walked.map((spot) => camera.toScreen(spot)), colours.halo, 2);
  for (const pixel of pixels) drawDot(pen, pixel, 4, colours.halo, colours.route);
  drawDot(pen, pixels[0], 6, colours.route, colours.halo);
  if (corners.length > 1) drawEnd(pen, pixels[pixels.length - 1], colours);
  if (label) writeBeside(pen, label, pixels[pixels.length - 1], camera, colours);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Spot[]} pixels
 * @param {string} colour
 * @param {number} width
 */
function trace(pen, pixels, colour, width) {
  pen.lineJoin = "round";
  pen.lineCap = "round";
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  for (const { x, y } of pixels) pen.lineTo(x, y);
  pen.stroke();
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Spot} pixel
 * @param {Colours} colours
 */
function drawEnd(pen, pixel, colours) {
  drawDot(pen, pixel, 8, colours.halo, colours.route);
  drawDot(pen, pixel, 4, colours.route, colours.route);
}

/**
 * A plate beside the end of the route, kept on the map.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {string} text
 * @param {Spot} pixel
 * @param {Camera} camera
 * @param {Colours} colours
 */
function writeBeside(pen, text, pixel, camera, colours) {
  pen.font = `600 13px ${colours.font}`;
  const width = pen.measureText(text).width + 16;
  const fits = pixel.x + 14 + width < camera.width - BUTTONS_PX;
  const left = Math.max(8, fits ? pixel.x + 14 : pixel.x - 14 - width);
  const top = Math.min(camera.height - 34, Math.max(8, pixel.y - 13));
  pen.beginPath();
  pen.roundRect(left, top, width, 26, 13);
  pen.fillStyle = colours.route;
  pen.fill();
  pen.fillStyle = colours["dot-edge"];
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  pen.fillText(text, left + 8, top + 13.5);
}
