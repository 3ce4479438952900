"""Fault 2, for what lies in several files: a copy, a restore and the vault, stopped at any step.

The step at which the program is stopped is the last that touches the disk: whatever would tidy up
afterwards finds every call refused, as after a kill.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from advisorcrm import private_files
from advisorcrm.db.copies import check_file, make_copy
from advisorcrm.db.copy_places import copies_of
from advisorcrm.db.database import open_file
from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.errors import DatabaseDamagedError, SignInError
from advisorcrm.services.workplace import desk, restoring
from advisorcrm.services.workplace.restoring import restore_newest
from tests.conftest import BRANCH, CHEAP
from tests.factories import KEY, NOW, PASSWORD, PEOPLE

pytestmark = pytest.mark.req("F2")

ADVISOR, NEWER = "LSL0042", "newer-horse-1"
BROKEN, SINCE = b"broken" * 4000, b"saved since"


class StoppedError(BaseException):
    """The program is gone."""


@contextmanager
def stopped_at(step: int) -> Iterator[None]:
    """Let so many changes of files through, and none after them; of a copy half a file."""
    done = count()

    def guarded(real: Callable[..., Any], *, half: bool = False) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            number = next(done)
            if number < step:
                return real(*args, **named)
            if half and number == step:
                source, target = map(Path, args[:2])
                target.write_bytes(source.read_bytes()[: source.stat().st_size // 2])
            raise StoppedError

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in ("replace", "mkdir", "unlink", "rmdir", "fsync"):
            patch.setattr(os, name, guarded(getattr(os, name)))
        patch.setattr(shutil, "copyfile", guarded(shutil.copyfile, half=True))
        with suppress(StoppedError):
            yield
            return
    _give_up_folder()


def _give_up_folder() -> None:
    """The system gives up what a stopped program held."""
    while private_files._mine:
        os.close(private_files._mine.popitem()[1])


def every_step(work: Callable[[], object], begin: Callable[[], None]) -> Iterator[int]:
    """Begin anew and stop one step later each time, until the work comes to its end."""
    for step in count():
        begin()
        finished = []
        with stopped_at(step):
            work()
            finished.append(step)
        private_files.sweep()
        yield step
        if finished:
            return


@pytest.fixture
def place(file_template: Path, tmp_path: Path) -> Path:
    """A branch with one copy, whose advisor has changed the password since."""
    path = tmp_path / "branch.db"
    shutil.copyfile(file_template, path)
    vault, _recovery_key = Vault.create(vault_path(path), secret=KEY, cost=CHEAP)
    vault.set_password(ADVISOR, PASSWORD, KEY)
    database = open_file(path, KEY)
    make_copy(database, now=NOW)
    database.close()
    vault.set_password(ADVISOR, NEWER, KEY)
    return path


def kept_aside(place: Path, name: str) -> list[bytes]:
    return [path.read_bytes() for path in place.parent.glob(f"branch-*/{name}")]


def test_a_restore_stopped_at_any_step_loses_neither_file_nor_log_nor_todays_password(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "check_file", lambda _copy, _key: None)  # it is sound
    log = place.with_name("branch.db-wal")

    def begin() -> None:
        for folder in place.parent.glob("branch-*"):
            shutil.rmtree(folder)
        place.write_bytes(BROKEN)
        log.write_bytes(SINCE)

    def restore() -> None:
        restore_newest(place, ADVISOR, NEWER, now=NOW, cost=CHEAP)

    (copy,) = copies_of(place)
    for step in every_step(restore, begin):
        assert Vault.load(vault_path(place), CHEAP).unlock(ADVISOR, NEWER, now=NOW) == KEY, step
        is_there = place.read_bytes() if place.exists() else None
        assert is_there in (None, BROKEN, copy.read_bytes()), step
        assert is_there != copy.read_bytes() or not log.exists(), "a foreign log beside a copy"
        assert [*place.parent.glob(".advisorcrm-*")] == [], step
        if is_there != copy.read_bytes():
            restore()
        assert place.read_bytes() == copy.read_bytes()
        assert kept_aside(place, place.name) == [BROKEN], step
        assert kept_aside(place, log.name) == [SINCE], step
    assert step > 8


def test_a_copy_stopped_at_any_step_is_whole_or_not_there(place: Path) -> None:
    database = open_file(place, KEY)
    days, checked = count(1), set[Path]()
    for step in every_step(
        lambda: make_copy(database, now=NOW + timedelta(days=next(days))), lambda: None
    ):
        for copy in copies_of(place):
            if copy not in checked:
                check_file(copy, KEY)
            checked.add(copy)
            assert Vault.load(vault_path(copy), CHEAP).has(ADVISOR)
        assert [*(place.parent / "backups").glob("*.part*")] == [], step
    database.close()
    assert step > 5


def test_a_vault_stopped_at_any_step_opens_with_the_old_or_the_new_password(place: Path) -> None:
    vault = Vault.load(vault_path(place), CHEAP)
    clock = (NOW + timedelta(hours=hour) for hour in count())
    for step in every_step(
        lambda: vault.set_password(ADVISOR, PASSWORD, KEY),
        lambda: vault.set_password(ADVISOR, NEWER, KEY),
    ):
        opened = []
        for password in (PASSWORD, NEWER):
            with suppress(SignInError):
                later = next(clock)
                opened.append(Vault.load(vault.path, CHEAP).unlock(ADVISOR, password, now=later))
        assert opened == [KEY], step
    assert step > 1


def test_a_set_up_stopped_at_any_step_is_begun_anew_without_clearing_up_by_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, left = tmp_path / "branch.db", set()
    monkeypatch.setattr("advisorcrm.db.upgrade.upgrade", lambda _database: None)
    monkeypatch.setattr(desk, "_fill", lambda *_args, **_named: None)
    for step in count():
        with stopped_at(step):
            desk.set_up(str(place), BRANCH, PEOPLE[:1], cost=CHEAP)
        if place.exists():
            break
        left.add(place.with_suffix(".vault").exists())
    assert left == {True, False}, "before and after the vault was written"
    assert step > 5
    with pytest.raises(DatabaseDamagedError, match="没有覆盖"):
        desk.set_up(str(place), BRANCH, PEOPLE[:1], cost=CHEAP)
    assert Vault.load(place.with_suffix(".vault"), CHEAP).unlock("LSL0001", PASSWORD, now=NOW)
    assert {one.suffix for one in tmp_path.iterdir()} <= {".db", ".vault", ".lock"}


def test_a_vault_whose_database_is_gone_is_no_left_over_of_a_set_up(tmp_path: Path) -> None:
    place = tmp_path / "branch.db"
    vault, _key = Vault.create(vault_path(place), secret=KEY, cost=CHEAP)
    before = vault.path.read_bytes()
    with pytest.raises(DatabaseDamagedError, match="没有覆盖"):
        desk.set_up(str(place), BRANCH, PEOPLE, cost=CHEAP)
    assert [(one, one.read_bytes()) for one in tmp_path.iterdir()] == [(vault.path, before)]
