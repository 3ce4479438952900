"""Minutes of 晨会 and 夕会: prescribed items, who was there, decisions, action items (R23, R48)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from typing import Annotated

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    ScalarSelect,
    and_,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from advisorcrm.columns import Column, Form
from advisorcrm.db.actor import Actor
from advisorcrm.db.claims import enter_once
from advisorcrm.errors import ConflictError, InvalidFieldError, NotFoundError, UserError
from advisorcrm.i18n import _
from advisorcrm.models import CompanyView, Meeting, MeetingAttendee, MeetingItem, Task, User
from advisorcrm.models.base import LONG_TEXT, Base
from advisorcrm.services.access import Right, demand
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.services.meetings.company_views import CompanyViewRow, views_of_meeting
from advisorcrm.terms import MeetingItemKind, MeetingKind, Role, TaskSource, TaskState

ITEMS: Mapping[MeetingKind, tuple[MeetingItemKind, ...]] = {
    MeetingKind.MORNING: (
        MeetingItemKind.NEWS,
        MeetingItemKind.VIEWS,
        MeetingItemKind.ARRANGEMENTS,
        MeetingItemKind.OTHER,
    ),
    MeetingKind.EVENING: (
        MeetingItemKind.ARRANGEMENTS,
        MeetingItemKind.GROUPS,
        MeetingItemKind.ANALYSIS,
        MeetingItemKind.LEARNING,
        MeetingItemKind.OTHER,
    ),
}
"""What the minutes of each meeting speak of, in the prescribed order."""

TIMES: Mapping[MeetingKind, tuple[time, time]] = {
    MeetingKind.MORNING: (time(8, 30), time(9)),
    MeetingKind.EVENING: (time(16), time(16, 30)),
}
"""When they are held, until somebody writes another time (5.4.8)."""

MOST = 2_000
"""So many meetings are listed: both of every working day of four years."""
_ATTENDS = (Role.ADVISOR, Role.MANAGER)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting in the list."""

    id: int
    held_on: Annotated[date, Column("日期", width=17)]
    kind: Annotated[MeetingKind, Column("会议", width=17)]
    chair_name: Annotated[str, Column("主持人", width=10)]
    present: Annotated[int, Column("出席", form=Form.PLAIN, align="right", width=6)]
    pushes: Annotated[int, Column("重点推送", form=Form.PLAIN, align="right", width=8)]
    tasks: Annotated[int, Column("行动项", form=Form.PLAIN, align="right", width=8)]
    closed_at: Annotated[datetime | None, Column("定稿时间", width=16)]


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person on the list of those who should be there."""

    user_id: int
    name: str
    is_present: bool = True


@dataclass(frozen=True, slots=True)
class ActionItem:
    """A task that the meeting gave somebody."""

    id: int
    title: Annotated[str, Column("行动项", width=28)]
    doer_name: Annotated[str, Column("负责人", width=10)]
    due_on: Annotated[date, Column("期限", width=13)]
    state: Annotated[TaskState, Column("状态", width=9)]
    result: Annotated[str, Column("结果", width=20)]


@dataclass(frozen=True, slots=True)
class MinutesData:
    """What is written: time, place, chair, the items and who was there."""

    starts_at: time | None
    ends_at: time | None
    place: str
    chair_id: int | None
    items: Mapping[MeetingItemKind, str]
    present_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes as they stand."""

    id: int
    version: int
    kind: MeetingKind
    held_on: date
    starts_at: time | None
    ends_at: time | None
    place: str
    chair_id: int | None
    chair_name: str
    recorder_name: str
    closed_at: datetime | None
    items: Mapping[MeetingItemKind, str] = field(default_factory=dict)
    attendees: tuple[Attendee, ...] = ()
    views: tuple[CompanyViewRow, ...] = ()
    actions: tuple[ActionItem, ...] = ()


def begin_minutes(
    session: Session, actor: Actor, kind: MeetingKind, held_on: date, *, now: datetime
) -> int:
    """The minutes of a day's meeting, begun if nobody has; there is one of each kind a day."""
    demand(actor, Right.WRITE_MINUTES)
    known = _find_meeting(session, kind, held_on)
    if known is not None:
        return known.id
    starts_at, ends_at = TIMES[kind]
    chair = actor.user_id if actor.role is Role.MANAGER else _manager(session)
    meeting = Meeting(
        kind=kind,
        held_on=held_on,
        starts_at=starts_at,
        ends_at=ends_at,
        chair_id=chair,
        recorder_id=actor.user_id,
        created_at=now,
    )
    kept = enter_once(session, meeting, partial(_find_meeting, session, kind, held_on))
    if kept is not meeting:
        return kept.id
    session.add_all(MeetingItem(meeting_id=meeting.id, kind=item) for item in ITEMS[kind])
    session.add_all(
        MeetingAttendee(meeting_id=meeting.id, user_id=key, is_present=True)
        for key in _staff(session)
    )
    return meeting.id


def save_minutes(
    session: Session, actor: Actor, meeting_id: int, data: MinutesData, *, version: int
) -> int:
    """Write the minutes; the answer is their new version.

    Raises ConflictError if somebody else wrote since they were read, UserError for closed ones.
    """
    meeting = _open_meeting(session, actor, meeting_id)
    if meeting.version != version:
        raise ConflictError(_("纪要已被别人改过，请重新打开再写。"))
    if data.starts_at and data.ends_at and data.ends_at < data.starts_at:
        raise InvalidFieldError("ends_at", _("散会时间早于开会时间，请核对。"))
    meeting.starts_at, meeting.ends_at = data.starts_at, data.ends_at
    meeting.place, meeting.chair_id = clean_text("place", data.place), data.chair_id
    meeting.version += 1  # the items count as changes of the minutes
    for item in session.scalars(select(MeetingItem).where(MeetingItem.meeting_id == meeting_id)):
        item.content = clean_text(item.kind.value, data.items.get(item.kind), limit=LONG_TEXT)
    _mark_present(session, meeting_id, data.present_ids)
    session.flush()  # the version is the answer
    return meeting.version


def close_minutes(session: Session, actor: Actor, meeting_id: int, *, now: datetime) -> None:
    """定稿: nothing changes any more. Every prescribed item says something, 无 where nothing was.

    Raises InvalidFieldError with the first item that is empty.
    """
    meeting = _open_meeting(session, actor, meeting_id)
    written = _items(session, meeting_id)
    for item in ITEMS[meeting.kind]:
        if not written.get(item):
            raise InvalidFieldError(
                item.value, _("“{item}”还空着；没有内容请写“无”。").format(item=item.label)
            )
    meeting.closed_at, meeting.closed_by_id = now, actor.user_id


def reopen_minutes(session: Session, actor: Actor, meeting_id: int) -> None:
    """The manager takes 定稿 back; the change history keeps both versions."""
    demand(actor, Right.DECIDE_VIEWS)
    meeting = _meeting(session, meeting_id)
    if meeting.closed_at is None:
        raise UserError(_("这份纪要还没有定稿。"))
    meeting.closed_at, meeting.closed_by_id = None, None


def list_meetings(session: Session, actor: Actor, *, limit: int = MOST) -> list[MeetingRow]:
    """The meetings with what they decided, the newest first."""
    demand(actor, Right.SEE_MINUTES)
    present, pushes, tasks = _counts()
    rows = session.execute(
        select(
            Meeting.id, Meeting.held_on, Meeting.kind, User.name, present, pushes, tasks,
            Meeting.closed_at,
        )
        .outerjoin(User, User.id == Meeting.chair_id)
        .order_by(Meeting.held_on.desc(), Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [
        MeetingRow(key, on, kind, chair or "", here, pushed, given, closed)
        for key, on, kind, chair, here, pushed, given, closed in rows
    ]


def get_minutes(session: Session, actor: Actor, meeting_id: int) -> Minutes:
    """The minutes with their decisions and action items."""
    demand(actor, Right.SEE_MINUTES)
    meeting = _meeting(session, meeting_id)
    names = {key: name for key, name in session.execute(select(User.id, User.name))}
    return Minutes(
        id=meeting.id, version=meeting.version, kind=meeting.kind, held_on=meeting.held_on,
        starts_at=meeting.starts_at, ends_at=meeting.ends_at, place=meeting.place,
        chair_id=meeting.chair_id, chair_name=names.get(meeting.chair_id or 0, ""),
        recorder_name=names.get(meeting.recorder_id, ""), closed_at=meeting.closed_at,
        items=_items(session, meeting_id), attendees=_attendees(session, meeting_id),
        views=tuple(views_of_meeting(session, meeting)),
        actions=_actions(session, meeting_id),
    )  # fmt: skip


def _find_meeting(session: Session, kind: MeetingKind, held_on: date) -> Meeting | None:
    return session.scalar(select(Meeting).where(Meeting.kind == kind, Meeting.held_on == held_on))


def _meeting(session: Session, meeting_id: int) -> Meeting:
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFoundError(_("找不到这份会议纪要。"))
    return meeting


def _open_meeting(session: Session, actor: Actor, meeting_id: int) -> Meeting:
    demand(actor, Right.WRITE_MINUTES)
    meeting = _meeting(session, meeting_id)
    if meeting.closed_at is not None:
        raise UserError(_("纪要已定稿，不能再改；确需更正请客服经理撤回定稿。"))
    return meeting


def _items(session: Session, meeting_id: int) -> dict[MeetingItemKind, str]:
    rows = session.execute(
        select(MeetingItem.kind, MeetingItem.content).where(MeetingItem.meeting_id == meeting_id)
    )
    return {kind: content for kind, content in rows}


def _attendees(session: Session, meeting_id: int) -> tuple[Attendee, ...]:
    rows = session.execute(
        select(User.id, User.name, MeetingAttendee.is_present)
        .join(User, User.id == MeetingAttendee.user_id)
        .where(MeetingAttendee.meeting_id == meeting_id)
        .order_by(User.employee_no)
    )
    return tuple(Attendee(*row) for row in rows)


def _counts() -> tuple[ScalarSelect[int], ScalarSelect[int], ScalarSelect[int]]:
    """Who was present, what is to be pushed, what was given to do: each of one meeting."""
    attendee, view = MeetingAttendee, CompanyView
    is_push = and_(view.is_push, view.withdrawn_at.is_(None))
    return (
        _count(attendee, attendee.meeting_id == Meeting.id, attendee.is_present),
        _count(view, view.meeting_id == Meeting.id, is_push),
        _count(Task, Task.source_id == Meeting.id, *_is_action()),
    )


def _count(model: type[Base], *conditions: ColumnExpressionArgument[bool]) -> ScalarSelect[int]:
    counted = select(func.count()).select_from(model).where(*conditions)
    return counted.correlate(Meeting).scalar_subquery()


def _is_action() -> tuple[ColumnElement[bool], ...]:
    """A task of some minutes; one that was taken away without a word was never given."""
    is_kept = or_(Task.state != TaskState.CANCELLED, Task.result != "")
    return Task.source == TaskSource.MINUTES, is_kept


def _actions(session: Session, meeting_id: int) -> tuple[ActionItem, ...]:
    owner, asked = aliased(User), aliased(User)
    rows = session.execute(
        select(Task.id, Task.title, func.coalesce(asked.name, owner.name), Task.due_on, Task.state,
               Task.result)
        .join(owner, owner.id == Task.owner_id)
        .outerjoin(asked, asked.id == Task.offered_to_id)
        .where(Task.source_id == meeting_id, *_is_action())
        .order_by(Task.due_on, Task.id)
    )  # fmt: skip
    return tuple(ActionItem(*row) for row in rows)


def _mark_present(session: Session, meeting_id: int, present_ids: frozenset[int]) -> None:
    known = set()
    rows = select(MeetingAttendee).where(MeetingAttendee.meeting_id == meeting_id)
    for attendee in session.scalars(rows):
        attendee.is_present = attendee.user_id in present_ids
        known.add(attendee.user_id)
    session.add_all(
        MeetingAttendee(meeting_id=meeting_id, user_id=key, is_present=True)
        for key in sorted(present_ids - known)
    )


def _staff(session: Session) -> list[int]:
    return list(
        session.scalars(
            select(User.id).where(User.is_active, User.role.in_(_ATTENDS)).order_by(User.id)
        )
    )


def _manager(session: Session) -> int | None:
    """夕会 is led by the manager (R48)."""
    return session.scalar(
        select(User.id).where(User.is_active, User.role == Role.MANAGER).order_by(User.id).limit(1)
    )
