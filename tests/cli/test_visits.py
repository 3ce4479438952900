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
    with pytest.raises(SystemExit):
        shell("visits", "heute", user=ADVISOR)
