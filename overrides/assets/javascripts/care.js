/* Care mode: larger text, stronger contrast, one simple column; remembered in this browser. */
(() => {
  "use strict"
  const KEY = "gazette.care"
  const root = document.documentElement
  const button = document.querySelector(".care-switch")
  const show = on => {
    if (on) root.dataset.care = "on"
    else delete root.dataset.care
    button.setAttribute("aria-pressed", String(on))
  }
  show(root.dataset.care === "on")
  button.addEventListener("click", () => {
    const on = root.dataset.care !== "on"
    show(on)
    try {
      if (on) localStorage.setItem(KEY, "on")
      else localStorage.removeItem(KEY)
    } catch {} // Where nothing may be stored, it holds for this page.
  })
  /* Switched in another tab, or on a page after this one, to which a reader came back. */
  const recall = () => { try { show(localStorage.getItem(KEY) === "on") } catch {} }
  window.addEventListener("storage", recall)
  window.addEventListener("pageshow", event => { if (event.persisted) recall() })
  root.classList.add("has-care")
})()
