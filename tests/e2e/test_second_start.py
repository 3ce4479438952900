"""Fault 9: a second start raises the first window, also after the first was killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from advisorcrm import paths
from advisorcrm.app import Program
from tests.e2e.conftest import Start, window_of
from tests.e2e.person import Person
from tests.faults.test_leftovers import kill, left_by

pytestmark = pytest.mark.req("F9")

ROOT = Path(__file__).resolve().parents[2]


def second_start(place: Path) -> subprocess.Popen[bytes]:
    """The real program, as a double click starts it."""
    return subprocess.Popen(
        [sys.executable, "-m", "advisorcrm", "--database", str(place)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def raises(program: Program, person: Person, place: Path) -> None:
    """The second start ends at once, in peace, and the window of the first comes forward."""
    raised: list[bool] = []
    assert program.instance is not None
    program.instance.raised.connect(lambda: raised.append(True))
    shown = program.window.main_window if program.window else program.entrance.window()
    assert shown is not None
    shown.showMinimized()
    second = second_start(place)
    person.waits_for(lambda: raised and second.poll() is not None)
    assert second.returncode == 0
    assert not shown.isMinimized()
    assert shown.isActiveWindow()


def listens(program: Program) -> bool:
    return program.instance is not None and program.instance._server is not None


def test_a_second_start_raises_the_window_that_is_there(
    enter: Callable[[str], Program], person: Person, place: Path
) -> None:
    program = enter("LSL0042")
    person.waits_for(lambda: listens(program))
    raises(program, person, place)
    assert window_of(program).main_window.isVisible()


def test_a_program_that_was_killed_does_not_bar_the_way(
    start: Start, person: Person, place: Path
) -> None:
    first = second_start(place)
    lock = paths.data_dir() / "advisorcrm.lock"
    person.waits_for(lambda: lock.exists() and lock.stat().st_size > 0)
    first.kill()
    first.wait(timeout=30)
    assert lock.exists(), "nobody has cleared up"

    program = start(place)
    person.waits_for(lambda: listens(program))
    raises(program, person, place)


def test_after_the_end_the_place_is_free(start: Start, person: Person, place: Path) -> None:
    program = start(place)
    person.waits_for(lambda: listens(program))
    program.stop()
    again = start(place)
    person.waits_for(lambda: listens(again))


def test_a_start_takes_away_what_a_killed_program_left(
    start: Start, person: Person, place: Path, tmp_path: Path
) -> None:
    killed, form, draft = left_by(tmp_path / "客户明细表.xlsx")
    kill(killed)
    start(place)
    person.waits_for(lambda: not form.parent.parent.exists())
    assert not draft.exists()
