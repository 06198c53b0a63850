/**
 * A route over the town: corners in metres, how long it is, where one is after so many metres. Pure.
 */

/** @import {Spot} from "./town.js" */

const TURN_DEG = 360;

/**
 * @param {Spot} a
 * @param {Spot} b
 * @returns {number} metres
 */
export function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/**
 * The point a share of the way from a to b; above 1 it lies beyond b.
 *
 * @param {Spot} a
 * @param {Spot} b
 * @param {number} share
 * @returns {Spot}
 */
export function between(a, b, share) {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

/**
 * @param {Spot[]} corners
 * @returns {number} metres
 */
export function lengthOf(corners) {
  let length_m = 0;
  for (let next = 1; next < corners.length; next += 1) {
    length_m += distance(corners[next - 1], corners[next]);
  }
  return length_m;
}

/**
 * Where one stands after some metres of the route; it ends at the last corner.
 *
 * @param {Spot[]} corners at least one
 * @param {number} travelled_m
 * @returns {{spot: Spot, next: number, heading_deg: number|null}} next: the corner ahead;
 *   heading clockwise from north, 1–360 as Telegram counts, null on a route of one place
 */
export function along(corners, travelled_m) {
  let left_m = Math.max(0, travelled_m);
  let heading_deg = null;
  for (let next = 1; next < corners.length; next += 1) {
    const [from, to] = [corners[next - 1], corners[next]];
    const leg_m = distance(from, to);
    if (leg_m === 0) continue;
    heading_deg = headingOf(from, to);
    if (left_m < leg_m) return { spot: between(from, to, left_m / leg_m), next, heading_deg };
    left_m -= leg_m;
  }
  return { spot: corners[corners.length - 1], next: corners.length, heading_deg };
}

/**
 * The first metres of a route.
 *
 * @param {Spot[]} corners
 * @param {number} travelled_m
 * @returns {Spot[]}
 */
export function cut(corners, travelled_m) {
  const { spot, next } = along(corners, travelled_m);
  return next === corners.length ? corners : [...corners.slice(0, next), spot];
}

/**
 * @param {Spot} from
 * @param {Spot} to
 */
function headingOf(from, to) {
  const clockwise = Math.atan2(to.x - from.x, from.y - to.y) * (180 / Math.PI);
  return (Math.round(clockwise) + TURN_DEG) % TURN_DEG || TURN_DEG;
}
