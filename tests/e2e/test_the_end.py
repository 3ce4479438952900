"""The program lives until its last window is closed, and ends in peace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.req("R148")
def test_files_of_the_program_are_for_its_owner_alone_and_its_memory_for_nobody() -> None:
    """Whatever the person's umask is, and however the program is torn down."""
    code = (
        "import os, resource, sys; import advisorcrm.app; from advisorcrm.cli.main import run;"
        "advisorcrm.app.theme.prepare = lambda: sys.exit(0) if resource.getrlimit("
        "resource.RLIMIT_CORE)[0] == 0 and os.umask(0) == 0o77 else sys.exit(9);"
        "resource.setrlimit(resource.RLIMIT_CORE, (-1, -1)); run(['pinyin', '客']);"
        "assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0; assert os.umask(0) == 0o77;"
        "resource.setrlimit(resource.RLIMIT_CORE, (-1, -1)); advisorcrm.app.open_window([])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
