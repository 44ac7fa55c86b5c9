/* What Material's script, which comes after all of ours, is to find. */
(() => {
  "use strict"
  /* Where it keeps what it knows: which colours, nothing else. Those that are not as the system has them, for main.html. */
  window.__md_get = key => JSON.parse(localStorage.getItem(`gazette.${key}`))
  window.__md_set = (key, value) => {
    try {
      localStorage.setItem(`gazette.${key}`, JSON.stringify(value))
      localStorage.setItem("gazette.scheme", value.color.media === "(prefers-color-scheme)" ? "" : value.color.scheme)
    } catch {} // Then it holds for this page.
  }

  /* Light, dark, or as the system has it: the choices among which it turns. */
  const form = document.querySelector("[data-md-component=palette]")
  const [of, light, toLight, dark, toDark, auto, toAuto] = form.dataset.words.split("|")
  const choices = [["(prefers-color-scheme: light)", "default", toLight, light], ["(prefers-color-scheme: dark)", "slate", toDark, dark]]
  /* An old system says neither, and Material takes that for dark. */
  if (choices.some(([media]) => matchMedia(media).matches)) choices.unshift(["(prefers-color-scheme)", "default", toAuto, auto])
  choices.forEach(([media, scheme, , now], place) => {
    const next = (place + 1) % choices.length
    const words = `${of}${now} · ${choices[next][2]}`
    const input = Object.assign(document.createElement("input"), {type: "radio", name: "__palette", id: `__palette_${place}`, className: "md-option"})
    input.setAttribute("aria-label", words)
    input.setAttribute("data-md-color-media", media)
    input.setAttribute("data-md-color-scheme", scheme)
    const label = Object.assign(document.createElement("label"), {className: "switch", title: words, textContent: now, hidden: true})
    label.htmlFor = `__palette_${next}`
    form.append(input, label)
  })

  /* Safari 12 has neither: it would fetch one from another host, and stop for want of the other. */
  for (const name of ["ResizeObserver", "IntersectionObserver"])
    window[name] = window[name] || class { observe() {} unobserve() {} disconnect() {} }

  /* No links of these values: for every alternate it fetches sitemap.xml, megabytes at full size; and it turns the page at
     a "p" or "n" typed anywhere (WCAG 2.1.4: speech input types letters by mistake). Browsers read the words in them. */
  for (const link of document.querySelectorAll("link[rel=alternate], link[rel=prev], link[rel=next]")) link.rel += " "
})()
