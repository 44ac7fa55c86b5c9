/* A photograph of an entry: dropped or chosen, held by the server until the entry is saved. */

import { make, word } from "./words.js";
import { upload } from "./requests.js";
import { show } from "./messages.js";

/* The name of a file as an id: what is no letter or digit of ASCII becomes a hyphen. */
const slug = (name) =>
  name
    .toLowerCase()
    .replace(/\.[^.]*$/, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "") || "photo";
const ending = (name) => (/\.(jpe?g|png|webp)$/i.exec(name) || [".jpg"])[0].toLowerCase();

export function photoControl(held, path, changed) {
  const at = [...path, "file"];
  const picture = make("img", { alt: "", hidden: true });
  const said = make("span", { class: "quiet" });
  const chosen = make("input", { type: "file", accept: "image/jpeg,image/png,image/webp", id: `f-${at.join("-")}`, "data-control": JSON.stringify(at) });
  const room = make("label", { class: "drop", "data-path": JSON.stringify(at) }, picture, make("span", {}, word("photo_drop")), chosen, said, make("span", { class: "messages" }));
  const draw = () => {
    picture.hidden = !held.file;
    if (held.file) picture.src = `/api/photo?${new URLSearchParams({ name: held.file })}`;
    said.textContent = held.file || "";
  };
  const take = async (file) => {
    if (!file) return;
    const answer = await upload(slug(file.name) + ending(file.name), file);
    const told = answer.messages || [{ zh: word("photo_wrong"), en: word("photo_wrong"), example: "" }];
    if (!answer.ok) return show(told.map((one) => ({ ...one, field: at })), document.getElementById("form"), true);
    held.file = answer.name;
    draw();
    changed(at);
  };
  chosen.addEventListener("change", () => take(chosen.files[0]));
  for (const kind of ["dragover", "dragenter"])
    room.addEventListener(kind, (event) => {
      event.preventDefault();
      room.classList.add("drop--over");
    });
  room.addEventListener("dragleave", () => room.classList.remove("drop--over"));
  room.addEventListener("drop", (event) => {
    event.preventDefault();
    room.classList.remove("drop--over");
    take(event.dataTransfer.files[0]);
  });
  draw();
  return room;
}
