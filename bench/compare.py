"""Build the same synthetic content with this project and others, side by side, and say what each build cost.

    make bench                                              everything: takes hours
    make bench RECORDS=1000 BUILDERS=gazette,hugo RUNS=3    a part

In each run every builder takes its turn, in another order each time: a cold build, a build with nothing changed, one
after an edit of one record; where a builder previews, also the time from saving a record to a browser showing it. Of
this project also what CI does, a build with what was kept but without a site, and a check of all content, once more after
an edit; and the bytes that a reader's first query moves.
Prints a table, writes bench/results/latest.json and, drawn from it, cost.svg. A run of a part replaces its own rows.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from bench import chart, corpus, results
from bench.builder import Builder, Written
from bench.builders import BUILDERS, ENV, chosen
from bench.measure import Cost, Failed, cost_of
from bench.preview import save_to_shown

LIMIT = 1800
"""Seconds that one command may take."""
SIZES = (100, 1_000, 10_000)


def main() -> None:
    """Read the command line, measure each size, keep and print what was found."""
    options = arguments(sys.argv[1:])
    here = results.machine()
    rows: list[results.Row] = []
    for records in options.records:
        with tempfile.TemporaryDirectory() as folder:
            print(f"{records} records: making the content", file=sys.stderr, flush=True)
            made = corpus.make(records, Path(folder, "project"))
            rows += compared(chosen(options.builders, made, Path(folder)), records, options.runs)
        kept = results.merged(results.read(results.KEPT), here, rows)
        results.write(results.KEPT, kept)
        results.KEPT.with_name("cost.svg").write_text(chart.draw(kept["rows"]), encoding="utf-8")
    print(results.table(rows))
    sys.exit(any("error" in row for row in rows))


def arguments(given: list[str]) -> argparse.Namespace:
    """The options; a builder or a number that is none is refused."""
    parser = argparse.ArgumentParser(
        prog="bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=_sizes, default=SIZES, help="1000, or several: 100,1000,10000")
    parser.add_argument("--builders", type=_builders, default=tuple(BUILDERS), help=",".join(BUILDERS))
    parser.add_argument("--runs", type=_number, default=3)
    return parser.parse_args(given)


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(map(_number, text.split(",")))


def _builders(text: str) -> tuple[str, ...]:
    if unknown := [name for name in text.split(",") if name not in BUILDERS]:
        raise argparse.ArgumentTypeError(f"no such builder: {', '.join(unknown)}")
    return tuple(dict.fromkeys(text.split(",")))


def compared(builders: list[Builder], records: int, runs: int) -> Iterator[results.Row]:
    """The rows of every builder at one size."""
    edits = count(1)
    found: dict[tuple[str, str], list[Cost]] = {}
    errors: dict[tuple[str, str], str] = {}
    for run in range(runs):
        turn = run % len(builders)
        for builder in builders[turn:] + builders[:turn]:
            failed = ""
            for scenario, measured in scenarios(builder, lambda: next(edits)).items():
                key = (builder.name, scenario)
                if failed or key in errors:
                    errors.setdefault(key, f"run {run + 1}: not tried, since {failed} failed")
                    failed = failed or scenario
                    continue
                print(f"run {run + 1}, {builder.name}, {scenario}: ", end="", file=sys.stderr, flush=True)
                try:
                    cost = measured()
                except Failed as failure:
                    errors[key], failed = f"run {run + 1}: {failure}", scenario
                    print(failure, file=sys.stderr)
                else:
                    found.setdefault(key, []).append(cost)
                    print(f"{cost.wall_s:.2f} s", file=sys.stderr)
    for builder in builders:
        written = builder.written() if (builder.folder / builder.output).is_dir() else Written()
        for scenario in scenarios(builder, lambda: 0):
            key = (builder.name, scenario)
            yield results.row(
                builder.name,
                builder.version,
                records,
                scenario,
                found.get(key, []),
                written,
                errors.get(key, ""),
            )


def scenarios(builder: Builder, number: Callable[[], int]) -> dict[str, Callable[[], Cost]]:
    """What is measured of a builder, in order; an edit gets a `number` that none had before it."""

    def build() -> Cost:
        return cost_of(builder.command, builder.folder, ENV, LIMIT)

    def cold() -> Cost:
        builder.forget()
        return build()

    def edited() -> Cost:
        words = builder.edit(number())
        cost = build()
        builder.confirm(words)
        return cost

    def shown() -> Cost:
        return save_to_shown(builder, lambda: builder.edit(number()), LIMIT)

    def in_ci() -> Cost:
        builder.forget(caches=False)
        return build()

    def check() -> Cost:
        return cost_of(builder.check, builder.folder, ENV, LIMIT)

    def check_edited() -> Cost:
        builder.edit(number())
        return check()

    found = {"cold": cold, "unchanged": build, "one-edit": edited}
    if builder.check:
        found |= {"ci": in_ci, "check": check, "check-one-edit": check_edited}
    return found | ({"save-to-shown": shown} if builder.serve else {})


if __name__ == "__main__":
    main()
