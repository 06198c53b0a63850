/**
 * The small drawn map inside a location or venue bubble.
 */
import { Camera } from "./camera.js";
import { element } from "./dom.js";
import { readColours } from "./map-colours.js";
import { drawGround } from "./map-drawing.js";
import { drawPin, drawStores } from "./map-marks.js";
import { drawNames } from "./map-names.js";

/** @import {Town} from "./town.js" */
/** @import {Point} from "./types.js" */

const SIZE = { width: 264, height: 132 };
const SCALE = 0.9; // px a metre: about 290 m across

/** @type {WeakMap<Element, () => void>} */
const painters = new WeakMap();

/**
 * @param {Town} town
 * @param {Point} point
 * @returns {HTMLCanvasElement}
 */
export function miniMap(town, point) {
  const canvas = element("canvas", { class: "mini-map", "aria-hidden": "true" });
  const ratio = Math.max(2, devicePixelRatio || 1);
  canvas.width = SIZE.width * ratio;
  canvas.height = SIZE.height * ratio;
  painters.set(canvas, () => paint(canvas, town, point, ratio));
  paint(canvas, town, point, ratio);
  return canvas;
}

/** The colours of the page changed. */
export function repaintMiniMaps() {
  for (const canvas of document.querySelectorAll("canvas.mini-map")) painters.get(canvas)?.();
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Town} town
 * @param {Point} point
 * @param {number} ratio device pixels a CSS pixel
 */
function paint(canvas, town, point, ratio) {
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const camera = Object.assign(new Camera(), { ...town.spot(point), ...SIZE, scale: SCALE });
  const colours = readColours(document.body);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawGround(pen, town, camera, colours);
  const [x, y] = [SIZE.width / 2, SIZE.height / 2];
  const taken = [{ left: x - 16, top: y - 38, right: x + 16, bottom: y + 4 }];
  drawStores(pen, town, camera, colours, { labels: false, taken });
  drawNames(pen, town, camera, colours, taken);
  drawPin(pen, { x, y }, colours);
}
