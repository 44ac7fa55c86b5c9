/* Messages of the checks, each at its field, or at the nearest that there is, or above the form. */

import { button, inLocale, make, word } from "./words.js";

/* What the desk does itself where a published figure was changed. */
const REMEDIES = { "silent-change": ["correct"], "changed-figure": ["correct", "update"] };

/* What is told in the words of a form, which has fields and no keys. */
const IN_A_FORM = { missing: "needed", "empty-text": "needed", "figure-without-value": "needed", "figure-without-unit": "needed", "no-such-unit": "no_unit", "silent-change": "published_figure", "changed-figure": "published_figure" };
const wordsOf = (message) => (IN_A_FORM[message.code] ? word(IN_A_FORM[message.code]) : inLocale(message));

/* Shows these and no others; with `beside` those that are there stay. */
export function show(messages, form, beside = false) {
  if (!beside) {
    for (const place of form.querySelectorAll(".messages")) place.replaceChildren();
    for (const control of form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  }
  for (const message of messages) {
    const place = placeOf(message.field, form);
    place.append(
      make(
        "div",
        { class: "message", "data-code": message.code },
        message.file ? make("b", {}, word("in_file", { file: message.file }), " ") : null,
        message.line ? make("b", {}, word("line", { n: message.line }), " ") : null,
        wordsOf(message),
        ...(REMEDIES[message.code] || []).map((name) => button(name, () => form.dispatchEvent(new CustomEvent("remedy", { detail: name })))),
        message.example && wordsOf(message) === inLocale(message) ? make("pre", {}, make("b", {}, `${word("right_form")} `), inLocale(message.example)) : null,
      ),
    );
    place.closest("details")?.setAttribute("open", "");
    for (const control of controlsOf(message.field, form)) control.setAttribute("aria-invalid", "true");
  }
}

/* The control of a field; of one that has several those that must be filled in and are not. */
function controlsOf(field, form) {
  if (!field?.length) return [];
  const own = form.querySelector(`[data-control='${JSON.stringify(field)}']`);
  if (own) return [own];
  const within = form.querySelectorAll(`[data-path='${JSON.stringify(field)}'] [data-control][aria-required]`);
  return [...within].filter((control) => !control.value.trim());
}

function placeOf(field, form) {
  for (let length = field ? field.length : 0; length > 0; length--) {
    const holder = form.querySelector(`[data-path='${JSON.stringify(field.slice(0, length))}']`);
    const place = holder && [...holder.children].find((child) => child.classList.contains("messages"));
    if (place) return place;
  }
  return form.querySelector(".messages--all");
}
