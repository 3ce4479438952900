"""Faults 1 and 2: the program is killed as soon as it has saved, and while it saves."""

from __future__ import annotations

import random
import shutil
import signal
from pathlib import Path

import pytest

from advisorcrm.db.database import Database
from tests.faults.branch_file import accounts_kept, start

pytestmark = pytest.mark.req("F2")


def killed_after(path: Path, saves: int) -> set[str]:
    """What a program had been told is saved when it was killed."""
    writer = start("tests.faults.writer", str(path))
    assert writer.stdout is not None
    told = [writer.stdout.readline() for _n in range(saves)]
    writer.kill()
    rest, _errors = writer.communicate(timeout=60)
    told += rest.splitlines()
    return {line.strip() for line in told if len(line.strip()) == 12}


def survives(template: Path, folder: Path, kills: int, seed: int) -> None:
    path = Path(shutil.copyfile(template, folder / "branch.db"))
    chance, acknowledged = random.Random(seed), set()
    for _kill in range(kills):
        acknowledged |= killed_after(path, chance.randrange(1, 40))
        kept = accounts_kept(path)
        assert acknowledged <= kept
        assert len(kept - acknowledged) <= _kill + 1


def test_a_save_that_was_confirmed_is_there_after_a_kill_at_that_moment(
    file_template: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copyfile(file_template, tmp_path / "branch.db"))
    writer = start("tests.faults.writer", str(path))
    assert writer.stdout is not None
    told = writer.stdout.readline().strip()
    writer.send_signal(signal.SIGKILL)
    writer.communicate(timeout=60)
    assert writer.returncode == -signal.SIGKILL
    assert path.with_name("branch.db-wal").stat().st_size > 0, "nothing was tidied up at an end"
    assert told in accounts_kept(path)


@pytest.mark.req("F1")
def test_a_file_keeps_a_save_through_a_power_cut_because_it_is_flushed(
    file_database: Database,
) -> None:
    with file_database.writing_engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys")
        found = [connection.exec_driver_sql(f"PRAGMA {one}").scalar() for one in asked]
    assert found == ["wal", 2, 1], "FULL: NORMAL loses confirmed saves at a power cut"


def test_a_kill_loses_no_save_that_was_confirmed(file_template: Path, tmp_path: Path) -> None:
    survives(file_template, tmp_path, kills=3, seed=1)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_hundred_kills_lose_no_save_that_was_confirmed(
    file_template: Path, tmp_path: Path
) -> None:
    survives(file_template, tmp_path, kills=100, seed=2)
