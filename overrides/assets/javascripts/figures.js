/* Figures: the note of a cited figure shown beside it, and the table of all figures sorted.
   Without this script a figure is a link to its entry, and the table is whole. */
(() => {
  "use strict"

  /* The note: shown on hover and focus; where there is no hover a tap shows it, and one more follows the link. Escape hides it. */
  const card = document.createElement("div")
  card.className = "note-card"
  card.hidden = true
  document.querySelector("main").append(card)
  let [owner, tapped] = [null, null]
  let leaving

  const show = link => {
    const note = document.getElementById(link.getAttribute("aria-describedby"))
    if (!note) return
    clearTimeout(leaving)
    owner = link
    card.innerHTML = note.innerHTML
    /* By keyboard the figure itself leads there; the note is gone before it could be reached. */
    for (const inner of card.querySelectorAll("a")) inner.tabIndex = -1
    card.hidden = false
    const box = link.getBoundingClientRect()
    const left = Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 8)
    const below = box.bottom + card.offsetHeight + 8 < innerHeight
    card.style.left = `${Math.max(8, left) + scrollX}px`
    card.style.top = `${(below ? box.bottom + 6 : box.top - card.offsetHeight - 6) + scrollY}px`
  }
  const hide = () => { card.hidden = true; owner = tapped = null }
  const hideSoon = () => {
    clearTimeout(leaving)
    if (!tapped) leaving = setTimeout(hide, 250) /* What was tapped stays until something else is. */
  }

  for (const link of document.querySelectorAll("a.figure[aria-describedby]")) {
    link.addEventListener("mouseenter", () => show(link))
    link.addEventListener("focus", () => show(link))
    link.addEventListener("mouseleave", hideSoon)
    link.addEventListener("blur", hideSoon)
    link.addEventListener("click", event => {
      if (matchMedia("(hover: none)").matches && tapped !== link) {
        event.preventDefault()
        tapped = link
        show(link)
      }
    })
  }
  card.addEventListener("mouseenter", () => clearTimeout(leaving))
  card.addEventListener("mouseleave", hideSoon)
  document.addEventListener("keydown", event => { if (event.key === "Escape" && !event.isComposing && event.keyCode !== 229) hide() })
  document.addEventListener("click", event => {
    if (owner && !card.contains(event.target) && event.target !== owner) hide()
  })

  /* The table of all figures. */
  const index = document.querySelector(".figures-index")
  if (!index) return

  /* A link from when all figures stood on one page: what is here no more stands on its record's page. */
  const asked = location.hash.slice(1)
  const section = (index.dataset.sections || "").split(" ").find(name => asked.startsWith(`figure-${name}-`))
  if (section && !document.getElementById(asked))
    (async () => {
      const name = asked.slice(`figure-${section}-`.length)
      for (const id of [name, name.replace(/-[^-]*$/, "")]) { /* with and without the record's field */
        const address = new URL(`${index.dataset.root}${section}/${id}/`, location.href)
        if ((await fetch(address, {method: "HEAD"})).ok) return location.replace(address)
      }
    })()

  const rows = [...index.querySelectorAll("tbody tr")]

  index.querySelectorAll("thead th").forEach((head, column) => {
    const button = document.createElement("button")
    button.type = "button"
    button.title = index.dataset.sort
    button.append(...head.childNodes)
    head.append(button)
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending"
      index.querySelectorAll("thead th").forEach(other => other.removeAttribute("aria-sort"))
      head.setAttribute("aria-sort", up ? "ascending" : "descending")
      const key = row => head.dataset.type === "number"
        ? Number(row.cells[column].dataset.value)
        : row.cells[column].textContent.trim()
      const order = (a, b) => typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang)
      rows.sort((a, b) => (up ? 1 : -1) * order(key(a), key(b)))
      rows[0].parentNode.append(...rows)
    })
  })
})()
