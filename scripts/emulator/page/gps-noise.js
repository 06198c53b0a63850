/**
 * What a phone's GPS makes of the place it is at: an error that drifts, now and then an outlier. Pure.
 */

/** @import {Spot} from "./town.js" */

const DRIFT_S = 30; // after this long an error has little to do with what it was
const INNER_SHARE = 2.448; // 19 of 20 draws of a round bell curve fall within 2.448 of its widths
const OUTLIERS_FROM_M = 40; // of noise: street canyons, not open sky
const OUTLIER_CHANCE = 0.04;
const OUTLIER_NOISES = { least: 3, most: 6 };

/**
 * @typedef {{truth: Spot, spot: Spot, error: Spot, off_m: number, accuracy_m: number,
 *   outlier: boolean}} Fix metres; spot is what the phone reports, accuracy what it claims
 */

/**
 * A source of numbers from 0 to below 1 that a seed repeats (the mulberry32 generator).
 *
 * @param {number} seed
 * @returns {() => number}
 */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {URLSearchParams} address "?seed=7" makes every fix of the page repeatable */
export function randomness(address) {
  const seed = address.get("seed");
  return seed === null ? Math.random : seeded(Number(seed));
}

/**
 * Take a fix. Its error stays within the noise, and near the error before; only an outlier leaves it.
 *
 * @param {Spot} truth
 * @param {Fix|null} before
 * @param {{noise_m: number, accuracy_m: number, elapsed_s: number}} gps
 * @param {() => number} random
 * @returns {Fix}
 */
export function takeFix(truth, before, { noise_m, accuracy_m, elapsed_s }, random) {
  const error = drift(before?.error ?? null, noise_m, elapsed_s, random);
  const outlier = noise_m >= OUTLIERS_FROM_M && random() < OUTLIER_CHANCE;
  const off = outlier ? thrown(noise_m, random) : error;
  const spot = { x: truth.x + off.x, y: truth.y + off.y };
  return { truth, spot, error, off_m: Math.hypot(off.x, off.y), accuracy_m, outlier };
}

/**
 * @param {Spot|null} before null: the first fix
 * @param {number} noise_m
 * @param {number} elapsed_s
 * @param {() => number} random
 * @returns {Spot}
 */
function drift(before, noise_m, elapsed_s, random) {
  if (noise_m === 0) return { x: 0, y: 0 };
  const kept = before ? Math.exp(-elapsed_s / DRIFT_S) : 0;
  const fresh = Math.sqrt(1 - kept * kept) * (noise_m / INNER_SHARE);
  const reach = fresh * Math.sqrt(-2 * Math.log(1 - random()));
  const turn = 2 * Math.PI * random();
  const x = kept * (before?.x ?? 0) + reach * Math.cos(turn);
  const y = kept * (before?.y ?? 0) + reach * Math.sin(turn);
  const shrink = Math.min(1, noise_m / (Math.hypot(x, y) || 1));
  return { x: x * shrink, y: y * shrink };
}

/**
 * @param {number} noise_m
 * @param {() => number} random
 * @returns {Spot}
 */
function thrown(noise_m, random) {
  const { least, most } = OUTLIER_NOISES;
  const away_m = noise_m * (least + (most - least) * random());
  const turn = 2 * Math.PI * random();
  return { x: away_m * Math.cos(turn), y: away_m * Math.sin(turn) };
}
