"""Reminders: claimed once each, kept in the notification centre, put off, done (R22).

What is due is always a query over the data (``services.dues``). A claim is a row that can be
entered once, whatever crashes, sleeps or jumps; the pop-up follows from it, so that of two
computers one shows it. After a long time away, or with an older copy of the database, what is
long overdue is claimed together and shown as one line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Integer, or_, select, tuple_, update
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.db.claims import claim_reminders
from advisorcrm.db.copies import LastCopy
from advisorcrm.db.database import AnySelect
from advisorcrm.db.prepared import Prepared, slot
from advisorcrm.errors import NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Client, Reminder
from advisorcrm.rules.reminding import (
    DEFAULT_RULES,
    SYSTEM_KINDS,
    KindRule,
    ReminderWay,
    does_pop,
    tell_at,
)
from advisorcrm.rules.short_names import short_name
from advisorcrm.rules.workdays import HolidayTable
from advisorcrm.services.branch.settings import Settings, load_settings
from advisorcrm.services.branch.working_days import holiday_table
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.dues.due_questions import WHOSE, DueQuestion, DueSource
from advisorcrm.services.dues.dues import DUE_SOURCES, MINUTE_SOURCES, FoundDue, select_dues
from advisorcrm.terms import DueKind, ReminderState

WRONG_CLOCK = timedelta(days=2)
"""A claim after today and tomorrow was made by a clock that stood wrong."""
LONGEST_SNOOZE = timedelta(days=31)
"""Nobody can put off for longer: until after that it was a clock that stood wrong."""
LONG_OVERDUE = timedelta(days=7)
FEW = 5
"""So many long overdue things of a kind are told singly; more are one line."""


@dataclass(slots=True)
class Memory:
    """What one look leaves to the next: statements of the day, when all kinds were asked for."""

    prepared: dict[Any, Prepared] = field(default_factory=dict)
    whole_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """When somebody looks, and by which rules."""

    at: datetime
    rules: Mapping[DueKind, KindRule] = field(default_factory=lambda: DEFAULT_RULES)
    holidays: HolidayTable | None = None
    copied: LastCopy | None = None
    settings: Settings = field(default_factory=Settings)
    memory: Memory = field(default_factory=Memory, compare=False, repr=False)

    @property
    def local(self) -> datetime:
        """The branch's clock."""
        return self.at.astimezone(BRANCH_TIME)

    @property
    def latest(self) -> datetime:
        """A claim after this was made by a clock that stood wrong."""
        return start_of(self.local.date()) + WRONG_CLOCK

    def ask(
        self,
        session: Session,
        what: Hashable,
        actor: Actor,
        select_it: Callable[[DueQuestion], AnySelect],
    ) -> list[FoundDue]:
        """Ask what is prepared for the day; the first to ask prepares it for all of the role."""
        key = what, actor.role, self.local.date()
        prepared = self.memory.prepared
        if key not in prepared:
            question = replace(self.question(actor), is_for_slot=True)
            prepared[key] = Prepared(select_it(question))
        found = prepared[key].ask(session, **{WHOSE: actor.user_id})
        return [FoundDue(*row) for row in found]

    def is_minute_only(self) -> bool:
        """Whether all kinds were asked for within this quarter of an hour."""
        whole_at, quarter = self.memory.whole_at, self.local.minute // 15
        if whole_at is None:
            return False
        before = whole_at.astimezone(BRANCH_TIME)
        same = (before.date(), before.hour, before.minute // 15)
        return same == (self.local.date(), self.local.hour, quarter)

    def question(self, actor: Actor) -> DueQuestion:
        """Everything due for one person."""
        return DueQuestion(
            actor, self.at, actor.user_id, rules=self.rules, holidays=self.holidays,
            settings=self.settings, copied=self.copied,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PopUp:
    """What may be read by who stands beside: the kind, the surname at most, the time."""

    kind: DueKind
    name: str
    due_on: date
    clock: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """What this computer has to tell now: how many lines are new, and what pops up."""

    count: int = 0
    pop_ups: tuple[PopUp, ...] = ()


def begin_look(
    session: Session,
    actor: Actor,
    *,
    at: datetime,
    copied: LastCopy | None = None,
    before: Look | None = None,
) -> Look:
    """A look by the person's own rules and the branch's calendar; read once, used for long.

    ``before`` is the look until now: what it has prepared stays if nothing else has changed.
    """
    settings = load_settings(session, actor)
    rules = settings.reminding()
    look = Look(at, rules, holiday_table(session), copied, settings)
    if before is not None and replace(before, at=at) == look and _is_same_day(before, look):
        return replace(before, at=at)
    return look


def _is_same_day(before: Look, look: Look) -> bool:
    return before.local.date() == look.local.date()


def has_news(session: Session, actor: Actor, look: Look) -> bool:
    """Whether somebody is to be told of something: one query, asked each minute.

    Kinds that come with a day or an hour are asked for each quarter of an hour.
    """
    woken_at = _FIRST_WOKEN.ask_one(session, whose=actor.user_id)
    if woken_at is not None and woken_at <= look.at:
        return True
    latest_at = _LAST_WOKEN.ask_one(session, whose=actor.user_id) if woken_at else None
    if latest_at is not None and latest_at > look.at + LONGEST_SNOOZE:
        return True
    if look.is_minute_only():
        found = _ask_unclaimed(session, actor, look, MINUTE_SOURCES)
    else:
        found = _unclaimed(session, actor, look)
        look.memory.whole_at = look.at
    return any(_is_time(row, look) for row in found)


def claim_due(session: Session, actor: Actor, look: Look) -> Claimed:
    """Take what the person is to be told of; nobody is told of it again.

    What was put off and has come back is told again, unless it was dealt with meanwhile.
    """
    found = [row for row in _unclaimed(session, actor, look) if _is_time(row, look)]
    bundled = _long_overdue(found, look)
    rows = [_claim(row, actor, look, is_bundled=row in bundled) for row in found]
    ids = claim_reminders(session, rows, not_after=look.latest)
    ids += _wake(session, actor, look)
    return Claimed(len(ids), _pop_ups(session, ids, look))


def _unclaimed(session: Session, actor: Actor, look: Look) -> list[FoundDue]:
    """What is due and not claimed, in one statement."""
    return _ask_unclaimed(session, actor, look, DUE_SOURCES)


def _ask_unclaimed(
    session: Session, actor: Actor, look: Look, sources: Sequence[DueSource]
) -> list[FoundDue]:
    """What is due and not claimed; what a clock claimed that stood wrong counts as not.

    Whether there is any such is asked once a look, not once a kind: hardly ever is there one.
    """
    whose, latest = actor.user_id, look.latest
    is_wrong = _WRONGLY_CLAIMED.ask_one(session, whose=whose, latest=latest) is not None
    only = partial(_is_unclaimed_or_wrongly, latest) if is_wrong else _is_unclaimed
    what = is_wrong, len(sources)
    return look.ask(session, what, actor, partial(_select_unclaimed, only=only, sources=sources))


def _select_unclaimed(
    question: DueQuestion,
    only: Callable[[Any], ColumnElement[bool]],
    sources: Sequence[DueSource],
) -> AnySelect:
    return select_dues(replace(question, only=only), sources)


def _is_unclaimed(due: Any) -> ColumnElement[bool]:
    """Nobody told the person of it: answered by the index of the claims alone."""
    same = (told == wanted for told, wanted in zip(_CLAIM, _claim_key(due), strict=True))
    return ~select(_ROW.id).where(_is_own(), *same).exists()


def _is_unclaimed_or_wrongly(latest: datetime, due: Any) -> ColumnElement[bool]:
    """Nobody told the person of it, or a clock that stood wrong did; these are few."""
    late = _ROW.claimed_at > latest, _ROW.done_at.is_(None)
    wrongly = select(*_CLAIM).where(_is_own(), *late)
    return or_(_is_unclaimed(due), tuple_(*_claim_key(due)).in_(wrongly))


def _is_own() -> ColumnElement[bool]:
    return _ROW.user_id == slot(WHOSE, Integer())


def _claim_key(due: Any) -> tuple[Any, ...]:
    return due.kind, due.subject_id, due.due_on, due.clock, due.step


_ROW = Reminder.__table__.c
"""Columns of the table: what every kind asks is built and compiled faster than with records."""
_CLAIM = (_ROW.kind, _ROW.subject_id, _ROW.due_on, _ROW.clock, _ROW.step)
_WRONGLY_CLAIMED = Prepared(
    select(_ROW.id)
    .where(
        _is_own(),
        _ROW.claimed_at > slot("latest", _ROW.claimed_at.type),
        _ROW.done_at.is_(None),
    )
    .limit(1)
)
_PUT_OFF = select(Reminder.snoozed_until).where(
    Reminder.user_id == slot("whose", Integer()),
    Reminder.snoozed_until.is_not(None),
    Reminder.done_at.is_(None),
)
_FIRST_WOKEN = Prepared(_PUT_OFF.order_by(Reminder.snoozed_until).limit(1))
_LAST_WOKEN = Prepared(_PUT_OFF.order_by(Reminder.snoozed_until.desc()).limit(1))


def _wake(session: Session, actor: Actor, look: Look) -> list[int]:
    """What comes back after it was put off; what was dealt with meanwhile comes back unsaid."""
    woken = session.execute(
        update(Reminder)
        .where(Reminder.id.in_(_woken(actor, look)))
        .values(snoozed_until=None, claimed_at=look.at)
        .returning(Reminder.id, Reminder.kind, Reminder.subject_id, Reminder.due_on, Reminder.clock)
    ).all()
    if not woken:
        return []
    due = session.execute(select_dues(look.question(actor)))
    open_keys = {FoundDue(*row).key for row in due}
    return [key for key, kind, *what in woken if (kind.value, *what) in open_keys]


def _woken(actor: Actor, look: Look) -> AnySelect:
    return select(Reminder.id).where(
        Reminder.user_id == actor.user_id,
        or_(
            Reminder.snoozed_until <= look.at,
            Reminder.snoozed_until > look.at + LONGEST_SNOOZE,
        ),
        Reminder.done_at.is_(None),
    )


def _is_time(row: FoundDue, look: Look) -> bool:
    rule = look.rules.get(DueKind(row.kind), DEFAULT_RULES[DueKind(row.kind)])
    clock = time.fromisoformat(row.clock) if row.clock else None
    return tell_at(row.due_on, clock, row.step, rule) <= look.local.replace(tzinfo=None)


def _long_overdue(found: Sequence[FoundDue], look: Look) -> set[FoundDue]:
    """What is told as one line a kind: it was due long ago, and there is much of it."""
    old = [row for row in found if row.due_on < (look.local - LONG_OVERDUE).date()]
    counts = Counter(row.kind for row in old)
    return {row for row in old if counts[row.kind] > FEW}


def _claim(row: FoundDue, actor: Actor, look: Look, *, is_bundled: bool) -> dict[str, Any]:
    kind = DueKind(row.kind)
    return {
        "user_id": actor.user_id,
        "kind": kind,
        "subject_id": row.subject_id,
        "due_on": row.due_on,
        "clock": row.clock,
        "step": row.step,
        "client_id": row.client_id,
        "name": row.name or "",
        "detail": (row.detail or "")[:120],
        "state": _state(kind, look),
        "is_bundled": is_bundled,
        "claimed_at": look.at,
    }


def _state(kind: DueKind, look: Look) -> ReminderState:
    if kind in SYSTEM_KINDS:
        return ReminderState.SYSTEM
    only_pops = look.rules.get(kind, DEFAULT_RULES[kind]).way is ReminderWay.TRAY
    return ReminderState.TOLD if only_pops else ReminderState.TO_DO


def _pop_ups(session: Session, ids: Sequence[int], look: Look) -> tuple[PopUp, ...]:
    """What is due today or still to come pops up where its kind does; what is past never."""
    if not ids:
        return ()
    rows = session.execute(
        select(Reminder.kind, Reminder.due_on, Reminder.clock, Reminder.client_id)
        .where(
            Reminder.id.in_(ids),
            Reminder.due_on >= look.local.date(),
            Reminder.is_bundled.is_(False),
        )
        .order_by(Reminder.due_on, Reminder.clock)
    )
    popping = [row for row in rows if does_pop(row.kind, row.clock, look.rules)]
    names = short_names(session, {row.client_id for row in popping if row.client_id})
    return tuple(
        PopUp(row.kind, names.get(row.client_id, ""), row.due_on, row.clock) for row in popping
    )


def short_names(session: Session, client_ids: Collection[int]) -> dict[int, str]:
    """How clients are named where strangers may read: ``陈先生``."""
    if not client_ids:
        return {}
    found = session.execute(
        select(Client.id, Client.name, Client.sex, Client.kind).where(Client.id.in_(client_ids))
    )
    return {key: short_name(name, sex, kind) for key, name, sex, kind in found}


def snooze_reminder(session: Session, actor: Actor, reminder_id: int, *, until: datetime) -> None:
    """Put a reminder off: it leaves the centre and is told again then."""
    _own(session, actor, reminder_id).snoozed_until = until


def finish_reminder(session: Session, actor: Actor, reminder_id: int, *, now: datetime) -> None:
    """The person knows: the line goes over to 已通知 and is never told again."""
    reminder = _own(session, actor, reminder_id)
    reminder.done_at = now
    reminder.snoozed_until = None
    if reminder.state is ReminderState.TO_DO:
        reminder.state = ReminderState.TOLD


def reopen_reminder(session: Session, actor: Actor, reminder_id: int) -> None:
    """It waits again: taken for done by mistake."""
    reminder = _own(session, actor, reminder_id)
    reminder.done_at = None
    if reminder.kind not in SYSTEM_KINDS:
        reminder.state = ReminderState.TO_DO


def _own(session: Session, actor: Actor, reminder_id: int) -> Reminder:
    found = session.scalar(
        select(Reminder).where(Reminder.id == reminder_id, Reminder.user_id == actor.user_id)
    )
    if found is None:
        raise NotFoundError(_("找不到这条提醒。"))
    return found
