"""Fault 2: the program is killed while it saves."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.faults.branch_file import accounts_kept, start


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


def test_a_kill_loses_no_save_that_was_confirmed(file_template: Path, tmp_path: Path) -> None:
    survives(file_template, tmp_path, kills=3, seed=1)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_hundred_kills_lose_no_save_that_was_confirmed(
    file_template: Path, tmp_path: Path
) -> None:
    survives(file_template, tmp_path, kills=100, seed=2)
