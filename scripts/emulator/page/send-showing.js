/**
 * Sends something from a phone and shows it meanwhile: on its way, arrived, or refused with the
 * reason and another try.
 */
import { RequestFailed } from "./api.js";

/** @import {Thread} from "./thread.js" */

/**
 * @param {Thread} thread
 * @param {string} words shown until the message itself comes back
 * @param {() => Promise<{message_id: number}>} send
 */
export async function sendShowing(thread, words, send) {
  const outgoing = thread.addOutgoing(words);
  try {
    const { message_id } = await send();
    thread.accepted(outgoing, message_id);
  } catch (error) {
    thread.refused(outgoing, reasonOf(error), () => sendShowing(thread, words, send));
  }
}

/** @param {unknown} error */
export function reasonOf(error) {
  return error instanceof RequestFailed ? error.message : "Something on this page went wrong.";
}
