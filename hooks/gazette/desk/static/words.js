/* The words of the page in its language, which the editor may switch; elements are made here too. */

export const state = JSON.parse(document.getElementById("state").textContent);
const LANGUAGE = "desk-language";

export const locale = () => document.documentElement.lang;
export const inLocale = (said) => (said ? said[locale()] || said.zh : "");
export const word = (key, values = {}) =>
  inLocale(state.words[key]).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

export function speak(language) {
  document.documentElement.lang = language;
  try {
    localStorage.setItem(LANGUAGE, language);
  } catch {
    /* It is asked for again next time. */
  }
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = word(each.dataset.word);
  document.getElementById("search").placeholder = word("search");
  document.getElementById("search").setAttribute("aria-label", word("search"));
}

export function spokenBefore() {
  try {
    return localStorage.getItem(LANGUAGE) || "zh";
  } catch {
    return "zh";
  }
}

/* An element with attributes, properties that begin with a dot, listeners that begin with "on", and children. */
export function make(name, given = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key.startsWith(".")) made[key.slice(1)] = value;
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

export const button = (key, onclick, given = {}) =>
  make("button", { type: "button", onclick, ...given }, given[".textContent"] ? [] : word(key));
