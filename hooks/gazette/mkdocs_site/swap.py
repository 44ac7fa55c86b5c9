"""The finished site takes the place of the last one."""

from __future__ import annotations

import shutil
from pathlib import Path

from mkdocs.exceptions import PluginError


def beside(target: Path, name: str) -> Path:
    """A folder next to the site, out of the way of what serves or lists it."""
    return target.with_name(f".{target.name}.{name}")


def recover(target: Path) -> None:
    """Clear away what an interrupted build left beside the site, first putting back a site it had set aside."""
    old = beside(target, "old")
    if old.exists() and not target.exists():
        old.rename(target)
    for left in (old, beside(target, "new")):
        shutil.rmtree(left, ignore_errors=True)


def replace(target: Path, staged: Path) -> None:
    """Swap the finished site in; where that fails, the old one stands as before."""
    old = beside(target, "old")
    try:
        if target.exists():
            target.rename(old)
        staged.rename(target)
    except OSError as error:
        raise PluginError(
            f"不能替换 {target}：请关闭正在使用它的程序后再试。\n"
            f"Cannot replace {target}: close the programs that use it and try again. ({error})"
        ) from error
    finally:
        recover(target)
