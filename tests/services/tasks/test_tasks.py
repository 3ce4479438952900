"""Tasks: the day's list in its order, given and answered, moved, done, and come again."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import (
    ConflictError,
    InvalidFieldError,
    NotAllowedError,
    NotFoundError,
    UserError,
)
from advisorcrm.services.allocations.handovers import NewHandover, hand_over, undo_handover
from advisorcrm.services.tasks import task_offers, tasks
from advisorcrm.services.tasks.task_lists import (
    TaskFilter,
    TaskRow,
    TaskScope,
    count_tasks,
    list_tasks,
)
from advisorcrm.services.tasks.tasks import NewTask, TaskData
from advisorcrm.terms import TaskKind, TaskPriority, TaskRepeat, TaskState
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client

MONDAY = TODAY + timedelta(days=3)


def add(database: Database, who: Actor, title: str = "整理周报", **given: Any) -> int:
    about = {
        name: given.pop(name) for name in ("client_id", "receiver_id", "kind") if name in given
    }
    new = NewTask(str(uuid.uuid4()), TaskData(title, given.pop("due_on", TODAY), **given), **about)
    return database.acting_as(who).write(partial(tasks.add_task, new=new, now=NOW))


def do(database: Database, who: Actor, work: Any, *given: Any, **named: Any) -> Any:
    return database.acting_as(who).write(lambda s, a: work(s, a, *given, **named))


def listed(
    database: Database, who: Actor, scope: TaskScope = TaskScope.OWN, today: date = TODAY
) -> list[TaskRow]:
    read = partial(list_tasks, query=TaskFilter(scope), today=today)
    return database.acting_as(who).read(read)


def titles(database: Database, who: Actor, scope: TaskScope = TaskScope.OWN) -> list[str]:
    return [row.title for row in listed(database, who, scope)]


@pytest.mark.req("R238", "R22")
def test_the_days_list_has_the_urgent_and_important_first_then_the_older_day(
    database: Database, people: People
) -> None:
    me = people.advisor
    add(database, me, "一般")
    add(database, me, "重要", is_important=True)
    add(database, me, "紧急", is_urgent=True, due_on=MONDAY)
    add(database, me, "又急又要，周一", is_urgent=True, is_important=True, due_on=MONDAY)
    add(database, me, "又急又要，今天", is_urgent=True, is_important=True)
    add(database, people.colleague, "同事的")
    found = listed(database, me)
    assert [row.title for row in found] == [
        "又急又要，今天", "又急又要，周一", "紧急", "重要", "一般",
    ]  # fmt: skip
    assert [row.priority for row in found][1:] == list(TaskPriority)
    assert [row.days_late for row in listed(database, me, today=TODAY + timedelta(days=2))] == [
        2, 0, 0, 2, 2,
    ]  # fmt: skip


@pytest.mark.req("R58", "R239")
def test_help_is_asked_of_the_leader_who_takes_it_and_the_asker_sees_it_done(
    database: Database, people: People
) -> None:
    me, leader = people.advisor, people.leader
    client = database.write(lambda s, a: make_client(s, me, name="欧阳文静"))
    key = add(
        database, me, "请一起挽留", client_id=client, receiver_id=leader.user_id,
        kind=TaskKind.ASSIST, is_urgent=True,
    )  # fmt: skip
    assert titles(database, me) == []
    [asked] = listed(database, leader, TaskScope.TO_ACCEPT)
    assert (asked.kind, asked.client_name, asked.creator_name) == (
        TaskKind.ASSIST, "欧阳文静", "林若溪",
    )  # fmt: skip
    with pytest.raises(UserError, match="先接收"):
        do(database, leader, tasks.finish_task, key, now=NOW)

    do(database, leader, task_offers.accept_task, key, now=NOW)
    assert titles(database, leader) == ["请一起挽留"]
    assert [row.owner_name for row in listed(database, me, TaskScope.GIVEN)] == ["高远"]
    do(database, leader, tasks.finish_task, key, result="已面谈，同意留下", now=NOW)
    [done] = listed(database, me, TaskScope.DONE)
    assert (done.state, done.remark) == (TaskState.DONE, "已面谈，同意留下")
    assert titles(database, me, TaskScope.GIVEN) == []


@pytest.mark.req("R58")
def test_what_is_given_back_stays_with_its_owner_together_with_the_reason(
    database: Database, people: People
) -> None:
    me, other = people.advisor, people.colleague
    key = add(database, me, "代接待")
    do(database, me, task_offers.hand_over_task, key, other.user_id, now=NOW)
    with pytest.raises(InvalidFieldError, match="退回原因"):
        do(database, other, task_offers.return_task, key, reason=" ")
    do(database, other, task_offers.return_task, key, reason="下午外出")
    assert titles(database, other, TaskScope.TO_ACCEPT) == []
    assert [(row.title, row.remark) for row in listed(database, me)] == [
        ("代接待", f"{other.name}退回：下午外出")
    ]
    with pytest.raises(NotFoundError):
        do(database, other, task_offers.accept_task, key, now=NOW)

    do(database, me, task_offers.hand_over_task, key, other.user_id, now=NOW)
    do(database, me, task_offers.withdraw_task, key)
    assert [row.remark for row in listed(database, me)] == [""]


@pytest.mark.req("R58")
def test_a_colleague_who_helps_reads_the_clients_surname_only(
    database: Database, people: People
) -> None:
    client = database.write(lambda s, a: make_client(s, people.advisor, name="欧阳文静"))
    add(database, people.advisor, client_id=client, receiver_id=people.colleague.user_id)
    [row] = listed(database, people.colleague, TaskScope.TO_ACCEPT)
    assert row.client_name == "欧*"
    assert "欧阳文静" not in repr(row)


def test_help_needs_somebody_who_may_be_asked(database: Database, people: People) -> None:
    for who in (None, people.advisor.user_id, people.administrator.user_id):
        with pytest.raises(InvalidFieldError) as caught:
            add(database, people.advisor, receiver_id=who, kind=TaskKind.ASSIST)
        assert caught.value.field == "receiver_id"
    offered = database.acting_as(people.advisor).read(task_offers.list_receivers)
    assert [name for _key, _number, name in offered] == ["高远", "方静", "周岚", "许诺"]


@pytest.mark.req("R47")
def test_a_task_that_comes_again_makes_the_next_one_when_done_and_undo_takes_it_away(
    database: Database, people: People
) -> None:
    me = people.advisor
    key = add(
        database, me, "档案检查", repeats=TaskRepeat.DAILY, repeats_on_workdays=True,
        is_important=True, note="按清单",
    )  # fmt: skip
    following = do(database, me, tasks.finish_task, key, now=NOW)
    [row] = listed(database, me)
    assert (row.id, row.title, row.due_on, row.is_important, row.note) == (
        following, "档案检查", MONDAY, True, "按清单",
    )  # fmt: skip
    do(database, me, tasks.reopen_task, key, now=NOW)
    assert [(row.id, row.due_on) for row in listed(database, me)] == [(key, TODAY)]
    assert do(database, me, tasks.finish_task, key, now=NOW) == following
    assert [(row.id, row.due_on) for row in listed(database, me)] == [(following, MONDAY)]

    do(database, me, tasks.cancel_task, following, now=NOW)
    assert listed(database, me) == []


@pytest.mark.req("R47")
def test_a_task_of_fridays_that_was_moved_and_done_comes_on_the_next_friday_but_once(
    database: Database, people: People
) -> None:
    me = people.advisor
    friday, week = TODAY, timedelta(days=7)

    def done(key: int, on: date, *moves: date) -> tuple[int, date]:
        """Move it about, then do it on ``on``: the one that follows, and its day."""
        for day in moves:
            do(database, me, tasks.move_task, key, day, today=min(on, *moves))
        now = NOW + (on - TODAY)
        following: int = do(database, me, tasks.finish_task, key, now=now)
        [row] = listed(database, me)
        assert row.id == following
        return following, row.due_on

    first = add(database, me, "周报", due_on=friday + week, repeats=TaskRepeat.WEEKLY)
    second, on = done(first, MONDAY, MONDAY)  # earlier: not on its old day again
    assert on == friday + 2 * week
    third, on = done(second, on + timedelta(days=3), on + timedelta(days=3))  # later
    assert on == friday + 3 * week
    fourth, on = done(third, on - timedelta(days=1), on - timedelta(days=2), on - timedelta(days=1))
    assert on == friday + 4 * week
    fifth, on = done(fourth, on - timedelta(days=1), on - timedelta(days=1))  # and again earlier
    assert on == friday + 5 * week
    _sixth, on = done(fifth, on + week, on + week)  # onto the day of the next one
    assert on == friday + 7 * week


@pytest.mark.req("R47")
def test_a_task_is_moved_told_so_and_moved_back(database: Database, people: People) -> None:
    me = people.advisor
    key = add(database, me)
    before = do(database, me, tasks.move_task, key, MONDAY, today=TODAY)
    [row] = listed(database, me)
    assert (row.due_on, row.state) == (MONDAY, TaskState.MOVED)
    do(database, me, tasks.move_back_task, key, before)
    assert [(row.due_on, row.state) for row in listed(database, me)] == [(TODAY, TaskState.OPEN)]
    with pytest.raises(InvalidFieldError, match="期限已过"):
        do(database, me, tasks.move_task, key, TODAY - timedelta(days=1), today=TODAY)


def test_a_task_changed_by_another_in_between_is_not_overwritten(
    database: Database, people: People
) -> None:
    key = add(database, people.advisor)
    [row] = listed(database, people.advisor)
    data = TaskData("整理月报", MONDAY, is_urgent=True)
    do(database, people.manager, tasks.change_task, key, data, version=row.version, today=TODAY)
    with pytest.raises(ConflictError):
        do(database, people.advisor, tasks.change_task, key, data, version=row.version, today=TODAY)
    [row] = listed(database, people.advisor)
    assert (row.title, row.due_on, row.state, row.is_urgent) == (
        "整理月报", MONDAY, TaskState.MOVED, True,
    )  # fmt: skip


def test_only_whom_it_concerns_and_the_manager_change_a_task(
    database: Database, people: People
) -> None:
    key = add(database, people.advisor)
    for who, error in ((people.colleague, NotFoundError), (people.leader, NotAllowedError)):
        with pytest.raises(error):
            do(database, who, tasks.finish_task, key, now=NOW)
    assert titles(database, people.leader, TaskScope.BRANCH) == ["整理周报"]
    assert titles(database, people.colleague, TaskScope.BRANCH) == []
    do(database, people.manager, tasks.finish_task, key, now=NOW)
    with pytest.raises(UserError, match="已办结"):
        do(database, people.advisor, tasks.finish_task, key, now=NOW)


def test_one_task_for_each_chosen_client_and_a_retry_makes_none_twice(
    database: Database, people: People
) -> None:
    me = people.advisor
    clients = [database.write(lambda s, a: make_client(s, me)) for _n in range(3)]
    new = NewTask(str(uuid.uuid4()), TaskData("约风险测评", MONDAY))
    first = do(database, me, tasks.add_client_tasks, new, clients, now=NOW)
    assert do(database, me, tasks.add_client_tasks, new, clients, now=NOW) == first
    assert {row.client_id for row in listed(database, me)} == set(clients)
    strange = database.write(lambda s, a: make_client(s, people.colleague))
    with pytest.raises(NotFoundError):
        do(database, me, tasks.add_client_tasks, new, [strange], now=NOW)
    with pytest.raises(InvalidFieldError):
        add(database, me, "  ")


def test_the_filters_say_how_many_stand_behind_them(database: Database, people: People) -> None:
    me, other = people.advisor, people.colleague
    add(database, me)
    add(database, me, receiver_id=other.user_id)
    add(database, other, receiver_id=me.user_id)
    counts = database.acting_as(me).read(count_tasks)
    assert counts == {TaskScope.OWN: 1, TaskScope.TO_ACCEPT: 1, TaskScope.GIVEN: 1}


def test_every_change_of_a_task_is_kept(database: Database, people: People) -> None:
    key = add(database, people.advisor)
    do(database, people.advisor, tasks.finish_task, key, now=NOW)
    kept = rows(database, "SELECT operation FROM change_history WHERE table_name = 'task'")
    assert sorted(row[0] for row in kept) == ["insert", "update"]


def test_tasks_about_a_client_wait_for_the_advisor_to_whom_he_is_handed_over(
    database: Database, people: People
) -> None:
    me, other = people.advisor, people.colleague
    client = database.write(lambda s, a: make_client(s, me))
    add(database, me, "约风险测评", client_id=client)
    add(database, me, "请一起面谈", client_id=client, receiver_id=people.leader.user_id)
    add(database, people.manager, "核对资料", client_id=client)
    add(database, me, "整理周报")
    moves = ((client, other.user_id),)
    new = NewHandover(str(uuid.uuid4()), moves, "均衡")
    handed = do(database, people.manager, hand_over, new, now=NOW)
    assert titles(database, other, TaskScope.TO_ACCEPT) == ["约风险测评"]
    assert titles(database, me) == ["整理周报"]
    assert titles(database, people.manager) == ["核对资料"]
    assert titles(database, people.leader, TaskScope.TO_ACCEPT) == ["请一起面谈"]

    do(database, people.manager, undo_handover, handed.id, now=NOW)
    assert titles(database, other, TaskScope.TO_ACCEPT) == []
    assert titles(database, me) == ["约风险测评", "整理周报"]
