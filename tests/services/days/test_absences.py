"""Who is away and who stands in: what is refused, what the branch's day says (R16, R33)."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from functools import partial

import pytest
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.services.calendar.appointments import NewAppointment, add_appointment
from advisorcrm.services.days.absences import (
    AwayAppointments,
    NewAbsence,
    archive_absence,
    count_appointments_away,
    enter_absence,
    list_absences,
)
from advisorcrm.services.visits.branch_day import open_branch_day
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client

DAY = timedelta(days=1)


@pytest.mark.req("R33")
def test_an_advisor_is_away_with_a_stand_in_until_it_is_taken_back(
    database: Database, people: People
) -> None:
    lead = database.acting_as(people.manager)
    own, other = people.advisor.user_id, people.colleague.user_id

    def enter(*given: object) -> int:
        new = NewAbsence(*given)  # type: ignore[arg-type]
        return lead.write(partial(enter_absence, new=new, now=NOW))

    key = enter(own, TODAY - DAY, TODAY + DAY, other, "年假")
    for wrong, field in (
        ((own, TODAY + DAY, TODAY + 3 * DAY), "from_on"),
        ((own, TODAY + 9 * DAY, TODAY + 8 * DAY), "to_on"),
        ((other, TODAY, TODAY, other), "stand_in_id"),
        ((other, TODAY, TODAY, own), "stand_in_id"),
        ((other, TODAY, TODAY, people.leader.user_id), "stand_in_id"),
    ):
        with pytest.raises(InvalidFieldError) as caught:
            enter(*wrong)
        assert caught.value.field == field, wrong
    with pytest.raises(NotFoundError):
        enter(people.leader.user_id, TODAY, TODAY)
    with pytest.raises(NotAllowedError):
        database.acting_as(people.leader).write(
            partial(enter_absence, new=NewAbsence(other, TODAY, TODAY), now=NOW)
        )
    enter(other, TODAY + 20 * DAY, TODAY + 21 * DAY)
    ask = partial(list_absences, from_on=TODAY, to_on=TODAY + 7 * DAY)
    [row] = database.acting_as(people.leader).read(ask)
    assert (row.user_id, row.to_on, row.stand_in_name, row.note) == (
        own, date(2026, 11, 21), "周岚", "年假",
    )  # fmt: skip
    day = lead.read(partial(open_branch_day, now=NOW))
    assert [bool(day.away(own, TODAY + step * DAY)) for step in (-2, -1, 0)] == [False, True, True]
    assert day.away(other, TODAY) is None
    away = partial(count_appointments_away, today=TODAY)
    assert lead.read(away) == []

    def arrange(session: Session, actor: Actor) -> None:
        client = make_client(session, people.advisor)
        for step in (0, 1, 2):
            at = datetime.combine(TODAY + step * DAY, time(16), BRANCH_TIME)
            new = NewAppointment(str(uuid.uuid4()), at, 30, client_id=client, title="面谈")
            add_appointment(session, people.advisor, new, now=NOW)

    lead.write(arrange)
    assert lead.read(away) == [AwayAppointments(own, "林若溪", 2)]
    lead.write(partial(archive_absence, absence_id=key, now=NOW))
    assert lead.read(ask) == []
    assert lead.read(partial(open_branch_day, now=NOW)).absences == ()
