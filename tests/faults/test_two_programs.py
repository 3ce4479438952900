"""Fault 10: two programs work on one database."""

from __future__ import annotations

import pytest

from advisorcrm.db.database import Database
from tests.conftest import rows
from tests.faults.branch_file import start

pytestmark = pytest.mark.req("F10")

EACH = 100


def location(database: Database) -> str:
    if database.path is not None:
        return str(database.path)
    url = database.writing_engine.url.set(drivername="postgresql")
    return url.render_as_string(hide_password=False)


def test_two_programs_lose_no_update(database: Database) -> None:
    programs = [start("tests.faults.adder", location(database), str(EACH)) for _n in range(2)]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    answers = [program.communicate(timeout=60) for program in programs]
    assert [errors for _numbers, errors in answers] == ["", ""]

    taken = [number for numbers, _errors in answers for number in numbers.split()]
    assert sorted(taken) == [f"LSL-{number:04d}" for number in range(1, 2 * EACH + 1)]
    assert rows(database, "SELECT next_client_no FROM branch") == [(2 * EACH + 1,)]
