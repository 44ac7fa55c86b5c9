/* The search box: opened by its button, "/" or Ctrl+K; arrows and Enter go to results, Escape closes. */
(() => {
  "use strict"
  const box = document.getElementById("search")
  const toggle = document.getElementById("__search")
  if (!box || !toggle) return
  const form = document.forms.find
  const input = form.elements.words
  const opener = document.querySelector(".search-switch")
  const [status, list, more, sections] = [".found__meta", ".found", ".found__more", ".found__sections"].map(name => box.querySelector(name))
  const [section, year, key] = ["section", "year", "key"].map(name => box.querySelector(`[name=${name}]`))
  const AT_ONCE = 6
  const LENGTH = 120
  const PAUSE = 200
  const KEY = "gazette.search-key"

  /* The index and what reads it, asked for when the box is first opened. */
  let opened
  const load = async () => {
    const address = new URL(box.dataset.index, location)
    const {parts, sections, years} = await (await fetch(address, {cache: "no-cache"})).json()
    const base = new URL("./", address).href
    const finder = await import(`${base}${parts[0]}/find.js`)
    for (const [value, words] of Object.entries(sections)) section.add(new Option(words, value))
    for (const [value, words] of Object.entries(years)) year.add(new Option(words, value))
    return {...finder, ...await finder.open(base, parts, document.documentElement.lang)}
  }
  const engine = () => opened ??= load()

  const open = () => {
    if (!toggle.checked) toggle.click()
    input.focus()
    engine().catch(() => { opened = undefined })
  }
  const close = () => {
    if (toggle.checked) toggle.click()
  }
  toggle.addEventListener("change", () => opener.setAttribute("aria-expanded", toggle.checked))
  opener.addEventListener("click", open)
  /* Who only passes by with the Tab key is not held up. */
  for (const kind of ["click", "input"]) input.addEventListener(kind, open)
  box.querySelector(".md-search__close").addEventListener("click", () => { close(); leave() })
  /* Back to the button that opened; where the box is always in sight, to nothing. */
  const leave = () => opener.offsetParent ? opener.focus() : input.blur()

  /* What the query asked for is marked; an excerpt begins a little before the first place of it. */
  const marked = (text, wanted) => (wanted ? text.split(wanted) : [text])
    .map((part, index) => index % 2 ? Object.assign(document.createElement("mark"), {textContent: part}) : part)
  const excerpt = (blocks, wanted) => {
    const block = blocks.find(text => wanted && text.search(wanted) >= 0) ?? blocks[0] ?? ""
    const start = block.length > LENGTH ? Math.max(0, block.search(wanted) - LENGTH / 4) : 0
    return `${start ? "…" : ""}${block.slice(start, start + LENGTH)}${block.length > start + LENGTH ? "…" : ""}`
  }
  const item = (page, wanted) => {
    const link = Object.assign(document.createElement("a"), {href: page.address, className: "found__link"})
    const line = (name, ...said) => {
      const row = Object.assign(document.createElement("span"), {className: name})
      row.append(...said)
      return row
    }
    link.append(line("found__title", ...marked(page.title, wanted)))
    const label = [...section.options].find(option => option.value && page.facets.includes(`section${option.value}`))
    const facts = [label?.text, page.date, page.figures].filter(fact => fact)
    if (facts.length) link.append(line("found__facts", facts.join(" · ")))
    link.append(line("found__text", ...marked(excerpt(page.blocks, wanted), wanted)))
    const row = document.createElement("li")
    row.append(link)
    return row
  }

  /* The pages still to be shown of the last answer, and which answer that is: an older one that comes late is dropped. */
  let [rest, wanted, turn] = [[], null, 0]
  const show = async () => {
    const {read} = await engine()
    const [mine, next] = [turn, rest.splice(0, AT_ONCE)]
    const rows = (await Promise.all(next.map(read))).map(page => item(page, wanted))
    if (mine !== turn) return
    list.append(...rows)
    more.hidden = !rest.length
    return rows[0]
  }
  const search = async () => {
    const mine = ++turn
    const query = input.value.trim()
    const waiting = setTimeout(() => { status.textContent = query && box.dataset.wait }, 400)
    try {
      const {find, pattern} = await engine()
      const facets = [section, year].filter(field => field.value).map(field => field.name + field.value)
      const found = await find(query, facets)
      if (mine !== turn) return
      list.replaceChildren()
      wanted = pattern(query, document.documentElement.lang)
      rest = [...found]
      await show()
      if (mine !== turn) return
      status.textContent = !query ? "" : found.length ? box.dataset.found.replace("{n}", found.length) : box.dataset.none
      sections.hidden = Boolean(found.length)
    } catch {
      opened = undefined
      if (mine === turn) status.textContent = box.dataset.broken
    } finally {
      clearTimeout(waiting)
    }
  }
  let pause
  const soon = () => {
    clearTimeout(pause)
    pause = setTimeout(search, PAUSE)
  }
  input.addEventListener("input", soon)
  for (const field of [section, year]) field.addEventListener("change", search)
  more.addEventListener("click", async () => (await show())?.firstChild.focus())
  form.addEventListener("submit", async event => {
    event.preventDefault()
    clearTimeout(pause)
    await search()
    list.querySelector("a")?.click()
  })

  /* Keys. */
  const stops = () => [input, ...list.querySelectorAll("a")]
  box.addEventListener("keydown", event => {
    if (event.key === "Escape") {
      event.preventDefault()
      event.stopPropagation()
      close()
      leave()
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const place = stops().indexOf(document.activeElement)
      if (place < 0) return
      event.preventDefault()
      stops()[Math.max(0, Math.min(stops().length - 1, place + (event.key === "ArrowDown" ? 1 : -1)))].focus()
    }
  })
  const slashOpens = () => { try { return localStorage.getItem(KEY) !== "off" } catch { return true } }
  key.checked = slashOpens()
  key.addEventListener("change", () => { try { localStorage.setItem(KEY, key.checked ? "on" : "off") } catch {} })
  document.addEventListener("keydown", event => {
    const typing = event.target.closest?.("input, select, textarea, [contenteditable]")
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && key.checked
    const control = event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
    if (!slash && !control) return
    event.preventDefault()
    open()
  })
  document.addEventListener("focusin", event => {
    if (toggle.checked && event.target !== toggle && event.target !== opener && !box.contains(event.target)) close()
  })

  /* A search can be linked to: ?q=…. */
  const asked = new URLSearchParams(location.search).get("q")
  if (asked && !document.querySelector("form.filters")) {
    input.value = asked
    open()
    search()
  }
})()
