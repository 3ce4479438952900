"""Everything with a date: each role asks, who leads the team about others too."""

from __future__ import annotations

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.dues import dues
from tests.factories import NOW
from tests.services.roles import Case, World

LEAD = frozenset({"manager", "leader"})


def of_the_advisor(session: Session, actor: Actor, world: World) -> bool:
    """The advisor's visits are due: who may ask sees them."""
    own = {"user_id": world.advisor} if actor.user_id != world.advisor else {}
    return bool(dues.list_dues(session, actor, at=NOW, **own))


CASES: dict[str, Case] = {
    "dues.list_dues": (of_the_advisor, LEAD | {"advisor"}),
}
