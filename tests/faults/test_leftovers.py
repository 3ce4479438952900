"""Fault 33: a killed program leaves files behind; the next start takes them away."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from advisorcrm import paths, private_files
from tests.faults.branch_file import start

pytestmark = pytest.mark.req("F33")


def left_by(target: Path) -> tuple[subprocess.Popen[str], Path, Path]:
    """A program half way through a report, its handed-out form and its draft."""
    program = start("tests.faults.leaver", str(target))
    assert program.stdout is not None
    form, draft = (Path(program.stdout.readline().strip()) for _n in range(2))
    assert (form.read_bytes(), draft.read_bytes()) == (b"%PDF", b"half a report")
    return program, form, draft


def kill(program: subprocess.Popen[str]) -> None:
    program.kill()
    program.communicate(timeout=60)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    path = folder / "客户明细表.xlsx"
    path.write_bytes(b"the old report")
    return path


def test_forms_and_drafts_of_a_killed_program_go_at_the_next_start(target: Path) -> None:
    strangers = [target.with_name(name) for name in (".advisorcrm-0", "advisorcrm-客户.xlsx")]
    for stranger in strangers:
        stranger.write_bytes(b"not ours")
    program, form, draft = left_by(target)
    kill(program)
    assert form.exists()
    assert draft.exists()

    assert private_files.sweep() == 1
    assert not form.parent.parent.exists()
    assert sorted(target.parent.iterdir()) == sorted([target, *strangers])
    assert target.read_bytes() == b"the old report"


def test_a_program_that_still_runs_keeps_its_files(target: Path) -> None:
    program, form, draft = left_by(target)
    assert private_files.sweep() == 0
    assert form.exists()
    assert draft.exists()
    program.communicate("go on\n", timeout=60)

    assert program.returncode == 0
    assert not draft.exists()
    assert not form.parent.parent.exists(), "at its own end a program leaves nothing"
    assert target.read_bytes() == b"half a report"


def test_the_folder_of_a_killed_program_with_the_same_number_is_no_obstacle(target: Path) -> None:
    program, form, draft = left_by(target)
    kill(program)
    old = form.parent.parent
    old.rename(old.with_name(f"run-{os.getpid()}"))

    assert private_files.hand_out("a.pdf", b"new").read_bytes() == b"new"
    assert not draft.exists()
    private_files.clear()


@pytest.mark.req("R148")
def test_what_is_handed_out_is_for_its_owner_alone() -> None:
    form = private_files.hand_out("客户/资料:卡?.pdf", b"%PDF")
    assert form.name == "客户_资料_卡_.pdf"
    assert stat.S_IMODE(form.stat().st_mode) == 0o600
    run = form.parent.parent
    for folder in (form.parent, run, run.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert run == paths.temp_dir() / f"run-{os.getpid()}"

    private_files.remove(form)
    assert not form.parent.exists()
    assert run.exists()
    private_files.clear()
    assert not run.exists()


def test_a_note_that_names_something_else_removes_nothing(target: Path) -> None:
    program, form, _draft = left_by(target)
    kill(program)
    notes = form.parent.parent / "drafts"
    (notes / "forged").write_text(str(target), "utf-8")
    (notes / "broken").write_bytes(b"\xff\x00")
    linked = target.with_name(".advisorcrm-link.xlsx")
    linked.symlink_to(target)
    (notes / "linked").write_text(str(linked), "utf-8")

    assert private_files.sweep() == 1
    assert target.read_bytes() == b"the old report"
    assert linked.is_symlink()


def test_where_the_cache_cannot_be_written_the_computers_folder_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    monkeypatch.setenv("ADVISORCRM_HOME", str(blocked))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    form = private_files.hand_out("a.pdf", b"%PDF")
    assert form.is_relative_to(tmp_path / f"advisorcrm-{os.geteuid()}")
    private_files.clear()
