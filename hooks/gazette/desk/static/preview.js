/* The page of what is typed, beside the form: each is loaded behind the one that is shown, and takes its place at the same height. */

import { locale, word } from "./words.js";

const at = (id) => document.getElementById(id);
let page; /* Where the page of the entry stands; null where it has none, undefined where no entry is open. */
let number = null;
let stands = false; /* Whether there is a mistake, so that the last good page stays. */
let language = "zh";
let asked = ""; /* The address that is shown, or loaded to be shown. */
let [shown, next] = document.querySelectorAll(".preview iframe");

function draw() {
  at("preview-language").textContent = language === "zh" ? "English" : "中文";
  const said = page === null ? "preview_none" : stands ? (number === null ? "preview_waits" : "preview_stands") : "preview_typed";
  at("preview-state").textContent = page === undefined ? "" : word(said);
  const address = number === null ? "" : `/preview/${number}/${language === "en" ? "en/" : ""}${page}`;
  if (address === asked) return;
  asked = address;
  if (address) next.contentWindow.location.replace(address); /* The browser's way back is that of the desk. */
  else shown.classList.remove("shown");
}

const addressOf = (frame) => frame.contentWindow.location.pathname;
const withoutNumber = (address) => address.replace(/\d+/, "");

/* What was loaded is shown, at the height of what it is in the place of. */
function loaded({ target }) {
  if (target !== next || addressOf(next) !== asked) return;
  if (withoutNumber(addressOf(shown)) === withoutNumber(asked)) next.contentWindow.scrollTo(0, shown.contentWindow.scrollY);
  shown.classList.remove("shown");
  next.classList.add("shown");
  [shown, next] = [next, shown];
}

/* The page at `path` of the preview with this number; without a number the last good page stays. */
export function show(path, made) {
  if (path !== page) number = null;
  page = path;
  stands = !made;
  if (made && typeof path === "string") number = made;
  draw();
}

/* The page in the language that the desk speaks. */
export function speak() {
  language = locale();
  draw();
}

export function start() {
  speak();
  for (const frame of [shown, next]) frame.addEventListener("load", loaded);
  at("preview-language").addEventListener("click", () => {
    language = language === "zh" ? "en" : "zh";
    draw();
  });
  at("preview-hide").addEventListener("click", () => {
    const hidden = document.body.classList.toggle("narrow-preview");
    at("preview-hide").dataset.word = hidden ? "preview_show" : "preview_hide";
    at("preview-hide").textContent = word(at("preview-hide").dataset.word);
  });
}
