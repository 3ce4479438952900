"""Shifts (值班): planned by the manager, begun, written up and closed by the person (R232)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Annotated

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column, Form, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.db.claims import enter_once
from advisorcrm.db.database import AnySelect
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import ShiftLog, ShiftMemo, User
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.rules.masking import mask_words
from advisorcrm.services.access import Right, demand
from advisorcrm.services.branch.code_checks import demand_codes
from advisorcrm.services.days.shift_memos import (
    MemoRow,
    demand_reading,
    has_memo,
    is_running,
    memos_of,
    waiting_memos,
)
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import Role, ShiftState


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One shift as the rota and its list show it."""

    id: int
    shift_on: Annotated[date, Column("日期", width=12)]
    shift: Annotated[str, Column("班次", codes=terms.SHIFT_KIND, width=10)]
    user_name: Annotated[str, Column("值班人", width=10)]
    state: Annotated[ShiftState, Column("状态", width=10)]
    started_at: Annotated[datetime | None, Column("接班时间", width=16)]
    closed_at: Annotated[datetime | None, Column("交班时间", width=16)]
    memos: Annotated[int, Column("备忘录", form=Form.PLAIN, align="right", width=8)]
    user_id: int


@dataclass(frozen=True, slots=True)
class ShiftSheet:
    """One shift with all that was written; ``is_mine`` and running: it can be written on."""

    row: ShiftRow
    content: str
    memos: tuple[MemoRow, ...]
    waiting: tuple[MemoRow, ...]
    is_mine: bool

    @property
    def may_write(self) -> bool:
        """Whether the person looking may still write."""
        return self.is_mine and self.row.state is ShiftState.RUNNING


@dataclass(frozen=True, slots=True)
class NewShift:
    """A line of the rota: who has which shift on which day."""

    user_id: int
    shift_on: date
    shift: str


@dataclass(frozen=True, slots=True)
class ShiftPerson:
    """Somebody who can have a shift."""

    id: int
    name: str


def list_shift_people(session: Session, actor: Actor) -> list[ShiftPerson]:
    """Who can have a shift, by name."""
    demand_reading(actor)
    roles = [Role.ADVISOR, Role.MANAGER, Role.FRONT_DESK]
    found = session.execute(
        select(User.id, User.name)
        .where(User.is_active.is_(True), User.role.in_(roles))
        .order_by(User.name, User.id)
    )
    return [ShiftPerson(*row) for row in found]


def list_shifts(session: Session, actor: Actor, *, from_on: date, to_on: date) -> list[ShiftRow]:
    """The shifts of some days, the newest day first."""
    demand_reading(actor)
    statement = _select_rows().where(ShiftLog.shift_on.between(from_on, to_on))
    found = session.execute(statement.order_by(ShiftLog.shift_on.desc(), ShiftLog.id.desc()))
    return [_row(*line) for line in found]


def find_running_shift(session: Session, actor: Actor) -> ShiftRow | None:
    """The shift the person is on, if any."""
    demand(actor, Right.KEEP_SHIFTS)
    found = session.execute(_select_rows().where(is_running(actor))).first()
    return _row(*found) if found else None


def open_shift(session: Session, actor: Actor, shift_id: int) -> ShiftSheet:
    """One shift with its words and memos; numbers in them are masked."""
    demand_reading(actor)
    found = session.execute(_select_rows().where(ShiftLog.id == shift_id)).first()
    if found is None:
        raise _not_found()
    row, log = _row(*found), session.get_one(ShiftLog, shift_id)
    is_mine = log.user_id == actor.user_id
    return ShiftSheet(
        row,
        log.content if is_mine else mask_words(log.content),
        tuple(memos_of(session, shift_id)),
        tuple(waiting_memos(session)),
        is_mine,
    )


def plan_shift(session: Session, actor: Actor, new: NewShift) -> int:
    """Put somebody on the rota (manager). Raises InvalidFieldError where he stands already."""
    demand(actor, Right.LEAD_LISTS)
    demand_codes(session, terms.SHIFT_KIND, (new.shift,), field="shift")
    if new.user_id not in {person.id for person in list_shift_people(session, actor)}:
        raise InvalidFieldError("user_id", _("请选值班人。"))
    known = find_shift(session, new)
    if known is not None and known.archived_at is None:
        raise InvalidFieldError("user_id", _("这一班已经排了这个人。"))
    log = known or _add(session, new)
    log.archived_at = None
    return log.id


def archive_shift(session: Session, actor: Actor, shift_id: int, *, now: datetime) -> None:
    """Take a shift that has not begun off the rota (manager)."""
    demand(actor, Right.LEAD_LISTS)
    log = session.get(ShiftLog, shift_id)
    if log is None or log.archived_at is not None:
        raise _not_found()
    if log.started_at is not None:
        raise InvalidFieldError("shift_id", _("已经接班的不能取消。"))
    log.archived_at = now


def start_shift(session: Session, actor: Actor, shift: str, *, now: datetime) -> int:
    """Begin today's shift, planned or not; returns its id.

    Raises InvalidFieldError while another shift of the person is not closed (R235).
    """
    demand(actor, Right.KEEP_SHIFTS)
    demand_codes(session, terms.SHIFT_KIND, (shift,), field="shift")
    running = find_running_shift(session, actor)
    if running is not None:
        said = _("{day} 的班还没有交，请先写备忘录并交班。")
        raise InvalidFieldError("shift", said.format(day=running.shift_on))
    new = NewShift(actor.user_id, branch_date(now), shift)
    log = find_shift(session, new) or _add(session, new)
    if log.closed_at is not None:
        raise InvalidFieldError("shift", _("今天这一班已经交了。"))
    log.started_at, log.archived_at = log.started_at or now, None
    return log.id


def write_shift_log(session: Session, actor: Actor, shift_id: int, content: str) -> None:
    """Keep the words of the shift (值班日志) while it runs."""
    log = running_log(session, actor, shift_id)
    log.content = clean_text("content", content, limit=LONG_TEXT)


def close_shift(session: Session, actor: Actor, shift_id: int, *, now: datetime) -> int:
    """End the shift; returns how many open matters the next one has to accept (R235, R263).

    Raises InvalidFieldError without a written log, without a memo (“无” is written by the
    person) and while matters of the shift before have not been accepted.
    """
    log = running_log(session, actor, shift_id)
    if not log.content.strip():
        raise InvalidFieldError("content", _("请先写值班日志。"))
    if not has_memo(session, shift_id):
        raise InvalidFieldError("memo", _("备忘录还是空的。没有遗留事情请写“无”。"))
    if waiting_memos(session):
        raise InvalidFieldError("waiting", _("上一班的遗留事项还没有接收。"))
    log.closed_at = now
    open_ones = select(func.count(ShiftMemo.id)).where(
        ShiftMemo.held_by_id == shift_id, ShiftMemo.settled_at.is_(None)
    )
    return session.scalar(open_ones) or 0


def running_log(session: Session, actor: Actor, shift_id: int) -> ShiftLog:
    """The person's own shift, as long as it may be written on."""
    demand(actor, Right.KEEP_SHIFTS)
    log = session.get(ShiftLog, shift_id)
    if log is None or log.user_id != actor.user_id or log.started_at is None:
        raise _not_found()
    if log.closed_at is not None:
        raise InvalidFieldError("shift_id", _("已经交班，日志不能再改。"))
    return log


def find_shift(session: Session, new: NewShift) -> ShiftLog | None:
    """The shift of this person, day and kind, archived or not."""
    return session.scalar(
        select(ShiftLog).where(
            ShiftLog.user_id == new.user_id,
            ShiftLog.shift_on == new.shift_on,
            ShiftLog.shift == new.shift,
        )
    )


def _add(session: Session, new: NewShift) -> ShiftLog:
    log = ShiftLog(user_id=new.user_id, shift_on=new.shift_on, shift=new.shift)
    return enter_once(session, log, partial(find_shift, session, new))


def _select_rows() -> AnySelect:
    memos = (
        select(func.count(ShiftMemo.id))
        .where(ShiftMemo.shift_log_id == ShiftLog.id)
        .correlate(ShiftLog)
        .scalar_subquery()
    )
    return (
        select(ShiftLog, User.name, memos)
        .join(User, User.id == ShiftLog.user_id)
        .where(ShiftLog.archived_at.is_(None))
    )


def _row(log: ShiftLog, name: str, memos: int) -> ShiftRow:
    state = ShiftState.PLANNED if log.started_at is None else ShiftState.RUNNING
    state = ShiftState.CLOSED if log.closed_at is not None else state
    return ShiftRow(
        log.id, log.shift_on, log.shift, name, state, log.started_at, log.closed_at, memos,
        log.user_id,
    )  # fmt: skip


def _not_found() -> NotFoundError:
    return NotFoundError(_("找不到这一班，或不在您的权限内。"))
