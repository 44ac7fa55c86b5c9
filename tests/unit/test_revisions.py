"""The days each file was published and last changed, from git repositories made for the purpose."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from gazette.base import git as git_module
from gazette.base.git import History, history, without_dates

Git = Callable[..., None]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository, in no other."""
    settings = {"GIT_CEILING_DIRECTORIES": str(tmp_path)}
    for role in ("AUTHOR", "COMMITTER"):
        settings |= {f"GIT_{role}_NAME": "编辑", f"GIT_{role}_EMAIL": "editor@example.org"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    return root


def git(root: Path, *arguments: str, **environment: str) -> None:
    subprocess.run(
        ["git", *arguments], cwd=root, check=True, capture_output=True, env=os.environ | environment
    )


def commit(root: Path, day: str, **files: str) -> None:
    """Commit files, named with _ for /, on a day."""
    write(root, files)
    git(root, "add", "-A")
    moment = f"{day}T12:00:00+08:00"
    git(root, "commit", "-q", "-m", day, GIT_AUTHOR_DATE="2001-01-01T00:00:00Z", GIT_COMMITTER_DATE=moment)


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        file = root / path.replace("_", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def test_each_file_has_the_day_of_its_own_last_commit(repository: Path) -> None:
    commit(repository, "2025-01-01", **{"a.yml": "1", "data_b.yml": "1"})
    commit(repository, "2025-02-02", **{"a.yml": "2"})
    assert history(repository).changed == {"a.yml": "2025-02-02", "data/b.yml": "2025-01-01"}


def test_what_is_not_committed_changes_no_day(repository: Path) -> None:
    commit(repository, "2025-01-01", **{"a.yml": "1"})
    write(repository, {"a.yml": "2", "new.yml": "1"})
    assert history(repository).changed == {"a.yml": "2025-01-01"}


def test_chinese_and_spaced_file_names_are_as_they_are_on_disk(repository: Path) -> None:
    commit(repository, "2025-01-01", **{"docs_济北 纪事.md": "1", '引"号.md': "1"})
    assert history(repository).changed == {"docs/济北 纪事.md": "2025-01-01", '引"号.md': "2025-01-01"}


def test_a_renamed_file_has_the_day_it_was_renamed(repository: Path) -> None:
    commit(repository, "2025-01-01", **{"old.yml": "the same text"})
    (repository / "old.yml").rename(repository / "new.yml")
    commit(repository, "2025-02-02")
    assert history(repository).changed["new.yml"] == "2025-02-02"


def test_a_merged_file_has_the_day_of_its_commit_not_of_the_merge(repository: Path) -> None:
    commit(repository, "2025-01-01", **{"a.yml": "1"})
    git(repository, "checkout", "-q", "-b", "branch")
    commit(repository, "2025-02-02", **{"b.yml": "1"})
    git(repository, "checkout", "-q", "main")
    commit(repository, "2025-03-03", **{"c.yml": "1"})
    git(repository, "merge", "-q", "branch", GIT_COMMITTER_DATE="2025-04-04T12:00:00+08:00")
    assert history(repository).changed == {
        "a.yml": "2025-01-01",
        "b.yml": "2025-02-02",
        "c.yml": "2025-03-03",
    }


def test_a_file_is_published_on_the_day_it_came_and_no_later_change_moves_that(repository: Path) -> None:
    commit(repository, "2025-01-01", **{"a.yml": "1"})
    commit(repository, "2025-02-02", **{"a.yml": "2", "b.yml": "1"})
    assert history(repository).published == {"a.yml": "2025-01-01", "b.yml": "2025-02-02"}


def test_a_file_that_was_taken_away_and_came_back_was_published_when_it_first_came(repository: Path) -> None:
    commit(repository, "2025-01-01", **{".gitignore": ".cache\n", "a.yml": "1", "b.yml": "1"})
    (repository / "a.yml").unlink()
    commit(repository, "2025-02-02")
    assert history(repository, keep=True).published["a.yml"] == "2025-01-01"
    commit(repository, "2025-03-03", **{"a.yml": "1"})
    assert history(repository).published["a.yml"] == "2025-01-01"
    assert history(repository, keep=True) == history(repository)


def test_what_was_made_on_a_branch_is_published_when_that_is_merged(repository: Path) -> None:
    commit(repository, "2025-01-01", **{"a.yml": "1"})
    git(repository, "checkout", "-q", "-b", "branch")
    commit(repository, "2025-02-02", **{"b.yml": "1"})
    git(repository, "checkout", "-q", "main")
    commit(repository, "2025-03-03", **{"c.yml": "1"})
    git(repository, "merge", "-q", "branch", GIT_COMMITTER_DATE="2025-04-04T12:00:00+08:00")
    assert history(repository).published == {
        "a.yml": "2025-01-01",
        "b.yml": "2025-04-04",
        "c.yml": "2025-03-03",
    }


def test_a_draft_is_published_on_the_day_it_is_one_no_more(repository: Path) -> None:
    commit(repository, "2025-01-01", **{"a.md": "---\ndraft: true\ntitle: x\n---\n"})
    commit(repository, "2025-02-02", **{"a.md": "---\ndraft: true\ntitle: y\n---\n"})
    commit(repository, "2025-03-03", **{"a.md": "---\ntitle: y\n---\n"})
    commit(repository, "2025-04-04", **{"a.md": "---\ntitle: z\n---\n"})
    assert history(repository) == History({"a.md": "2025-04-04"}, {"a.md": "2025-03-03"})


def test_a_project_in_a_folder_of_a_repository_has_its_own_files_only(repository: Path) -> None:
    commit(repository, "2025-01-01", **{"zone_a.yml": "1", "elsewhere.yml": "1"})
    assert history(repository / "zone").changed == {"a.yml": "2025-01-01"}


def test_a_commit_s_day_is_that_of_its_own_time_zone(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repository, {"a.yml": "1"})
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "late", GIT_COMMITTER_DATE="2025-01-02T00:30:00+08:00")
    monkeypatch.setenv("TZ", "America/New_York")
    assert history(repository).changed == {"a.yml": "2025-01-02"}


def test_without_a_repository_nothing_is_known(tmp_path: Path) -> None:
    assert history(tmp_path) == History()


def test_without_a_commit_nothing_is_known(repository: Path) -> None:
    assert history(repository) == History()


def test_without_git_nothing_is_known(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(repository, "2025-01-01", **{"a.yml": "1"})
    monkeypatch.setenv("PATH", "")
    assert history(repository) == History()


def test_a_shallow_clone_knows_nothing(repository: Path, tmp_path: Path) -> None:
    commit(repository, "2025-01-01", **{"a.yml": "1"})
    commit(repository, "2025-02-02", **{"b.yml": "1"})
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "shallow")
    assert (tmp_path / "shallow" / "a.yml").is_file()
    assert history(tmp_path / "shallow") == History()


def owned_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "0")


def test_a_repository_of_another_owner_knows_nothing_and_says_why(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(repository, "2025-01-01", **{"zone_a.yml": "1"})
    owned_by_another(monkeypatch)
    assert history(repository / "zone") == History()
    told = without_dates(repository / "zone")
    assert told
    assert f'git config --global --add safe.directory "{repository.as_posix()}"' in told.zh
    assert "dubious ownership" in told.en


def test_a_shallow_clone_says_why_it_knows_nothing(repository: Path, tmp_path: Path) -> None:
    commit(repository, "2025-01-01", **{"a.yml": "1"})
    commit(repository, "2025-02-02", **{"b.yml": "1"})
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "shallow")
    told = without_dates(tmp_path / "shallow")
    assert told
    assert "git fetch --unshallow" in told.zh
    assert "git fetch --unshallow" in told.en


def test_a_whole_history_and_none_at_all_need_no_word(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert without_dates(tmp_path) is None
    assert without_dates(repository) is None
    commit(repository, "2025-01-01", **{"a.yml": "1"})
    assert without_dates(repository) is None
    monkeypatch.setenv("PATH", "")
    assert without_dates(repository) is None, "that git is not there is told otherwise"


def test_reading_only_what_was_committed_since_tells_the_same(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranges: list[str] = []
    continued = git_module._continued
    monkeypatch.setattr(
        git_module,
        "_continued",
        lambda root, since, known: (ranges.append(since), continued(root, since, known))[1],
    )

    def both_ways() -> None:
        assert history(repository, keep=True) == history(repository)

    commit(repository, "2025-01-01", **{".gitignore": ".cache\n", "a.yml": "1", "b.yml": "1"})
    both_ways()
    commit(repository, "2025-02-02", **{"a.yml": "2"})
    commit(repository, "2025-01-15", **{"a.yml": "3", "c.yml": "draft: true"})  # By a clock that was wrong.
    both_ways()
    assert ".." in ranges[-2]
    commit(repository, "2025-02-10", **{"b.yml": "2", "c.yml": "1"})
    both_ways()
    # A branch is merged whose commit has an older day than what it follows: git alone knows their order.
    git(repository, "checkout", "-q", "-b", "side")
    commit(repository, "2025-01-20", **{"b.yml": "3"})
    git(repository, "checkout", "-q", "main")
    commit(repository, "2025-03-03", **{"d.yml": "1"})
    git(repository, "merge", "-q", "--no-edit", "side")
    both_ways()
    git(repository, "reset", "-q", "--hard", "HEAD~1")  # It was taken back.
    both_ways()
