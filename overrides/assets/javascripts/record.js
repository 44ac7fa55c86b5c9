/* Loads the other scripts, each by itself: one that is broken, or does not come, takes no other with it.
   The build calls this function with their addresses. Each shows the controls it serves when they work. */
(scripts => {
  "use strict"
  const here = document.currentScript.src
  for (const address of scripts) {
    const script = document.createElement("script")
    script.async = false
    script.src = new URL(address, here)
    document.head.append(script)
  }
})
