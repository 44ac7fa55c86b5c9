"""Who may ask the desk: only the browser on this machine that was given the address with its token, and only from the desk's own page."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from flask import Flask, Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

HOST = "127.0.0.1"
LARGEST = 1_000_000
"""Bytes of a request, but for one that brings a photograph."""
PREVIEW = "/preview/"
"""Where the pages that are previewed stand: their styles and pictures are let in, and no script."""
HEADER = "X-Desk"
"""The header that a request which changes something carries, which a page of another origin cannot send."""


@dataclass(frozen=True)
class Guard:
    """What a request must have: the host that it asks, and the secrets that this start of the desk made."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def address(self) -> str:
        """Where the desk opens, with the token that lets a browser in."""
        return f"{self.origin}/?token={self.token}"

    @property
    def cookie(self) -> str:
        """Its name: cookies do not tell ports apart."""
        return f"desk-{self.port}"


_POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'"
_OF_DESK = f"{_POLICY}; script-src 'self'; connect-src 'self'; frame-src 'self'; frame-ancestors 'none'"
_OF_PREVIEW = f"{_POLICY}; frame-ancestors 'self'; sandbox allow-same-origin"


def guard(app: Flask, keys: Guard) -> None:
    """Let in only what has the `keys`; pages may show nothing of other hosts, and only a page that is previewed in a frame."""

    @app.before_request
    def let_in() -> AnyResponse | None:
        if request.headers.get("Host") != keys.origin.removeprefix("http://"):
            abort(403)
        origin = request.headers.get("Origin")
        changes = request.method not in ("GET", "HEAD")
        if (origin or changes) and origin != keys.origin:
            abort(403)
        if not changes and request.path == "/" and _same(request.args.get("token"), keys.token):
            entered = redirect("/")
            entered.set_cookie(keys.cookie, keys.token, httponly=True, samesite="Strict")
            return entered
        if not _same(request.cookies.get(keys.cookie), keys.token):
            abort(403)
        if changes and not _same(request.headers.get(HEADER), keys.csrf):
            abort(403)
        return None

    @app.after_request
    def say_policy(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = (
            _OF_PREVIEW if request.path.startswith(PREVIEW) else _OF_DESK
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"
        return response


def _same(given: str | None, secret: str) -> bool:
    return given is not None and secrets.compare_digest(given.encode(), secret.encode())
