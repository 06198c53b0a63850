/**
 * Who holds the phone: the sample people of the town and the shoppers made up on this device.
 */

/** @import {Shopper} from "./types.js" */

const MADE_UP = "phone.shoppers";
const CHOSEN = "phone.shopper";
// As long as a real shopper's id; only this local world knows it.
const FIRST_ID = 8_000_000_000;
const NAMES = ["Robin", "Noor", "Sasha", "Kim", "Alex", "Jules", "Charlie", "Sam", "Mika", "Toni"];

export class Shoppers {
  /** @param {Shopper[]} people the sample people of the town */
  constructor(people) {
    this.people = people;
    this.madeUp = readMadeUp();
  }

  /**
   * The shopper to begin with: the one in the address, else the last one chosen, else a new one.
   *
   * @param {URLSearchParams} address
   * @returns {Shopper}
   */
  first(address) {
    const asked = Number(address.get("user"));
    if (Number.isSafeInteger(asked) && asked > 0) return this.find(asked) ?? this.adopt(asked);
    const remembered = this.find(Number(localStorage.getItem(CHOSEN)));
    return remembered ?? this.madeUp[0] ?? this.create("");
  }

  /** @param {number} id */
  find(id) {
    return [...this.people, ...this.madeUp].find((shopper) => shopper.id === id);
  }

  /** @param {number} id someone the address named and nobody here knows */
  adopt(id) {
    return this.keep({ id, first_name: NAMES[id % NAMES.length], language_code: "en" });
  }

  /**
   * Make up a shopper with a fresh id.
   *
   * @param {string} name empty = one is given
   * @param {string} [languageCode]
   */
  create(name, languageCode = "en") {
    const [random] = crypto.getRandomValues(new Uint32Array(1));
    const id = FIRST_ID + (random % 999_999_999);
    const first_name = name.trim() || NAMES[random % NAMES.length];
    return this.keep({ id, first_name, language_code: languageCode });
  }

  /** @param {Shopper} shopper */
  keep(shopper) {
    this.madeUp = [shopper, ...this.madeUp].slice(0, 12);
    localStorage.setItem(MADE_UP, JSON.stringify(this.madeUp));
    return shopper;
  }

  /** @param {Shopper} shopper remembered here and in the address, so that a reload keeps it */
  choose(shopper) {
    localStorage.setItem(CHOSEN, String(shopper.id));
    const address = new URL(location.href);
    address.searchParams.set("user", String(shopper.id));
    history.replaceState(null, "", address);
  }
}

/** @returns {Shopper[]} */
function readMadeUp() {
  try {
    const kept = JSON.parse(localStorage.getItem(MADE_UP) ?? "[]");
    return kept.filter((/** @type {Shopper} */ one) => Number.isSafeInteger(one?.id));
  } catch {
    return [];
  }
}
