"""What is left of a shift (备忘录): written, sorted, handed over, accepted, settled (R234-R236)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from advisorcrm import terms
from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import ShiftLog, ShiftMemo, User
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.rules.masking import mask_words
from advisorcrm.rules.shift_names import says_nothing
from advisorcrm.services.access import Right, demand, may
from advisorcrm.services.branch.code_checks import demand_codes
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import MemoState


@dataclass(frozen=True, slots=True)
class MemoRow:
    """One matter: day and time, whom it concerns, what it is, where it stands (R236)."""

    id: int
    happened_at: Annotated[datetime, Column("日期和事发时间", width=16)]
    person: Annotated[str, Column("当事人", width=10)]
    description: Annotated[str, Column("问题详细描述", width=40)]
    category: Annotated[str | None, Column("问题类别", codes=terms.SHIFT_QUESTION, width=10)]
    forwarded_to: Annotated[str, Column("转交", width=12)]
    state: Annotated[MemoState, Column("状态", width=8)]
    noted_by: Annotated[str, Column("记录人", width=10)]
    held_by: Annotated[str, Column("现由", width=10)]
    outcome: Annotated[str, Column("处理结果", width=20)]
    is_urgent: Annotated[bool, Column("紧急", width=6)]


@dataclass(frozen=True, slots=True)
class NewMemo:
    """What the person of the shift writes; “无” as description says that nothing is left."""

    shift_id: int
    happened_at: datetime
    person: str
    description: str
    category: str | None = None
    forwarded_to: str = ""
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class MemoFilter:
    """Which matters a list shows."""

    from_on: date | None = None
    to_on: date | None = None
    category: str | None = None
    only_open: bool = False


def add_memo(session: Session, actor: Actor, new: NewMemo, *, now: datetime) -> int:
    """Write a matter down in the running shift; “无” needs nothing else (R235, R236).

    Raises InvalidFieldError for a field that is missing, a time to come, and for “无” while
    something is open.
    """
    log = _own_running(session, actor, new.shift_id)
    description = clean_text("description", new.description, limit=LONG_TEXT)
    if not description:
        raise InvalidFieldError("description", _("请写问题的详细情况；没有请写“无”。"))
    memo = ShiftMemo(
        shift_log_id=log.id, held_by_id=log.id, happened_at=new.happened_at,
        description=description, is_urgent=new.is_urgent, accepted_at=now,
    )  # fmt: skip
    if says_nothing(description):
        _check_nothing(session, log.id)
        memo.happened_at, memo.settled_at, memo.settled_by_id = now, now, actor.user_id
    else:
        _fill(session, memo, new, now)
    session.add(memo)
    session.flush()  # the id is the answer
    return memo.id


def list_memos(session: Session, actor: Actor, query: MemoFilter | None = None) -> list[MemoRow]:
    """Matters of all shifts, urgent and open ones first (R234, R263)."""
    demand_reading(actor)
    query = query or MemoFilter()
    statement = _select_rows().where(ShiftLog.archived_at.is_(None))
    if query.from_on is not None:
        statement = statement.where(ShiftLog.shift_on >= query.from_on)
    if query.to_on is not None:
        statement = statement.where(ShiftLog.shift_on <= query.to_on)
    if query.category is not None:
        statement = statement.where(ShiftMemo.category == query.category)
    if query.only_open:
        statement = statement.where(ShiftMemo.settled_at.is_(None))
    return _rows(session, statement)


def sort_memo(
    session: Session, actor: Actor, memo_id: int, category: str, *, forwarded_to: str = ""
) -> None:
    """Put a matter into one of the four kinds, and say to whom it goes (R234).

    The manager sorts at any time, the person of the shift while the matter is his.
    """
    memo = _held_memo(session, actor, memo_id)
    demand_codes(session, terms.SHIFT_QUESTION, (category,), field="category")
    memo.category = category
    memo.forwarded_to = clean_text("forwarded_to", forwarded_to) or memo.forwarded_to


def settle_memo(
    session: Session, actor: Actor, memo_id: int, outcome: str, *, now: datetime
) -> None:
    """A matter is done; says how. Raises InvalidFieldError without a word about it."""
    memo = _held_memo(session, actor, memo_id)
    if memo.settled_at is not None:
        raise InvalidFieldError("memo_id", _("这件事已经处理了。"))
    memo.outcome = clean_text("outcome", outcome)
    if not memo.outcome:
        raise InvalidFieldError("outcome", _("请写处理结果。"))
    memo.settled_at, memo.settled_by_id = now, actor.user_id


def accept_memos(session: Session, actor: Actor, memo_ids: Sequence[int], *, now: datetime) -> int:
    """Take over what earlier shifts left open, into the own running shift (R263).

    Returns how many. Raises InvalidFieldError without a running shift, NotFoundError for a
    matter that does not wait any more.
    """
    demand(actor, Right.KEEP_SHIFTS)
    mine = session.scalar(select(ShiftLog.id).where(is_running(actor)))
    if mine is None:
        raise InvalidFieldError("shift", _("请先接班，再接收遗留事项。"))
    waiting = {row.id for row in waiting_memos(session)}
    for memo_id in memo_ids:
        if memo_id not in waiting:
            raise NotFoundError(_("这件事已有人接收。"))
        memo = session.get_one(ShiftMemo, memo_id)
        memo.held_by_id, memo.accepted_at = mine, now
    return len(memo_ids)


def memos_of(session: Session, shift_id: int) -> list[MemoRow]:
    """What was noted in one shift or taken over by it, in the order of events."""
    mine = (ShiftMemo.shift_log_id == shift_id) | (ShiftMemo.held_by_id == shift_id)
    rows = _rows(session, _select_rows().where(mine))
    return sorted(rows, key=lambda row: (row.happened_at, row.id))


def has_memo(session: Session, shift_id: int) -> bool:
    """Whether a shift says what is left: it noted something, or holds what is open (R235)."""
    is_held = and_(ShiftMemo.held_by_id == shift_id, ShiftMemo.settled_at.is_(None))
    found = select(ShiftMemo.id).where(or_(ShiftMemo.shift_log_id == shift_id, is_held))
    return session.scalar(found.limit(1)) is not None


def waiting_memos(session: Session) -> list[MemoRow]:
    """Open matters whose shift is closed: somebody must take them over."""
    holder_is_closed = ShiftMemo.held_by_id.in_(
        select(ShiftLog.id).where(ShiftLog.closed_at.is_not(None))
    )
    return _rows(session, _select_rows().where(ShiftMemo.settled_at.is_(None), holder_is_closed))


def _fill(session: Session, memo: ShiftMemo, new: NewMemo, now: datetime) -> None:
    memo.person = clean_text("person", new.person)
    if not memo.person:
        raise InvalidFieldError("person", _("请写当事人姓名。"))
    if new.happened_at > now + timedelta(minutes=1):
        raise InvalidFieldError("happened_at", _("事发时间不能晚于现在。"))
    if new.category:
        demand_codes(session, terms.SHIFT_QUESTION, (new.category,), field="category")
    memo.category = new.category or None
    memo.forwarded_to = clean_text("forwarded_to", new.forwarded_to)


def _check_nothing(session: Session, shift_id: int) -> None:
    held = select(ShiftMemo.id).where(
        ShiftMemo.held_by_id == shift_id, ShiftMemo.settled_at.is_(None)
    )
    if session.scalar(held.limit(1)) is not None:
        raise InvalidFieldError("description", _("还有待处理的事项，不能写“无”。"))


def _own_running(session: Session, actor: Actor, shift_id: int) -> ShiftLog:
    demand(actor, Right.KEEP_SHIFTS)
    log = session.scalar(select(ShiftLog).where(ShiftLog.id == shift_id, is_running(actor)))
    if log is None:
        raise NotFoundError(_("这一班不在值班中，不能写备忘录。"))
    return log


def _held_memo(session: Session, actor: Actor, memo_id: int) -> ShiftMemo:
    """The matter, for the manager or for the person whose running shift holds it."""
    demand(actor, Right.KEEP_SHIFTS)
    memo = session.get(ShiftMemo, memo_id)
    mine = select(ShiftLog.id).where(is_running(actor))
    if memo is None or says_nothing(memo.description):
        raise NotFoundError(_("找不到这件事。"))
    if not may(actor, Right.LEAD_LISTS) and memo.held_by_id != session.scalar(mine):
        raise NotFoundError(_("这件事不在您的班上，请先接收。"))
    return memo


def is_running(actor: Actor) -> ColumnElement[bool]:
    """The person's shift that has begun and is not closed."""
    return and_(
        ShiftLog.user_id == actor.user_id,
        ShiftLog.started_at.is_not(None),
        ShiftLog.closed_at.is_(None),
    )


def demand_reading(actor: Actor) -> None:
    """Those who keep shifts read all of them, and so do those who lead (R263)."""
    if not may(actor, Right.LEAD_TEAM):
        demand(actor, Right.KEEP_SHIFTS)


def _select_rows() -> AnySelect:
    holder, held_by = aliased(ShiftLog), aliased(User)
    return (
        select(ShiftMemo, User.name, held_by.name, holder.closed_at)
        .join(ShiftLog, ShiftLog.id == ShiftMemo.shift_log_id)
        .join(User, User.id == ShiftLog.user_id)
        .join(holder, holder.id == ShiftMemo.held_by_id)
        .join(held_by, held_by.id == holder.user_id)
        .order_by(
            ShiftMemo.settled_at.is_not(None), ShiftMemo.is_urgent.desc(),
            ShiftMemo.happened_at.desc(), ShiftMemo.id.desc(),
        )
    )  # fmt: skip


def _rows(session: Session, statement: AnySelect) -> list[MemoRow]:
    return [
        MemoRow(
            memo.id, memo.happened_at, mask_words(memo.person), mask_words(memo.description),
            memo.category, memo.forwarded_to, _state(memo, closed), noted, held,
            mask_words(memo.outcome), memo.is_urgent,
        )
        for memo, noted, held, closed in session.execute(statement)
    ]  # fmt: skip


def _state(memo: ShiftMemo, closed: datetime | None) -> MemoState:
    if says_nothing(memo.description):
        return MemoState.NOTHING
    if memo.settled_at is not None:
        return MemoState.SETTLED
    return MemoState.OPEN if closed is None else MemoState.WAITING
