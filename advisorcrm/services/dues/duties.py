"""Duties of week and month that are done: an undone one stays overdue (R21, R51, R52, R93)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from advisorcrm.columns import Column, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.db.claims import enter_once
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import DutyDone, User
from advisorcrm.rules.duties import DUTIES
from advisorcrm.rules.masking import mask_words
from advisorcrm.services.access import Right, demand, may
from advisorcrm.services.contacts.contact_log_numbers import complete_text
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import DueKind


def finish_duty(
    session: Session, actor: Actor, user_id: int, kind: DueKind, period_on: date, *, now: datetime
) -> None:
    """Record that a duty of a period is done; by whoever has it, or whoever leads the team.

    Again is no harm: the first time stays. Raises InvalidFieldError for a period that does not
    exist or has not begun, NotFoundError for a person who has no such duty.
    """
    _demand_own(session, actor, user_id, kind)
    duty = DUTIES[kind]
    if period_on != duty.period_of(period_on):
        raise InvalidFieldError("period_on", _("请填一周的周一，或一月的第一天。"))
    if period_on > branch_date(now):
        raise InvalidFieldError("period_on", _("这一周或这个月还没有开始，到时再记。"))
    done = _find(session, user_id, kind, period_on)
    if done is None:
        new = DutyDone(
            user_id=user_id, kind=kind, period_on=period_on, done_by_id=actor.user_id, done_at=now
        )
        enter_once(session, new, partial(_find, session, user_id, kind, period_on))
    elif done.archived_at is not None:
        done.done_by_id, done.done_at, done.archived_at = actor.user_id, now, None


def reopen_duty(
    session: Session, actor: Actor, user_id: int, kind: DueKind, period_on: date, *, now: datetime
) -> None:
    """Take it back: it waits again. Raises NotFoundError for one that was not done."""
    _demand_own(session, actor, user_id, kind)
    done = _find(session, user_id, kind, period_on)
    if done is None or done.archived_at is not None:
        raise NotFoundError(_("这项工作没有记为完成。"))
    done.archived_at = now


def note_duty(session: Session, actor: Actor, duty_id: int, note: str) -> None:
    """Write a line on a duty that is done: who did it, what is to be known; empty takes it off.

    Raises NotFoundError for one that is neither the person's own nor of the team one leads.
    """
    demand(actor, Right.KEEP_TASKS)
    done = session.get(DutyDone, duty_id)
    if done is None or not (done.user_id == actor.user_id or may(actor, Right.LEAD_TEAM)):
        raise NotFoundError(_("找不到这项工作。"))
    typed = clean_text("note", note)
    done.note = complete_text((done.note,), typed, field="note")


@dataclass(frozen=True, slots=True)
class DutyDoneRow:
    """One duty that was recorded as done, or recorded and taken back."""

    id: int
    period_on: Annotated[date, Column("所属周或月", width=12)]
    kind: Annotated[DueKind, Column("工作", width=16)]
    user_name: Annotated[str, Column("责任人", width=10)]
    done_at: Annotated[datetime, Column("完成于", width=16)]
    done_by: Annotated[str, Column("谁记的", width=10)]
    note: Annotated[str, Column("备注", width=24)]
    taken_back_at: Annotated[datetime | None, Column("已撤回", width=16)]
    user_id: int


def list_duties_done(session: Session, actor: Actor, *, since: date) -> list[DutyDoneRow]:
    """What was recorded since a day's period, the newest first; of everybody for those who lead.

    What was taken back stays in the list: a record is never lost.
    """
    demand(actor, Right.KEEP_TASKS)
    author = aliased(User)
    statement = (
        select(
            DutyDone.id, DutyDone.period_on, DutyDone.kind, User.name, DutyDone.done_at,
            author.name, DutyDone.note, DutyDone.archived_at, DutyDone.user_id,
        )
        .join(User, User.id == DutyDone.user_id)
        .join(author, author.id == DutyDone.done_by_id)
        .where(DutyDone.period_on >= since)
        .order_by(DutyDone.period_on.desc(), DutyDone.done_at.desc(), DutyDone.id)
    )  # fmt: skip
    if not may(actor, Right.LEAD_TEAM):
        statement = statement.where(DutyDone.user_id == actor.user_id)
    rows = [DutyDoneRow(*row) for row in session.execute(statement)]
    return [replace(row, note=mask_words(row.note)) for row in rows]


def is_done(kind: DueKind, user_id: Any, period_on: Any) -> ColumnElement[bool]:
    """Whether a person has seen to a duty, as a condition of a query over people and periods."""
    return (
        select(DutyDone.id)
        .where(
            DutyDone.user_id == user_id,
            DutyDone.kind == kind,
            DutyDone.period_on == period_on,
            DutyDone.archived_at.is_(None),
        )
        .exists()
    )


def _demand_own(session: Session, actor: Actor, user_id: int, kind: DueKind) -> None:
    if user_id != actor.user_id:
        demand(actor, Right.LEAD_TEAM)
    role = session.scalar(select(User.role).where(User.id == user_id, User.is_active))
    if kind not in DUTIES or role is not DUTIES[kind].role:
        raise NotFoundError(_("找不到这项工作。"))


def _find(session: Session, user_id: int, kind: DueKind, period_on: date) -> DutyDone | None:
    return session.scalar(
        select(DutyDone).where(
            DutyDone.user_id == user_id, DutyDone.kind == kind, DutyDone.period_on == period_on
        )
    )
