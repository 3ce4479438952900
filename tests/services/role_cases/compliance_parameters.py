"""Compliance parameters: manager and leader, two persons for each change; nobody else."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.services.branch import compliance_parameters
from tests.factories import NOW, People
from tests.services.roles import Case, World

TWO = frozenset({"manager", "leader"})


def fill(session: Session, people: People, _client: int) -> dict[str, Any]:
    return {
        "proposal": compliance_parameters.propose_parameter(
            session, people.manager, "risk_test_months", "12", "新规", now=NOW
        )
    }


def _proposal(world: World) -> int:
    found: int = world.more["compliance_parameters"]["proposal"]
    return found


CASES: dict[str, Case] = {
    "compliance_parameters.decide_parameter": (
        lambda s, a, w: (
            compliance_parameters.decide_parameter(s, a, _proposal(w), is_accepted=True, now=NOW)
            or True
        ),
        frozenset({"leader"}),  # the manager has proposed it
    ),
    "compliance_parameters.list_compliance": (
        lambda s, a, w: compliance_parameters.list_compliance(s, a),
        TWO,
    ),
    "compliance_parameters.withdraw_proposal": (
        lambda s, a, w: (
            compliance_parameters.withdraw_proposal(s, a, _proposal(w), now=NOW) or True
        ),
        frozenset({"manager"}),  # who has proposed it
    ),
    "compliance_parameters.propose_parameter": (
        lambda s, a, w: compliance_parameters.propose_parameter(
            s, a, "merge_undo_days", "60", "新规", now=NOW
        ),
        TWO,
    ),
}
