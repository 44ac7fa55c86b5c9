"""Write newer.json anew from MDN's compatibility data: what Chromium 69 or Safari 12 lacks, and since when each has it.

    python -m tests.floor.renew    # needs npm, which fetches the data

Only what any of them has by now, without a flag or prefix. A member that two interfaces have is told apart by its name
alone: it is newer where none of these interfaces had it, or where what had it is named in AMBIGUOUS.
"""

from __future__ import annotations

import json
import subprocess
import tarfile
import tempfile
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

PACKAGE = "@mdn/browser-compat-data@8.1.9"
NEWER = Path(__file__).with_name("newer.json")
FLOOR = {"chrome": 69, "safari": 12}
INTERFACES = """
AbortController AbortSignal Blob CSSStyleDeclaration CSSStyleSheet Crypto CustomEvent DOMException DOMParser DOMRect
DOMTokenList Document DocumentFragment Element Event EventTarget File FileReader FormData HTMLAnchorElement HTMLButtonElement
HTMLDetailsElement HTMLDialogElement HTMLElement HTMLFormElement HTMLImageElement HTMLInputElement HTMLLinkElement
HTMLScriptElement HTMLSelectElement HTMLTemplateElement HTMLTextAreaElement Headers History InputEvent KeyboardEvent Location
MediaQueryList MouseEvent MutationObserver Navigator Node NodeList Performance PointerEvent Range ReadableStream Request Response
Screen Selection Storage StyleSheet SubmitEvent Text TextDecoder TextEncoder TouchEvent UIEvent URL URLSearchParams Window Worker
Array ArrayBuffer DataView Date Error Function Intl JSON Map Math Number Object Promise Proxy Reflect RegExp Set String Symbol
TypedArray WeakMap WeakSet
"""
AMBIGUOUS = {"URLSearchParams": ("size",)}
"""Members that an interface got late, and others had before: newer in a script that names this interface and no Map or Set."""
UNITS = {
    "container_query_length_units": "cqw cqh cqi cqb cqmin cqmax",
    "viewport_percentage_units_dynamic": "dvw dvh dvi dvb dvmin dvmax",
    "viewport_percentage_units_large": "lvw lvh lvi lvb lvmin lvmax",
    "viewport_percentage_units_small": "svw svh svi svb svmin svmax",
}

Since = tuple[float | None, ...]


def main() -> None:
    """Fetch, choose, write."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, timeout=600)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            data = json.load(archive.extractfile("package/data.json"))  # type: ignore[arg-type]
    kinds = (f"{json.dumps(kind)}: {{\n{_wrapped(newer)}\n}}" for kind, newer in chosen(data).items())
    NEWER.write_text("{\n" + ",\n".join(kinds) + "\n}\n", encoding="utf-8")


def _wrapped(newer: Mapping[str, Since]) -> str:
    one = (
        f"{json.dumps(name)}:{json.dumps(since)}".replace(" ", "\0") for name, since in sorted(newer.items())
    )
    return textwrap.fill(", ".join(one), 160, break_long_words=False, break_on_hyphens=False).replace(
        "\0", " "
    )


def chosen(data: Mapping[str, Any]) -> dict[str, dict[str, Since]]:
    """What is newer than the floor, by its kind and name."""
    api = {**data["javascript"]["builtins"], **data["javascript"]["builtins"]["Intl"], **data["api"]}
    members: dict[str, list[Since]] = {}
    events: dict[str, list[Since]] = {}
    for interface in INTERFACES.split():
        for name, since in _features(api[interface]):
            if name == interface:
                continue
            kind = events if name.endswith("_event") else members
            kind.setdefault(name.removesuffix("_event").removesuffix("_static"), []).append(since)
    css = data["css"]
    properties = dict(_features(css["properties"]))
    values = {
        f"{name}: {value.replace('_', '-')}": since
        for name in properties
        if not _late(properties[name])
        for value, since in _features(css["properties"][name])
    }
    return {
        "globals": _newer(
            {
                name: [since]
                for name, since in (*_features(api), *_features(data["api"]["Window"]))
                if not name.endswith("_event")
            }
        ),
        "members": _newer(members)
        | {
            f"{owner}.{name}": dict(_features(api[owner]))[name]
            for owner, names in AMBIGUOUS.items()
            for name in names
        },
        "events": _newer(events),
        "pseudos": _newer({name: [since] for name, since in _features(css["selectors"]) if name[0] != "-"}),
        "at-rules": _newer({name: [since] for name, since in _features(css["at-rules"])}),
        "properties": _newer({name: [since] for name, since in properties.items()}),
        "values": _newer({name: [since] for name, since in values.items()}),
        "units": _newer(
            {
                unit: [since]
                for name, since in _features(css["types"]["length"])
                for unit in UNITS.get(name, name).split()
            }
        ),
        "functions": _newer({name: [since] for name, since in _functions(css["types"])}),
    }


def _features(node: Mapping[str, Any]) -> Iterator[tuple[str, Since]]:
    for name, feature in node.items():
        if name != "__compat" and "__compat" in feature:
            yield name, _since(feature["__compat"]["support"])


def _functions(types: Mapping[str, Any]) -> Iterator[tuple[str, Since]]:
    """Functions of values, those of colours, gradients, shapes and images too."""
    yield from _features(types)
    for kind in ("basic-shape", "color", "easing-function", "gradient", "image"):
        yield from _features(types[kind])
    yield "a colour without commas", dict(_features(types["color"]["rgb"]))["space_separated_parameters"]
    yield (
        "two positions in a gradient's stop",
        dict(_features(types["gradient"]["linear-gradient"]))["doubleposition"],
    )


def _since(support: Mapping[str, Any]) -> Since:
    """The version of each engine of the floor that first had it for good; None for one that has not."""
    first = {engine: _first(_listed(support.get(engine))) for engine in FLOOR}
    first["safari"] = first["safari"] or _first(_listed(support.get("safari_ios")))
    return tuple(first.values())


def _listed(statements: Any) -> list[dict[str, Any]]:
    return statements if isinstance(statements, list) else [statements or {}]


def _first(statements: Sequence[Mapping[str, Any]]) -> float | None:
    """The oldest of the versions that had it by its own name and without a flag, and did not give it up."""
    plain = [one for one in statements if not one.keys() & {"flags", "prefix", "alternative_name"}]
    added = {one.get("version_added") for one in plain}
    kept = (one for one in plain if one.get("version_removed") in (None, *added))
    return min(filter(None, (_number(one.get("version_added")) for one in kept)), default=None)


def _number(version: Any) -> float | None:
    if not isinstance(version, str) or version == "preview":
        return None
    return float(".".join(version.lstrip("≤").split(".")[:2]))


def _late(since: Since) -> bool:
    return any(
        version is None or version > oldest for version, oldest in zip(since, FLOOR.values(), strict=True)
    )


def _newer(found: Mapping[str, list[Since]]) -> dict[str, Since]:
    """Of each name the interface that had it first, where that is newer than the floor and not a thing of the future."""
    first = {
        name: min(sinces, key=lambda since: max(version or 999 for version in since))
        for name, sinces in found.items()
    }
    return {name: since for name, since in first.items() if _late(since) and any(since)}


if __name__ == "__main__":
    main()
