"""``due``: everything with a date, with its reason."""

from __future__ import annotations

import pytest

from tests.cli.test_commands import ADMINISTRATOR, ADVISOR, MANAGER, Shell, shell

__all__ = ["shell"]  # the fixture
COPY = "backup"
"""Due by the day on which the tests run: their database was never copied."""


@pytest.mark.req("R22")
def test_what_is_due_at_an_instant_is_told_with_its_reason(shell: Shell) -> None:
    status, answer, err = shell("due", "--at", "2026-11-20T14:20", user=ADVISOR)
    assert (status, err, answer["at"]) == (0, "", "2026-11-20T14:20:00+08:00")
    assert answer["due"] == [
        {
            "kind": "daily_visits",
            "label": "今日三访",
            "title": "林若溪",
            "reason": "今日三访已完成 0 户",
            "due_on": "2026-11-20",
            "due_time": "16:30",
            "overdue": False,
            "days_late": 0,
            "advisor": "林若溪",
        },
        {
            "kind": "today_end",
            "label": "今日收尾",
            "title": "今日收尾",
            "reason": "写当天总结、次日计划和上报事项",
            "due_on": "2026-11-20",
            "due_time": "17:00",
            "overdue": False,
            "days_late": 0,
            "advisor": "林若溪",
        },
    ]
    assert shell("due", "--at", "2026-11-21T14:20", user=ADVISOR)[1]["total"] == 0


def test_who_leads_the_team_asks_about_one_person(shell: Shell) -> None:
    at = ("--at", "2026-11-20T14:20")
    assert shell("due", *at, "--advisor", "lsl0042", user=MANAGER)[1]["total"] == 2
    found = shell("due", *at, "--advisor", MANAGER, user=MANAGER)[1]["due"]
    (audit,) = (row for row in found if row["kind"] not in (COPY, "today_end"))
    assert (audit["kind"], audit["due_on"]) == ("friday_audit", "2026-11-20")
    status, answer, _err = shell("due", *at, "--advisor", MANAGER, user=ADVISOR)
    assert (status, answer["error"].startswith("客服专员没有这项权限")) == (1, True)
    assert shell("due", *at, "--advisor", "X9", user=MANAGER)[0] == 1
    found = shell("due", *at, user=ADMINISTRATOR)[1]["due"]
    assert {row["kind"] for row in found} <= {COPY}
