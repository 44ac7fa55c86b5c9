/* Asks the desk's server; what it refuses comes back as an answer with its status, never as an exception. */

const csrf = document.querySelector("meta[name=csrf]").content;

async function answered(made) {
  try {
    const answer = await made;
    const kind = answer.headers.get("Content-Type") || "";
    const said = kind.startsWith("application/json") ? await answer.json() : {};
    return { ...said, status: answer.status, ok: answer.ok };
  } catch {
    return { status: 0, ok: false };
  }
}

export const get = (path, query = {}) => answered(fetch(`/api/${path}?${new URLSearchParams(query)}`));

export const post = (path, value) =>
  answered(
    fetch(`/api/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Desk": csrf },
      body: JSON.stringify(value),
    }),
  );

export const upload = (name, file) =>
  answered(
    fetch(`/api/photo?${new URLSearchParams({ name })}`, {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream", "X-Desk": csrf },
      body: file,
    }),
  );
