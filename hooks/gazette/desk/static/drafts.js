/* What was typed and is not saved yet, kept in this browser: it outlives a crash. */

const PREFIX = "desk-draft:";

export function keep(file, draft) {
  try {
    localStorage.setItem(PREFIX + file, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function kept(file) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + file));
  } catch {
    return null;
  }
}

export function drop(file) {
  try {
    localStorage.removeItem(PREFIX + file);
  } catch {
    /* There is none. */
  }
}

export function files() {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length));
  } catch {
    return [];
  }
}
