"""Events and shifts in the one list of everything with a date."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import partial

import pytest

from advisorcrm.db.database import Database
from advisorcrm.services.days.shift_logs import (
    NewShift,
    close_shift,
    plan_shift,
    start_shift,
    write_shift_log,
)
from advisorcrm.services.days.shift_memos import NewMemo, add_memo
from advisorcrm.services.dues.dues import DueRow, list_dues
from advisorcrm.services.meetings.event_guests import add_visitor
from advisorcrm.services.meetings.events import EventData, add_event, close_event
from advisorcrm.terms import DueKind
from tests.conftest import TODAY
from tests.factories import NOW, People


@pytest.mark.req("R111", "R235")
def test_events_and_shifts_are_due_until_they_are_summed_up_and_closed(
    database: Database, people: People
) -> None:
    mine = database.acting_as(people.advisor)
    manager = database.acting_as(people.manager)

    def dues(until: date | None = None) -> list[DueRow]:
        rows = mine.read(partial(list_dues, at=NOW, until=until))
        return [row for row in rows if row.kind in (DueKind.EVENT, DueKind.SHIFT)]

    ready = EventData("open_day", "接待日", NOW, "大厅", "资料", is_prepared=True)
    later = EventData("round_table", "座谈会", NOW + timedelta(days=1))
    event, _other = (mine.write(partial(add_event, data=data)) for data in (ready, later))
    mine.write(partial(add_event, data=EventData("gathering", "远", NOW + timedelta(days=9))))
    for days in (0, 2):
        new = NewShift(people.advisor.user_id, TODAY + timedelta(days=days), "morning")
        manager.write(partial(plan_shift, new=new))
    found = {(row.kind, row.due_on, row.due_time, row.reason) for row in dues()}
    tomorrow = TODAY + timedelta(days=1)
    assert found == {
        (DueKind.EVENT, TODAY, time(14, 20), "活动：接待日"),
        (DueKind.EVENT, tomorrow, time(14, 20), "活动：座谈会，材料未备"),
        (DueKind.SHIFT, TODAY, None, "值班日志、备忘未交"),
    }
    assert len(dues(TODAY + timedelta(days=9))) == 5
    mine.write(partial(add_visitor, event_id=event, name="来客"))
    mine.write(partial(close_event, event_id=event, summary="意见已答复", now=NOW))
    key = mine.write(partial(start_shift, shift="morning", now=NOW))
    mine.write(partial(write_shift_log, shift_id=key, content="平静"))
    mine.write(partial(add_memo, new=NewMemo(key, NOW, "", "无"), now=NOW))
    assert len(dues()) == 2
    mine.write(partial(close_shift, shift_id=key, now=NOW))
    assert [row.due_on for row in dues()] == [tomorrow]
    hers = manager.read(partial(list_dues, at=NOW, user_id=people.colleague.user_id))
    assert not {DueKind.EVENT, DueKind.SHIFT} & {row.kind for row in hers}
