"""Shifts: rota, log, memo, hand-over to the next shift, swaps (R232-R237, R263)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.services.days.shift_logs import (
    NewShift,
    ShiftSheet,
    archive_shift,
    close_shift,
    find_running_shift,
    list_shift_people,
    list_shifts,
    open_shift,
    plan_shift,
    start_shift,
    write_shift_log,
)
from advisorcrm.services.days.shift_memos import (
    MemoFilter,
    NewMemo,
    accept_memos,
    add_memo,
    list_memos,
    settle_memo,
    sort_memo,
)
from advisorcrm.services.days.shift_swaps import NewSwap, SwapRow, answer_swap, ask_swap, list_swaps
from advisorcrm.terms import MemoState, ShiftState
from tests.conftest import TODAY
from tests.factories import NOW, People

LATER = NOW + timedelta(hours=3)


class Shifts:
    """The people of the branch and their shifts, each through the services."""

    def __init__(self, database: Database, people: People) -> None:
        self._database = database
        self.people = people

    def write(self, who: Actor, service: Any, *given: Any, **named: Any) -> Any:
        return self._database.acting_as(who).write(lambda s, a: service(s, a, *given, **named))

    def read(self, who: Actor, service: Any, *given: Any, **named: Any) -> Any:
        return self._database.acting_as(who).read(lambda s, a: service(s, a, *given, **named))

    def start(self, who: Actor, shift: str = "morning", now: Any = NOW) -> int:
        key: int = self.write(who, start_shift, shift, now=now)
        return key

    def note(self, who: Actor, shift: int, text: str = "客户无法登录", **more: Any) -> int:
        values = {"happened_at": NOW, "person": "赵先生"} | more
        key: int = self.write(who, add_memo, NewMemo(shift, description=text, **values), now=LATER)
        return key

    def close(self, who: Actor, shift: int, content: str = "接听电话 12 个") -> int:
        self.write(who, write_shift_log, shift, content)
        left: int = self.write(who, close_shift, shift, now=LATER)
        return left

    def sheet(self, who: Actor, shift: int) -> ShiftSheet:
        found: ShiftSheet = self.read(who, open_shift, shift)
        return found

    def plan(self, who: Actor, days: int, shift: str = "morning") -> int:
        new = NewShift(who.user_id, TODAY + timedelta(days=days), shift)
        key: int = self.write(self.people.manager, plan_shift, new)
        return key

    def rota(self, days: int) -> list[tuple[str, str]]:
        day = TODAY + timedelta(days=days)
        rows = self.read(self.people.manager, list_shifts, from_on=day, to_on=day)
        return sorted((row.shift, row.user_name) for row in rows)


@pytest.fixture
def shifts(database: Database, people: People) -> Shifts:
    return Shifts(database, people)


@pytest.mark.req("R232")
def test_each_shift_has_its_log_written_by_the_person_whose_it_is(shifts: Shifts) -> None:
    lin, zhou = shifts.people.advisor, shifts.people.colleague
    key = shifts.start(lin)
    shifts.write(lin, write_shift_log, key, "接听电话 12 个，来电 13900000458")
    sheet = shifts.sheet(lin, key)
    assert (sheet.row.shift_on, sheet.row.shift, sheet.row.user_name) == (
        TODAY,
        "morning",
        "林若溪",
    )
    assert (sheet.row.state, sheet.may_write) == (ShiftState.RUNNING, True)
    assert shifts.read(lin, find_running_shift).id == key
    assert shifts.read(zhou, find_running_shift) is None
    other = shifts.sheet(zhou, key)
    assert not other.may_write
    assert "13900000458" not in other.content
    with pytest.raises(NotFoundError):
        shifts.write(zhou, write_shift_log, key, "别人的")


@pytest.mark.req("R235")
def test_a_shift_cannot_be_closed_with_an_empty_memo(shifts: Shifts) -> None:
    lin = shifts.people.advisor
    key = shifts.start(lin)
    with pytest.raises(InvalidFieldError) as refused:
        shifts.write(lin, close_shift, key, now=LATER)
    assert refused.value.field == "content"
    with pytest.raises(InvalidFieldError, match="写“无”") as refused:
        shifts.close(lin, key)
    assert refused.value.field == "memo"
    with pytest.raises(InvalidFieldError, match="写“无”"):
        shifts.note(lin, key, " ")
    shifts.note(lin, key, "无", person="")
    assert shifts.close(lin, key) == 0
    sheet = shifts.sheet(lin, key)
    assert (sheet.row.state, sheet.row.closed_at) == (ShiftState.CLOSED, LATER)
    assert [(memo.description, memo.state) for memo in sheet.memos] == [("无", MemoState.NOTHING)]
    with pytest.raises(InvalidFieldError, match="已经交班"):
        shifts.write(lin, write_shift_log, key, "补写")
    with pytest.raises(NotFoundError):
        shifts.note(lin, key)
    with pytest.raises(InvalidFieldError, match="已经交了"):
        shifts.start(lin)


@pytest.mark.req("R236")
def test_a_memo_says_when_whom_and_what_and_nothing_is_not_said_beside_something(
    shifts: Shifts,
) -> None:
    lin = shifts.people.advisor
    key = shifts.start(lin)
    for more, field in (
        ({"person": " "}, "person"),
        ({"happened_at": LATER + timedelta(hours=1)}, "happened_at"),
        ({"category": "weather"}, "category"),
    ):
        with pytest.raises(InvalidFieldError) as refused:
            shifts.note(lin, key, **more)
        assert refused.value.field == field
    memo = shifts.note(lin, key, "账号 010000007715 无法登录", category="system_problem")
    with pytest.raises(InvalidFieldError, match="不能写“无”"):
        shifts.note(lin, key, "无")
    [row] = shifts.sheet(lin, key).memos
    assert (row.id, row.happened_at, row.person, row.category) == (
        memo, NOW, "赵先生", "system_problem",
    )  # fmt: skip
    assert "010000007715" not in row.description


@pytest.mark.req("R263", "R235")
def test_what_is_open_goes_to_the_next_shift_which_accepts_it_before_it_can_close(
    shifts: Shifts,
) -> None:
    lin, zhou = shifts.people.advisor, shifts.people.colleague
    first = shifts.start(lin)
    plain = shifts.note(lin, first, "要开户资料")
    urgent = shifts.note(lin, first, "系统中断", is_urgent=True)
    assert shifts.close(lin, first) == 2
    with pytest.raises(InvalidFieldError, match="请先接班"):
        shifts.write(zhou, accept_memos, [urgent], now=LATER)
    second = shifts.start(zhou, "middle", LATER)
    assert [row.id for row in shifts.sheet(zhou, second).waiting] == [urgent, plain]
    shifts.note(zhou, second, "无")
    with pytest.raises(InvalidFieldError, match="还没有接收"):
        shifts.close(zhou, second)
    with pytest.raises(NotFoundError, match="请先接收"):
        shifts.write(zhou, settle_memo, urgent, "已恢复", now=LATER)
    assert shifts.write(zhou, accept_memos, [urgent, plain], now=LATER) == 2
    with pytest.raises(NotFoundError, match="已有人接收"):
        shifts.write(zhou, accept_memos, [urgent], now=LATER)
    with pytest.raises(InvalidFieldError, match="处理结果"):
        shifts.write(zhou, settle_memo, urgent, " ", now=LATER)
    shifts.write(zhou, settle_memo, urgent, "14:30 恢复", now=LATER)
    assert shifts.close(zhou, second) == 1
    third = shifts.start(lin, "evening", LATER)
    shifts.write(lin, accept_memos, [plain], now=LATER)
    shifts.write(lin, settle_memo, plain, "已补齐", now=LATER)
    with pytest.raises(InvalidFieldError, match="写“无”"):
        shifts.close(lin, third)  # what the shift before left is no word about this one
    shifts.note(lin, third, "无")
    assert shifts.close(lin, third) == 0
    rows = {row.id: row for row in shifts.read(shifts.people.leader, list_memos)}
    assert (rows[urgent].state, rows[urgent].outcome) == (MemoState.SETTLED, "14:30 恢复")
    assert (rows[plain].state, rows[plain].noted_by, rows[plain].held_by) == (
        MemoState.SETTLED, "林若溪", "林若溪",
    )  # fmt: skip


@pytest.mark.req("R234")
def test_the_manager_sorts_matters_into_the_four_kinds_and_says_whom_they_go_to(
    shifts: Shifts,
) -> None:
    lin, manager = shifts.people.advisor, shifts.people.manager
    key = shifts.start(lin)
    memos = [shifts.note(lin, key, f"问题 {number}") for number in range(4)]
    shifts.close(lin, key)
    kinds = ("market_need", "system_problem", "market_complaint", "passed_on")
    for memo, kind in zip(memos, kinds, strict=True):
        shifts.write(manager, sort_memo, memo, kind, forwarded_to="技术部")
    for memo, kind in zip(memos, kinds, strict=True):
        [row] = shifts.read(manager, list_memos, MemoFilter(TODAY, TODAY, kind))
        assert (row.id, row.forwarded_to) == (memo, "技术部")
    assert shifts.read(manager, list_memos, MemoFilter(to_on=TODAY - timedelta(days=1))) == []
    with pytest.raises(NotFoundError):
        shifts.write(lin, sort_memo, memos[0], "market_need")
    with pytest.raises(InvalidFieldError):
        shifts.write(manager, sort_memo, memos[0], "weather")
    shifts.write(manager, settle_memo, memos[0], "已转", now=LATER)
    assert len(shifts.read(manager, list_memos, MemoFilter(only_open=True))) == 3


def test_the_manager_plans_the_rota_and_a_planned_shift_is_begun_once(shifts: Shifts) -> None:
    lin, manager = shifts.people.advisor, shifts.people.manager
    names = [person.name for person in shifts.read(lin, list_shift_people)]
    assert sorted(names) == sorted(["林若溪", "周岚", "方静", "许诺"])
    planned = shifts.plan(lin, 0)
    gone = shifts.plan(lin, 1)
    shifts.write(manager, archive_shift, gone, now=NOW)
    assert (shifts.rota(0), shifts.rota(1)) == ([("morning", "林若溪")], [])
    assert shifts.plan(lin, 1) == gone
    with pytest.raises(InvalidFieldError, match="已经排了"):
        shifts.plan(lin, 0)
    with pytest.raises(InvalidFieldError):
        shifts.plan(shifts.people.leader, 0)
    assert shifts.start(lin) == planned
    with pytest.raises(InvalidFieldError, match="还没有交"):
        shifts.start(lin, "middle")
    with pytest.raises(InvalidFieldError, match="已经接班"):
        shifts.write(manager, archive_shift, planned, now=NOW)
    with pytest.raises(NotAllowedError):
        shifts.write(lin, plan_shift, NewShift(lin.user_id, TODAY, "evening"))


@pytest.mark.req("R237")
def test_a_swap_two_days_ahead_is_settled_by_the_two_and_changes_the_rota(shifts: Shifts) -> None:
    lin, zhou = shifts.people.advisor, shifts.people.colleague
    mine, his = shifts.plan(lin, 2), shifts.plan(zhou, 5, "evening")
    swap = shifts.write(lin, ask_swap, NewSwap(mine, zhou.user_id, his, "看病"), now=NOW)
    with pytest.raises(InvalidFieldError, match="正在等答复"):
        shifts.write(lin, ask_swap, NewSwap(mine, zhou.user_id), now=NOW)
    [row] = shifts.read(zhou, list_swaps, only_open=True)
    assert (row.id, row.may_answer, row.needs_manager, row.reason) == (swap, True, False, "看病")
    [seen] = shifts.read(lin, list_swaps)
    assert not seen.may_answer
    with pytest.raises(NotFoundError):
        shifts.write(lin, answer_swap, swap, is_accepted=True, now=NOW)
    shifts.write(zhou, answer_swap, swap, is_accepted=True, now=NOW)
    assert (shifts.rota(2), shifts.rota(5)) == ([("morning", "周岚")], [("evening", "林若溪")])
    with pytest.raises(InvalidFieldError, match="已经答复"):
        shifts.write(shifts.people.manager, answer_swap, swap, is_accepted=False, now=NOW)


@pytest.mark.req("R237")
def test_a_swap_asked_or_answered_too_late_is_decided_by_the_manager(shifts: Shifts) -> None:
    lin, zhou, manager = shifts.people.advisor, shifts.people.colleague, shifts.people.manager
    near = shifts.write(lin, ask_swap, NewSwap(shifts.plan(lin, 1), zhou.user_id), now=NOW)
    [row] = shifts.read(zhou, list_swaps)
    assert (row.needs_manager, row.may_answer) == (True, False)
    with pytest.raises(NotFoundError, match="客服主管"):
        shifts.write(zhou, answer_swap, near, is_accepted=True, now=NOW)
    shifts.write(manager, answer_swap, near, is_accepted=True, now=NOW)
    assert shifts.rota(1) == [("morning", "周岚")]
    theirs = NewSwap(shifts.plan(lin, 6), zhou.user_id, shifts.plan(zhou, 1, "evening"))
    shifts.write(lin, ask_swap, theirs, now=NOW)  # the one that comes back is tomorrow's
    assert [row.needs_manager for row in shifts.read(zhou, list_swaps, only_open=True)] == [True]
    early = shifts.write(lin, ask_swap, NewSwap(shifts.plan(lin, 3), zhou.user_id), now=NOW)
    late = NOW + timedelta(days=2)
    with pytest.raises(InvalidFieldError, match="不足两日"):
        shifts.write(zhou, answer_swap, early, is_accepted=True, now=late)
    shifts.write(zhou, answer_swap, early, is_accepted=False, now=late)
    rows: list[SwapRow] = shifts.read(manager, list_swaps)
    assert {(one.shift_on, one.is_accepted) for one in rows if one.is_accepted is not None} == {
        (TODAY + timedelta(days=1), True), (TODAY + timedelta(days=3), False),
    }  # fmt: skip
    assert shifts.rota(3) == [("morning", "林若溪")]


@pytest.mark.req("R237")
def test_a_swap_needs_a_planned_shift_of_ones_own_and_a_free_colleague(shifts: Shifts) -> None:
    lin, zhou = shifts.people.advisor, shifts.people.colleague
    mine, his = shifts.plan(lin, 4), shifts.plan(zhou, 4)
    began = shifts.start(lin)
    for new, raised in (
        (NewSwap(his, lin.user_id), NotFoundError),
        (NewSwap(mine, lin.user_id), InvalidFieldError),
        (NewSwap(mine, shifts.people.leader.user_id), InvalidFieldError),
        (NewSwap(began, zhou.user_id), InvalidFieldError),
    ):
        with pytest.raises(raised):
            shifts.write(lin, ask_swap, new, now=NOW)
    swap = shifts.write(lin, ask_swap, NewSwap(mine, zhou.user_id), now=NOW)
    with pytest.raises(InvalidFieldError, match="已经排了"):
        shifts.write(zhou, answer_swap, swap, is_accepted=True, now=NOW)
    assert shifts.rota(4) == [("morning", "周岚"), ("morning", "林若溪")]


@pytest.mark.req("R237")
def test_a_shift_that_was_called_off_stands_in_no_swaps_way(shifts: Shifts) -> None:
    lin, zhou, manager = shifts.people.advisor, shifts.people.colleague, shifts.people.manager
    mine, his = shifts.plan(lin, 5), shifts.plan(zhou, 6)
    for who, ahead in ((zhou, 5), (lin, 6)):
        shifts.write(manager, archive_shift, shifts.plan(who, ahead), now=NOW)
    swap = shifts.write(lin, ask_swap, NewSwap(mine, zhou.user_id, his), now=NOW)
    shifts.write(zhou, answer_swap, swap, is_accepted=True, now=NOW)
    assert (shifts.rota(5), shifts.rota(6)) == ([("morning", "周岚")], [("morning", "林若溪")])
    assert [(row.is_accepted, row.other_on) for row in shifts.read(lin, list_swaps)] == [
        (True, TODAY + timedelta(days=6))
    ]
    again = shifts.plan(lin, 5)  # whose was given away may be planned anew
    back = shifts.write(lin, ask_swap, NewSwap(again, zhou.user_id), now=NOW)
    with pytest.raises(InvalidFieldError, match="已经排了"):
        shifts.write(zhou, answer_swap, back, is_accepted=True, now=NOW)


def test_a_shift_of_a_day_gone_by_is_not_swapped(shifts: Shifts) -> None:
    lin, zhou = shifts.people.advisor, shifts.people.colleague
    mine = shifts.plan(lin, -1)
    with pytest.raises(InvalidFieldError, match="过去"):
        shifts.write(lin, ask_swap, NewSwap(mine, zhou.user_id), now=NOW)
    assert shifts.read(lin, list_shifts, from_on=date(2026, 1, 1), to_on=TODAY)[0].id == mine
