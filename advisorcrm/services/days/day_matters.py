"""Matters an advisor brings before the leader at the day's end, and the answers (R47)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import DayClosing, DayMatter, User
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.rules.masking import mask_words
from advisorcrm.services.access import Right, demand, may
from advisorcrm.services.days.day_access import own_day
from advisorcrm.services.files.client_checks import clean_text


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One matter for the leader."""

    id: int
    on: Annotated[date, Column("日期", width=12)]
    user_name: Annotated[str, Column("上报人", width=10)]
    text: Annotated[str, Column("上报事项", width=40)]
    reported_at: Annotated[datetime | None, Column("上报时间", width=16)]
    answer: Annotated[str, Column("批示", width=30)]
    answered_by: Annotated[str, Column("批示人", width=10)]
    answered_at: Annotated[datetime | None, Column("批示时间", width=16)]


def add_matter(session: Session, actor: Actor, text: str, *, on: date, today: date) -> int:
    """Note something the leader should know; it is reported when the day is closed."""
    day = own_day(session, actor, on, today=today)
    text = clean_text("text", text, limit=LONG_TEXT)
    if not text:
        raise InvalidFieldError("text", _("请写要反映的事项。"))
    matter = DayMatter(day_closing_id=day.id, text=text)
    session.add(matter)
    session.flush()  # the id is the answer
    return matter.id


def archive_matter(session: Session, actor: Actor, matter_id: int, *, now: datetime) -> None:
    """Take a matter back that was not reported yet."""
    _own_matter(session, actor, matter_id).archived_at = now


def restore_matter(session: Session, actor: Actor, matter_id: int) -> None:
    """Put a matter back that was not reported yet."""
    _own_matter(session, actor, matter_id).archived_at = None


def list_matters(session: Session, actor: Actor, *, only_open: bool = False) -> list[MatterRow]:
    """Reported matters, those without an answer first; everybody's for those who lead."""
    statement = _select_rows().where(DayMatter.reported_at.is_not(None))
    if not may(actor, Right.LEAD_TEAM):
        demand(actor, Right.LOG_CONTACTS)
        statement = statement.where(DayClosing.user_id == actor.user_id)
    if only_open:
        statement = statement.where(DayMatter.answered_at.is_(None))
    order = (DayMatter.answered_at.is_not(None), DayMatter.reported_at.desc(), DayMatter.id)
    return _rows(session, statement.order_by(*order))


def answer_matter(
    session: Session, actor: Actor, matter_id: int, answer: str, *, now: datetime
) -> None:
    """The leader or manager says what is to be done (批示); another answer replaces it."""
    demand(actor, Right.LEAD_TEAM)
    matter = session.get(DayMatter, matter_id)
    if matter is None or matter.reported_at is None:
        raise NotFoundError(_("找不到这件上报事项。"))
    matter.answer = clean_text("answer", answer, limit=LONG_TEXT)
    if not matter.answer:
        raise InvalidFieldError("answer", _("请写批示。"))
    matter.answered_at, matter.answered_by_id = now, actor.user_id


def matters_of(session: Session, day_id: int) -> list[MatterRow]:
    """The matters of one day, reported or not, in the order in which they were written."""
    statement = _select_rows().where(DayMatter.day_closing_id == day_id)
    return _rows(session, statement.order_by(DayMatter.id))


def report_matters(session: Session, day_id: int, now: datetime) -> None:
    """Bring the matters of a day before the leader."""
    for matter in session.scalars(
        select(DayMatter).where(DayMatter.day_closing_id == day_id, DayMatter.archived_at.is_(None))
    ):
        matter.reported_at = now


def _own_matter(session: Session, actor: Actor, matter_id: int) -> DayMatter:
    demand(actor, Right.LOG_CONTACTS)
    matter = session.get(DayMatter, matter_id)
    day = session.get(DayClosing, matter.day_closing_id) if matter else None
    if matter is None or day is None or day.user_id != actor.user_id:
        raise NotFoundError(_("找不到这件上报事项。"))
    if matter.reported_at is not None:
        raise InvalidFieldError("matter_id", _("已经上报，不能再改。"))
    if day.closed_at is not None:  # put back now it would be reported to nobody
        raise InvalidFieldError("matter_id", _("这一天已经收尾，不能再改。"))
    return matter


def _select_rows() -> AnySelect:
    judge = aliased(User)
    return (
        select(DayMatter, DayClosing.closing_on, User.name, judge.name)
        .join(DayClosing, DayClosing.id == DayMatter.day_closing_id)
        .join(User, User.id == DayClosing.user_id)
        .outerjoin(judge, judge.id == DayMatter.answered_by_id)
        .where(DayMatter.archived_at.is_(None))
    )


def _rows(session: Session, statement: AnySelect) -> list[MatterRow]:
    return [
        MatterRow(
            matter.id, on, name, mask_words(matter.text), matter.reported_at,
            mask_words(matter.answer), judged or "", matter.answered_at,
        )
        for matter, on, name, judged in session.execute(statement)
    ]  # fmt: skip
