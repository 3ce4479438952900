"""The program lives until its last window is closed, and ends in peace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from advisorcrm import paths
from advisorcrm.db.copies import check_database
from advisorcrm.db.database import open_file
from tests.factories import KEY

ROOT = Path(__file__).resolve().parents[2]


def test_windows_follow_each_other_and_the_last_one_ends_the_program(place: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-m", "tests.e2e.typist", str(place), "round"],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.split() == ["in", "LSL0042", "in", "LSL0043"]
    assert "Traceback" not in done.stderr
    assert "Fatal" not in done.stderr
    assert done.returncode == 0
    database = open_file(place, KEY)
    assert check_database(database) == []
    database.close()
    assert not place.with_name("branch.db-wal").exists(), "the last door closes the file"


def test_files_of_the_program_are_for_its_owner_alone(place: Path) -> None:
    """Whatever the person's umask is."""
    code = "import advisorcrm.app as a, os; a._keep_private(); print(oct(os.umask(0)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "0o77"
    assert paths.data_dir().is_absolute()
