"""How the command is used, in both languages: its help, the values of its options, what is wrong in how it was called."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import click
from click.core import augment_usage_errors

from gazette.base.diagnostics import ContentError
from gazette.base.messages import Message, did_you_mean, say
from gazette.build.settings import load_settings
from gazette.records import PAGED
from gazette.records.values import LOCALES

_HEADINGS = {
    "Options": "选项 / Options",
    "Commands": "命令 / Commands",
    "Positional arguments": "参数 / Arguments",
}


class _Formatter(click.HelpFormatter):
    """Click's own words of a help text, in both languages."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "用法 / Usage: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command whose usage errors and help are in both languages."""

    context_class = _Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with augment_usage_errors(ctx):
            return super().parse_args(ctx, args)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = "显示用法 / show this help"
        return option


class Group(Command, click.Group):
    """The command itself: its help speaks of the project whose folder it is called in."""

    command_class = Command

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        said = "双语公开记录网站的内容工具 / content tools of a bilingual public-record site"
        # Without a project, or while its mkdocs.yml is wrong, no site is named.
        with suppress(ContentError, OSError, LookupError, TypeError):
            named = load_settings(_root(ctx)).extra["locales"]
            zh, en = (named[locale]["site_name"] for locale in LOCALES)
            said = f"{zh}：内容工具 / {en}: content tools"
        formatter.write_paragraph()
        formatter.write_text(said)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        files = (file for name in PAGED for file in sorted((_root(ctx) / "data" / name).glob("*.yml")))
        if file := next(files, None):
            record = f"{file.parent.name}/{file.stem}"
            with formatter.section("例 / Examples"):
                formatter.write(f"  gazette translated data/{record}.yml\n  gazette rename {record} new-id\n")


def _root(ctx: click.Context) -> Path:
    return ctx.params.get("root") or Path()


class Day(click.ParamType[date]):
    """A day such as 2026-11-24."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        with suppress(ValueError):
            day = date.fromisoformat(value)
            if day.isoformat() == value:  # ISO 8601 has other forms, such as 20261124.
                return day
        raise click.BadParameter(str(say("not-a-day", text=value)), ctx, param)


class Choice(click.Choice[str]):
    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:  # noqa: ARG002
        names = Message("、".join(self.choices), ", ".join(f"`{choice}`" for choice in self.choices))
        return str(say("not-one-of", text=value, names=names, hint=_meant(value, self.choices)))


def message(error: click.UsageError) -> str:
    """What was wrong in how the command was called, beside how it is called."""
    if error.ctx is None:
        return str(_said(error))
    return f"{error.ctx.get_usage()}\n{_said(error)}\n帮助 / Help: {error.ctx.command_path} --help"


def _said(error: click.UsageError) -> Message:
    command = error.ctx.command if error.ctx else None
    match error:
        case click.NoSuchCommand(command_name=name):
            known = command.commands if isinstance(command, click.Group) else ()
            return say("no-such-command", name=name, hint=_meant(name, known))
        case click.NoSuchOption(option_name=name):
            return say("no-such-option", name=name, hint=_meant(name, error.possibilities or ()))
        case click.BadOptionUsage(option_name=name):
            options = [param for param in command.params if name in param.opts] if command else []
            needs_value = any(isinstance(option, click.Option) and not option.is_flag for option in options)
            return say("option-needs-a-value" if needs_value else "option-takes-no-value", name=name)
        case click.MissingParameter():
            return say("parameter-missing", name=_name(error))
        case click.BadParameter():
            return say("parameter-wrong", name=_name(error), why=Message(*error.message.split("\n", 1)))
    if isinstance(command, click.Group):
        return say("command-missing")
    return say("too-much", text=error.message.partition("(")[2].removesuffix(")"))


def _name(error: click.BadParameter) -> str:
    """A parameter as it is typed, or as the usage has it."""
    param = error.param
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name if param else ""


def _meant(word: str, known: Iterable[str]) -> Message:
    return did_you_mean(difflib.get_close_matches(word, known, 1))
