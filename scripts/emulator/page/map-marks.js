/**
 * Draws what stands on the ground: store dots and labels, the picked place, the shoppers.
 */
import { dotColour } from "./map-colours.js";
import { touches } from "./map-names.js";

/** @import {Camera} from "./camera.js" */
/** @import {Colours} from "./map-colours.js" */
/** @import {PlacedStore, Spot, Town} from "./town.js" */

const LABELS_FROM_SCALE = 0.45; // px a metre; below it names would cover the streets

/**
 * @typedef {{spot: Spot, accuracy_m: number, outlier: boolean}} Told what the phone last reported
 * @typedef {{spot: Spot, name: string, live: boolean, fix: Told|null, active: boolean}} Walker
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box CSS pixels
 */

/**
 * Draw every store's dot, and the names that find room.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Town} town
 * @param {Camera} camera
 * @param {Colours} colours
 * @param {{selected?: PlacedStore|null, category?: string|null, labels?: boolean,
 *   taken: Box[]}} choice taken: where something stands already; grows by dots and names
 */
export function drawStores(pen, town, camera, colours, choice) {
  const radius = Math.min(8, Math.max(4, 3.6 + camera.scale * 2));
  const shown = town.stores.filter((store) => onScreen(camera.toScreen(store.spot), camera));
  for (const store of shown) {
    const faded = choice.category && choice.category !== store.category;
    pen.globalAlpha = faded ? 0.25 : 1;
    const colour = dotColour(colours, town.categories.indexOf(store.category));
    drawDot(pen, camera.toScreen(store.spot), radius, colour, colours["dot-edge"]);
  }
  pen.globalAlpha = 1;
  for (const store of shown) choice.taken.push(around(camera.toScreen(store.spot), radius));
  if (choice.labels === false) return;
  drawLabels(pen, shown, camera, colours, { ...choice, radius });
}

/**
 * Label the chosen store always, the others where there is room.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {PlacedStore[]} stores
 * @param {Camera} camera
 * @param {Colours} colours
 * @param {{selected?: PlacedStore|null, category?: string|null, radius: number,
 *   taken: Box[]}} choice
 */
function drawLabels(pen, stores, camera, colours, choice) {
  const { taken } = choice;
  const wanted = stores.filter(
    (store) => camera.scale >= LABELS_FROM_SCALE || choice.category === store.category,
  );
  const selected = choice.selected ? [choice.selected] : [];
  for (const store of [...selected, ...wanted.filter((one) => one !== choice.selected)]) {
    if (choice.category && choice.category !== store.category) continue;
    const strong = store === choice.selected;
    pen.font = `${strong ? 700 : 500} 12.5px ${colours.font}`;
    const box = freeBox(pen.measureText(store.name).width, store, camera, choice.radius, taken);
    if (!box && !strong) continue;
    const { x, y } = camera.toScreen(store.spot);
    const place = box ?? { left: x + 12, top: y - 8, right: x + 112, bottom: y + 8 };
    taken.push(place);
    writeLabel(pen, store.name, place, colours);
  }
}

/**
 * @param {number} width
 * @param {PlacedStore} store
 * @param {Camera} camera
 * @param {number} radius
 * @param {Box[]} taken
 * @returns {Box|null} right of the dot, else left, above, below
 */
function freeBox(width, store, camera, radius, taken) {
  const { x, y } = camera.toScreen(store.spot);
  const gap = radius + 4;
  const corners = [
    [x + gap, y - 8],
    [x - gap - width, y - 8],
    [x - width / 2, y - gap - 16],
    [x - width / 2, y + gap],
  ];
  for (const [left, top] of corners) {
    const box = { left, top, right: left + width, bottom: top + 16 };
    const seen = left > 4 && top > 4 && box.right < camera.width - 4;
    if (seen && !taken.some((other) => touches(box, other))) return box;
  }
  return null;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {string} text
 * @param {Box} box
 * @param {Colours} colours
 */
function writeLabel(pen, text, box, colours) {
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.strokeStyle = colours.halo;
  pen.lineWidth = 4;
  pen.strokeText(text, box.left, (box.top + box.bottom) / 2);
  pen.fillStyle = colours.label;
  pen.fillText(text, box.left, (box.top + box.bottom) / 2);
}

/**
 * A pin whose tip stands on the picked place.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Spot} pixel
 * @param {Colours} colours
 */
export function drawPin(pen, pixel, colours) {
  pen.save();
  pen.translate(pixel.x, pixel.y);
  pen.beginPath();
  pen.moveTo(0, 0);
  pen.bezierCurveTo(-4, -9, -12, -13, -12, -23);
  pen.arc(0, -23, 12, Math.PI, 0);
  pen.bezierCurveTo(12, -13, 4, -9, 0, 0);
  pen.fillStyle = colours.pick;
  pen.strokeStyle = colours["dot-edge"];
  pen.lineWidth = 2;
  pen.fill();
  pen.stroke();
  drawDot(pen, { x: 0, y: -23 }, 4, colours["dot-edge"], colours["dot-edge"]);
  pen.restore();
}

/**
 * A shopper where they truly are: a round mark with the first letter, a ring when live; and what
 * their phone last reported.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Walker} walker
 * @param {Camera} camera
 * @param {Colours} colours
 */
export function drawWalker(pen, walker, camera, colours) {
  const pixel = camera.toScreen(walker.spot);
  if (walker.fix) drawFix(pen, walker.fix, pixel, camera, colours);
  if (walker.live) {
    disc(pen, pixel, 19);
    pen.strokeStyle = colours.me;
    pen.lineWidth = 2;
    pen.setLineDash([5, 4]);
    pen.stroke();
    pen.setLineDash([]);
  }
  pen.globalAlpha = walker.active ? 1 : 0.7;
  drawDot(pen, pixel, 13, colours.me, colours["dot-edge"]);
  pen.fillStyle = colours["dot-edge"];
  pen.font = `700 13px ${colours.font}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText([...walker.name][0]?.toUpperCase() ?? "", pixel.x, pixel.y + 0.5);
  pen.globalAlpha = 1;
}

/**
 * A reported fix: a ring in its circle of accuracy, tied to the shopper; an outlier is named.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Told} fix
 * @param {Spot} from CSS pixels: the shopper
 * @param {Camera} camera
 * @param {Colours} colours
 */
function drawFix(pen, fix, from, camera, colours) {
  const pixel = camera.toScreen(fix.spot);
  const colour = fix.outlier ? colours.pick : colours.me;
  pen.strokeStyle = colour;
  if (fix.accuracy_m * camera.scale > 16) {
    disc(pen, pixel, fix.accuracy_m * camera.scale);
    pen.fillStyle = colours["me-soft"];
    pen.fill();
    pen.lineWidth = 1;
    pen.stroke();
  }
  pen.lineWidth = 1.5;
  pen.setLineDash([2, 4]);
  pen.beginPath();
  pen.moveTo(from.x, from.y);
  pen.lineTo(pixel.x, pixel.y);
  pen.stroke();
  pen.setLineDash([]);
  drawDot(pen, pixel, 6, colours.halo, colour);
  if (!fix.outlier) return;
  pen.font = `700 12.5px ${colours.font}`;
  writeLabel(pen, "outlier", { left: pixel.x + 12, top: pixel.y - 8, right: 0, bottom: pixel.y + 8 }, colours);
}

/**
 * The cross at the middle that the arrow keys steer.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Camera} camera
 * @param {Colours} colours
 */
export function drawCross(pen, camera, colours) {
  const [x, y] = [camera.width / 2, camera.height / 2];
  for (const [colour, width] of /** @type {const} */ ([
    [colours.halo, 5],
    [colours.pick, 2],
  ])) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      pen.moveTo(x + dx * 6, y + dy * 6);
      pen.lineTo(x + dx * 16, y + dy * 16);
    }
    pen.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Spot} pixel
 * @param {number} radius
 * @param {string} colour
 * @param {string} edge
 */
export function drawDot(pen, pixel, radius, colour, edge) {
  disc(pen, pixel, radius);
  pen.fillStyle = colour;
  pen.fill();
  pen.strokeStyle = edge;
  pen.lineWidth = 2;
  pen.stroke();
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Spot} pixel
 * @param {number} radius
 */
function disc(pen, { x, y }, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, Math.PI * 2);
}

/**
 * @param {Spot} pixel
 * @param {number} radius
 * @returns {Box}
 */
export function around({ x, y }, radius) {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

/**
 * @param {Spot} pixel
 * @param {Camera} camera
 */
function onScreen({ x, y }, camera) {
  return x > -20 && y > -20 && x < camera.width + 20 && y < camera.height + 20;
}
