"""The record models, a module a family; COLLECTIONS names each collection's model."""

from __future__ import annotations

from gazette.records.business import Honour, Policy, StartupRecord
from gazette.records.front_matter import Article
from gazette.records.integrity import Correction, Retirement, Sum
from gazette.records.party import Alliance, Mechanism, ModelPost
from gazette.records.record import Entry, Record
from gazette.records.sources import Indicator, Source
from gazette.records.streets import Renovation, Service
from gazette.records.terms import Term, Unit

COLLECTIONS: dict[str, type[Record]] = {
    model.collection: model
    for model in (
        Alliance,
        Mechanism,
        ModelPost,
        StartupRecord,
        Policy,
        Honour,
        Renovation,
        Service,
        Indicator,
        Source,
        Term,
    )
}
"""The collections of `data/` whose records have pages, in reading order."""

DATA_FOLDERS: dict[str, type[Entry]] = {
    **COLLECTIONS,
    **{model.collection: model for model in (Unit, Sum, Correction, Retirement)},
}
"""Every folder that `data/` may have."""

PAGED: dict[str, type[Record]] = {**COLLECTIONS, Article.collection: Article}
"""Everything with a page of its own: the collections and the news."""


def page_path(name: str) -> str:
    """The path of the page that `collection/id` or a prose page's path names: model_posts/a is at model-posts/a."""
    collection, slash, rest = name.partition("/")
    return f"{collection.replace('_', '-')}/{rest}" if slash and collection in PAGED else name
