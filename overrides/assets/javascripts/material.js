/* What Material's script, which comes after all of ours, is to find. */
(() => {
  "use strict"
  /* Where it keeps what it knows. */
  const scope = new URL(JSON.parse(document.getElementById("__config").textContent).base, location)
  window.__md_get = key => JSON.parse(localStorage.getItem(`${scope.pathname}.${key}`))
  window.__md_set = (key, value) => {
    try { localStorage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value)) } catch {} // Then it holds for this page.
  }

  /* Light, dark, or as the system has it: the choices among which it turns. */
  const form = document.querySelector("[data-md-component=palette]")
  const words = form.dataset.words.split("|")
  const choices = [["(prefers-color-scheme)", "default"], ["(prefers-color-scheme: light)", "default"], ["(prefers-color-scheme: dark)", "slate"]]
  choices.forEach(([media, scheme], place) => {
    const input = Object.assign(document.createElement("input"), {type: "radio", name: "__palette", id: `__palette_${place}`, className: "md-option"})
    input.setAttribute("aria-label", words[place])
    input.setAttribute("data-md-color-media", media)
    input.setAttribute("data-md-color-scheme", scheme)
    const label = Object.assign(document.createElement("label"), {className: "md-header__button md-icon", title: words[place], hidden: true})
    label.htmlFor = `__palette_${(place + 1) % choices.length}`
    form.append(input, label)
  })

  /* No links of these values: for every alternate it fetches sitemap.xml, megabytes at full size; and it turns the page at
     a "p" or "n" typed anywhere (WCAG 2.1.4: speech input types letters by mistake). Browsers read the words in them. */
  for (const link of document.querySelectorAll("link[rel=alternate], link[rel=prev], link[rel=next]")) link.rel += " "
})()
