/* The page of the entry as it is saved, beside the form: the preview server reloads it by itself. */

import { get } from "./requests.js";
import { locale, state, word } from "./words.js";

const at = (id) => document.getElementById(id);
let page = null;
let language = "zh";
let ready = false;

function draw() {
  const shown = page === null ? "" : state.preview + (language === "en" ? "en/" : "") + page;
  at("preview").hidden = !ready || page === null;
  at("preview-waits").hidden = ready && page !== null;
  at("preview-waits").textContent = word(ready || page !== null ? (page === null ? "preview_none" : "preview_waits") : "preview_waits");
  if (ready && shown && at("preview").src !== shown) at("preview").src = shown;
  at("preview-language").textContent = language === "zh" ? "English" : "中文";
}

async function wait() {
  const answer = await get("preview");
  ready = Boolean(answer.ready);
  draw();
  if (!ready && answer.status) setTimeout(wait, 1500);
}

export function show(path) {
  page = path;
  draw();
}

/* The page in the language that the desk speaks. */
export function speak() {
  language = locale();
  draw();
}

export function start() {
  if (!state.preview) document.body.classList.add("no-preview");
  else wait();
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
