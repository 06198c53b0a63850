/**
 * Writes the names of areas and streets where nothing else stands yet.
 */

/** @import {Camera} from "./camera.js" */
/** @import {Colours} from "./map-colours.js" */
/** @import {Box} from "./map-marks.js" */
/** @import {Area, Spot, Street, Town} from "./town.js" */

const STREETS_FROM_SCALE = 0.22; // px a metre
const STEP_PX = 48;
const BEND_PX = 4; // how far a street may leave its straight name

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Town} town
 * @param {Camera} camera
 * @param {Colours} colours
 * @param {Box[]} taken grows by what is written
 */
export function drawNames(pen, town, camera, colours, taken) {
  for (const area of town.areas) {
    if (area.kind !== "block" && area.name) drawAreaName(pen, area, camera, colours, taken);
  }
  if (camera.scale < STREETS_FROM_SCALE) return;
  for (const street of town.streets) drawStreetName(pen, street, camera, colours, taken);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Area} area
 * @param {Camera} camera
 * @param {Colours} colours
 * @param {Box[]} taken
 */
function drawAreaName(pen, area, camera, colours, taken) {
  const xs = area.spots.map((spot) => spot.x);
  const ys = area.spots.map((spot) => spot.y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  pen.font = `italic 600 13px ${colours.font}`;
  const width = pen.measureText(area.name).width;
  if ((right - left) * camera.scale < width || (bottom - top) * camera.scale < 22) return;
  const { x, y } = camera.toScreen({ x: (left + right) / 2, y: (top + bottom) / 2 });
  const box = { left: x - width / 2, right: x + width / 2, top: y - 8, bottom: y + 8 };
  if (taken.some((other) => touches(box, other))) return;
  taken.push(box);
  pen.fillStyle = area.kind === "water" ? colours["water-label"] : colours["area-label"];
  write(pen, area.name, { x, y }, 0, null);
}

/**
 * Try places along the street, the middle first, until its name stands free and straight.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Street} street
 * @param {Camera} camera
 * @param {Colours} colours
 * @param {Box[]} taken
 */
function drawStreetName(pen, street, camera, colours, taken) {
  const line = measure(street.spots.map((spot) => camera.toScreen(spot)));
  const size_px = Math.min(13, Math.max(10.5, street.width_m * camera.scale * 0.74));
  pen.font = `500 ${size_px}px ${colours.font}`;
  const half = pen.measureText(street.name).width / 2 + 2;
  for (let away = 0; away <= line.length / 2 - half; away += STEP_PX) {
    for (const at of [line.length / 2 + away, line.length / 2 - away]) {
      const [from, to] = [walk(line, at - half), walk(line, at + half)];
      const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
      if (!inView(from, camera) || !inView(to, camera)) continue;
      if (distance(walk(line, at), middle) > BEND_PX) continue;
      const boxes = boxesBetween(from, to);
      if (boxes.some((box) => taken.some((other) => touches(box, other)))) continue;
      taken.push(...boxes);
      pen.fillStyle = colours.label;
      write(pen, street.name, middle, readable(from, to), colours.street);
      return;
    }
  }
}

/** @typedef {{pixels: Spot[], reached: number[], length: number}} Line */

/**
 * @param {Spot[]} pixels
 * @returns {Line}
 */
function measure(pixels) {
  const reached = [0];
  for (let index = 1; index < pixels.length; index += 1) {
    reached.push(reached[index - 1] + distance(pixels[index - 1], pixels[index]));
  }
  return { pixels, reached, length: reached[reached.length - 1] };
}

/**
 * @param {Line} line
 * @param {number} at CSS pixels from its beginning
 * @returns {Spot}
 */
function walk({ pixels, reached }, at) {
  const next = Math.max(1, reached.findIndex((far) => far >= at));
  const [a, b] = [pixels[next - 1], pixels[next]];
  const share = (at - reached[next - 1]) / (reached[next] - reached[next - 1] || 1);
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

/**
 * @param {Spot} from
 * @param {Spot} to
 * @returns {Box[]} small boxes along the way
 */
function boxesBetween(from, to) {
  const count = Math.ceil(distance(from, to) / 10);
  return Array.from({ length: count + 1 }, (_, index) => {
    const share = index / count;
    const x = from.x + (to.x - from.x) * share;
    const y = from.y + (to.y - from.y) * share;
    return { left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 };
  });
}

/**
 * @param {Spot} from
 * @param {Spot} to
 * @returns {number} the angle at which nobody has to stand on their head
 */
function readable(from, to) {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  if (angle > Math.PI / 2) return angle - Math.PI;
  return angle < -Math.PI / 2 ? angle + Math.PI : angle;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {string} text
 * @param {Spot} spot
 * @param {number} angle
 * @param {string|null} halo
 */
function write(pen, text, spot, angle, halo) {
  pen.save();
  pen.translate(spot.x, spot.y);
  pen.rotate(angle);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  if (halo) {
    pen.strokeStyle = halo;
    pen.lineWidth = 3;
    pen.strokeText(text, 0, 0);
  }
  pen.fillText(text, 0, 0);
  pen.restore();
}

/**
 * @param {Spot} a
 * @param {Spot} b
 */
function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/**
 * @param {Spot} pixel
 * @param {Camera} camera
 */
function inView({ x, y }, camera) {
  return x > 8 && y > 8 && x < camera.width - 8 && y < camera.height - 8;
}

/**
 * @param {Box} a
 * @param {Box} b
 */
export function touches(a, b) {
  return a.left < b.right + 2 && b.left < a.right + 2 && a.top < b.bottom && b.top < a.bottom;
}
