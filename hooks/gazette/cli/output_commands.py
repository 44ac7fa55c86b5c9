"""The subcommands of `gazette` that write what is made from the content into files of its own, which are not published."""

from __future__ import annotations

from pathlib import Path

import click

from gazette.base.cache_folder import keep
from gazette.base.diagnostics import ContentError
from gazette.base.git import without_dates, without_git
from gazette.base.messages import Refused, say
from gazette.build import sharing
from gazette.build.settings import load_settings, read_settings
from gazette.cli.commands import PATH, command, output_option
from gazette.outputs import digest, file_hashes
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


@command("integrity", "写出网站每个文件的校验值 / write the hash of every file of the built site")
@click.option(
    "--site", type=PATH, metavar="DIR", help="网站文件夹，默认 site / the site's folder, by default site"
)
def write_hashes(root: Path, site: Path | None) -> None:
    site = site or root / "site"
    files = file_hashes.hashes(site)
    keep(site, file_hashes.FILE, file_hashes.as_json(files).encode())
    print(say("hashes-written", count=len(files), file=site / file_hashes.FILE).on_one_line)


@command("verify-mirror", "核对镜像网站与校验清单 / verify a mirror of the site against a list of hashes")
@click.argument("address", metavar="URL")
@click.option(
    "--against",
    type=PATH,
    metavar="FILE",
    required=True,
    help="所发布网站的 integrity.json / integrity.json of the published site",
)
def verify_mirror(root: Path, address: str, against: Path) -> None:  # noqa: ARG001
    files = file_hashes.read(against)
    if wrong := file_hashes.differences(address, files):
        lines = [f"{url}  {why}" for url, why in wrong.items()]
        raise Refused("mirror-differs", *lines, address=address, count=len(lines))
    print(say("mirror-same", address=address, count=len(files)).on_one_line)
