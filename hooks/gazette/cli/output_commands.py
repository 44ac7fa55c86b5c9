"""The subcommands of `gazette` that write what is made from the content into files of its own, which are not published."""

from __future__ import annotations

from pathlib import Path

import click

from gazette.base.cache_folder import keep
from gazette.base.diagnostics import ContentError
from gazette.base.git import without_dates, without_git
from gazette.base.messages import say
from gazette.build import sharing
from gazette.build.settings import load_settings, read_settings
from gazette.cli.commands import PATH, command, output_option
from gazette.outputs import digest
from gazette.templates.renderer import render_site


@command("digest", "打印成一份双语 PDF / print it all as one PDF in both languages")
@output_option("文件，默认 digest.pdf / the file, by default digest.pdf")
def print_digest(root: Path, output: Path | None) -> None:
    output = output or root / "digest.pdf"
    made = render_site(root)
    config = load_settings(root)
    settings, problems = read_settings(config)
    if problems := [*problems, *without_git(root)]:  # The cover has the day of the newest change.
        raise ContentError(problems, root)
    if undated := without_dates(root):
        print(f"{undated}\n")
    pdf = digest.pdf(made, settings.identities, config.site_url or "", settings.palette)
    keep(output.parent, output.name, pdf)
    print(say("digest-written", file=output).on_one_line)


@command("share", "把文章写成微信公众号用的文字和图片 / write an article as text and pictures for WeChat")
@click.argument("path", type=PATH, metavar="PATH")
def share(root: Path, path: Path) -> None:
    full, project = path.resolve(), root.resolve()
    below = full.relative_to(project) if full.is_relative_to(project) else path
    files = sharing.share(root, below.as_posix())
    for name, body in files.items():
        keep((root / name).parent, Path(name).name, body)
    print(*files, say("shared").on_one_line, sep="\n")
