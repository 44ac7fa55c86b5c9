/* A comparison becomes one frame with a slider: what lies left of it is before, right of it after.
   Without this script both photographs stand side by side. */
(() => {
  "use strict"

  for (const comparison of document.querySelectorAll(".comparison")) {
    const frame = comparison.querySelector(".comparison__frame")
    const slider = document.createElement("input")
    slider.type = "range"
    slider.className = "comparison__slider"
    slider.setAttribute("aria-label", comparison.dataset.slide)
    const line = document.createElement("span")
    line.className = "comparison__line"
    const move = () => frame.style.setProperty("--at", `${slider.value}%`)
    slider.addEventListener("input", move)
    move()
    /* A finger that came down to scroll the page leaves the line where it was. */
    let [before, top] = []
    slider.addEventListener("touchstart", () => { [before, top] = [slider.value, window.pageYOffset] }, {passive: true})
    slider.addEventListener("touchend", () => {
      if (window.pageYOffset === top) return
      slider.value = before
      move()
    })
    frame.append(slider, line)
    comparison.classList.add("comparison--slides")
  }
})()
