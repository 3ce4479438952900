"""Visits: who sees whose, who puts a suggestion aside."""

from __future__ import annotations

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.visits import visit_skips, visit_suggestions, visits
from tests.conftest import TODAY
from tests.factories import NOW
from tests.services.roles import ENTER, MANAGE, Case, World

LEAD = MANAGE | {"leader"}


def skip(session: Session, actor: Actor, world: World) -> int:
    reason = visit_skips.SkipReason.ABSENT
    return visit_skips.skip_visits(session, actor, [world.client], reason, now=NOW)


CASES: dict[str, Case] = {
    "visits.list_visits": (
        lambda s, a, w: visits.list_visits(s, a, day=TODAY, advisor_id=w.advisor),
        LEAD | {"advisor"}),
    "visits.count_visits": (lambda s, a, w: visits.count_visits(s, a, [TODAY]), ENTER),
    "visits.count_branch_visits": (
        lambda s, a, w: visits.count_branch_visits(s, a, [TODAY]), LEAD),
    "visits.visit_advisors": (lambda s, a, w: visits.visit_advisors(s, a), LEAD | ENTER),
    "visit_suggestions.open_visit_board": (
        lambda s, a, w: visit_suggestions.open_visit_board(
            s, a, today=TODAY, advisor_id=w.advisor).lines,
        LEAD | {"advisor"}),
    "visit_skips.skip_visits": (skip, frozenset({"advisor"})),
}  # fmt: skip
