// A host serves the Chinese 404.html for every missing address: under en/ it gives way to the English one, when its own scripts have run.
{
  const english = document.currentScript.dataset.english
  if (location.pathname.startsWith(english))
    addEventListener("load", () => fetch(`${english}404.html`).then(answer => answer.text()).then(page => {
      document.open(); document.write(page); document.close()
    }))
}
