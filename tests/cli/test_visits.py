"""``visits``: own visits for an advisor, everybody's for those who lead."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from advisorcrm.columns import BRANCH_TIME
from tests.cli.test_commands import ADVISOR, MANAGER, Shell, shell
from tests.cli.test_imports import write

__all__ = ["shell"]  # the fixture


@pytest.mark.req("R33", "R34")
def test_an_advisor_is_told_whom_to_visit_and_why(shell: Shell, tmp_path: Path) -> None:
    path = write(tmp_path / "客户.csv", ("孙晓彤", "010000000093", "13900000093", "金卡", "1", ""))
    shell("import", "clients", path, user=ADVISOR)
    today = datetime.now(UTC).astimezone(BRANCH_TIME).date().isoformat()

    status, answer, err = shell("visits", today, user=ADVISOR)

    assert (status, err, answer["date"], answer["wanted"]) == (0, "", today, 3)
    [own] = answer["advisors"]
    assert (own["visited"], own["visits"]) == (0, [])
    [suggestion] = own["suggestions"]
    assert (suggestion["name"], suggestion["rank"], suggestion["days_since"]) == ("孙晓彤", 1, None)
    assert suggestion["reasons"][0] == "建档 0 天，还没有访问过"

    _status, of_branch, _err = shell("visits", today, user=MANAGER)
    assert own in of_branch["advisors"]


def test_a_day_is_written_as_a_date(shell: Shell) -> None:
    status, answer, _err = shell("visits", "heute", user=ADVISOR)
    assert (status, answer["error"].endswith("日期写作 2026-11-20。")) == (2, True)


@pytest.mark.req("R34")
def test_on_a_day_before_the_files_were_made_the_larger_contribution_comes_first(
    shell: Shell, tmp_path: Path
) -> None:
    rows = [("孙晓彤", "010000000093", "13900000093", "金卡", "1", ""),
            ("钱多多", "010000000094", "13900000094", "金卡", "900", "")]  # fmt: skip
    shell("import", "clients", write(tmp_path / "客户.csv", *rows), user=ADVISOR)

    _status, answer, _err = shell("visits", "2020-01-01", user=ADVISOR)

    suggested = answer["advisors"][0]["suggestions"]
    assert [(one["name"], one["reasons"][0]) for one in suggested] == [
        ("钱多多", "建档 0 天，还没有访问过"),
        ("孙晓彤", "建档 0 天，还没有访问过"),
    ]


def test_days_that_no_calendar_knows_are_refused_in_a_sentence(shell: Shell) -> None:
    for question in (
        ("visits", "9999-12-31"),
        ("visits", "0001-01-01"),
        ("birthdays", "--from", "9999-12-01", "--to", "9999-12-31"),
        ("due", "--at", "9999-12-31T10:00"),
        ("due", "--at", "0001-01-01"),
        ("due", "--until", "9999-12-31"),
    ):
        status, _answer, said = shell(*question, user=ADVISOR)
        assert (status, said.strip()) == (1, "日期须在 1901 年到 2199 年之间。"), question


def test_where_no_database_lies_that_is_said(shell: Shell, tmp_path: Path) -> None:
    shell.database = tmp_path / "nowhere.db"
    status, _answer, said = shell("visits", "2026-11-27", user=ADVISOR)
    assert status == 1
    assert f"{shell.database} 不存在" in said
