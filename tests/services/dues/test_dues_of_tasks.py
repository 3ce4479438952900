"""Tasks stand in the one list of everything with a date: with whoever has to act on them."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from functools import partial

import pytest

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.services.dues.dues import DueRow, list_dues
from advisorcrm.services.tasks.task_offers import accept_task
from advisorcrm.services.tasks.tasks import NewTask, TaskData, add_task, finish_task, move_task
from advisorcrm.terms import DueKind
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client


def due(database: Database, who: Actor, at: datetime = NOW) -> list[DueRow]:
    rows = database.acting_as(who).read(partial(list_dues, at=at))
    return [row for row in rows if row.kind is DueKind.TASK]


@pytest.mark.req("R22")
def test_a_task_is_due_on_its_day_and_gone_when_done_or_moved(
    database: Database, people: People
) -> None:
    me = database.acting_as(people.advisor)
    ahead = NewTask(str(uuid.uuid4()), TaskData("寄材料", TODAY + timedelta(days=3)))
    at_three = NewTask(str(uuid.uuid4()), TaskData("整理周报", TODAY, time(15)))
    me.write(partial(add_task, new=ahead, now=NOW))
    key = me.write(partial(add_task, new=at_three, now=NOW))
    [row] = due(database, people.advisor)
    assert (row.reason, row.due_on, row.due_time, row.is_overdue) == (
        "任务：整理周报", TODAY, time(15), False,
    )  # fmt: skip
    [row] = due(database, people.advisor, NOW + timedelta(hours=1))
    assert row.is_overdue
    me.write(partial(move_task, task_id=key, due_on=date(2026, 11, 24), today=TODAY))
    assert due(database, people.advisor) == []
    late = due(database, people.advisor, NOW + timedelta(days=5))
    assert [(row.reason, row.days_late) for row in late] == [
        ("任务：寄材料", 2), ("任务：整理周报", 1),
    ]  # fmt: skip
    me.write(partial(finish_task, task_id=key, now=NOW))
    assert len(due(database, people.advisor, NOW + timedelta(days=5))) == 1


@pytest.mark.req("R22", "R58")
def test_a_task_given_to_a_colleague_is_due_there_before_it_is_accepted_and_after(
    database: Database, people: People
) -> None:
    client = database.write(lambda s, a: make_client(s, people.advisor, name="欧阳文静"))
    new = NewTask(
        str(uuid.uuid4()), TaskData("代为回访", TODAY), client_id=client,
        receiver_id=people.colleague.user_id,
    )  # fmt: skip
    key = database.acting_as(people.advisor).write(partial(add_task, new=new, now=NOW))
    assert due(database, people.advisor) == []
    [row] = due(database, people.colleague)
    assert (row.reason, row.title) == ("请接收或退回任务：代为回访", "欧*")
    database.acting_as(people.colleague).write(partial(accept_task, task_id=key, now=NOW))
    assert [row.reason for row in due(database, people.colleague)] == ["任务：代为回访"]
    assert [(row.title, row.person) for row in due(database, people.manager)] == [
        ("欧阳文静", "周岚")
    ]
