"""The Content-Security-Policy of a page: it may use the site's own files, and those inline scripts and styles that its template has."""

from __future__ import annotations

import base64
import hashlib
import re

_PLACE = '<meta http-equiv="Content-Security-Policy">'
"""What a template has where the policy is to stand."""
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
_REST = "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'"
"""The icons of the stylesheet are `data:`; the search fetches."""


def with_policy(html: str) -> str:
    """`html` with its policy in the place for it, if it has one: what is inline is named there by its hash."""
    if _PLACE not in html:
        return html
    sources = {"script": "'self'", "style": "'self'"}
    for kind, text in _INLINE.findall(html):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        sources[kind] += f" 'sha256-{digest}'"
    policy = f"default-src 'none'; script-src {sources['script']}; style-src {sources['style']}; {_REST}"
    return html.replace(_PLACE, f'{_PLACE[:-1]} content="{policy}">', 1)
