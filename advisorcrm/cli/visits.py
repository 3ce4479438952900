"""``visits``: whom the advisors visited on a day, and whom to visit next (R33, R34)."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING, Any

from advisorcrm.cli.session import signed_in
from advisorcrm.columns import show_instant

if TYPE_CHECKING:
    from advisorcrm.services.visits.visit_suggestions import VisitBoard, VisitLine


def visits(options: argparse.Namespace) -> dict[str, Any]:
    """Own visits for an advisor, everybody's for manager and leader."""
    from advisorcrm.rules.workdays import demand_known_day
    from advisorcrm.services.visits.visit_suggestions import open_visit_board
    from advisorcrm.services.visits.visits import visit_advisors

    demand_known_day(options.day, "day")
    with signed_in(options) as database:
        advisors = database.read(visit_advisors)
        boards = [
            database.read(partial(open_visit_board, today=options.day, advisor_id=advisor_id))
            for advisor_id, _number, _name in advisors
        ]
    return {
        "date": options.day.isoformat(),
        "wanted": boards[0].wanted if boards else 0,
        "advisors": [
            _of_advisor(number, name, board)
            for (_id, number, name), board in zip(advisors, boards, strict=True)
        ],
    }


def _of_advisor(number: str, name: str, board: VisitBoard) -> dict[str, Any]:
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
    }  # fmt: skip


def _visit(line: VisitLine) -> dict[str, Any]:
    log = line.log
    if log is None:
        raise ValueError("a visit has its conversation")
    return {
        "name": line.name, "client_no": log.client_no, "at": show_instant(log.visited_at),
        "way": log.way,
    }  # fmt: skip
