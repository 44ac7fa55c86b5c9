/* Light, dark, or as the system has it: the choices among which Material's script, which comes after this one, turns. */
(() => {
  "use strict"
  const form = document.querySelector("[data-md-component=palette]")
  const choices = [["(prefers-color-scheme)", "default"], ["(prefers-color-scheme: light)", "default"], ["(prefers-color-scheme: dark)", "slate"]]
  const words = form.dataset.words.split("|")
  choices.forEach(([media, scheme], place) => {
    const input = Object.assign(document.createElement("input"), {type: "radio", name: "__palette", id: `__palette_${place}`, className: "md-option"})
    input.setAttribute("aria-label", words[place])
    input.setAttribute("data-md-color-media", media)
    input.setAttribute("data-md-color-scheme", scheme)
    const label = Object.assign(document.createElement("label"), {className: "md-header__button md-icon", title: words[place], hidden: true})
    label.htmlFor = `__palette_${(place + 1) % choices.length}`
    form.append(input, label)
  })
})()
