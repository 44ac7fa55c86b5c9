"""The `gazette` command: what an editor or CI asks of the content without building the site."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from gazette import field_guide
from gazette.diagnostics import ContentError
from gazette.edition import prepare


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status, 1 where the content has mistakes."""
    for stream in (sys.stdout, sys.stderr):  # A Windows console may not be UTF-8.
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    parser = argparse.ArgumentParser(prog="gazette", description="济北纪事内容工具 / content tools")
    parser.add_argument("--root", type=Path, default=Path(), help="项目文件夹 / the project's folder")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="检查全部内容 / check all content")
    commands.add_parser("fields", help="重写 data/README.md / rewrite data/README.md")
    chosen = parser.parse_args(arguments)
    return {"check": _check, "fields": _fields}[chosen.command](chosen.root)


def _check(root: Path) -> int:
    try:
        edition = prepare(root, drafts=True)
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    content = edition.content
    print(
        f"检查通过：{len(content.records)} 条记录，{len(edition.pages)} 个页面。\n"
        f"All is well: {len(content.records)} records, {len(edition.pages)} pages."
    )
    return 0


def _fields(root: Path) -> int:
    edition = prepare(root)
    (root / "data" / "README.md").write_text(
        field_guide.render(edition.content), encoding="utf-8", newline="\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
