"""Two people begin the same thing in one moment: both get the one thing, nobody a crash."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.services.days.checklists import mark_item
from advisorcrm.services.days.day_closings import write_day
from advisorcrm.services.days.day_slots import list_day_slots
from advisorcrm.services.days.shift_logs import NewShift, plan_shift, start_shift
from advisorcrm.services.drafts import list_drafts, save_draft
from advisorcrm.services.dues.duties import finish_duty
from advisorcrm.services.meetings.event_guests import invite_clients
from advisorcrm.services.meetings.events import EventData, add_event
from advisorcrm.services.meetings.meetings import begin_minutes, get_minutes
from advisorcrm.terms import Channel, DueKind, MeetingKind
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client

Work = Callable[[Session, Actor], Any]
WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted"
LOOKS = 20_000


def at_once(database: Database, first: tuple[Actor, Work], second: tuple[Actor, Work]) -> list[Any]:
    """Both look before either has kept anything: on the server the second one's insert waits."""
    with ThreadPoolExecutor(1) as other:

        def work(session: Session, actor: Actor) -> Any:
            answer = first[1](session, actor)
            session.flush()
            answers.append(other.submit(database.acting_as(second[0]).write, second[1]))
            if database.engine_name == "postgresql":
                looks = (session.scalar(text(WAITS)) for _n in range(LOOKS))
                assert any(looks), "the second one does not wait"
            return answer

        answers: list[Any] = []
        answer = database.acting_as(first[0]).write(work)
        return [answer, answers[0].result()]


@pytest.mark.req("R48")
def test_minutes_begun_by_two_are_the_same_minutes(database: Database, people: People) -> None:
    begin = partial(begin_minutes, kind=MeetingKind.MORNING, held_on=TODAY, now=NOW)
    mine, theirs = at_once(database, (people.advisor, begin), (people.manager, begin))
    assert mine == theirs
    minutes = database.acting_as(people.manager).read(partial(get_minutes, meeting_id=mine))
    assert minutes.recorder_name == "林若溪"
    assert (len(minutes.items), len(minutes.attendees)) == (4, 3)


def test_what_there_is_one_of_a_day_is_entered_once_from_two_computers(
    database: Database, people: People
) -> None:
    me = people.advisor
    item = next(
        item.id
        for slot in database.acting_as(me).read(list_day_slots)
        for item in slot.items
        if not item.is_room_round
    )
    write = partial(write_day, on=TODAY, summary="写好了", acceptance="", today=TODAY)
    tick = partial(mark_item, item_id=item, is_done=True, now=NOW)
    draft = partial(save_draft, form="log", subject="", title="草稿", content={}, now=NOW)
    works: tuple[Work, ...] = (write, tick, draft)
    for work in works:
        at_once(database, (me, work), (me, work))
    assert rows(database, "SELECT count(*) FROM day_closing") == [(1,)]
    assert rows(database, "SELECT count(*) FROM checklist_mark") == [(1,)]
    assert len(database.acting_as(me).read(list_drafts)) == 1


def test_two_who_lead_plan_invite_and_tick_the_same_and_it_stands_once(
    database: Database, people: People
) -> None:
    me, boss = people.advisor, people.manager
    client = database.write(lambda s, a: make_client(s, me))
    event = database.acting_as(me).write(
        partial(add_event, data=EventData("round_table", "年末策略", NOW))
    )
    plan = partial(plan_shift, new=NewShift(me.user_id, TODAY, "morning"))
    begin = partial(start_shift, shift="morning", now=NOW)
    planned = at_once(database, (boss, plan), (me, begin))
    assert planned[0] == planned[1]
    invite = partial(
        invite_clients, event_id=event, client_ids=[client], channel=Channel.PHONE, now=NOW
    )
    at_once(database, (me, invite), (boss, invite))
    assert rows(database, "SELECT invited_by_id FROM event_guest") == [(me.user_id,)]
    month = TODAY.replace(day=1)
    done = partial(
        finish_duty, user_id=me.user_id, kind=DueKind.MONTH_ANALYSIS, period_on=month, now=NOW
    )
    at_once(database, (me, done), (boss, done))
    assert rows(database, "SELECT done_by_id FROM duty_done") == [(me.user_id,)]
