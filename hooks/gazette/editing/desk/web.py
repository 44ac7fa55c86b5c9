"""What the desk answers to its page: lists, forms, checks while typing, and what is to be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any

from flask import Flask, Response, abort, render_template, request, send_file

from gazette.base.diagnostics import ContentError, file_fault
from gazette.base.messages import Message, Refused, say
from gazette.build.settings import load_settings, read_settings
from gazette.editing import sign_off
from gazette.editing.desk import listing, photographs, saving
from gazette.editing.desk.entries import BODY, Data, Opened, Place, opened, place_of
from gazette.editing.desk.forms import Field, form
from gazette.editing.desk.guard import LARGEST, Guard, guard
from gazette.editing.desk.located import told
from gazette.editing.desk.project import Project
from gazette.editing.desk.words import word, words
from gazette.records import COLLECTIONS, page_path
from gazette.records.front_matter import Article
from gazette.records.photos import is_photo_file
from gazette.records.values import LOCALES
from gazette.site.pages import url_of

_DEEPEST = 12
"""So many lists and groups may stand in one another."""


def create_app(
    project: Project, keys: Guard, preview: str, is_ready: Callable[[], bool], today: date
) -> Flask:
    """The desk of a project; `preview` is the address of its preview, "" for none."""
    app = Flask("gazette.editing.desk")
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["MAX_CONTENT_LENGTH"] = photographs.LARGEST
    guard(app, keys, preview.rstrip("/"))

    def api(rule: str, method: str = "GET") -> Callable[[Callable[[], Any]], Callable[[], Any]]:
        """A request that is answered in JSON, one at a time."""

        def made(function: Callable[[], Any]) -> Callable[[], Any]:
            @app.route(f"/api/{rule}", methods=[method], endpoint=function.__name__)
            @wraps(function)
            def run() -> Any:
                with project.lock:
                    return _answered(function)

            return run

        return made

    @app.get("/")
    def page() -> str:
        settings, _ = read_settings(load_settings(project.root))
        named = settings.identities.get("zh")
        state = {
            "words": words(),
            "collections": listing.collections(),
            "preview": preview,
            "undo": False,
        }
        return render_template(
            "desk.html", csrf=keys.csrf, words=words(), site=named.site_name if named else "", state=state
        )

    @app.get("/static/colours.css", endpoint="colours")
    def colours() -> Response:
        settings, _ = read_settings(load_settings(project.root))
        schemes = {"": settings.palette.light, "(prefers-color-scheme: dark)": settings.palette.dark}
        css = ""
        for query, scheme in schemes.items():
            said = "".join(f"--{name}: {value}; " for name, value in vars(scheme).items())
            rule = f":root {{ {said}--edge: {scheme.muted}; }}\n"
            css += f"@media {query} {{ {rule} }}\n" if query else rule
        return Response(css, mimetype="text/css")

    @api("entries")
    def entries() -> Any:
        return {"entries": [*listing.entries(project.content)]}

    @api("names")
    def names() -> Any:
        return {"names": listing.names(project.content)}

    @api("preview")
    def preview_state() -> Any:
        return {"ready": is_ready()}

    @api("entry")
    def entry() -> Any:
        now = project.open(_place(request.args.get("file", "")))
        found = project.verdict(now.place, dict(now.raw)) if now.raw else []
        return {
            **_described(project, now),
            "data": now.data,
            "hashes": now.hashes,
            "messages": told(found, now),
        }

    @api("check", "POST")
    def check() -> Any:
        place, data, _ = _given()
        found, draft = saving.mistakes(project, opened(project.root, place), data)
        return {"messages": told(found, draft.read)}

    @api("save", "POST")
    def save() -> Any:
        place, data, hashes = _given()
        try:
            draft = saving.save(project, place, data, hashes)
        except saving.Changed as changed:
            return {"data": changed.now.data, "hashes": changed.now.hashes}, 409
        except ContentError as error:
            draft = saving.drafted(project, opened(project.root, place), data)
            return {"messages": told(error.diagnostics, draft.read)}, 422
        now = project.open(place)
        return {**_described(project, now), "hashes": now.hashes, "written": sorted(draft.files)}

    @api("sign", "POST")
    def sign() -> Any:
        place = _place(str(_sent().get("file", "")))
        sign_off.sign(project.content, sign_off.named(project.content, [str(project.root / place.file)]))
        return {"file": place.file}

    @api("photo", "POST")
    def add_photo() -> Any:
        name = request.args.get("name", "")
        if not is_photo_file(name):
            abort(400)
        data = request.get_data(cache=False)
        name, found = photographs.hold(project.root, name, data, project.content)
        if found:
            return {
                "messages": [{**each._asdict(), "field": None} for each in (one.message for one in found)]
            }, 422
        return {"name": name}

    @app.get("/api/photo")
    def photo() -> Response:
        file = photographs.shown(project.root, request.args.get("name", ""))
        return send_file(file.resolve()) if file else abort(404)

    return app


def _answered(function: Callable[[], Any]) -> Any:
    """What a function answers; what it refuses is said in both languages."""
    try:
        return function()
    except (Refused, ContentError, OSError) as error:
        if isinstance(error, ContentError):
            said = Message(
                *("\n".join(getattr(each, locale) for each in error.diagnostics) for locale in LOCALES)
            )
        elif isinstance(error, Refused):
            said = say(error.code, **error.values)
        else:
            said = file_fault(error).message
        return {"zh": said.zh, "en": said.en}, 422


def _sent() -> dict[str, Any]:
    """The JSON of a request."""
    if (request.content_length or 0) > LARGEST:
        abort(413)
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        abort(400)
    return sent


def _place(file: str) -> Place:
    place = place_of(file)
    return place if place else abort(400)


def _given() -> tuple[Place, Data, Mapping[str, str]]:
    """What a form sends: what it is of, what it holds, and the hashes of the files that it was opened from."""
    sent = _sent()
    data, hashes = sent.get("data"), sent.get("hashes") or {}
    if not isinstance(data, dict) or not _is_plain(data) or not isinstance(hashes, dict):
        abort(400)
    return _place(str(sent.get("file", ""))), data, hashes


def _is_plain(value: object, depth: int = 0) -> bool:
    if isinstance(value, str):
        return True
    if depth > _DEEPEST:
        return False
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(item, depth + 1) for key, item in value.items())
    return isinstance(value, list) and all(_is_plain(item, depth + 1) for item in value)


def _described(project: Project, now: Opened) -> dict[str, Any]:
    """What the page is told of an entry beside what it holds."""
    place = now.place
    title = now.data.get("title")
    has_page = bool(place.page) or place.collection in COLLECTIONS
    path = place.page or page_path(f"{place.collection}/{place.id}")
    return {
        "file": place.file,
        "id": place.id,
        "title": title.get("zh", "") if isinstance(title, dict) else "",
        "fields": _fields(place),
        "new": not now.raw,
        "record": place.collection in COLLECTIONS or place.model is Article,
        "readable": not now.faults,
        "page": url_of(path, "zh") if has_page and now.raw else None,
        "stale": bool(now.raw) and project.is_stale(place),
    }


def _fields(place: Place) -> list[Field]:
    fields = form(place.model)
    if not place.page:
        return fields
    body: Field = {
        "name": BODY,
        "label": word("body"),
        "required": False,
        "list": False,
        "example": "",
        "kind": "localised",
        "long": True,
    }
    head = [field for field in fields if field["name"] in ("title", "summary")]
    return [*head, body, *(field for field in fields if field not in head)]
