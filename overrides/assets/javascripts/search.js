/* The search box: opened by its button, "/" or Ctrl+K; arrows and Enter go to results, Escape closes. */
(() => {
  "use strict"
  const box = document.getElementById("search")
  const toggle = document.getElementById("__search")
  const form = document.forms.find
  if (!form || !window.openSearch) return // The interface's script, or find.js, did not come.
  const input = form.elements.words
  const opener = document.querySelector(".search-switch")
  const part = name => box.querySelector(name)
  const panel = part(".md-search__output")
  const [status, list, more, sections, near, retry] = [".found__meta", ".found", ".found__more", ".found__sections", ".found__near", ".found__retry"].map(part)
  const [section, year, key] = ["section", "year", "key"].map(name => part(`[name=${name}]`))
  const AT_ONCE = 6
  const LENGTH = 120
  const PAUSE = 200
  const KEY = "gazette.search-key"
  const root = new URL("../../", new URL(box.dataset.index, location))

  /* The index, asked for when the box is first opened, and what a search can be narrowed down to. */
  const index = openSearch(new URL(box.dataset.index, location), document.documentElement.lang)
  const offer = async () => {
    const {sections, years} = await index.offered()
    if (year.options.length > 1) return
    for (const value of Object.keys(sections)) section.add(new Option(sections[value], value))
    for (const value of Object.keys(years).sort().reverse()) year.add(new Option(years[value], value))
  }

  const open = () => {
    if (!toggle.checked) toggle.click()
    input.focus()
    offer().catch(() => {})
  }
  const close = () => {
    if (toggle.checked) toggle.click()
  }
  toggle.addEventListener("change", () => {
    opener.setAttribute("aria-expanded", toggle.checked)
    document.documentElement.classList.toggle("search-open", toggle.checked)
  })
  opener.addEventListener("click", open)
  /* Who only passes by with the Tab key is not held up. */
  for (const kind of ["click", "input"]) input.addEventListener(kind, open)
  /* Back to the button that opened; where the box is always in sight, to nothing. */
  const leave = () => opener.offsetParent ? opener.focus() : input.blur()
  part(".md-search__close").addEventListener("click", () => { close(); leave() })

  const made = (name, properties, children) => {
    const element = Object.assign(document.createElement(name), properties)
    element.append(...children)
    return element
  }
  const marked = pieces => pieces.map((piece, place) => place % 2 ? made("mark", {}, [piece]) : piece)
  /* The sentence that holds what the query asked for, cut where it is long; of no such, the beginning of the text. */
  const excerpt = (blocks, terms) => {
    const count = text => terms.filter(term => index.marked(text, [term]).length > 1).length
    const said = text => /[。！？.!?]$/.test(text) ? 1 : 0
    const best = blocks.map(text => [text, count(text), said(text)]).sort((a, b) => b[1] - a[1] || b[2] - a[2])[0] || [""]
    const text = best[0].normalize("NFC")
    const pieces = index.marked(text, terms)
    const at = pieces.length > 1 ? pieces[0].length : 0
    const ends = Array.from({length: text.length}, (_, place) => place + 1)
      .filter(place => /[。！？；]/.test(text[place - 1]) || /[.!?;]/.test(text[place - 1]) && /\s/.test(text[place] || ""))
    let start = ends.filter(place => place <= at).pop() || 0
    let end = ends.filter(place => place > at)[0] || text.length
    if (end - start > LENGTH) start = Math.max(start, at - LENGTH / 4)
    end = Math.min(end, start + LENGTH)
    /* Not within a character of two halves. */
    const [first, last] = [start, end].map(place => /[\udc00-\udfff]/.test(text[place] || "") ? place - 1 : place)
    const cut = text.slice(first, last).trim()
    return [start ? "…" : ""].concat(marked(index.marked(cut, terms)), end < text.length ? "…" : "")
  }
  const item = (page, terms) => {
    const line = (name, said) => made("span", {className: name}, said)
    const facts = [page.section, page.facts].filter(fact => fact).join(" · ")
    const lines = [line("found__title", marked(index.marked(page.title, terms)))]
    if (facts) lines.push(line("found__facts", [facts]))
    lines.push(line("found__text", excerpt(page.text, terms)))
    return made("li", {}, [made("a", {href: new URL(page.url, root).href, className: "found__link"}, lines)])
  }
  const emptied = element => { while (element.firstChild) element.removeChild(element.firstChild) }

  /* The answer that is shown, and which one it is: an older one that comes late is dropped. */
  let [answer, turn] = [null, 0]
  const say = (words, values) => {
    status.textContent = Object.keys(values || {}).reduce((text, name) => text.replace(`{${name}}`, values[name]), panel.dataset[words] || "")
  }
  const sayCount = () => {
    const values = {n: answer.count(), q: answer.simplified}
    if (!answer.count()) say("none")
    else if (answer.terms.some(term => term.begins)) say("begins", values)
    else if (answer.simplified) say("simplified", values)
    else if (answer.single) say("one_more")
    else say(answer.certain() ? "found" : "about", values)
  }
  const show = async () => {
    const mine = turn
    const rows = (await answer.next(AT_ONCE)).map(page => item(page, answer.terms))
    if (mine !== turn) return null
    list.append(...rows)
    more.hidden = !answer.left()
    return rows[0]
  }
  const search = async () => {
    const mine = ++turn
    const waiting = setTimeout(() => { if (input.value.trim()) say("wait") }, 400)
    retry.hidden = true
    try {
      const found = await index.find(input.value, [section, year].map(field => field.value).filter(value => value))
      if (mine !== turn) return
      answer = found
      emptied(list)
      more.hidden = true
      const alike = found && found.near || []
      near.hidden = !alike.length
      emptied(near.lastElementChild)
      for (const page of alike) near.lastElementChild.append(made("li", {}, [made("a", {href: new URL(page.url, root).href}, [page.title])]))
      sections.hidden = Boolean(found && found.count())
      if (!found) return say("")
      if (found.count()) await show()
      if (mine !== turn) return
      sayCount()
      await found.confirm()
      if (mine === turn) sayCount()
    } catch (error) {
      if (mine !== turn) return
      emptied(list)
      more.hidden = near.hidden = true
      retry.hidden = Boolean(error.renewed)
      say(error.renewed ? "renewed" : "broken")
    } finally {
      clearTimeout(waiting)
    }
  }
  let pause
  const soon = () => {
    clearTimeout(pause)
    pause = setTimeout(search, PAUSE)
  }
  /* What an input method has not finished is nobody's query. */
  input.addEventListener("input", event => { if (!event.isComposing) soon() })
  let unfinished = false
  input.addEventListener("compositionstart", () => { unfinished = true; clearTimeout(pause) })
  input.addEventListener("compositionend", () => { unfinished = false; soon() })
  for (const field of [section, year]) field.addEventListener("change", search)
  retry.addEventListener("click", () => { input.focus(); search() })
  more.addEventListener("click", () => show().then(row => { if (row) row.firstChild.focus() }, () => { say("broken"); retry.hidden = false }))
  form.addEventListener("submit", async event => {
    event.preventDefault()
    if (unfinished) return
    clearTimeout(pause)
    await search()
    const first = list.querySelector("a")
    if (first) first.click()
  })

  /* Keys; those that an input method is using are its own. */
  const composing = event => event.isComposing || event.keyCode === 229
  const stops = () => [input].concat(Array.from(list.querySelectorAll("a")))
  box.addEventListener("keydown", event => {
    if (composing(event)) return event.stopPropagation()
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
  const slashOpens = () => { try { return localStorage.getItem(KEY) !== "off" } catch (error) { return true } }
  key.checked = slashOpens()
  key.addEventListener("change", () => { try { localStorage.setItem(KEY, key.checked ? "on" : "off") } catch (error) { /* Not kept. */ } })
  document.addEventListener("keydown", event => {
    if (composing(event)) return
    const typing = event.target.closest && event.target.closest("input, select, textarea, [contenteditable]")
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && key.checked
    const control = event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
    if (!slash && !control) return
    event.preventDefault()
    open()
  })
  document.addEventListener("focusin", event => {
    if (toggle.checked && event.target !== toggle && event.target !== opener && !box.contains(event.target)) close()
  })

  document.documentElement.classList.add("has-search")

  /* A search can be linked to: ?q=…. */
  const asked = new URLSearchParams(location.search).get("q")
  if (asked && !document.querySelector("form.filters")) {
    input.value = asked.slice(0, input.maxLength)
    open()
    search()
  }
})()
