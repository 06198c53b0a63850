/**
 * Draws the ground of the town (areas, streets, their names) on a canvas. Decides nothing.
 */

/** @import {Camera} from "./camera.js" */
/** @import {Colours} from "./map-colours.js" */
/** @import {Area, Spot, Street, Town} from "./town.js" */

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Town} town
 * @param {Camera} camera
 * @param {Colours} colours
 */
export function drawGround(pen, town, camera, colours) {
  pen.fillStyle = colours.land;
  pen.fillRect(0, 0, camera.width, camera.height);
  for (const area of town.areas) drawArea(pen, area, camera, colours);
  drawStreets(pen, town.streets, camera, colours);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Town} town
 * @param {Camera} camera
 * @param {Colours} colours
 */
export function drawNames(pen, town, camera, colours) {
  for (const area of town.areas) {
    if (area.kind !== "block" && area.name) drawAreaName(pen, area, camera, colours);
  }
  /** @type {Spot[]} */
  const taken = [];
  for (const street of town.streets) drawStreetName(pen, street, camera, colours, taken);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Area} area
 * @param {Camera} camera
 * @param {Colours} colours
 */
function drawArea(pen, area, camera, colours) {
  trace(pen, area.spots, camera);
  pen.closePath();
  const kind = /** @type {"water"|"block"|"park"|"square"} */ (area.kind);
  pen.fillStyle = colours[kind] ?? colours.block;
  pen.fill();
  if (area.kind !== "block") return;
  pen.strokeStyle = colours["block-edge"];
  pen.lineWidth = 1;
  pen.stroke();
}

/**
 * All casings first, then all fills, so that crossings stay open.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Street[]} streets
 * @param {Camera} camera
 * @param {Colours} colours
 */
function drawStreets(pen, streets, camera, colours) {
  pen.lineJoin = "round";
  pen.lineCap = "round";
  for (const casing of [true, false]) {
    pen.strokeStyle = casing ? colours["street-edge"] : colours.street;
    for (const street of streets) {
      const width = Math.max(1.5, street.width_m * camera.scale);
      pen.lineWidth = casing ? width + 2 : width;
      trace(pen, street.spots, camera);
      pen.stroke();
    }
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Spot[]} spots
 * @param {Camera} camera
 */
function trace(pen, spots, camera) {
  pen.beginPath();
  for (const spot of spots) {
    const { x, y } = camera.toScreen(spot);
    pen.lineTo(x, y);
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Area} area
 * @param {Camera} camera
 * @param {Colours} colours
 */
function drawAreaName(pen, area, camera, colours) {
  const xs = area.spots.map((spot) => spot.x);
  const ys = area.spots.map((spot) => spot.y);
  const middle = {
    x: (Math.min(...xs) + Math.max(...xs)) / 2,
    y: (Math.min(...ys) + Math.max(...ys)) / 2,
  };
  const room = {
    x: (Math.max(...xs) - Math.min(...xs)) * camera.scale,
    y: (Math.max(...ys) - Math.min(...ys)) * camera.scale,
  };
  pen.font = `italic 600 13px ${colours.font}`;
  const text_px = pen.measureText(area.name).width;
  const upright = room.x < text_px + 12 && room.y > text_px + 12;
  if (!upright && (room.x < text_px + 12 || room.y < 20)) return;
  const { x, y } = camera.toScreen(middle);
  pen.fillStyle = area.kind === "water" ? colours["water-label"] : colours["area-label"];
  writeTurned(pen, area.name, { x, y }, upright ? -Math.PI / 2 : 0, null);
}

/**
 * Write the street's name along its longest straight piece, when it fits and stands alone.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Street} street
 * @param {Camera} camera
 * @param {Colours} colours
 * @param {Spot[]} taken where names already stand, CSS pixels
 */
function drawStreetName(pen, street, camera, colours, taken) {
  const piece = longestPiece(street.spots.map((spot) => camera.toScreen(spot)));
  if (!piece) return;
  const size_px = Math.min(13, Math.max(10.5, street.width_m * camera.scale * 0.72));
  pen.font = `500 ${size_px}px ${colours.font}`;
  if (pen.measureText(street.name).width > piece.length * 0.8) return;
  const middle = { x: (piece.from.x + piece.to.x) / 2, y: (piece.from.y + piece.to.y) / 2 };
  const visible = { x: clamp(middle.x, 70, camera.width - 70), y: middle.y };
  const along = piece.to.x === piece.from.x ? 0 : (visible.x - middle.x) / (piece.to.x - piece.from.x);
  const spot = Math.abs(along) < 0.3
    ? { x: visible.x, y: middle.y + along * (piece.to.y - piece.from.y) }
    : middle;
  if (taken.some((other) => Math.hypot(other.x - spot.x, other.y - spot.y) < 36)) return;
  taken.push(spot);
  pen.fillStyle = colours.label;
  writeTurned(pen, street.name, spot, piece.angle, colours.street);
}

/** @param {Spot[]} pixels */
function longestPiece(pixels) {
  let best = null;
  for (let index = 1; index < pixels.length; index += 1) {
    const [from, to] = [pixels[index - 1], pixels[index]];
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (!best || length > best.length) {
      let angle = Math.atan2(to.y - from.y, to.x - from.x);
      if (angle > Math.PI / 2 - 0.01) angle -= Math.PI;
      if (angle < -Math.PI / 2 - 0.01) angle += Math.PI;
      best = { from, to, length, angle };
    }
  }
  return best;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {string} text
 * @param {Spot} spot
 * @param {number} angle
 * @param {string|null} halo
 */
function writeTurned(pen, text, spot, angle, halo) {
  pen.save();
  pen.translate(spot.x, spot.y);
  pen.rotate(angle);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  if (halo) {
    pen.strokeStyle = halo;
    pen.lineWidth = 3;
    pen.strokeText(text, 0, 0);
  }
  pen.fillText(text, 0, 0);
  pen.restore();
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
