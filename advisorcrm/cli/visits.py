"""``visits``: whom the advisors visited on a day, and whom to visit next (R33, R34)."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING, Any

from advisorcrm.cli.session import signed_in
from advisorcrm.columns import show_instant

if TYPE_CHECKING:
    from advisorcrm.db.database import Database
    from advisorcrm.services.visits.visit_suggestions import VisitLine


def visits(options: argparse.Namespace) -> dict[str, Any]:
    """Own visits for an advisor, everybody's for manager and leader."""
    from advisorcrm.rules.workdays import demand_known_day
    from advisorcrm.services.visits.visits import visit_advisors

    demand_known_day(options.day, "day")
    with signed_in(options) as database:
        advisors = database.read(visit_advisors)
        shown = [_of_advisor(database, options, *advisor) for advisor in advisors]
        wanted = shown[0].pop("wanted") if shown else 0
        for one in shown[1:]:
            one.pop("wanted")
    return {"date": options.day.isoformat(), "wanted": wanted, "advisors": shown}


def _of_advisor(
    database: Database, options: argparse.Namespace, advisor_id: int, number: str, name: str
) -> dict[str, Any]:
    from advisorcrm.services.visits.visit_suggestions import open_visit_board

    work = partial(open_visit_board, today=options.day, advisor_id=advisor_id)
    board = database.read(work)
    return {
        "number": number,
        "name": name,
        "visited": board.visited,
        "visits": [_visit(line) for line in board.lines if line.is_done],
        "suggestions": [
            {"name": line.name, "rank": line.rank, "days_since": line.days_since,
             "reasons": list(line.reasons)}
            for line in board.suggested
        ],
        "wanted": board.wanted,
    }  # fmt: skip


def _visit(line: VisitLine) -> dict[str, Any]:
    log = line.log
    if log is None:
        raise ValueError("a visit has its conversation")
    return {
        "name": line.name, "client_no": log.client_no, "at": show_instant(log.visited_at),
        "way": log.way,
    }  # fmt: skip
