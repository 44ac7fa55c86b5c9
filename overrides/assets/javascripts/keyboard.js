/* The drawer by keyboard. Material opens it with a label that only a pointer reaches; here that is a button, Escape
   closes, and so does leaving. What is closed is out of the tab order by record.css. */
(() => {
  "use strict"
  const toggle = document.getElementById("__drawer")
  const label = document.querySelector(".md-header label[for=__drawer]")
  const drawer = document.querySelector(".md-sidebar--primary")
  if (!drawer.querySelector("a")) return

  /* On a page without navigation beside its text it came whole, from the language's script: of the sections only the
     present one shows its pages, and where this page stands is marked. */
  if (drawer.hidden) {
    const address = new URL(drawer.dataset.here, location).href
    const here = Array.from(drawer.querySelectorAll(".md-nav__link")).filter(link => link.href === address)[0]
    if (here && here.href === location.href.split(/[?#]/)[0]) here.classList.add("md-nav__link--active")
    for (let item = here && here.parentElement; item; item = item.parentElement.closest("li")) item.classList.add("md-nav__item--active")
    for (const section of drawer.querySelectorAll("[data-md-level='1']")) {
      const item = section.parentElement
      if (item.classList.contains("md-nav__item--active")) continue
      const link = item.querySelector("a")
      link.textContent = item.querySelector("label").textContent
      item.className = "md-nav__item"
      item.textContent = ""
      item.append(link)
    }
  }

  const button = document.createElement("button")
  button.type = "button"
  button.className = `${label.className} drawer-switch`
  button.setAttribute("aria-label", drawer.querySelector("nav").getAttribute("aria-label"))
  button.setAttribute("aria-expanded", "false")
  button.append(...label.childNodes)
  label.replaceWith(button)

  /* The drawer shows all sections open: their headings have nothing to switch. */
  for (const heading of drawer.querySelectorAll("label.md-nav__link")) heading.removeAttribute("tabindex")

  button.addEventListener("click", event => {
    toggle.click()
    const byKeyboard = event.detail === 0
    if (toggle.checked && byKeyboard) drawer.querySelector("a").focus({preventScroll: true})
  })
  toggle.addEventListener("change", () => {
    button.setAttribute("aria-expanded", toggle.checked)
    document.documentElement.classList.toggle("drawer-open", toggle.checked)
  })
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape" || event.isComposing || event.keyCode === 229 || !toggle.checked) return
    toggle.click()
    button.focus()
  })
  document.addEventListener("focusin", event => {
    if (toggle.checked && event.target !== button && !drawer.contains(event.target)) toggle.click()
  })
  document.documentElement.classList.add("has-drawer")
})()
