/* Light, dark, or as the system has it: a button turns among them, and what a reader chose is remembered in this browser. */
(() => {
  "use strict"
  const KEY = "gazette.scheme"
  const form = document.querySelector("[data-md-component=palette]")
  if (!form.dataset.words) return // They come with the interface's script.
  const [of, light, toLight, dark, toDark, auto, toAuto] = form.dataset.words.split("|")
  const inDark = matchMedia("(prefers-color-scheme: dark)")
  const choices = [["default", light, toLight], ["slate", dark, toDark]]
  /* An old system says neither. */
  if (inDark.matches || matchMedia("(prefers-color-scheme: light)").matches) choices.unshift(["", auto, toAuto])

  const button = Object.assign(document.createElement("button"), {type: "button", className: "switch scheme-switch"})
  let place
  const show = wanted => {
    place = Math.max(0, choices.findIndex(([scheme]) => scheme === wanted))
    const [scheme, name] = choices[place]
    const words = `${of}${of.slice(-1) === ":" ? " " : ""}${name} · ${choices[(place + 1) % choices.length][2]}`
    document.body.dataset.mdColorScheme = scheme || (inDark.matches ? "slate" : "default")
    button.dataset.scheme = scheme
    button.textContent = name
    button.title = words
    button.setAttribute("aria-label", words)
  }
  /* Chosen before, in another tab, or on a page after this one, to which a reader came back. */
  const recall = () => { try { show(localStorage.getItem(KEY) || "") } catch { show("") } }
  recall()
  button.addEventListener("click", () => {
    const [scheme] = choices[(place + 1) % choices.length]
    show(scheme)
    try { localStorage.setItem(KEY, scheme) } catch {} // Where nothing may be stored, it holds for this page.
  })
  window.addEventListener("storage", recall)
  window.addEventListener("pageshow", event => { if (event.persisted) recall() })
  inDark.addListener(() => show(choices[place][0]))
  form.append(button)
})()
