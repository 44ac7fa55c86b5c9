/* The desk: a list, the form of one entry, its preview; what is typed is kept, checked, and saved when asked. */

import { ask, askBack, askCorrect, askHandIn, askNew, askRemove, askRename, askUpdate, conflict } from "./dialogs.js";
import * as drafts from "./drafts.js";
import { build } from "./form.js";
import { list } from "./list.js";
import { merged } from "./merging.js";
import { show } from "./messages.js";
import * as preview from "./preview.js";
import { get, post } from "./requests.js";
import { button, inLocale, make, speak, spokenBefore, state, word } from "./words.js";

const WAIT = 250; /* Milliseconds after the last key before the form is checked. */
const at = (id) => document.getElementById(id);
const form = at("form");

let open = null; /* The entry in the form: file, fields, data and what they were (base), hashes; whether it is new; what was touched. */
let timer = 0;
let turn = 0;
let composing = false;

/* ── The form ── */

async function start(file) {
  await settle();
  const answer = await get("entry", { file });
  if (!answer.ok) return status(refusal(answer), true);
  const draft = drafts.kept(file);
  open = { ...answer, file, base: structuredClone(answer.data), touched: new Set(), tried: !answer.new, dirty: Boolean(draft) };
  if (draft) Object.assign(open, draft);
  draw(draft);
  location.hash = file;
  list.choose(file);
  preview.show(open.page, open.preview);
  pane("form");
  form.querySelector("h2").focus();
  names();
  if (draft) check();
  else if (open.readable) told(open.messages);
}

function draw(draft = null) {
  at("choose").hidden = true;
  form.hidden = false;
  const head = make("div", { class: "form__head" }, make("h2", { tabindex: -1 }, open.title || nameOfNew()), make("code", { class: "quiet" }, open.file));
  const notice = draft ? make("p", { class: "notice" }, word("draft_back"), " ", button("draft_drop", dropDraft)) : null;
  const fields = make("div");
  form.dataset.file = open.file;
  form.dataset.state = "typed";
  form.replaceChildren(head, ...(notice ? [notice] : []), make("div", { class: "messages messages--all" }), fields);
  if (!open.readable) {
    form.insertBefore(make("p", { class: "notice" }, word("unreadable")), form.querySelector(".messages--all"));
    for (const id of ["sign", "rename", "remove", "to-mistake"]) at(id).hidden = true;
    for (const path of Object.keys(open.texts)) fields.append(textOf(path));
    show(open.messages, form);
    return status(word("mistakes", { n: open.messages.length }), true);
  }
  build(fields, open.fields, open.data, edited);
  at("sign").hidden = !open.stale;
  at("rename").hidden = open.new || !open.record;
  at("remove").hidden = open.new;
  status("");
}

const nameOfNew = () => word("new_of", { collection: inLocale(new Map(state.collections).get(open.collection)) });

/* The text of a file that no form can show. */
function textOf(path) {
  const area = make("textarea", { id: `text-${path}`, rows: 20, spellcheck: "false", ".value": open.texts[path] });
  area.addEventListener("input", () => (open.texts[path] = area.value));
  return make("div", { class: "field field--text" }, make("label", { for: area.id }, path), area);
}

async function dropDraft() {
  const { file } = open;
  drafts.drop(file);
  open = null;
  list.mark(file, false);
  await start(file);
}

/* An edit: it is kept at once, and checked a moment later; not while an input method composes. */
function edited(path) {
  open.touched.add(path[0]);
  open.dirty = true;
  form.dataset.state = "typed";
  turn++; /* What is being answered is of what was typed before. */
  clearTimeout(timer);
  if (!composing) timer = setTimeout(() => (keep(), check()), WAIT);
}

function keep() {
  if (!open?.dirty) return;
  drafts.keep(open.file, { data: open.data, hashes: open.hashes, base: open.base });
  list.mark(open.file, true);
}

async function settle() {
  clearTimeout(timer);
  keep();
}

async function check() {
  if (!open?.readable || composing) return;
  const now = ++turn;
  const asked = open;
  const answer = await post("check", { file: open.file, data: open.data });
  if (now !== turn || asked !== open) return;
  if (!answer.ok) {
    form.dataset.state = "refused";
    return status(refusal(answer), true);
  }
  told(answer.messages);
  preview.show(open.page, answer.preview);
}

/* Shows what is wrong; of a new entry at first only where something was typed. */
function told(messages) {
  open.messages = messages;
  const shown = open.tried ? messages : messages.filter((one) => one.field?.length && open.touched.has(one.field[0]));
  show(shown, form);
  at("to-mistake").hidden = !shown.length;
  form.dataset.state = "checked";
  if (messages.length && !shown.length) return status(word("to_fill_in", { n: messages.length }));
  status(messages.length ? word("mistakes", { n: messages.length }) : word("well"), messages.length > 0);
}

/* Saves, at `path`: as it is, with a correction, or as a newer value. */
async function save(path = "save", given = {}) {
  if (!open || composing) return;
  if (!open.readable) return mend();
  await settle();
  const asked = open;
  turn++;
  asked.tried = true;
  form.dataset.state = "saving";
  status(word("saving"));
  const answer = await post(path, { file: open.file, data: open.data, hashes: open.hashes, ...given });
  form.dataset.state = "answered";
  if (asked !== open) return;
  if (answer.status === 409) return merge(answer, path, given);
  if (answer.messages) {
    told(answer.messages);
    return status(word("not_saved"), true);
  }
  if (!answer.ok) return status(refusal(answer), true);
  saved(answer);
}

const refusal = (answer) => (answer.status ? answer[document.documentElement.lang] || word("refused") : word("offline"));

function saved(answer) {
  drafts.drop(open.file);
  list.mark(open.file, false);
  const { data, ...said } = answer; /* The form writes into the data that it was made of. */
  Object.assign(open, said, { dirty: false, base: structuredClone(data) });
  if (JSON.stringify(open.data.observations) !== JSON.stringify(data.observations)) {
    open.data = data;
    draw();
  }
  form.querySelector(".notice")?.remove();
  at("sign").hidden = !open.stale;
  at("rename").hidden = !open.record;
  at("remove").hidden = false;
  at("undo").hidden = !answer.undo;
  told([]);
  form.dataset.state = "saved";
  status(word(answer.written.length ? "saved" : "unchanged"));
  preview.show(open.page, open.preview);
  list.load(open.file);
}

/* Saves what the file and the form make together; where both changed a field, as the editor chooses. */
async function merge(theirs, path, given) {
  const { data, conflicts } = merged(open.base, open.data, theirs.data);
  const nameOf = ([key]) => inLocale(open.fields.find((field) => field.name === key)?.label) || key;
  const mine = conflicts.length ? await conflict(conflicts, nameOf) : true;
  if (mine === null) return status("");
  open.data = mine ? data : merged(open.base, open.data, theirs.data, false).data;
  Object.assign(open, { base: theirs.data, hashes: theirs.hashes, dirty: true });
  draw();
  await save(path, given);
  if (form.dataset.state === "saved") status(word("merged"));
}

/* Saves the text of a file that no form can show. */
async function mend() {
  const { file, texts, hashes } = open;
  status(word("saving"));
  const answer = await post("mend", { file, texts, hashes });
  if (answer.status === 409) {
    const conflicts = Object.keys(texts).filter((path) => texts[path] !== answer.texts[path]).map((path) => ({ path, mine: texts[path], theirs: answer.texts[path] }));
    const mine = await conflict(conflicts, (path) => path);
    if (mine === null) return status("");
    open.hashes = answer.hashes;
    return mine ? mend() : start(file);
  }
  if (answer.messages) {
    show((open.messages = answer.messages), form);
    return status(word("not_saved"), true);
  }
  await done(answer, "saved");
}

function status(said, wrong = false) {
  at("status").textContent = said;
  at("status").classList.toggle("wrong", wrong);
}

/* ── The lists of what may be picked ── */

async function names() {
  const answer = await get("names");
  for (const [target, options] of Object.entries(answer.names || {})) {
    const id = `names-${target}`;
    const made = make("datalist", { id }, ...options.map(([value, zh, en]) => make("option", { value, label: document.documentElement.lang === "zh" ? zh : en })));
    (at(id) || document.body.appendChild(make("datalist", { id }))).replaceWith(made);
  }
  for (const named of form.querySelectorAll("[data-named]")) {
    const typed = named.previousElementSibling.value;
    const found = [...(at(`names-${named.dataset.named}`)?.children || [])].find((option) => option.value === typed);
    named.textContent = found ? found.label : "";
  }
}

/* ── What else the page does ── */

function pane(name) {
  document.body.dataset.pane = name;
}

async function done(answer, said) {
  if (!answer.ok) {
    if (open && answer.zh) show([{ ...answer, field: null, example: "" }], form);
    return status(answer.zh ? word("refused") : refusal(answer), true);
  }
  at("undo").hidden = !answer.undo;
  await list.load();
  if (answer.file) await start(answer.file);
  else if (open && !answer.gone) await start(open.file);
  if (answer.gone) {
    open = null;
    form.hidden = true;
    at("choose").hidden = false;
    history.replaceState(null, "", "/");
    preview.show();
  }
  status(word(said));
}

const act = async (dialog, path, said) => {
  await settle();
  const given = await dialog(open);
  if (given) await done(await post(path, { file: open?.file, ...given }), said);
};

at("save").addEventListener("click", () => save());
form.addEventListener("remedy", async (event) => {
  const given = await (event.detail === "correct" ? askCorrect() : askUpdate(open));
  if (given) save(event.detail, given);
});
at("to-mistake").addEventListener("click", () => form.querySelector(".message")?.closest("[data-path], .messages")?.querySelector("input, textarea, select, button")?.focus());
at("sign").addEventListener("click", async () => {
  if (open.dirty) await save();
  if (!open.dirty) await done(await post("sign", { file: open.file }), "sign_done");
});
at("rename").addEventListener("click", () => act(askRename, "rename", "rename_done"));
at("remove").addEventListener("click", () => act(askRemove, "remove", "remove_done"));
at("undo").addEventListener("click", async () => done(await post("undo", {}), "undone"));
at("hand-in").addEventListener("click", async () => {
  const what = await askHandIn();
  if (!what) return;
  const answer = await post("hand-in", what);
  if (answer.branch) {
    status(word("handed_in", answer));
    if (await askBack(answer)) await done(await post("back", { file: open?.file }), "back_done");
    return;
  }
  if (answer.zip) return ask("hand_in", make("p", {}, word("handed_in_zip")), make("p", {}, make("a", { href: "/api/changes.zip", class: "button" }, word("download"))));
  status(refusal(answer), true);
});
at("new").addEventListener("click", async () => {
  const file = await askNew(list.has);
  if (file) start(file);
});
at("language").addEventListener("click", () => {
  speak(document.documentElement.lang === "zh" ? "en" : "zh");
  list.draw();
  preview.speak();
  if (open) {
    draw();
    names();
    told(open.messages || []);
  }
});
for (const each of document.querySelectorAll("[data-pane-to]")) each.addEventListener("click", () => pane(each.dataset.paneTo));

form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("compositionstart", () => (composing = true));
document.addEventListener("compositionend", () => {
  composing = false;
  if (open?.dirty && form.contains(document.activeElement)) edited(JSON.parse(document.activeElement.dataset.control || "[\"\"]"));
});
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    save();
  } else if (event.key === "/" && !event.target.closest("input, textarea, select, dialog")) {
    event.preventDefault();
    pane("entries");
    at("search").focus();
  }
});
addEventListener("pagehide", keep);

speak(spokenBefore());
list.start((file) => start(file));
/* The address names the entry, so that the browser's ways back lead to the one before. */
const named = () => decodeURIComponent(location.hash.slice(1));
addEventListener("hashchange", () => named() && named() !== open?.file && start(named()));
list.load(named()).then(() => named() && start(named()));
preview.start();
at("undo").hidden = !state.undo;
