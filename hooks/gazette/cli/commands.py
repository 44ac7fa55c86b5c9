"""The subcommands of `gazette`: each reads its options, calls what does the work, and prints what came of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from gazette.base.cache_folder import keep
from gazette.base.diagnostics import ContentError, file_fault, in_order
from gazette.base.git import without_dates, without_git
from gazette.base.messages import Refused, say
from gazette.build import engine
from gazette.build.base_site import base_site
from gazette.build.content_check import check_content
from gazette.build.settings import load_settings
from gazette.checks import inspection, pending_when_published, verification
from gazette.checks.dates import future_dates
from gazette.checks.waiting import waiting
from gazette.cli import usage
from gazette.cli.reports import Report, reported
from gazette.content import proofs
from gazette.content.examples import in_own_names
from gazette.content.fingerprint import english_path
from gazette.editing import sign_off
from gazette.editing.new_zone import NewZone, new_zone
from gazette.outputs import data_guide, json_schema, link_check, message_guide
from gazette.outputs.review.differences import differences
from gazette.outputs.review.document import document
from gazette.outputs.review.summary import summary
from gazette.site import identity
from gazette.site.model import load_checked, load_readable

PATH = click.Path(path_type=Path)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status: 1 where the content has mistakes, 2 where the command was called wrongly."""
    for stream in (sys.stdout, sys.stderr):  # A Windows console may not be UTF-8.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        return gazette.main(arguments, prog_name="gazette", standalone_mode=False) or 0
    except click.UsageError as error:
        print(usage.message(error), file=sys.stderr)
        return 2
    except (ContentError, Refused, OSError) as error:
        print(file_fault(error) if isinstance(error, OSError) else error, file=sys.stderr)
        return 1
    except click.Abort:  # Ctrl+C
        return 130


@click.group(cls=usage.Group)
@click.option(
    "--root",
    type=PATH,
    default=Path(),
    is_eager=True,
    metavar="DIR",
    help="项目文件夹 / the project's folder",
)
@click.pass_context
def gazette(context: click.Context, root: Path) -> None:
    context.obj = root


def command(name: str, about: str) -> Callable[[Callable[..., int | None]], click.Command]:
    """A subcommand: a function of the project's folder and of its options, that returns a status where it is not 0."""

    def made(function: Callable[..., int | None]) -> click.Command:
        @wraps(function)
        @click.pass_obj
        def run(root: Path, /, **options: Any) -> int | None:
            if not (root / identity.FILE).is_file():
                raise Refused("not-a-project", folder=root)
            (root / identity.FILE).read_bytes()  # MkDocs itself has no sentence for one that cannot be read.
            return function(root, **options)

        return gazette.command(name, help=about, short_help=about)(run)

    return made


def today(what: str) -> Callable[..., Any]:
    return click.option("--today", type=usage.Day(), default=date.today, metavar="DATE", help=what)


def output_option(what: str) -> Callable[..., Any]:
    return click.option("--output", type=PATH, metavar="FILE", help=what)


def zone_option(name: str, field: str, what: str) -> Callable[..., Any]:
    return click.option(name, field, default=getattr(NewZone, field), metavar="TEXT", help=what)


@command("build", "生成网站，只重做有变化的页面 / build the site, rendering only the pages that changed")
@click.option(
    "--no-cache", is_flag=True, help="每一页都重做，也不留存 / render every page anew and keep none"
)
@click.option(
    "--scheduler",
    default="",
    metavar="URL",
    help="由 Dask 集群渲染页面，如 tls://10.0.0.5:8786 / let the workers of a Dask cluster render the pages",
)
def build(root: Path, no_cache: bool, scheduler: str) -> int:
    return engine.build(root, cached=not no_cache, scheduler=scheduler)


@command("check", "检查全部内容 / check all content")
@click.option(
    "--since",
    metavar="COMMIT",
    help="与这个提交的锁定文件比较 / compare the lock files with those of this commit",
)
@click.option(
    "--final",
    is_flag=True,
    help="待办也算错误，草稿的除外 / what is pending counts as a mistake, but for drafts",
)
@today("检查日期，默认今天 / the day, by default this one")
@reported
def check(root: Path, report: Report, since: str | None, final: bool, today: date) -> None:
    made = check_content(root, since)
    pending = in_order(in_own_names(made.pending, made.content))
    if final and (due := in_own_names(pending_when_published(made.content), made.content)):
        raise ContentError(due, root)
    report.warn([*future_dates(made.content, today)])
    report.warn(pending)
    counts = {"records": len(made.content.records), "pages": len(made.pages), "pending": len(pending)}
    report.done(say("all-is-well", **counts))


@command(
    "verify",
    "把出处与来源的存档核对，并记下结果 / hold evidence against the archived sources, and record it",
)
@click.option(
    "--archive",
    type=PATH,
    required=True,
    metavar="DIR",
    help="存档文件夹 / the folder of the archived sources",
)
@reported
def verify(root: Path, report: Report, archive: Path) -> None:
    content, _ = load_checked(root)
    found, problems = verification.verify(content, archive)
    if problems:
        raise ContentError(problems, root)
    proofs.write(content.root, found)
    count = sum(len(proof.places) for proof in found.values())
    report.done(say("anchors-proved", sources=len(found), anchors=count, file=proofs.EVIDENCE_LOCK))


@command(
    "status", "列出全部待办：英文、日期、出处、锁定等 / list all that waits: English, dates, evidence, locks"
)
@today("检查日期，默认今天 / the day, by default this one")
@reported
def status(root: Path, report: Report, today: date) -> None:
    content = load_readable(root)
    if problems := without_git(root):
        raise ContentError(problems, root)
    found = in_order(in_own_names(waiting(content, today), content))
    report.warn(found)
    if report.style == "text":
        if undated := without_dates(root):
            print(f"{undated}\n")
        for owner in sign_off.waiting(content):
            if changed := [*sign_off.changes(root, owner)]:
                told = f"{english_path(owner)}: {say('chinese-changed-so').on_one_line}"
                print(told, *(f"    {line}" for line in changed), "", sep="\n")
    files = {message.at.path for message in found}
    report.done(say("all-that-waits", count=len(found), files=len(files)).on_one_line)


@command(
    "inspect",
    "按公共网站的检查办法检查栏目 / look at the columns as public sites are inspected",
)
@today("检查日期，默认今天 / the day, by default this one")
@reported
def inspect(root: Path, report: Report, today: date) -> None:
    content = load_checked(root)[0].published()
    _, malformed = identity.filings((root / identity.FILE).read_text(encoding="utf-8"))
    warnings = in_order((*inspection.warnings(content, today), *future_dates(content, today)))
    report.warn(warnings)
    if wrong := [*malformed, *inspection.empty_columns(content)]:
        raise ContentError(wrong, root)
    report.done(say("columns-are-well", columns=len(inspection.columns(content)), warnings=len(warnings)))


@command("links", "检查生成的网站里的全部链接 / follow every link of the built site")
@click.option(
    "--site", type=PATH, metavar="DIR", help="网站文件夹，默认 site / the site's folder, by default site"
)
@click.option(
    "--address",
    metavar="URL",
    help="网站地址，默认见 mkdocs.yml / the site's address, by default as in mkdocs.yml",
)
@click.option(
    "--external",
    type=usage.Choice(("list", "check")),
    help="列出或联网检查外部链接 / list the links to other hosts, or ask the hosts for them",
)
@reported
def links(root: Path, report: Report, site: Path | None, address: str | None, external: str | None) -> None:
    address = (load_settings(root).site_url or "") if address is None else address
    found = link_check.follow(site or root / "site", address)
    if external == "list":
        for url, place in sorted(found.external.items()):
            print(f"{url}  {place}")
    gone = link_check.gone(found.external) if external == "check" else []
    if dead := [*found.dead, *gone]:
        raise ContentError(dead, root)
    report.done(say("no-dead-link", files=found.files, links=found.count, external=len(found.external)))


@command("review", "列出改动给网站带来的变化 / tell what a change does to the site")
@click.argument("base", metavar="COMMIT")
@output_option("改动前后的页面，写成一个网页 / a web page that shows each page before and after")
def review(root: Path, base: str, output: Path | None) -> int:
    if status := engine.build(root, cached=True):
        return status
    before = base_site(root, base)
    found = differences(before, root / "site")
    print(summary(found))
    if output:
        keep(output.parent, output.name, document(found, before, root / "site").encode())
        print(say("review-written", file=output).on_one_line, file=sys.stderr)
    return 0


@command("edit", "在网页上编辑，旁边就是预览 / edit on a web page, with the preview beside it")
@click.option(
    "--port",
    type=click.IntRange(1024, 65535),
    default=8010,
    metavar="N",
    help="端口，默认 8010 / the port, by default 8010",
)
@click.option("--no-browser", is_flag=True, help="不打开浏览器 / do not open the browser")
@today("今天，默认按本机 / the day, by default this one")
def edit(root: Path, port: int, no_browser: bool, today: date) -> None:
    try:
        from gazette.desk import serving
    except ModuleNotFoundError as error:
        if error.name not in ("flask", "werkzeug"):  # These are in the extra `edit`.
            raise
        raise Refused("needs-edit-extra") from error
    serving.serve(root, port, today, browser=not no_browser)


@command("explain", "解释一条消息 / say what a message means")
@click.argument("code", metavar="CODE", help="消息的代码，如 not-a-date / its code, such as not-a-date")
def explain(root: Path, code: str) -> None:  # noqa: ARG001
    print(message_guide.explained(code))


@command(
    "fields",
    "重写 data/README.md、JSON Schema 和 handbook/messages.md / rewrite data/README.md, the JSON Schemas and handbook/messages.md",
)
def fields(root: Path) -> None:
    content = load_readable(root)
    data_guide.write(content.published())
    json_schema.write(content)
    message_guide.write(root)


@command("init", "建一个新项目，引擎取自这个项目 / make a new project, with the engine of this one")
@click.argument("directory", type=PATH, metavar="DIR")
@zone_option("--name-zh", "site_name_zh", "中文站名 / the site's name in Chinese")
@zone_option("--name-en", "site_name_en", "英文站名 / the site's name in English")
@zone_option("--tagline-zh", "tagline_zh", "中文一句话介绍 / a line about the site in Chinese")
@zone_option("--tagline-en", "tagline_en", "英文一句话介绍 / a line about the site in English")
@zone_option("--repo-url", "repo_url", "仓库网址 / the address of its repository")
@zone_option("--accent", "accent", "主色，如 #a4231c / its colour, such as #a4231c")
def init(root: Path, directory: Path, **options: str) -> None:
    new_zone(directory, NewZone(**options), root)
    print(say("zone-made", folder=directory))
