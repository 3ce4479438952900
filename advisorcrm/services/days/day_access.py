"""Whose day may be written on, and until when (R47)."""

from __future__ import annotations

from datetime import date
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.claims import enter_once
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import DayClosing
from advisorcrm.services.access import Right, demand


def own_day(session: Session, actor: Actor, on: date, *, today: date) -> DayClosing:
    """The person's own day to write on; made when it is first written on.

    Raises InvalidFieldError for a day to come and for one that is closed.
    """
    demand(actor, Right.LOG_CONTACTS)
    if on > today:
        raise InvalidFieldError("on", _("还没有到的日子不能收尾。"))
    day = find_day(session, actor.user_id, on)
    if day is None:
        day = DayClosing(user_id=actor.user_id, closing_on=on)  # plan and matters hang on it
        day = enter_once(session, day, partial(find_day, session, actor.user_id, on))
    if day.closed_at is not None:
        raise InvalidFieldError("on", _("这一天已经收尾，不能再改。"))
    return day


def find_day(session: Session, user_id: int, on: date) -> DayClosing | None:
    """The day of a person, if anything was written."""
    return session.scalar(
        select(DayClosing).where(DayClosing.user_id == user_id, DayClosing.closing_on == on)
    )
