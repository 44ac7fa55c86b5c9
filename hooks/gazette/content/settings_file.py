"""mkdocs.yml as it was typed: what stands below `extra`, and where."""

from __future__ import annotations

from typing import Any

import yaml

from gazette.base.diagnostics import Diagnostic
from gazette.base.strict_yaml import Document, syntax_error
from gazette.base.yaml_loader import AS_TYPED
from gazette.records.validation import Locate

FILE = "mkdocs.yml"


def extra(text: str, key: str) -> tuple[Any, Locate]:
    """What mkdocs.yml has below a key of its `extra`, as typed, and where that stands."""
    named = yaml.load(text, Loader=AS_TYPED).get("extra")
    return (named.get(key) if isinstance(named, dict) else None) or {}, locate_in(document_of(text), key)


def locate_in(document: Document, *keys: str) -> Locate:
    return lambda location, of_key: document.position(("extra", *keys, *location), of_key=of_key)


def syntax_faults(text: str) -> list[Diagnostic]:
    """Where mkdocs.yml is no YAML."""
    try:
        document_of(text)
    except yaml.MarkedYAMLError as error:
        return [syntax_error(error, text, Document(FILE, {}, None))]
    return []


def document_of(text: str) -> Document:
    """mkdocs.yml for its positions; MkDocs' own tags, such as !ENV, are no concern here."""
    node = yaml.compose(text, Loader=AS_TYPED)
    return Document(FILE, {}, node if isinstance(node, yaml.MappingNode) else None)
