"""The week of an advisor, the top of what is due, the day of the branch (R22, R33)."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import partial

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError
from advisorcrm.services.allocations.handovers import NewHandover, hand_over
from advisorcrm.services.dues.due_board import (
    DueBoard,
    count_late,
    find_next_due,
    list_board,
    open_due_board,
)
from advisorcrm.services.visits.branch_day import (
    BranchCounts,
    BranchDay,
    count_branch,
    count_files,
    open_branch_day,
    open_week,
)
from advisorcrm.terms import DueKind
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client, make_log


def due(database: Database, **more: object) -> DueBoard:
    return database.read(partial(open_due_board, now=NOW, **more))  # type: ignore[arg-type]


@pytest.mark.req("R22")
def test_what_is_due_stands_with_the_most_urgent_first_and_its_counts(
    database: Database, mine: Database, people: People
) -> None:
    def fill(session, _actor):  # type: ignore[no-untyped-def]
        def client(name: str, **fields: object) -> int:
            return make_client(session, people.advisor, name=name, **fields)

        client("早已过期", risk_expires_on=date(2025, 1, 10))
        client("刚过期", risk_expires_on=date(2026, 11, 18))
        client("将到期", risk_expires_on=date(2026, 12, 2))
        before, early, later = client("昨天"), client("今早"), client("今晚")
        make_log(session, people.advisor, before, contacted_at=NOW - timedelta(days=3),
                 next_on=date(2026, 11, 19))  # fmt: skip
        today = {"contacted_at": NOW - timedelta(days=1), "next_on": TODAY}
        make_log(session, people.advisor, early, next_at=time(9), **today)
        make_log(session, people.advisor, later, next_at=time(16), **today)

    database.write(fill)
    board = due(mine, rows=20)
    assert [row.title for row in board.rows] == [
        "昨天", "今早", "今晚", "今日收尾", "刚过期", "早已过期", "将到期",
    ]  # fmt: skip
    assert (board.overdue, board.today, board.total) == (4, 2, 7)
    assert [row.title for row in due(mine, rows=2).rows] == ["昨天", "今早"]
    assert due(mine, rows=2).total == 7
    for who in (people.advisor, people.manager, people.leader, people.colleague):
        theirs = mine.acting_as(who)
        listed = theirs.read(partial(list_board, now=NOW))
        assert len(listed) == due(theirs).total  # a number leads to what it counts
        assert {row.title for row in listed} >= {row.title for row in due(theirs).rows}

    coming = mine.read(partial(find_next_due, now=NOW))
    assert coming is not None
    assert (coming.title, coming.due_on) == ("月度分析", date(2026, 12, 1))
    colleague = mine.acting_as(people.colleague)
    assert [row.kind for row in due(colleague).rows] == [DueKind.TODAY_END]
    saturday = partial(open_due_board, now=NOW + timedelta(days=1))
    assert colleague.read(saturday) == DueBoard()
    audits = 2  # of this Friday and the next
    assert due(mine.acting_as(people.manager)).total == 6 + audits
    counted = mine.acting_as(people.leader).read(partial(count_late, now=NOW))
    assert counted == {people.advisor.user_id: 4}
    assert DueKind.DAILY_VISITS not in {row.kind for row in board.rows}


@pytest.mark.req("R33")
def test_the_week_counts_each_day_and_says_which_are_to_come(
    database: Database, mine: Database, people: People
) -> None:
    def fill(session, _actor):  # type: ignore[no-untyped-def]
        for days, count in ((0, 2), (1, 3)):
            for _each in range(count):
                client = make_client(session, people.advisor, tier="gold")
                make_log(session, people.advisor, client, contacted_at=NOW - timedelta(days=days))

    database.write(fill)
    week = mine.read(partial(open_week, today=TODAY))
    assert [day.visits for day in week.days] == [0, 0, 0, 3, 2]
    assert (week.wanted, week.clients) == (3, 5)
    assert week.tenths is not None
    assert 0 < week.tenths < 1000
    assert not any(day.is_to_come for day in week.days)
    golden = mine.read(partial(open_week, today=date(2026, 9, 29)))
    assert [(day.is_working, day.is_to_come) for day in golden.days] == [
        (True, False), (True, False), (True, True), (False, True), (False, True),
    ]  # fmt: skip


@pytest.mark.req("R33")
def test_who_leads_sees_everybodys_day_and_what_nobody_looks_after(
    database: Database, mine: Database, people: People
) -> None:
    def fill(session, _actor):  # type: ignore[no-untyped-def]
        client = make_client(session, people.advisor)
        make_log(session, people.advisor, client)
        make_client(session, people.advisor, risk_expires_on=date(2026, 11, 18))
        make_client(session, None)
        given = make_client(session, people.advisor)
        new = NewHandover(
            "6f7a9c2e-0000-4000-8000-000000000009", ((given, people.colleague.user_id),), "均衡"
        )
        hand_over(session, people.manager, new, now=NOW - timedelta(days=9))

    database.write(fill)
    with pytest.raises(NotAllowedError):
        mine.read(partial(open_branch_day, now=NOW))
    shown: BranchDay = mine.acting_as(people.leader).read(partial(open_branch_day, now=NOW))
    counts: BranchCounts = mine.acting_as(people.leader).read(partial(count_branch, now=NOW))
    assert (counts.unassigned, counts.first_contacts_late, shown.wanted) == (1, 1, 3)
    assert counts.clients == {people.advisor.user_id: 2, people.colleague.user_id: 1}
    assert counts.late == {people.advisor.user_id: 1, people.colleague.user_id: 1}
    files = mine.acting_as(people.leader).read(partial(count_files, today=TODAY))
    assert files == {people.advisor.user_id: 0, people.colleague.user_id: 0}
    [own, other] = shown.advisors
    assert (own.name, own.visits, own.groups) == ("林若溪", 1, "第二客户组")
    assert [day.visits for day in own.days] == [0, 0, 0, 0, 1]
    assert own.last_log == NOW - timedelta(minutes=10)
    assert (other.name, other.visits) == ("周岚", 0)
