/* The form of an entry, built from the fields that the server names: what is typed goes into `data` at once. */

import { isEmpty } from "./merging.js";
import { button, inLocale, make, word } from "./words.js";
import { photoControl } from "./photos.js";

/* Fills `root` with the fields; `changed` is told of every edit. */
export function build(root, fields, data, changed) {
  root.replaceChildren();
  const rest = fields.filter((field) => field.rare && !field.required && isEmpty(data[field.name]));
  for (const field of fields) if (!rest.includes(field)) root.append(fieldOf(field, data, [], changed));
  if (rest.length) {
    const more = make("details", { class: "more" }, make("summary", {}, `${word("more_fields")} (${rest.length})`));
    for (const field of rest) more.append(fieldOf(field, data, [], changed));
    root.append(more);
  }
}

const pathOf = (path) => JSON.stringify(path);
const idOf = (path) => "f-" + path.join("-");

/* One field: its name, its control, its example, and room for messages. */
function fieldOf(field, holder, above, changed) {
  const path = [...above, field.name];
  const grouped = field.list || ["group", "localised", "photo"].includes(field.kind);
  const made = make(grouped ? "fieldset" : "div", { class: `field field--${field.kind}`, "data-path": pathOf(path) });
  const mark = field.required ? make("small", { class: "required" }, word("required")) : null;
  const name = inLocale(field.label);
  made.append(
    grouped ? make("legend", {}, name, " ", mark) : make("label", { for: idOf(path) }, name, " ", mark),
    field.list ? listOf(field, holder, path, changed) : controlOf(field, holder, field.name, path, changed),
    make("div", { class: "messages", id: `${idOf(path)}-messages` }),
  );
  return made;
}

function controlOf(field, holder, key, path, changed) {
  if (field.kind === "localised") return localised(field, holder, key, path, changed);
  if (field.kind === "group" || field.kind === "photo") return group(field, holder, key, path, changed);
  if (field.kind === "choice") return choice(field, holder, key, path, changed);
  if (field.kind === "flag") return flag(holder, key, path, changed);
  return input(field, holder, key, path, changed);
}

const described = (path, required = false) => ({ id: idOf(path), "aria-describedby": `${idOf(path)}-messages`, "aria-required": required && "true", "data-control": pathOf(path) });

function input(field, holder, key, path, changed) {
  const given = {
    ...described(path, field.required),
    "aria-label": field.inList ? `${inLocale(field.label)} ${word("item", { n: key + 1 })}` : undefined,
    type: "text",
    ".value": holder[key] ?? "",
    placeholder: field.example && !holder[key] ? word("example", { example: field.example }) : undefined,
    autocomplete: "off",
    spellcheck: "false",
  };
  const made = make("input", field.target ? { ...given, list: `names-${field.target}` } : given);
  const named = field.target ? make("span", { class: "named quiet", "data-named": field.target }) : null;
  const tell = () => named && (named.textContent = nameOf(field.target, made.value));
  made.addEventListener("input", () => {
    holder[key] = made.value;
    tell();
    changed(path);
  });
  tell();
  return named ? make("span", { class: "picked" }, made, named) : made;
}

/* The name of what a reference names, from its list of suggestions. */
function nameOf(target, value) {
  const list = document.getElementById(`names-${target}`);
  const found = list && [...list.children].find((option) => option.value === value);
  return found ? found.label : "";
}

function choice(field, holder, key, path, changed) {
  const usual = field.choices.find(([value]) => value === field.default);
  const made = make("select", described(path, field.required), make("option", { value: "" }, usual ? inLocale(usual[1]) : word("not_chosen")));
  for (const [value, label] of field.choices)
    if (value !== field.default || holder[key] === value) made.append(make("option", { value }, inLocale(label)));
  made.value = holder[key] ?? "";
  made.addEventListener("change", () => {
    holder[key] = made.value;
    changed(path);
  });
  return made;
}

function flag(holder, key, path, changed) {
  const made = make("input", { ...described(path), type: "checkbox", ".checked": holder[key] === "true" });
  made.addEventListener("change", () => {
    holder[key] = made.checked ? "true" : "";
    changed(path);
  });
  return made;
}

/* Text that grows with what is in it; in a field of one value a line break is a space. */
function area(holder, key, path, changed, given, broken = false) {
  const made = make("textarea", { ...described(path), rows: 1, ...given, ".value": holder[key] ?? "" });
  made.addEventListener("input", () => {
    if (!broken && made.value.includes("\n")) {
      const at = made.selectionStart;
      made.value = made.value.replace(/\r?\n/g, " ");
      made.setSelectionRange(at, at);
    }
    holder[key] = made.value;
    changed(path);
  });
  if (!broken)
    made.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing && event.keyCode !== 229) event.preventDefault();
    });
  return made;
}

function localised(field, holder, key, path, changed) {
  const words = (holder[key] ??= {});
  const pair = make("div", { class: field.name === "body" ? "pair pair--body" : "pair" });
  for (const locale of ["zh", "en"]) {
    const at = [...path, locale];
    const rows = field.name === "body" ? 18 : field.long ? 3 : 1;
    pair.append(
      make(
        "div",
        { class: "side", "data-path": pathOf(at) },
        make("label", { for: idOf(at) }, word(locale === "zh" ? "in_chinese" : "in_english")),
        area(words, locale, at, changed, { lang: locale, rows, spellcheck: locale === "en" ? "true" : "false", "aria-required": field.required && "true" }, field.name === "body"),
        make("div", { class: "messages", id: `${idOf(at)}-messages` }),
      ),
    );
  }
  return pair;
}

/* The fields of a group; one that may be left out is added and removed as a whole. */
function group(field, holder, key, path, changed) {
  const box = make("div", { class: `group group--${field.model}` });
  const draw = () => {
    box.replaceChildren();
    if (field.required || field.inList || holder[key] !== undefined) {
      const held = (holder[key] ??= {});
      if (field.kind === "photo") box.append(photoControl(held, path, changed));
      for (const each of field.fields)
        if (!(field.kind === "photo" && each.name === "file")) box.append(fieldOf(each, held, path, changed));
      if (!field.required && !field.inList)
        box.append(
          button("remove_item", () => {
            delete holder[key];
            draw();
            changed(path);
            box.querySelector("button").focus();
          }, { class: "plain" }),
        );
    } else {
      box.append(
        button("add", () => {
          holder[key] = {};
          draw();
          changed(path);
          box.querySelector("input, select, textarea")?.focus();
        }, { class: "plain" }),
      );
    }
  };
  draw();
  return box;
}

/* Items that are added at the end, removed, and moved by one. */
function listOf(field, holder, path, changed) {
  const box = make("div", { class: "list" });
  const one = { ...field, list: false, inList: true };
  const items = () => (Array.isArray(holder[field.name]) ? holder[field.name] : []);
  const edit = (change, focus) => {
    const next = [...items()];
    change(next);
    if (next.length) holder[field.name] = next;
    else delete holder[field.name];
    draw();
    changed(path);
    focus?.();
  };
  const rowOf = (place) => box.querySelectorAll(":scope > ol > li")[place];
  const draw = () => {
    const rows = make("ol", { class: "items" });
    items().forEach((_, place) => {
      const at = [...path, place];
      const last = items().length - 1;
      const move = (to, name) =>
        edit(
          (next) => next.splice(to, 0, ...next.splice(place, 1)),
          () => {
            const row = rowOf(to);
            (row.querySelector(`:scope > .item__tools [data-move=${name}]:not([disabled])`) || row.querySelector(":scope > .item__tools button:not([disabled])")).focus();
          },
        );
      const tool = (name, run, disabled) =>
        button(name, run, { class: "plain", disabled, "data-move": name, "aria-label": `${word(name)}: ${word("item", { n: place + 1 })}` });
      rows.append(
        make(
          "li",
          { class: "item", "data-path": pathOf(at) },
          make("div", { class: "item__held" }, controlOf(one, holder[field.name], place, at, changed)),
          make(
            "div",
            { class: "item__tools" },
            tool("up", () => move(place - 1, "up"), place === 0),
            tool("down", () => move(place + 1, "down"), place === last),
            tool("remove_item", () =>
              edit((next) => next.splice(place, 1), () => (rowOf(Math.min(place, last - 1))?.querySelector("input, textarea, select") || box.querySelector(":scope > button")).focus()),
            ),
          ),
          make("div", { class: "messages", id: `${idOf(at)}-messages` }),
        ),
      );
    });
    const empty = ["localised", "group", "photo"].includes(field.kind) ? () => ({}) : () => "";
    const add = button("add", () =>
      edit((next) => next.push(empty()), () => rowOf(items().length - 1).querySelector("input, textarea, select")?.focus()), { class: "plain add" });
    add.setAttribute("aria-label", `${word("add")}: ${inLocale(field.label)}`);
    box.replaceChildren(rows, add);
  };
  draw();
  return box;
}
