/* Filters of a list or table: by facets and by words, kept in the address. Without this script the list is whole. */
(() => {
  "use strict"
  for (const form of document.querySelectorAll("form.filters")) {
    const list = document.getElementById(form.dataset.list)
    const status = form.querySelector("output")
    const fields = [...form.elements].filter(field => field.name)
    const items = () => [...list.querySelectorAll("[data-item]")]

    const matches = item => fields.every(({ name, value }) => {
      const wanted = value.trim().toLowerCase()
      if (!wanted) return true
      if (name === "q") return item.textContent.toLowerCase().includes(wanted)
      return item.dataset[name].split(" ").includes(value)
    })
    const apply = () => {
      let shown = 0
      for (const item of items()) {
        item.hidden = !matches(item)
        if (!item.hidden) shown += 1
      }
      for (const group of list.querySelectorAll("[data-group]"))
        group.hidden = !group.querySelector("[data-item]:not([hidden])")
      const asked = fields.filter(field => field.value.trim())
      status.textContent = asked.length ? (shown ? form.dataset.shown.replace("{n}", shown) : form.dataset.none) : ""
      const query = new URLSearchParams(asked.map(field => [field.name, field.value.trim()])).toString()
      history.replaceState(null, "", location.pathname + (query ? `?${query}` : "") + location.hash)
    }

    const address = new URLSearchParams(location.search)
    for (const field of fields) field.value = address.get(field.name) || ""
    if (location.search) apply()
    /* What an input method has not finished is nobody's word. */
    form.addEventListener("input", event => { if (!event.isComposing) apply() })
    form.addEventListener("compositionend", apply)
    form.addEventListener("submit", event => event.preventDefault())
  }
  document.documentElement.classList.add("has-filters")
})()
