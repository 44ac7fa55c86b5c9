/* Care mode: larger text, stronger contrast, one simple column; remembered in this browser. */
(() => {
  "use strict"
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
      if (on) localStorage.setItem("gazette.care", "on")
      else localStorage.removeItem("gazette.care")
    } catch {} // Where nothing may be stored, it holds for this page.
  })
})()
