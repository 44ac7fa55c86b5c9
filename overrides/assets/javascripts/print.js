/* What a screen folds away is open on paper, and folded again after it, where print.css cannot do that. */
(() => {
  "use strict"
  let opened = []
  const open = () => {
    for (const details of document.querySelectorAll("details:not([open])")) {
      details.open = true
      opened.push(details)
    }
  }
  const fold = () => {
    for (const details of opened) details.open = false
    opened = []
  }
  window.addEventListener("beforeprint", open)
  window.addEventListener("afterprint", fold)
  /* Safari 12 has no such events. */
  matchMedia("print").addListener(({matches}) => matches ? open() : fold())
})()
