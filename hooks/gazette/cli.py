"""The `gazette` command: what an editor or CI asks of the content, and the site built from it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from gazette.base.diagnostics import ContentError, Diagnostic, in_order
from gazette.build.site_build import NO_CACHE
from gazette.checks import inspection
from gazette.checks.archive import verify
from gazette.content import locks
from gazette.content.fingerprint import fingerprint
from gazette.content.model import IDS_LOCK, LOCK, Content, Prose
from gazette.editing import data_guide, renaming, sign_off
from gazette.outputs import digest, fonts, link_check
from gazette.records.record import Record
from gazette.records.values import Ref
from gazette.site import identity, palette
from gazette.site.model import SiteModel
from gazette.templates.renderer import render_site


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status, 1 where the content has mistakes."""
    for stream in (sys.stdout, sys.stderr):  # A Windows console may not be UTF-8.
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    parser = argparse.ArgumentParser(prog="gazette", description="济北纪事内容工具 / content tools")
    parser.add_argument("--root", type=Path, default=Path(), help="项目文件夹 / the project's folder")
    commands = parser.add_subparsers(dest="command", required=True)
    built = commands.add_parser(
        "build", help="生成网站，只重做有变化的页面 / build the site, printing only the pages that changed"
    )
    built.add_argument(
        "--no-cache",
        action="store_true",
        help="每一页都重做，也不留存 / print every page anew and keep none",
    )
    check = commands.add_parser("check", help="检查全部内容 / check all content")
    check.add_argument("--archive", type=Path, help="来源存档文件夹 / folder of the archived sources")
    check.add_argument(
        "--final", action="store_true", help="待办也算错误 / what is pending counts as a mistake"
    )
    commands.add_parser(
        "status", help="列出待更新的英文及中文改动 / list English that waits, with what changed"
    )
    translated = commands.add_parser(
        "translated", help="确认英文与中文一致 / confirm that English says the same"
    )
    translated.add_argument("paths", nargs="*", metavar="PATH")
    translated.add_argument("--all", action="store_true", help="全部 / every page and record")
    commands.add_parser("lock", help="锁定已发布的数据和编号 / lock the published figures and ids")
    moved = commands.add_parser("rename", help="给记录换编号 / give a record another id")
    moved.add_argument("old", metavar="COLLECTION/ID", help="记录 / the record")
    moved.add_argument("new", metavar="ID", help="新编号 / its new id")
    moved.add_argument("--today", type=_day, help="停用日期，默认今天 / the day, by default this one")
    inspected = commands.add_parser(
        "inspect", help="按公共网站的检查办法检查栏目 / look at the columns as public sites are inspected"
    )
    inspected.add_argument("--today", type=_day, help="检查日期，默认今天 / the day, by default this one")
    printed = commands.add_parser(
        "digest", help="打印成一份双语 PDF / print it all as one PDF in both languages"
    )
    printed.add_argument(
        "--output", type=Path, help="文件，默认 digest.pdf / the file, by default digest.pdf"
    )
    linked = commands.add_parser(
        "links", help="检查生成的网站里的全部链接 / follow every link of the built site"
    )
    linked.add_argument(
        "--site", type=Path, help="网站文件夹，默认 site / the site's folder, by default site"
    )
    linked.add_argument(
        "--address", help="网站地址，默认见 mkdocs.yml / the site's address, by default as in mkdocs.yml"
    )
    linked.add_argument(
        "--external",
        choices=("list", "check"),
        help="列出或联网检查外部链接 / list the links to other hosts, or ask the hosts for them",
    )
    commands.add_parser("fields", help="重写 data/README.md / rewrite data/README.md")
    chosen = parser.parse_args(arguments)
    today: date = getattr(chosen, "today", None) or date.today()
    if not (chosen.root / "mkdocs.yml").is_file():
        print(f"{chosen.root}：这里没有 mkdocs.yml，不是项目文件夹 / no mkdocs.yml here", file=sys.stderr)
        return 1
    if chosen.command == "build":
        return _build(chosen.root, cached=not chosen.no_cache)
    try:
        if chosen.command == "links":
            return _links(chosen.root, chosen.site or chosen.root / "site", chosen.address, chosen.external)
        site_model = render_site(chosen.root)
        if chosen.command == "digest":  # What is published, without drafts.
            return _digest(site_model, chosen.output or chosen.root / "digest.pdf")
        if chosen.command == "inspect":
            return _inspect(site_model, today)
        if site_model.left_out:
            site_model = render_site(
                chosen.root, drafts=True
            )  # What is published does without them: that was seen above.
        match chosen.command:
            case "check":
                return _check(site_model, chosen.archive, final=chosen.final)
            case "status":
                return _status(site_model)
            case "translated":
                return _translated(site_model, chosen.paths, every=chosen.all)
            case "rename":
                return _rename(site_model, chosen.old, chosen.new, today)
            case "lock":
                _write(site_model, IDS_LOCK, locks.render_ids(site_model.content))
                return _write(site_model, LOCK, locks.render(site_model.content))
            case _:
                return _write(site_model, "data/README.md", data_guide.render(site_model.content.published()))
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1


def _build(root: Path, *, cached: bool) -> int:
    """As `mkdocs build --strict` does, in a process of its own: the project may bring its own copy of this package."""
    environment = os.environ if cached else {**os.environ, NO_CACHE: "1"}
    command = (sys.executable, "-m", "mkdocs", "build", "--strict")
    return subprocess.run(command, cwd=root, env=environment, check=False).returncode


def _check(site_model: SiteModel, archive: Path | None, *, final: bool) -> int:
    content = site_model.content
    _, problems = palette.read((content.root / identity.FILE).read_text(encoding="utf-8"))
    if archive:
        problems += verify(content, archive)
    if final:
        problems += site_model.pending
    if problems:
        raise ContentError(problems)
    for message in site_model.pending:
        print(f"{message}\n")
    print(
        f"检查通过：{len(content.records)} 条记录，{len(site_model.pages)} 个页面，待办 {len(site_model.pending)} 项。\n"
        f"All is well: {len(content.records)} records, {len(site_model.pages)} pages, {len(site_model.pending)} pending."
    )
    return 0


def _inspect(site_model: SiteModel, today: date) -> int:
    text = (site_model.content.root / identity.FILE).read_text(encoding="utf-8")
    _, malformed = identity.filings(text)
    warnings = in_order(inspection.warnings(site_model.content, today))
    for message in warnings:
        print(f"{message}\n")
    if wrong := [*malformed, *inspection.empty_columns(site_model.content)]:
        raise ContentError(wrong)
    columns = len(inspection.columns(site_model.content))
    print(
        f"检查通过：{columns} 个栏目，提醒 {len(warnings)} 项。死链请用 gazette links 检查生成的网站。\n"
        f"All is well: {columns} columns, {len(warnings)} warnings. For dead links, `gazette links` follows those of the built site."
    )
    return 0


def _day(text: str) -> date:
    """A day as an option has it."""
    with suppress(ValueError):
        day = date.fromisoformat(text)
        if day.isoformat() == text:
            return day
    raise argparse.ArgumentTypeError(f"“{text}”不是日期，应如 2026-11-24 / no day such as 2026-11-24")


def _status(site_model: SiteModel) -> int:
    content = site_model.content
    waiting = [owner for owner in content.owners() if fingerprint(owner) != content.matter(owner).translated]
    for owner in waiting:
        print(sign_off.english_path(owner))
        for line in sign_off.changes(content.root, owner):
            print(f"    {line}")
    print(f"待更新的英文：{len(waiting)} / English versions that wait: {len(waiting)}")
    return 0


def _translated(site_model: SiteModel, paths: Sequence[str], *, every: bool) -> int:
    content = site_model.content
    if every == bool(paths):
        print("写出文件，或只写 --all / name files, or only --all", file=sys.stderr)
        return 1
    for owner, path in [(owner, "") for owner in content.owners()] if every else _named(content, paths):
        if owner is None:
            print(f"{path}：没有这个页面或记录 / no such page or record", file=sys.stderr)
            return 1
        file = content.root / sign_off.english_path(owner)
        file.write_bytes(sign_off.signed(file.read_bytes(), owner))
    return 0


def _rename(site_model: SiteModel, old: str, id_: str, today: date) -> int:
    content = site_model.content
    root = content.root
    collection, _, old_id = old.partition("/")
    try:
        files = renaming.renamed(content, Ref(collection, old_id), id_.removeprefix(f"{collection}/"), today)
    except renaming.Refused as error:
        print(error, file=sys.stderr)
        return 1
    before = {path: (root / path).read_bytes() if (root / path).exists() else None for path in files}
    _put(root, files)
    try:
        render_site(root, drafts=True)
    except ContentError:
        _put(root, before)
        raise
    for path in sorted(files):
        print(path)
    print("换好了；发布前请运行 gazette lock。/ Done; run `gazette lock` before publishing.")
    return 0


def _put(root: Path, files: Mapping[str, bytes | None]) -> None:
    """Write files, and remove those that are None."""
    for path, words in files.items():
        if words is None:
            (root / path).unlink(missing_ok=True)
        else:
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_bytes(words)


def _links(root: Path, site: Path, address: str | None, external: str | None) -> int:
    if not (site / "index.html").is_file():
        print(
            f"{site}：这里没有生成的网站，请先运行 make site / no built site here: make site", file=sys.stderr
        )
        return 1
    if address is None:
        text = (root / identity.FILE).read_text(encoding="utf-8")
        _, address, _ = identity.read_file(text, os.environ)
    links = link_check.follow(site, address)
    dead = list(links.dead)
    if external == "list":
        for url, place in sorted(links.external.items()):
            print(f"{url}  {place}")
    elif external == "check":
        dead += (
            Diagnostic(
                links.external[url],
                "external",
                f"打不开 {url}：{why}。",
                f"{url} gives no page: {why}.",
            )
            for url, why in link_check.unanswered(links.external).items()
        )
    if dead:
        raise ContentError(dead)
    print(
        f"链接都通：{links.files} 个文件，{links.count} 个链接，另有 {len(links.external)} 个外部地址。\n"
        f"No dead link: {links.files} files, {links.count} links; "
        f"{len(links.external)} addresses of other hosts beside them."
    )
    return 0


def _digest(site_model: SiteModel, output: Path) -> int:
    text = (site_model.content.root / identity.FILE).read_text(encoding="utf-8")
    identities, address, problems = identity.read_file(text, os.environ)
    colours, illegible = palette.read(text)
    if wrong := [*problems, *illegible]:
        raise ContentError(wrong)
    try:
        digest.need_chinese_font(fonts.folders())
        made = digest.pdf(site_model, identities, address, digest.browser(), colours)
    except digest.NotPrinted as error:
        print(error, file=sys.stderr)
        return 1
    new = output.with_name(f".{output.name}.new")
    new.write_bytes(made)
    new.replace(output)
    print(f"文摘写到 {output} / the digest is in {output}")
    return 0


def _named(content: Content, paths: Sequence[str]) -> list[tuple[Record | Prose | None, str]]:
    """The record or page of each file, named relative to the current folder or to the project."""
    root = content.root.resolve()
    found = []
    for path in paths:
        full = Path(path).resolve()
        name = full.relative_to(root) if full.is_relative_to(root) else Path(path)
        found.append((sign_off.owner_of(content, name.as_posix()), path))
    return found


def _write(site_model: SiteModel, name: str, text: str) -> int:
    (site_model.content.root / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
