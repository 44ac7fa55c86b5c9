/* What Material's script is to find: the build puts that after this one. */
(() => {
  "use strict"
  /* Where it keeps what it knows: which colours, nothing else. Those that are not as the system has them, for main.html. */
  window.__md_get = key => { try { return JSON.parse(localStorage.getItem(`gazette.${key}`)) } catch { return null } }
  window.__md_set = (key, value) => {
    try {
      localStorage.setItem(`gazette.${key}`, JSON.stringify(value))
      localStorage.setItem("gazette.scheme", value.color.media === "(prefers-color-scheme)" ? "" : value.color.scheme)
    } catch {} // Then it holds for this page.
  }

  /* Light, dark, or as the system has it: the choices among which it turns. Their names come with the interface's script. */
  const form = document.querySelector("[data-md-component=palette]")
  const choices = []
  if (form.dataset.words) {
    const state = now => of + (of.slice(-1) === ":" ? " " : "") + now
    const [of, light, toLight, dark, toDark, auto, toAuto] = form.dataset.words.split("|")
    choices.push(["(prefers-color-scheme: light)", "default", toLight, state(light), light], ["(prefers-color-scheme: dark)", "slate", toDark, state(dark), dark])
    /* An old system says neither, and Material takes that for dark. */
    if (choices.some(([media]) => matchMedia(media).matches)) choices.unshift(["(prefers-color-scheme)", "default", toAuto, state(auto), auto])
  } else form.removeAttribute("data-md-component") // It would fail without choices.
  const inputs = choices.map(([media, scheme, , state, now], place) => {
    const next = (place + 1) % choices.length
    const words = `${state} · ${choices[next][2]}`
    const input = Object.assign(document.createElement("input"), {type: "radio", name: "__palette", id: `__palette_${place}`, className: "md-option"})
    input.setAttribute("aria-label", words)
    input.setAttribute("data-md-color-media", media)
    input.setAttribute("data-md-color-scheme", scheme)
    const label = Object.assign(document.createElement("label"), {className: "switch", title: words, textContent: now, hidden: true})
    label.htmlFor = `__palette_${next}`
    form.append(input, label)
    return input
  })
  /* Chosen in another tab, or on a page after this one, to which a reader came back. */
  const recall = () => {
    const kept = window.__md_get("__palette")
    const chosen = kept && inputs.filter(input => input.getAttribute("data-md-color-media") === kept.color.media)[0]
    if (chosen && chosen.nextElementSibling.hidden) chosen.click()
  }
  window.addEventListener("storage", recall)
  window.addEventListener("pageshow", event => { if (event.persisted) recall() })

  /* Safari 12 has neither: it would fetch one from another host, and stop for want of the other. */
  for (const name of ["ResizeObserver", "IntersectionObserver"])
    window[name] = window[name] || class { observe() {} unobserve() {} disconnect() {} }

  /* No links of these values: for every alternate it fetches sitemap.xml, megabytes at full size; and it turns the page at
     a "p" or "n" typed anywhere (WCAG 2.1.4: speech input types letters by mistake). Browsers read the words in them. */
  for (const link of document.querySelectorAll("link[rel=alternate], link[rel=prev], link[rel=next]")) link.rel += " "
})()
