"""What the notification centre shows: what a person was told of and how it stands now (R22)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.db.copies import LastCopy
from advisorcrm.i18n import _
from advisorcrm.models import Reminder
from advisorcrm.rules.masking import hide_name, mask_name
from advisorcrm.rules.reminding import DEFAULT_RULES, does_pop, tell_at
from advisorcrm.services.access import names_are_masked
from advisorcrm.services.dues.dues import FoundDue, reason_of, select_dues
from advisorcrm.services.dues.reminders import Look, PopUp, begin_look, short_names
from advisorcrm.terms import DueKind, ReminderState

KEPT_DAYS = 7
"""So long the centre shows what is done."""
MOST = 500
"""So many lines at most."""
_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Notification:
    """One line of the centre; ``count`` is more than one where long overdue things are one line."""

    id: int
    group: ReminderState
    kind: DueKind
    subject_id: int
    client_id: int | None
    title: str
    reason: str
    due_on: date
    due_time: time | None
    told_at: datetime
    days_late: int
    count: int = 1

    @property
    def waits(self) -> bool:
        """Whether something is still to be done."""
        return self.group is not ReminderState.TOLD


@dataclass(frozen=True, slots=True)
class ComingDue:
    """What is told later today, kept while the screen is locked: a surname at most."""

    tell_at: datetime
    pop_up: PopUp
    pops: bool


@dataclass(frozen=True, slots=True)
class CentreState:
    """What a window keeps: how it looks, the lines of the centre, what is told later today.

    ``ends`` are the instants at which today's clocks run out, told behind the lock as times only.
    """

    look: Look
    lines: list[Notification]
    coming: list[ComingDue]
    ends: tuple[datetime, ...]


def private_line(line: Notification) -> Notification:
    """A line for a desk in public view: of a client the surname's character only (F9)."""
    if line.client_id is None or line.title == line.kind.label:
        return line
    reason = hide_name(line.reason, line.title)
    return replace(line, title=mask_name(line.title), reason=reason)


def open_centre(
    session: Session,
    actor: Actor,
    *,
    at: datetime,
    last_copied: Callable[[], LastCopy | None] = lambda: None,
    before: Look | None = None,
) -> CentreState:
    """Everything the window shows of reminders, by the person's own rules.

    ``before`` is the look the window had until now.
    """
    look = begin_look(session, actor, at=at, copied=last_copied(), before=before)
    return read_centre(session, actor, look)


def read_centre(session: Session, actor: Actor, look: Look) -> CentreState:
    """The centre as it stands at a look."""
    due = _dues(session, actor, look)
    lines, coming = _lines(session, actor, look, due), _coming(session, look, due)
    return CentreState(look, lines, coming, _ends(look, due))


def _lines(
    session: Session, actor: Actor, look: Look, due: Sequence[FoundDue]
) -> list[Notification]:
    """What waits first, then by time; what was put off is not there.

    What has been dealt with meanwhile, wherever that was done, stands among what is only told.
    """
    since = look.at - timedelta(days=KEPT_DAYS)
    still_due = {row.key: row for row in due}
    found = _told(session, actor, look, still_due)
    hide = names_are_masked(actor)
    single = [one for one in _newest(found) if not one.is_bundled]
    made = [(one, _line(one, still_due.get(_key(one)), look, hide=hide)) for one in single]
    lines = [line for one, line in made if line.waits or one.claimed_at >= since]
    lines += _bundles([one for one in found if one.is_bundled and _key(one) in still_due], look)
    return sorted(lines, key=lambda line: (not line.waits, _moment(line)))[:MOST]


def _coming(session: Session, look: Look, due: Sequence[FoundDue]) -> list[ComingDue]:
    """In the order of the clock, each named as its claim will be: what popped up is known by it."""
    now = look.local.replace(tzinfo=None)
    told = ((_told_at(row, look), row) for row in due)
    later = [(at, row) for at, row in told if now < at and at.date() == now.date()]
    names = short_names(session, {row.client_id for _at, row in later if row.client_id})
    coming = [
        ComingDue(
            at.replace(tzinfo=BRANCH_TIME),
            PopUp(DueKind(row.kind), names.get(row.client_id or 0, ""), row.due_on, row.clock),
            does_pop(DueKind(row.kind), row.clock, look.rules),
        )
        for at, row in later
    ]
    return sorted(coming, key=lambda one: one.tell_at)


def _ends(look: Look, due: Sequence[FoundDue]) -> tuple[datetime, ...]:
    """When the person's open matters of today run out, as far as they have an hour."""
    now = look.local.replace(tzinfo=None)
    clocks = (
        datetime.combine(row.due_on, time.fromisoformat(row.clock))
        for row in due
        if row.clock and row.due_on == now.date()
    )
    return tuple(at.replace(tzinfo=BRANCH_TIME) for at in sorted(clocks) if at > now)


def _told_at(row: FoundDue, look: Look) -> datetime:
    kind = DueKind(row.kind)
    clock = time.fromisoformat(row.clock) if row.clock else None
    return tell_at(row.due_on, clock, row.step, look.rules.get(kind, DEFAULT_RULES[kind]))


def _told(
    session: Session, actor: Actor, look: Look, still_due: Mapping[Any, FoundDue]
) -> list[Reminder]:
    """What was told these days, and whatever is due still, however long ago it was told."""
    since = look.at - timedelta(days=KEPT_DAYS)
    shown = select(Reminder).where(
        Reminder.user_id == actor.user_id,
        or_(Reminder.done_at.is_(None), Reminder.done_at >= since),
        or_(Reminder.snoozed_until.is_(None), Reminder.snoozed_until <= look.at),
    )
    found = list(session.scalars(shown.where(Reminder.claimed_at >= since)))
    subjects = sorted({due.subject_id for due in still_due.values()})
    for start in range(0, len(subjects), _CHUNK):
        before = shown.where(
            Reminder.claimed_at < since,
            Reminder.subject_id.in_(subjects[start : start + _CHUNK]),
        )
        found += [one for one in session.scalars(before) if _key(one) in still_due]
    return sorted(found, key=lambda one: (one.claimed_at, one.id), reverse=True)


def _dues(session: Session, actor: Actor, look: Look) -> list[FoundDue]:
    """Everything due for the person."""
    return look.ask(session, "due", actor, select_dues)


def _key(one: Reminder) -> Any:
    return one.kind.value, one.subject_id, one.due_on, one.clock


def _newest(found: Iterable[Reminder]) -> list[Reminder]:
    """Of several tellings of one thing the last."""
    newest: dict[Any, Reminder] = {}
    for one in found:
        newest.setdefault((one.kind, one.subject_id), one)
    return list(newest.values())


def _line(one: Reminder, due: FoundDue | None, look: Look, *, hide: bool) -> Notification:
    """A line; ``due`` is how the matter stands now, None when it has been dealt with."""
    group = ReminderState.TOLD if due is None or one.done_at else one.state
    name = one.name or one.kind.label
    reason = (
        reason_of(one.kind, one.detail, one.due_on)
        if due is None
        else reason_of(one.kind, due.detail, one.due_on, place=due.place)
    )
    late = 0 if group is ReminderState.TOLD else _days_late(one, look)
    return Notification(
        one.id, group, one.kind, one.subject_id, one.client_id,
        mask_name(name) if hide and one.client_id else name, reason, one.due_on, _clock(one),
        one.claimed_at, late,
    )  # fmt: skip


def _bundles(old: Sequence[Reminder], look: Look) -> list[Notification]:
    lines = []
    for kind in dict.fromkeys(one.kind for one in old):
        several = [one for one in old if one.kind is kind]
        first = min(several, key=lambda one: one.due_on)
        said = _("早已逾期 {count} 件，最早 {on}").format(
            count=len(several), on=f"{first.due_on:%Y-%m-%d}"
        )
        line = Notification(
            first.id, ReminderState.TO_DO, kind, first.subject_id, None, kind.label, said,
            first.due_on, None, first.claimed_at, _days_late(first, look), len(several),
        )  # fmt: skip
        lines.append(line)
    return lines


def _clock(one: Reminder) -> time | None:
    return time.fromisoformat(one.clock) if one.clock else None


def _days_late(one: Reminder, look: Look) -> int:
    return max(0, (look.local.date() - one.due_on).days)


def _moment(line: Notification) -> datetime:
    return datetime.combine(line.due_on, line.due_time or time())
