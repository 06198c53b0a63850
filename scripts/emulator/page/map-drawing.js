/**
 * Draws the ground of the town (areas and streets) on a canvas. Decides nothing.
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
