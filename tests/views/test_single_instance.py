"""One window per computer and person; the trial with real programs lies in ``tests/e2e``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from advisorcrm import paths
from advisorcrm.views.single_instance import SingleInstance, hash_of


def test_the_second_is_refused_and_calls_the_first(qtbot: QtBot) -> None:
    first, second = SingleInstance(), SingleInstance()
    assert first.take()
    first.listen()
    with qtbot.waitSignal(first.raised):
        assert not second.take()
    first.release()
    assert second.take()
    second.release()


def test_a_first_that_does_not_listen_yet_refuses_the_second_all_the_same(qtbot: QtBot) -> None:
    first = SingleInstance()
    assert first.take()
    assert not SingleInstance().take()
    first.release()


def test_a_lock_that_a_crash_left_behind_bars_nobody(qtbot: QtBot) -> None:
    lock = paths.data_dir() / "advisorcrm.lock"
    lock.write_text("4711")
    fresh = SingleInstance()
    assert fresh.take()
    assert lock.read_text() == str(os.getpid())
    assert not SingleInstance().take()
    fresh.release()


def test_where_nothing_can_be_written_the_window_opens_to_say_so(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").touch()
    monkeypatch.setenv("ADVISORCRM_HOME", str(tmp_path / "a file" / "inside"))
    assert SingleInstance().take()
    assert SingleInstance().take()


def test_two_people_on_one_computer_have_a_window_each(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = SingleInstance()
    assert mine.take()
    monkeypatch.setenv("ADVISORCRM_HOME", str(tmp_path / "somebody else"))
    theirs = SingleInstance()
    assert theirs.take()
    for one in (mine, theirs):
        one.release()


def test_the_name_is_the_same_at_every_start() -> None:
    assert hash_of("/home/lin/crm") == 3180783156
