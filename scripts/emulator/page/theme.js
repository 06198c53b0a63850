/**
 * Dark or light: as the system says, unless the shopper chose. The choice stays on this device.
 */

const KEY = "phone.theme";
const NEXT = /** @type {Record<string, string>} */ ({ auto: "light", light: "dark", dark: "auto" });
const LABELS = /** @type {Record<string, string>} */ ({
  auto: "Colors follow the system",
  light: "Light colors",
  dark: "Dark colors",
});

/**
 * Make a button turn the colours round; calls back when they may have changed.
 *
 * @param {HTMLElement} button
 * @param {() => void} onChange
 */
export function attachTheme(button, onChange) {
  let theme = localStorage.getItem(KEY) ?? "auto";
  const show = () => {
    document.documentElement.dataset.theme = theme;
    button.dataset.theme = theme;
    button.setAttribute("aria-label", `${LABELS[theme]}. Change`);
    button.title = LABELS[theme];
    onChange();
  };
  button.addEventListener("click", () => {
    theme = NEXT[theme] ?? "auto";
    localStorage.setItem(KEY, theme);
    show();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", onChange);
  show();
}
