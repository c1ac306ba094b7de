"""An approval is a commit, when the project is a git repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.testbench.approvals import Approvals
from bot.testbench.changes import Changes
from tests.testbench.editing import NAME, SECOND, propose, title


def git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True,
                          text=True).stdout


@pytest.fixture
def repository(own: Settings) -> Path:
    git(own.root, "init", "-q")
    git(own.root, "add", "data")
    git(own.root, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "begin")
    return own.root


def test_an_approval_is_a_commit_of_that_one_file_in_the_name_of_the_role(
    changes: Changes, approvals: Approvals, own: Settings, repository: Path
) -> None:
    other = own.knowledge_dir / "hulp/clb.yml"
    other.write_text(other.read_text() + "# van iemand anders\n")
    git(repository, "add", str(other))
    done = approvals.approve(propose(changes, own, title="Nieuw"), SECOND, own)

    assert "In git bewaard als" in str(done.note)
    assert git(repository, "show", "--format=%an <%ae>|%s", "--name-only").split("\n\n") == [
        "redacteur <redactie@duaalwijzer.invalid>|startbonus: voorstel 1",
        "data/nlu/kennis/geld/startbonus.yml\n"]
    assert git(repository, "diff", "--cached", "--name-only") == "data/nlu/kennis/hulp/clb.yml\n"
    assert git(repository, "status", "--porcelain", "--", str(own.knowledge_dir / NAME)) == ""


def test_when_git_fails_the_change_is_live_and_the_page_says_that_git_failed(
    changes: Changes, approvals: Approvals, own: Settings, repository: Path
) -> None:
    (repository / ".git/index.lock").touch()
    done = approvals.approve(propose(changes, own, title="Nieuw"), SECOND, own)

    assert title(own) == "Nieuw"
    assert "de commit lukte niet" in str(done.note)


def test_a_hook_of_the_owner_does_not_stop_or_change_a_commit(
    changes: Changes, approvals: Approvals, own: Settings, repository: Path
) -> None:
    for name in ("pre-commit", "post-commit"):
        hook = repository / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\ntouch gelopen\nexit 1\n")
        hook.chmod(0o755)

    assert "In git bewaard" in str(
        approvals.approve(propose(changes, own, title="Nieuw"), SECOND, own).note)
    assert not (repository / "gelopen").exists()


def test_a_commit_holds_no_words_that_a_person_typed(
    changes: Changes, approvals: Approvals, own: Settings, repository: Path
) -> None:
    number = propose(changes, own, title="Nieuw")
    approvals.approve(number, SECOND, own)

    assert git(repository, "log", "-1", "--format=%B").strip() == f"startbonus: voorstel {number}"
