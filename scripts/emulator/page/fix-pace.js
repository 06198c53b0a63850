/**
 * When a phone that shares a live location sends its next fix. Pure.
 *
 * Telegram's apps look for a place every second or so and send it while it moves; at rest they repeat it every 20 s.
 * Source: LocationController.java of Telegram for Android, github.com/DrKLO/Telegram (2026-11-21).
 */

const AT_REST_MS = 20_000;
const BY_HAND_MS = 1_000; // a drag is followed closely, whatever the interval
const MOVED_M = 1;

/**
 * @param {object} phone
 * @param {number} phone.since_ms since the last fix was sent
 * @param {number} phone.interval_ms
 * @param {number} phone.moved_m from where the last fix was taken
 * @param {boolean} phone.walking
 * @param {boolean} phone.paused
 * @param {boolean} phone.noisy its GPS wanders while it lies still
 * @param {boolean} phone.byHand the shopper was just dragged, put somewhere, or arrived
 * @param {boolean} phone.hidden nobody looks at the page
 */
export function isDue({ since_ms, interval_ms, moved_m, walking, paused, noisy, byHand, hidden }) {
  if (byHand) return since_ms >= BY_HAND_MS;
  if (paused || since_ms < interval_ms) return false;
  if (walking || moved_m >= MOVED_M) return true;
  return !hidden && (noisy || since_ms >= AT_REST_MS);
}
