"""Claims in the database: of several that want the same row exactly one gets it (fault 36)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import and_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advisorcrm.models import Reminder
from advisorcrm.models.base import Base
from advisorcrm.models.reminder import CLAIM

_CHUNK = 500
_Row = TypeVar("_Row", bound=Base)


def enter_once(session: Session, row: _Row, find: Callable[[], _Row | None]) -> _Row:
    """Enter what there is only one of; where another person was quicker, theirs is the answer.

    On the server two who look at once both find nothing: the second one's insert waits for the
    first to be kept and is then refused. Only the insert is taken back, not what was done before.
    """
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()  # refused here, not at the end
    except IntegrityError:
        theirs = find()
        if theirs is None:
            raise
        return theirs
    return row


def claim_reminders(
    session: Session, rows: Sequence[Mapping[str, Any]], *, not_after: datetime
) -> list[int]:
    """Enter reminders that nobody has entered yet; the ids of those that are ours now.

    A claim that bears a time after ``not_after`` was made while a clock stood wrong: it is made
    anew, unless the person has dealt with it.
    """
    made: list[int] = []
    for chunk in _chunks(rows):
        entering = _insert(session)(Reminder).values(chunk)
        again = {
            name: entering.excluded[name]
            for name in ("claimed_at", "state", "is_bundled", "name", "detail")
        }
        statement = entering.on_conflict_do_update(
            index_elements=list(CLAIM),
            set_=again | {"snoozed_until": None},
            where=and_(Reminder.claimed_at > not_after, Reminder.done_at.is_(None)),
        ).returning(Reminder.id)
        made += session.scalars(statement)
    return made


def _insert(session: Session) -> Any:
    """Only the words of the database in use are loaded: a window holds 2 MB for the server's."""
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert
    from sqlalchemy.dialects import sqlite

    return sqlite.insert


def _chunks(rows: Sequence[Mapping[str, Any]]) -> Iterable[Sequence[Mapping[str, Any]]]:
    return (rows[start : start + _CHUNK] for start in range(0, len(rows), _CHUNK))
