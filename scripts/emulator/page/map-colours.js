/**
 * The map's colours, read from the style sheet so that canvas and page change together.
 */

const NAMES = /** @type {const} */ ([
  "land",
  "block",
  "block-edge",
  "street",
  "street-edge",
  "park",
  "water",
  "square",
  "label",
  "area-label",
  "water-label",
  "halo",
  "dot-edge",
  "me",
  "me-soft",
  "pick",
  "route",
  "night",
]);

// Hues far enough apart to be told from their neighbours; labels carry the meaning, not these.
const HUES = [8, 32, 52, 92, 140, 168, 190, 212, 238, 266, 300, 334];

/** @typedef {Record<typeof NAMES[number], string> & {dots: string[], font: string}} Colours */

/**
 * Read the colours that hold now.
 *
 * @param {HTMLElement} host an element of the page
 * @returns {Colours}
 */
export function readColours(host) {
  const probe = document.createElement("span");
  probe.hidden = true;
  host.append(probe);
  /** @type {any} */
  const colours = {};
  for (const name of NAMES) {
    probe.style.color = `var(--map-${name})`;
    colours[name] = getComputedStyle(probe).color;
  }
  probe.style.color = "light-dark(rgb(0 0 0), rgb(255 255 255))";
  const dark = getComputedStyle(probe).color === "rgb(255, 255, 255)";
  probe.remove();
  colours.dots = HUES.map((hue) => (dark ? `hsl(${hue} 62% 68%)` : `hsl(${hue} 58% 40%)`));
  colours.font = getComputedStyle(document.body).fontFamily;
  return colours;
}

/**
 * @param {Colours} colours
 * @param {number} index the category's place in the alphabet
 */
export function dotColour(colours, index) {
  // Steps of 5 through 12 hues: neighbours in the list never look alike.
  return colours.dots[(index * 5) % colours.dots.length];
}
