"""What publishes the site is pinned, may do no more than it must, and says what the site was made with."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.expectations import ROOT

WORKFLOW = ROOT / ".github" / "workflows" / "publish.yml"
OF_MAIN_ONLY = re.compile(
    r"github\.ref == 'refs/heads/main' && (github\.event_name != 'pull_request'$|'pip' \|\| '')"
)


def tool(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A program of the environment that the tests run in, without the network."""
    program = str(Path(sys.executable).parent / arguments[0])
    return subprocess.run(
        [program, *arguments[1:]], capture_output=True, text=True, timeout=120, check=False, cwd=ROOT
    )


def caches(workflow: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each step that may write a cache, and when it does."""
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            action = step.get("uses", "").partition("@")[0]
            if action == "actions/setup-python" and "cache" in step["with"]:
                yield action, str(step["with"]["cache"])
            elif action.startswith("actions/cache") and action != "actions/cache/restore":
                yield action, str(step.get("if", ""))


def test_the_workflow_is_valid_and_its_auditor_finds_nothing() -> None:
    audit = tool("zizmor", "--offline", "--persona=auditor", "--no-progress", str(WORKFLOW))
    assert audit.returncode == 0, audit.stdout
    assert "No findings to report" in audit.stdout + audit.stderr
    valid = tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(WORKFLOW))
    assert valid.returncode == 0, valid.stdout


def test_no_pull_request_writes_a_cache_that_main_reads() -> None:
    found = list(caches(yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))))
    assert {action for action, _ in found} == {"actions/setup-python", "actions/cache/save"}
    assert [(action, when) for action, when in found if not OF_MAIN_ONLY.search(when)] == []


@pytest.mark.parametrize(
    "step", [{"uses": "actions/cache@1"}, {"uses": "actions/setup-python@1", "with": {"cache": "pip"}}]
)
def test_a_cache_that_every_run_writes_is_found(step: dict[str, Any]) -> None:
    ((_, when),) = caches({"jobs": {"site": {"steps": [step]}}})
    assert not OF_MAIN_ONLY.search(when)


def test_the_list_of_what_the_site_is_made_with_has_all_that_is_locked(tmp_path: Path) -> None:
    """As `make sbom` writes it; the same each time."""
    written = []
    for name in ("first", "second"):
        told = subprocess.run(
            ["make", "--dry-run", "sbom", f"SBOM={tmp_path / name}", "LOCK=requirements.lock"],
            capture_output=True, text=True, check=True, cwd=ROOT,
        ).stdout  # fmt: skip
        (line,) = [line for line in told.splitlines() if "cyclonedx-py" in line]
        done = tool("cyclonedx-py", *line.split()[1:])
        assert done.returncode == 0, done.stderr
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    components = {f"{part['name']}=={part['version']}" for part in json.loads(written[0])["components"]}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert components == set(re.findall(r"^([\w.-]+==[\w.]+)", lock, re.M))
