"""Everything with a date: each role asks, who leads the team about others too."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.models import DutyDone
from advisorcrm.services.dues import dues, duties
from advisorcrm.terms import DueKind
from tests.factories import NOW, People
from tests.services.roles import EVERYBODY, Case, World

LEAD = frozenset({"manager", "leader"})
ANALYSIS, OCTOBER = DueKind.MONTH_ANALYSIS, date(2026, 10, 1)


def of_the_advisor(session: Session, actor: Actor, world: World) -> bool:
    """The advisor's visits are due: who may ask sees them."""
    own = {"user_id": world.advisor} if actor.user_id != world.advisor else {}
    return bool(dues.list_dues(session, actor, at=NOW, **own))


def fill(session: Session, people: People, client: int) -> dict[str, Any]:
    done = DutyDone(user_id=people.advisor.user_id, kind=DueKind.CHURN_REPORT,
                    period_on=OCTOBER, done_by_id=people.advisor.user_id, done_at=NOW)  # fmt: skip
    session.add(done)
    session.flush()
    return {"done": done.id}


def finish(session: Session, actor: Actor, world: World) -> bool:
    duties.finish_duty(session, actor, world.advisor, ANALYSIS, OCTOBER, now=NOW)
    return True


def reopen(session: Session, actor: Actor, world: World) -> bool:
    duties.reopen_duty(session, actor, world.advisor, DueKind.CHURN_REPORT, OCTOBER, now=NOW)
    return True


def note(session: Session, actor: Actor, world: World) -> bool:
    duties.note_duty(session, actor, world.more["dues"]["done"], "周岚代做")
    return True


CASES: dict[str, Case] = {
    "dues.ask_dues": (lambda s, a, w: dues.ask_dues(s, a, at=NOW, user_id=None), EVERYBODY),
    "dues.list_dues": (of_the_advisor, LEAD | {"advisor"}),
    "duties.finish_duty": (finish, LEAD | {"advisor"}),
    "duties.list_duties_done": (
        lambda s, a, w: duties.list_duties_done(s, a, since=OCTOBER) is not None,
        frozenset({"advisor", "colleague", "manager", "leader", "desk"}),
    ),
    "duties.note_duty": (note, LEAD | {"advisor"}),
    "duties.reopen_duty": (reopen, LEAD | {"advisor"}),
}
