"""The data to download, below data/: each table as CSV and JSON with its schema, and a Data Package of them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from gazette.outputs.publication import File, HashedFile, Publication
from gazette.site.identity import Identity
from gazette.site.tables.dataset import FOLDER, Dataset
from gazette.site.tables.formats import dumped
from gazette.site.tables.table import Field, Table


def files(publication: Publication) -> Iterator[File | HashedFile]:
    """Every table's files and datapackage.json."""
    dataset = publication.site_model.dataset
    for name, (_, digest) in dataset.files.items():
        yield HashedFile(FOLDER + name, digest, partial(dataset.file, name))
    package = data_package(dataset, publication.identities, publication.address)
    yield f"{FOLDER}datapackage.json", dumped(package)


def data_package(dataset: Dataset, identities: Mapping[str, Identity], address: str) -> dict[str, Any]:
    """The tables as a Data Package (v2); a site without an address has no homepage, one without a licence names none."""
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "data",
        "title": _both(identities, "site_name"),
        "description": _both(identities, "site_description"),
        "version": dataset.version,
    }
    if address:
        package["homepage"] = address
    if dataset.licence:
        package["licenses"] = [{"name": dataset.licence.name, "path": dataset.licence.url}]
    return package | {"resources": [_resource(dataset, table) for table in dataset.tables]}


def _both(identities: Mapping[str, Identity], name: str) -> str:
    return " / ".join(getattr(identity, name) for identity in identities.values())


def _resource(dataset: Dataset, table: Table) -> dict[str, Any]:
    path = f"{table.name}.csv"
    size, digest = dataset.files[path]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
        "name": table.name,
        "type": "table",
        "path": path,
        "title": f"{table.title.zh} / {table.title.en}",
        "description": f"{table.about.zh} / {table.about.en}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n"},
        "bytes": size,
        "hash": f"sha256:{digest}",
        "schema": {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": [_field(field) for field in table.fields],
            "primaryKey": ["id"],
        },
    }


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.choices:
        constraints["enum"] = list(field.choices)
    if field.pattern:
        constraints["pattern"] = field.pattern
    described = {
        "name": field.name,
        "type": field.kind,
        "title": f"{field.about.zh} / {field.about.en}",
        "description": f"{field.about.zh} / {field.about.en}",
    }
    return described | ({"constraints": constraints} if constraints else {})
