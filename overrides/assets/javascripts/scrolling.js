/* What follows the reader down a page: its title in the header, the mark in its contents, the way back to the top.
   It measures nothing before the first frame, which has to be measured anyway. */
(() => {
  "use strict"
  const header = document.querySelector(".md-header")
  const title = header.querySelector(".md-header__title")
  const heading = document.querySelector("h1")
  const up = document.querySelector(".md-top")
  const links = Array.from(document.querySelectorAll(".md-sidebar--secondary a.md-nav__link"))
  const parts = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))))
  const NEAR = 24

  let last = 0
  const follow = () => {
    const y = window.pageYOffset
    const edge = Math.max(0, header.getBoundingClientRect().bottom)
    const passed = heading.getBoundingClientRect().bottom < edge
    const contents = links.length && links[0].offsetParent
    const end = y + innerHeight >= document.documentElement.scrollHeight - 1
    const read = contents ? parts.filter(part => y && end || part.getBoundingClientRect().top < edge + NEAR).length : 0
    header.classList.toggle("md-header--shadow", y > 0)
    title.classList.toggle("md-header__title--active", passed)
    if (up) up.hidden = !(passed && y < last)
    if (contents) links.forEach((link, place) => {
      link.classList.toggle("md-nav__link--passed", place < read)
      link.classList.toggle("md-nav__link--active", place === read - 1)
    })
    last = y
  }
  let waiting = false
  const soon = () => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => { waiting = false; follow() })
  }
  soon()
  window.addEventListener("scroll", soon, {passive: true})
  if (up) up.addEventListener("click", () => window.scrollTo(0, 0))
})()
