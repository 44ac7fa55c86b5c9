/* All collections and their entries, with a search over names and ids, and over all that entries say, which the server reads. */

import * as drafts from "./drafts.js";
import { get } from "./requests.js";
import { inLocale, make, state, word } from "./words.js";

const at = (id) => document.getElementById(id);
let entries = [];
let chosen = "";
let opened = new Set();
let inText = new Set(); /* The files that say what is searched for. */
let run = () => {};

const itemOf = (entry) =>
  make(
    "li",
    {},
    make(
      "button",
      { type: "button", class: "entry", "data-file": entry.file, "aria-current": entry.file === chosen ? "true" : undefined, onclick: () => run(entry.file) },
      make("span", { class: "entry__name" }, inLocale(entry.title) || entry.id),
      make("span", { class: "entry__id" }, entry.id),
      entry.draft ? make("em", {}, word("draft_flag")) : null,
      entry.stale ? make("em", {}, word("stale")) : null,
      drafts.kept(entry.file) ? make("em", { class: "unsaved" }, word("draft_mark")) : null,
    ),
  );

function matching() {
  const words = at("search").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    const text = `${entry.title.zh}\n${entry.title.en}\n${entry.id}`.toLowerCase();
    return words.every((one) => text.includes(one)) || inText.has(entry.file);
  });
}

function draw() {
  const found = matching();
  const searched = at("search").value.trim() !== "";
  at("found").textContent = searched ? (found.length ? word("found", { n: found.length }) : word("none_found")) : "";
  at("list").replaceChildren(
    ...state.collections
      .map(([name, label]) => {
        const own = found.filter((entry) => entry.collection === name);
        if (!own.length && (searched || !entries.length)) return null;
        const isOpen = searched || opened.has(name) || own.some((entry) => entry.file === chosen || drafts.kept(entry.file));
        const group = make("details", { open: isOpen, class: "collection", "data-collection": name }, make("summary", {}, inLocale(label), " ", make("small", {}, String(own.length))));
        const fill = () => group.querySelector("ol") || group.append(make("ol", {}, own.map(itemOf)));
        if (isOpen) fill();
        group.addEventListener("toggle", () => {
          if (group.open) fill();
          if (!at("search").value.trim()) (group.open ? opened.add(name) : opened.delete(name));
        });
        return group;
      })
      .filter(Boolean),
  );
}

async function search() {
  const words = at("search").value;
  inText = new Set();
  draw();
  const answer = await get("search", { words });
  if (!answer.ok || words !== at("search").value) return;
  inText = new Set(answer.files);
  draw();
}

async function load(file = chosen) {
  const answer = await get("entries");
  if (!answer.ok) return;
  entries = answer.entries;
  for (const kept of drafts.files())
    if (!entries.some((entry) => entry.file === kept)) {
      const parts = kept.split("/");
      const collection = parts[0] === "data" ? parts[1] : parts[2] === "news" ? "news" : "pages";
      entries.push({ file: kept, id: parts.at(-1).replace(/\.\w+$/, ""), title: { zh: "", en: "" }, collection });
    }
  chosen = file;
  draw();
}

export const list = {
  load,
  draw,
  start(chooses) {
    run = chooses;
    at("search").addEventListener("input", (event) => event.isComposing || search());
    at("search").addEventListener("compositionend", search);
    at("search").addEventListener("keydown", async (event) => {
      if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || !at("search").value.trim()) return;
      await search();
      document.querySelector("#list .entry")?.click();
    });
  },
  has: (file) => entries.some((entry) => entry.file === file),
  choose(file) {
    chosen = file;
    draw();
    document.querySelector(".entry[aria-current]")?.scrollIntoView({ block: "nearest" });
  },
  mark(file, unsaved) {
    const item = document.querySelector(`.entry[data-file='${file}']`);
    if (!item) return;
    item.querySelector(".unsaved")?.remove();
    if (unsaved) item.append(make("em", { class: "unsaved" }, word("draft_mark")));
  },
};
