"""A service's hours on a strip of the 24 hours of a day."""

from __future__ import annotations

from datetime import time

from gazette.language import wording
from gazette.records.dates import DailyTime
from gazette.records.values import FieldRef
from gazette.templates.charts.chart import NARROW, WIDE, Chart, lanes, percent, width
from gazette.templates.view import View, quote

_EVERY = 6


def day(view: View, reference: str) -> Chart:
    """The daily times of a record's `timetable`."""
    record = view.get(reference)
    found: tuple[DailyTime, ...] = view.field(FieldRef(record.ref, "timetable"), tuple)
    times = sorted(found, key=lambda span: span.start)
    shares = [(view.text(span), _share(span.start), _share(span.end)) for span in times]
    rooms = {"narrow": NARROW, "wide": WIDE}
    rows = {name: lanes(_covers(*share, room) for share in shares) for name, room in rooms.items()}
    title = view.text(record.title)
    return Chart(
        view.label("chart_day", of=title),
        view.label("chart_day_alt", of=title, times=view.text(tuple(times))),
        {
            "spans": [
                {
                    "words": words,
                    "at": percent(start),
                    "length": percent(end - start),
                    "from_end": percent(1 - end),
                    "ends": {name: start + width(words, room) > 1 for name, room in rooms.items()},
                    "lanes": dict(zip(rows, places, strict=True)),
                }
                for (words, start, end), *places in zip(shares, *rows.values(), strict=True)
            ],
            "lanes": {name: max(places, default=0) + 1 for name, places in rows.items()},
            "ticks": [
                {"at": percent(hour, 24), "words": wording.hour(hour, view.locale)}
                for hour in range(0, 25, _EVERY)
            ],
        },
        view.labels("chart_from", "chart_to", "passage"),
        [[f"{span.start:%H:%M}", f"{span.end:%H:%M}", quote(span.at)] for span in times],
    )


def _covers(words: str, start: float, end: float, room: int) -> tuple[float, float]:
    """The stretch of a label: it ends where its span does where it would leave the picture if it began there."""
    long = width(words, room)
    return (end - long, end) if start + long > 1 else (start, start + long)


def _share(clock: time) -> float:
    return (clock.hour * 60 + clock.minute) / (24 * 60)
