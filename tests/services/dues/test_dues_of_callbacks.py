"""Return calls stand in the one list of everything with a date, with whoever makes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import partial

import pytest
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.services.callbacks.callback_recording import record_callback
from advisorcrm.services.callbacks.callbacks import appoint_callback
from advisorcrm.services.dues.dues import DueRow, list_dues
from advisorcrm.terms import DueKind
from tests.factories import NOW, People, make_client
from tests.services.callbacks.callback_samples import calls_of, make_campaign, record

LATE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def due(database: Database, who: Actor, at: datetime) -> list[DueRow]:
    rows = database.acting_as(who).read(partial(list_dues, at=at))
    return [row for row in rows if row.kind in (DueKind.CALLBACK, DueKind.NEW_CLIENT_CALL)]


@pytest.mark.req("R224")
def test_a_call_is_due_on_the_third_day_or_at_the_time_agreed_until_its_record_is_complete(
    database: Database, people: People
) -> None:
    def fill(session: Session, _actor: Actor) -> int:
        client = make_client(session, people.advisor, name="贺敏")
        session.flush()
        return calls_of(session, make_campaign(session, people.manager))[client].id

    call = database.write(fill)
    [row] = due(database, people.advisor, LATE)
    assert (row.title, row.due_on, row.days_late, row.reason) == (
        "贺敏", date(2026, 11, 23), 1, "须在三天之内回访：11 月例行回访",
    )  # fmt: skip
    assert due(database, people.colleague, LATE) == []
    mine = database.acting_as(people.advisor)
    agreed = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
    mine.write(partial(appoint_callback, callback_id=call, at=agreed, now=NOW))
    [row] = due(database, people.advisor, LATE)
    assert (row.due_on, row.due_time, row.is_overdue) == (date(2026, 11, 24), time(15, 30), False)
    mine.write(partial(record_callback, callback_id=call, record=record(), now=NOW))
    assert due(database, people.advisor, LATE) == []


@pytest.mark.req("R204")
def test_a_new_clients_call_is_the_managers_until_somebody_was_asked_to_make_it(
    database: Database, people: People
) -> None:
    database.write(lambda s, a: make_client(s, people.advisor, opened_on=date(2026, 10, 20)))
    [row] = due(database, people.manager, NOW)
    assert (row.kind, row.due_on) == (DueKind.NEW_CLIENT_CALL, date(2026, 11, 20))
    caller = (people.colleague.user_id,)
    database.acting_as(people.manager).write(
        lambda s, a: make_campaign(s, a, kind="new_client", caller_ids=caller)
    )
    [row] = due(database, people.colleague, NOW)
    assert (row.kind, row.due_on, row.person) == (DueKind.CALLBACK, date(2026, 11, 20), "周岚")
    assert due(database, people.advisor, NOW) == []
