/**
 * A ready-made walk past a store, along the street it stands at. Pure.
 */
import { between, cut, distance } from "./route.js";

/** @import {PlacedStore, Spot, Town} from "./town.js" */

const APPROACH_M = 300; // outside any store's reach, so that the bot sees the shopper come
const NEAR_ENOUGH_M = 12; // from the middle of the street; a store farther off is stepped up to
const DOOR_M = 8;
const STRAIGHT_M = 0.05; // longer than the straight way: a bend of 2 m in 100 m

/**
 * Give the corners: 300 m of street before the store, by its door, 300 m behind it.
 *
 * @param {Town} town
 * @param {PlacedStore} store
 * @returns {Spot[]} metres
 */
export function walkPast(town, store) {
  const { street, leg, spot: beside } = nearestStreet(town, store.spot);
  const back = cut([beside, ...street.slice(0, leg).reverse()], APPROACH_M);
  const ahead = cut([beside, ...street.slice(leg)], APPROACH_M);
  return straightened([...back.reverse(), ...stepUp(beside, store.spot), ...ahead.slice(1)]);
}

/**
 * Leave out the corners at which nobody turns: a street has one at every crossing.
 *
 * @param {Spot[]} corners
 */
function straightened(corners) {
  return corners.filter((corner, index) => {
    const [before, after] = [corners[index - 1], corners[index + 1]];
    if (!before || !after) return true;
    const detour_m = distance(before, corner) + distance(corner, after) - distance(before, after);
    return detour_m > STRAIGHT_M;
  });
}

/**
 * From the street to the door and back, or nothing when the street passes the door.
 *
 * @param {Spot} beside
 * @param {Spot} store
 */
function stepUp(beside, store) {
  const away_m = distance(beside, store);
  if (away_m <= NEAR_ENOUGH_M) return [];
  return [between(store, beside, DOOR_M / away_m), beside];
}

/**
 * @param {Town} town
 * @param {Spot} store
 * @returns {{street: Spot[], leg: number, spot: Spot}} spot: the street's nearest point, which lies
 *   before its corner number `leg`
 */
function nearestStreet(town, store) {
  const pavement = { x: store.x, y: store.y + DOOR_M };
  const east = { x: store.x + 1, y: pavement.y };
  let best = nearestOn(lengthened([pavement, east]), store);
  let nearest_m = Infinity;
  for (const { spots } of town.streets) {
    if (spots.length < 2) continue;
    const found = nearestOn(lengthened(spots), store);
    const away_m = distance(found.spot, store);
    if (away_m < nearest_m) [best, nearest_m] = [found, away_m];
  }
  return best;
}

/**
 * A street may end before the walk does: go straight on.
 *
 * @param {Spot[]} spots at least two
 */
function lengthened(spots) {
  const beyond = (/** @type {Spot} */ inner, /** @type {Spot} */ end) =>
    between(inner, end, 1 + APPROACH_M / Math.max(0.01, distance(inner, end)));
  const last = spots.length - 1;
  return [beyond(spots[1], spots[0]), ...spots, beyond(spots[last - 1], spots[last])];
}

/**
 * @param {Spot[]} street
 * @param {Spot} store
 */
function nearestOn(street, store) {
  let best = { street, leg: 1, spot: street[0] };
  for (let leg = 1; leg < street.length; leg += 1) {
    const [from, to] = [street[leg - 1], street[leg]];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const along = ((store.x - from.x) * dx + (store.y - from.y) * dy) / (dx * dx + dy * dy || 1);
    const spot = between(from, to, Math.min(1, Math.max(0, along)));
    if (distance(spot, store) < distance(best.spot, store)) best = { street, leg, spot };
  }
  return best;
}
