"""A structure of a core, the links that join to it, and the support of each link."""

from __future__ import annotations

from gazette.language import wording
from gazette.records.party import Structure
from gazette.records.values import FieldRef
from gazette.templates.charts.chart import MOST, Chart, from_records
from gazette.templates.view import View


def structure(view: View, reference: str) -> Chart | None:
    """The `structure` of a mechanism; its links are the records of a collection, as many as there are. None without any."""
    record = view.get(reference)
    built: Structure = view.field(FieldRef(record.ref, "structure"), Structure)
    core, support = view.get(built.core.who), view.get(built.support.who)
    links = view.records(built.links.each_of)
    if not links:
        return None
    shown = links[:MOST]
    names = [view.text(link.title) for link in shown]
    count = view.figure_entry(built.links.count)
    words = {
        "core": view.text(core.title),
        "core_role": view.text(built.core.role),
        "count": view.text(count["figure"]),
        "support": view.text(support.title),
        "support_role": view.text(built.support.role),
    }
    return Chart(
        "structure",
        view.text(record.title),
        {
            "first": view.label("tile", of=words["core_role"], what=words["core"]),
            "linked": view.label("chart_links", **words),
            "links": names,
        },
        from_records(view, record.collection, [record, count["record"]]),
        view.label("chart_structure_alt", links=wording.listed(names, view.locale), **words),
        view.labels("chart_tier", "chart_name", "chart_how_many"),
        [
            [words["core_role"], view.link(core), view.plain("1")],
            [view.text(built.links.role), view.links(shown), view.figure(count["ref"], "number")],
            [words["support_role"], view.link(support), view.stated(None)],
        ],
        [
            view.label("chart_support_open", **words),
            *([view.label("chart_first", m=MOST, n=len(links))] if len(links) > MOST else []),
        ],
    )
