"""``due``: everything with a date that is due at an instant, with its reason (R22)."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING, Any

from advisorcrm.cli.session import now, signed_in
from advisorcrm.cli.usage import instant_of
from advisorcrm.columns import BRANCH_TIME

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from advisorcrm.db.actor import Actor
    from advisorcrm.db.database import Database


def due(options: argparse.Namespace) -> dict[str, Any]:
    """What is due then, the overdue first: the person's own, or for who leads everybody's."""
    from advisorcrm.db.copies import last_copy
    from advisorcrm.rules.workdays import demand_known_day
    from advisorcrm.services.dues.dues import list_dues

    at = instant_of(options.at) if options.at else now().astimezone(BRANCH_TIME)
    if options.until is not None:
        demand_known_day(options.until, "until")
    with signed_in(options) as database:
        rows = database.read(
            partial(
                list_dues,
                at=at,
                until=options.until,
                user_id=_person(database, options.advisor),
                copied=last_copy(database),
            )
        )
    dues = [
        {
            "kind": row.kind.value,
            "label": row.kind.label,
            "title": row.title,
            "reason": row.reason,
            "due_on": row.due_on.isoformat(),
            "due_time": f"{row.due_time:%H:%M}" if row.due_time else "",
            "overdue": row.is_overdue,
            "days_late": row.days_late or 0,
            "advisor": row.person,
        }
        for row in rows
    ]
    return {"at": at.isoformat(), "total": len(dues), "due": dues}


def _person(database: Database, number: str | None) -> int | None:
    if not number:
        return None
    from advisorcrm.services.branch.users import clean_employee_no, find_actor

    def find(session: Session, _actor: Actor) -> int:
        return find_actor(session, clean_employee_no(number)).user_id

    return database.read(find)
