"""Visits: who sees whose, who puts a suggestion aside."""

from __future__ import annotations

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.visits import visit_skips, visit_standards, visit_suggestions, visits
from tests.conftest import TODAY
from tests.factories import NOW
from tests.services.roles import ENTER, MANAGE, Case, World

LEAD = MANAGE | {"leader"}


def skip(session: Session, actor: Actor, world: World) -> int:
    reason = visit_skips.SkipReason.ABSENT
    return visit_skips.skip_visits(session, actor, [world.client], reason, now=NOW)


CASES: dict[str, Case] = {
    "visits.visit_advisors": (lambda s, a, w: visits.visit_advisors(s, a), LEAD | ENTER),
    "visit_suggestions.open_visit_board": (
        lambda s, a, w: visit_suggestions.open_visit_board(
            s, a, today=TODAY, advisor_id=w.advisor).lines,
        LEAD | {"advisor"}),
    "visit_standards.open_visit_standards": (
        lambda s, a, w: visit_standards.open_visit_standards(s, a), LEAD),
    "visit_standards.weigh_contribution": (
        lambda s, a, w: visit_standards.weigh_contribution(s, a, 60) is None, MANAGE),
    "visit_standards.choose_visit_ways": (
        lambda s, a, w: visit_standards.choose_visit_ways(s, a, ["phone"]) is None, MANAGE),
    "visit_skips.skip_visits": (skip, frozenset({"advisor"})),
}  # fmt: skip
