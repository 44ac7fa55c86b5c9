"""What the desk answers to its page: lists, forms, checks while typing, and what is to be written."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from functools import wraps
from io import BytesIO
from typing import Any

from flask import Flask, Response, abort, render_template, request, send_file

from gazette.base.cache_folder import FOLDER
from gazette.base.diagnostics import ContentError, file_fault
from gazette.base.messages import Message, Refused, say
from gazette.build.settings import load_settings, read_settings
from gazette.desk import actions, answers, asked, handing_in, listing, photographs, saving
from gazette.desk.entries import Data, Place
from gazette.desk.guard import PREVIEW, Guard, guard
from gazette.desk.located import told, told_in_files, told_of
from gazette.desk.project import Project
from gazette.desk.words import words
from gazette.editing import sign_off
from gazette.editing.undo import LAST, undo
from gazette.records.photos import is_photo_file
from gazette.records.values import LOCALES


def create_app(project: Project, keys: Guard, today: date) -> Flask:
    """The desk of a project."""
    app = Flask("gazette.desk")
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["MAX_CONTENT_LENGTH"] = photographs.LARGEST
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # A terminal needs no line for each request.
    guard(app, keys)

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
            "undo": (project.root / FOLDER / LAST).is_file(),
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

    @api("search")
    def search() -> Any:
        words = request.args.get("words", "").casefold().split()
        return {
            "files": [
                file for file, text in project.texts.items() if words and all(word in text for word in words)
            ]
        }

    @api("names")
    def names() -> Any:
        return {"names": listing.names(project.content)}

    @app.get(f"{PREVIEW}<int:number>/", defaults={"address": ""})
    @app.get(f"{PREVIEW}<int:number>/<path:address>")
    def preview(number: int, address: str) -> Response:
        with project.lock:
            found = project.previews.file(number, address)
        return Response(found[0], mimetype=found[1]) if found else abort(404)

    @api("entry")
    def entry() -> Any:
        return answers.entry(project, project.open(asked.place(request.args.get("file", ""))))

    @api("check", "POST")
    def check() -> Any:
        place, data, _ = asked.given()
        try:
            checked = saving.checked(project, saving.drafted(project, project.open(place), data))
        except Refused as refused:
            return {"messages": [told_of(refused, data, place)]}
        return {"messages": told(checked.found, checked.draft.read), "preview": checked.preview}

    @api("save", "POST")
    def save() -> Any:
        place, data, hashes = asked.given()
        return _saved(project, place, data, lambda: saving.save(project, place, data, hashes))

    @api("mend", "POST")
    def mend() -> Any:
        place = asked.place(asked.text("file"))
        try:
            saving.mend(project, place, asked.texts(), asked.hashes())
        except saving.Changed as changed:
            return {"texts": answers.texts(changed.now), "hashes": changed.now.hashes}, 409
        except ContentError as error:
            return {"messages": told_in_files(error.diagnostics)}, 422
        return {"file": place.file, "undo": True}

    @api("correct", "POST")
    def correct() -> Any:
        place, data, hashes = asked.given()

        def save_with_correction() -> saving.Draft:
            draft = saving.drafted(project, saving.unchanged(project, place, hashes), data)
            files = actions.corrected(project, draft, asked.why() or abort(400), today)
            saving.write_checked(project, place, files, draft.originals)
            return draft

        return _saved(project, place, data, save_with_correction)

    @api("update", "POST")
    def update() -> Any:
        place, data, hashes = asked.given()
        as_of = asked.sent().get("as_of")
        if not isinstance(as_of, dict) or not asked.is_plain(as_of):
            abort(400)

        def save_as_newer() -> saving.Draft:
            draft = actions.updated(project, saving.unchanged(project, place, hashes), data, as_of)
            saving.write_checked(project, place, draft.files, draft.originals)
            return draft

        return _saved(project, place, data, save_as_newer)

    @api("rename", "POST")
    def rename() -> Any:
        files, file = actions.with_id(project, asked.place(asked.text("file")), asked.text("id"), today)
        saving.write(project, files)
        return {"file": file, "undo": True}

    @api("remove", "POST")
    def remove() -> Any:
        saving.write(
            project,
            actions.without(project, asked.place(asked.text("file")), asked.text("now"), asked.why(), today),
        )
        return {"gone": True, "undo": True}

    @api("undo", "POST")
    def undo_last() -> Any:
        handing_in.remember(project.root, undo(project.root))
        return {"undo": False}

    @api("hand-in", "POST")
    def hand_in() -> Any:
        if not handing_in.can_push(project.root):
            handing_in.changes(project.root)
            return {"zip": True}
        branch = handing_in.hand_in(project.root, asked.text("what"), today)
        return {"branch": branch, "main": handing_in.main_branch(project.root)}

    @api("back", "POST")
    def back() -> Any:
        handing_in.go_back(project.root)
        file = asked.text("file")
        return {"undo": False, "gone": bool(file) and not project.open(asked.place(file)).raw}

    @app.get("/api/changes.zip")
    def changes() -> Response:
        return send_file(
            BytesIO(handing_in.changes(project.root)),
            "application/zip",
            True,
            f"{project.root.name}-{today}.zip",
        )

    @api("sign", "POST")
    def sign() -> Any:
        place = asked.place(asked.text("file"))
        owners = sign_off.named(project.content, [str(project.root / place.file)])
        handing_in.remember(project.root, sign_off.sign(project.content, owners))
        return {"file": place.file}

    @api("photo", "POST")
    def add_photo() -> Any:
        name = request.args.get("name", "")
        if not is_photo_file(name):
            abort(400)
        data = request.get_data(cache=False)
        name, found = photographs.hold(project.root, name, data, project.content)
        if found:
            return {"messages": [{**each, "file": ""} for each in told_in_files(found)]}, 422
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
            said = Message(
                *("\n".join([words, *error.details]) for words in say(error.code, **error.values)[:2])
            )
        else:
            said = file_fault(error).message
        return {"zh": said.zh, "en": said.en}, 422


def _saved(project: Project, place: Place, data: Data, save: Callable[[], saving.Draft]) -> Any:
    """What came of saving: what is written now, the other version of the files, or the mistakes at their fields."""
    try:
        draft = save()
    except saving.Changed as changed:
        return {"data": changed.now.data, "hashes": changed.now.hashes}, 409
    except ContentError as error:
        draft = saving.drafted(project, project.open(place), data)
        return {"messages": told(error.diagnostics, draft.read)}, 422
    except Refused as refused:
        return {"messages": [told_of(refused, data, place)]}, 422
    now = project.open(place)
    return {
        **answers.described(project, now),
        "data": now.data,
        "hashes": now.hashes,
        "preview": project.previews.add(project.content)[0],
        "written": sorted(draft.files),
        "undo": True,
    }
