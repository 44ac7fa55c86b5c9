/* What the desk asks in a dialog: each returns what was answered, or null. */

import { button, inLocale, make, state, word } from "./words.js";

const dialog = document.getElementById("dialog");
const SLUG = "(?!index$)[a-z][a-z0-9]*(-[a-z0-9]+)*";

/* Shows a dialog with these parts and resolves with what `read` makes of it once its main button is pressed and nothing in it is wrong. */
export function ask(title, ...parts) {
  const read = typeof parts.at(-1) === "function" ? parts.pop() : null;
  const key = read ? parts.pop() : null;
  return new Promise((resolve) => {
    const inner = make(
      "form",
      { method: "dialog", novalidate: true, onsubmit: (event) => event.submitter?.value !== "no" && !isRight(inner) && event.preventDefault() },
      make("h2", {}, word(title)),
      ...parts,
      make("p", { class: "dialog__foot" }, key ? make("button", { class: "main", value: "yes" }, word(key)) : null, make("button", { value: "no" }, word(key === "back" ? "stay" : key ? "cancel" : "close"))),
    );
    dialog.replaceChildren(inner);
    dialog.onclose = () => resolve(dialog.returnValue === "yes" && read ? read() : null);
    dialog.returnValue = "no";
    dialog.showModal();
  });
}

/* Whether a dialog's controls hold what they must; what is wrong is said at each, and the first has the focus. */
function isRight(inner) {
  for (const message of inner.querySelectorAll(".message")) message.remove();
  const wrong = [...inner.querySelectorAll("input, textarea")].filter((control) => {
    const code = control.required && !control.value.trim() ? "needed" : control.validity.patternMismatch ? control.dataset.wrong : (checks.get(control)?.() ?? "");
    control.setAttribute("aria-invalid", String(Boolean(code)));
    if (!code) return false;
    const said = make("div", { class: "message", id: `wrong-${control.id}` }, word(code));
    control.setAttribute("aria-describedby", said.id);
    control.after(said);
    return true;
  });
  wrong[0]?.focus();
  return !wrong.length;
}

/* What else is asked of a control: the word for what is wrong, or "". */
const checks = new WeakMap();

/* A named control of a dialog. */
function asked(key, control, help = "") {
  const id = `ask-${key}`;
  control.id = id;
  return make("div", { class: "field" }, make("label", { for: id }, word(key)), control, help ? make("p", { class: "quiet" }, word(help)) : null);
}

const idInput = (given = {}) => make("input", { type: "text", autocomplete: "off", required: true, pattern: SLUG, "data-wrong": "id_wrong", ...given });

const words = (text) =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");

/* The file of a new entry; `has` tells whether there is one already. */
export function askNew(has) {
  const kind = make("select", {}, ...state.collections.map(([name, label]) => make("option", { value: name }, inLocale(label))));
  const english = make("input", { type: "text", autocomplete: "off" });
  const id = idInput();
  english.addEventListener("input", () => (id.value = words(english.value).slice(0, 60).replace(/-+$/, "")));
  const fileOf = () => (kind.value === "news" || kind.value === "pages" ? `docs/zh/${kind.value === "news" ? "news/" : ""}${id.value}.md` : `data/${kind.value}/${id.value}.yml`);
  checks.set(id, () => (has(fileOf()) ? "id_taken" : ""));
  return ask("new_title", asked("collection", kind), asked("english_name", english), asked("id", id, "id_help"), "create", fileOf);
}

export function askRename(open) {
  const id = idInput({ ".value": open.id });
  return ask("rename", make("p", { class: "quiet" }, word("rename_help")), asked("id", id, "id_help"), "rename", () => ({ id: id.value }));
}

/* Why, in both languages: its part of a dialog, and what was answered. */
function askedWhy(required) {
  const [zh, en] = ["zh", "en"].map((lang) => make("textarea", { id: `ask-why-${lang}`, lang, rows: 2, required }));
  const side = (control, name) => make("div", { class: "side" }, make("label", { for: control.id }, word(name)), control);
  const part = make("fieldset", { class: "field" }, make("legend", {}, word("why")), make("div", { class: "pair" }, side(zh, "in_chinese"), side(en, "in_english")));
  return [part, () => ({ zh: zh.value.trim(), en: en.value.trim() })];
}

const help = (key) => make("p", { class: "quiet" }, word(key));

export function askRemove() {
  const now = make("input", { type: "text", list: "names-any" });
  const [part, why] = askedWhy(false);
  return ask("remove", help("remove_help"), asked("removed_now", now), part, "remove", () => ({ now: now.value.trim(), why: why() }));
}

export function askCorrect() {
  const [part, why] = askedWhy(true);
  return ask("correct", help("correct_help"), part, "save", () => ({ why: why() }));
}

export function askUpdate(open) {
  const known = open.data.as_of || {};
  const date = make("input", { type: "text", required: true, pattern: "\\d{4}(-Q[1-4]|-\\d\\d(-\\d\\d)?)?", "data-wrong": "date_wrong", ".value": known.date || "" });
  const basis = make("select", {}, ...["stated", "inferred"].map((value) => make("option", { value }, word(`basis_${value}`))));
  basis.value = known.basis || "stated";
  return ask("update", help("update_help"), asked("as_of", date, "as_of_help"), asked("basis", basis), "save", () => ({ as_of: { date: date.value.trim(), basis: basis.value } }));
}

/* What was handed in is told; true where the editor wants to go back to the main branch. */
export function askBack({ branch, main }) {
  const parts = [make("p", {}, word("handed_in", { branch })), help("handed_in_help")];
  return main ? ask("hand_in", ...parts, "back", () => true) : ask("hand_in", ...parts);
}

export function askHandIn() {
  const what = make("input", { type: "text", required: true });
  return ask("hand_in", make("p", { class: "quiet" }, word("hand_in_help")), asked("hand_in_what", what), "hand_in", () => ({ what: what.value.trim() }));
}

/* A value as it is read: each language and each item on a line of its own. */
function told(value) {
  if (value === undefined || value === "") return word("nothing");
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map((item, place) => `${place + 1}. ${told(item)}`).join("\n");
  return Object.entries(value)
    .map(([key, item]) => `${{ zh: word("in_chinese"), en: word("in_english") }[key] || key}: ${told(item)}`)
    .join("\n");
}

/* Both versions of what differs, named by `nameOf` its path; true for the editor's own, false for the file's. */
export async function conflict(conflicts, nameOf) {
  const rows = conflicts.map(({ path, mine, theirs }) => make("tr", {}, make("th", { scope: "row" }, nameOf(path)), make("td", {}, make("pre", {}, told(mine))), make("td", {}, make("pre", {}, told(theirs)))));
  const head = make("tr", {}, make("td"), make("th", { scope: "col" }, word("mine")), make("th", { scope: "col" }, word("theirs")));
  let chosen = null;
  const pick = (value) => () => {
    chosen = value;
    dialog.close("yes");
  };
  const table = make("div", { class: "versions" }, make("table", {}, make("thead", {}, head), make("tbody", {}, rows)));
  const buttons = make("p", {}, button("keep_mine", pick(true), { id: "keep-mine" }), " ", button("keep_theirs", pick(false), { id: "keep-theirs" }));
  await ask("conflict", make("p", {}, word("conflict_help")), table, buttons);
  return chosen;
}
