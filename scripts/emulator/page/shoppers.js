/**
 * Who holds the phones: the people the server offers and the shoppers made up on this device, and
 * which of them have a phone open here.
 */

/** @import {StartLinks} from "./start-links.js" */
/** @import {Shopper} from "./types.js" */

const MADE_UP = "phone.shoppers";
const OPEN = "phone.open";
const ACTIVE = "phone.shopper";
// As long as a real shopper's id; only this local world knows it.
const FIRST_ID = 8_000_000_000;
const NAMES = ["Robin", "Noor", "Sasha", "Kim", "Alex", "Jules", "Charlie", "Sam", "Mika", "Toni"];
const MADE_UP_KEPT = 12;

export class Shoppers {
  /** @param {Shopper[]} people whom the server offers */
  constructor(people) {
    this.people = people;
    this.madeUp = readMadeUp();
  }

  /**
   * The shoppers to begin with, never none, and the active one: those in the address
   * (?phones=7,8&user=8), else those of last time, else a new one. ?add=9 opens one more beside
   * them, and ?start=… is a link for the active one.
   *
   * @param {URLSearchParams} address
   * @param {StartLinks} links
   * @returns {{open: Shopper[], active: Shopper}}
   */
  first(address, links) {
    const added = readIds(address.get("add")).slice(0, 1);
    const user = readIds(address.get("user")).slice(0, 1);
    const asked = [...readIds(address.get("phones")), ...user];
    const before = asked.length ? asked : this.remembered();
    const open = [...new Set([...before, ...added])].map((id) => this.find(id) ?? this.adopt(id));
    if (open.length === 0) open.push(this.madeUp[0] ?? this.create(""));
    const [wanted] = [...added, ...user, Number(localStorage.getItem(ACTIVE))];
    const active = open.find(({ id }) => id === wanted) ?? open[0];
    links.open(active, address.get("start"));
    return { open, active };
  }

  /** @returns {number[]} who had a phone open here last time and is still known */
  remembered() {
    const ids = readIds(localStorage.getItem(OPEN) ?? localStorage.getItem(ACTIVE));
    return ids.filter((id) => this.find(id));
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
    this.madeUp = [shopper, ...this.madeUp].slice(0, MADE_UP_KEPT);
    localStorage.setItem(MADE_UP, JSON.stringify(this.madeUp));
    return shopper;
  }

  /**
   * Remember whose phones are open, here and in the address, so that a reload brings them back.
   *
   * @param {Shopper[]} open
   * @param {Shopper} active
   */
  remember(open, active) {
    const ids = open.map(({ id }) => id).join(",");
    localStorage.setItem(OPEN, ids);
    localStorage.setItem(ACTIVE, String(active.id));
    const address = new URL(location.href);
    const { searchParams } = address;
    for (const name of ["add", "start", "phones"]) searchParams.delete(name);
    searchParams.set("user", String(active.id));
    if (open.length > 1) searchParams.set("phones", ids);
    address.search = searchParams.toString().replaceAll("%2C", ","); // for a person to read
    if (address.href !== location.href) history.replaceState(null, "", address);
  }
}

/**
 * @param {string|null} list ids with commas between them
 * @returns {number[]}
 */
function readIds(list) {
  const ids = (list ?? "").split(",").map(Number);
  return ids.filter((id) => Number.isSafeInteger(id) && id > 0);
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
