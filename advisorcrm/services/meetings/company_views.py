"""What the company thinks of a stock or report: one view a day, with what is to be pushed (R24).

A decision 重点推送 of the morning meeting is a view with ``is_push``; pushes build on it (R23).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.errors import InvalidFieldError, NotFoundError, UserError
from advisorcrm.i18n import _
from advisorcrm.models import Branch, CompanyView, Meeting, User
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.services.access import Right, demand
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import Stance

_CODE = 12


@dataclass(frozen=True, slots=True)
class NewCompanyView:
    """What the form gives; ``uuid`` is made when it opens, so that a retry decides once."""

    uuid: str
    subject: str
    stance: Stance
    holds_from_on: date
    holds_until_on: date
    code: str = ""
    is_push: bool = False
    source: str = ""
    points: str = ""
    meeting_id: int | None = None


@dataclass(frozen=True, slots=True)
class CompanyViewRow:
    """One view as lists and minutes show it."""

    id: int
    is_push: Annotated[bool, Column("重点推送", width=9)]
    code: Annotated[str, Column("代码", width=9)]
    subject: Annotated[str, Column("股票或报告", width=18)]
    stance: Annotated[Stance, Column("观点", width=7)]
    holds_from_on: Annotated[date, Column("生效", width=13)]
    holds_until_on: Annotated[date, Column("有效至", width=13)]
    source: Annotated[str, Column("来源", width=14)]
    points: Annotated[str, Column("要点", width=28)]
    author_name: Annotated[str, Column("决定人", width=9)]
    meeting_id: int | None
    withdrawn_at: datetime | None
    withdraw_reason: str


def decide_view(session: Session, actor: Actor, new: NewCompanyView, *, now: datetime) -> int:
    """Fix what the branch says of a stock or report (manager); a retry answers the same id.

    Raises InvalidFieldError without a subject, for days the wrong way round, and for a stance
    that differs from the one that holds on one of these days: 理财观点统一. UserError for a
    meeting whose minutes are closed.
    """
    demand(actor, Right.DECIDE_VIEWS)
    known = session.scalar(select(CompanyView.id).where(CompanyView.uuid == new.uuid))
    if known is not None:
        return known
    _demand_open(session, new.meeting_id)
    code = "".join(unicodedata.normalize("NFKC", new.code).split()).upper()[:_CODE]
    subject = clean_text("subject", new.subject)
    if not subject:
        raise InvalidFieldError("subject", _("请写明是哪只股票或哪份报告。"))
    if new.holds_until_on < new.holds_from_on:
        raise InvalidFieldError("holds_until_on", _("有效期止早于起，请核对。"))
    session.execute(select(Branch.id).with_for_update())  # two at once would not see each other
    _demand_same_stance(session, new, code, subject)
    view = CompanyView(
        uuid=new.uuid,
        meeting_id=new.meeting_id,
        code=code,
        subject=subject,
        stance=new.stance,
        is_push=new.is_push,
        source=clean_text("source", new.source),
        points=clean_text("points", new.points, limit=LONG_TEXT),
        holds_from_on=new.holds_from_on,
        holds_until_on=new.holds_until_on,
        author_id=actor.user_id,
        created_at=now,
    )
    session.add(view)
    session.flush()  # the id is the answer
    return view.id


def withdraw_view(
    session: Session, actor: Actor, view_id: int, *, reason: str, now: datetime
) -> None:
    """It holds no more, and why; another stance may be decided then.

    What is withdrawn on its meeting's day while the minutes are still written leaves them: it was
    never decided. What stood in them when they were closed stays, even if they are opened again.
    """
    demand(actor, Right.DECIDE_VIEWS)
    view = session.get(CompanyView, view_id)
    if view is None or view.withdrawn_at is not None:
        raise NotFoundError(_("这条观点已撤回，或不在记录里。"))
    said = clean_text("reason", reason)
    if not said:
        raise InvalidFieldError("reason", _("请写明撤回原因。"))
    view.withdrawn_at, view.withdraw_reason = now, said
    if _is_being_written(session.get(Meeting, view.meeting_id or 0), now):
        view.meeting_id = None


def list_company_views(
    session: Session, actor: Actor, *, on: date, only_pushes: bool = False, text: str = ""
) -> list[CompanyViewRow]:
    """What holds on a day, what is to be pushed first; ``text`` is part of a code or a name."""
    demand(actor, Right.SEE_MINUTES)
    statement = _holding(on, on).order_by(CompanyView.is_push.desc(), CompanyView.id)
    if only_pushes:
        statement = statement.where(CompanyView.is_push)
    rows, wanted = _rows(session, statement), _plain(text)
    return [row for row in rows if wanted in _plain(row.code) or wanted in _plain(row.subject)]


def views_of_meeting(session: Session, meeting: Meeting) -> list[CompanyViewRow]:
    """What a meeting decided; what was withdrawn later stays, marked as such."""
    statement = (
        _select()
        .where(CompanyView.meeting_id == meeting.id)
        .order_by(CompanyView.is_push.desc(), CompanyView.id)
    )
    return _rows(session, statement)


def _is_being_written(meeting: Meeting | None, now: datetime) -> bool:
    """Whether the meeting's day is not over and nobody has closed the minutes."""
    if meeting is None or meeting.closed_at is not None:
        return False
    return now < start_of(meeting.held_on + timedelta(days=1))


def _demand_open(session: Session, meeting_id: int | None) -> None:
    """What was 定稿 decides nothing more."""
    meeting = session.get(Meeting, meeting_id) if meeting_id is not None else None
    if meeting is not None and meeting.closed_at is not None:
        raise UserError(_("纪要已定稿，不能再改；确需更正请客服经理撤回定稿。"))


def _demand_same_stance(session: Session, new: NewCompanyView, code: str, subject: str) -> None:
    for row in _rows(session, _holding(new.holds_from_on, new.holds_until_on)):
        if row.stance is not new.stance and _is_same(row.code, row.subject, code, subject):
            told = _(
                "{subject}在 {first} 至 {last} 已有统一观点“{stance}”（{author}），"
                "不能再定“{other}”；要改请先撤回原观点。"
            )
            raise InvalidFieldError(
                "stance",
                told.format(
                    subject=row.subject, first=row.holds_from_on, last=row.holds_until_on,
                    stance=row.stance.label, author=row.author_name, other=new.stance.label,
                ),
            )  # fmt: skip


def _is_same(code: str, subject: str, other_code: str, other_subject: str) -> bool:
    """The same code, or the same words however they are written."""
    if code and other_code:
        return code == other_code.strip().upper()
    return bool(subject and other_subject) and _plain(subject) == _plain(other_subject)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _holding(first: date, last: date) -> AnySelect:
    return _select().where(
        CompanyView.holds_from_on <= last,
        CompanyView.holds_until_on >= first,
        CompanyView.withdrawn_at.is_(None),
    )


def _select() -> AnySelect:
    return select(
        CompanyView.id, CompanyView.is_push, CompanyView.code, CompanyView.subject,
        CompanyView.stance, CompanyView.holds_from_on, CompanyView.holds_until_on,
        CompanyView.source, CompanyView.points, User.name, CompanyView.meeting_id,
        CompanyView.withdrawn_at, CompanyView.withdraw_reason,
    ).join(User, User.id == CompanyView.author_id)  # fmt: skip


def _rows(session: Session, statement: AnySelect) -> list[CompanyViewRow]:
    return [CompanyViewRow(*row) for row in session.execute(statement)]
