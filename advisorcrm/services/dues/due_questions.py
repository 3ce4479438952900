"""How something with a date joins the list of everything that is due.

A kind is one function ``find(question) -> SELECT``, whose columns come from ``due_columns`` and
whose rows are narrowed by ``question.mine`` and ``question.window``, and one ``DueSource`` in the
tuple ``DUE_SOURCES`` of ``services.dues``. The SELECT must be cheap: it is asked each minute, as
one part of a single statement, so that the person's column and the date need an index. It
answers what is open only; what is done drops out by its condition. None means: not on this day,
or not for this person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    String,
    and_,
    case,
    cast,
    literal,
    null,
    select,
    true,
    type_coerce,
)

from advisorcrm.columns import branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.db.branch_clock import this_day
from advisorcrm.db.copies import LastCopy
from advisorcrm.db.database import AnySelect
from advisorcrm.db.prepared import slot
from advisorcrm.rules.reminding import DEFAULT_RULES, OVER, KindRule
from advisorcrm.rules.workdays import HolidayTable
from advisorcrm.services.branch.settings import Settings
from advisorcrm.terms import DueKind

WHOSE = "whose"
"""The slot of the person asked about."""


@dataclass(frozen=True, slots=True)
class DueQuestion:
    """Who asks what: everything due at an instant, or by a day, for a person or the branch."""

    actor: Actor
    at: datetime
    user_id: int | None = None
    """Whose matters; None is everybody's."""
    until: date | None = None
    since: date | None = None
    """What was due before is left out; None leaves nothing out."""
    rules: Mapping[DueKind, KindRule] = field(default_factory=lambda: DEFAULT_RULES)
    holidays: HolidayTable | None = None
    settings: Settings = field(default_factory=Settings)
    copied: LastCopy | None = None
    """When the database was copied last, where that is known."""
    only: Callable[[Any], ColumnElement[bool]] | None = None
    """Narrows every kind by its columns, before anything else that has to be looked up."""
    is_for_slot: bool = False
    """Whether whose matters is given when the statement is asked: it serves all of a role."""

    @property
    def today(self) -> date:
        """The branch's day."""
        return branch_date(self.at)

    @property
    def whose(self) -> int | slot | None:
        """Whose matters, as a statement names the person; None is everybody's."""
        if self.is_for_slot and self.user_id is not None:
            return slot(WHOSE, Integer())
        return self.user_id

    def mine(self, column: Any) -> ColumnElement[bool]:
        """The matters of the person asked about, by the column that names whose they are."""
        return true() if self.user_id is None else column == self.whose

    def rule(self, kind: DueKind) -> KindRule:
        """Lead time, hours and way of a kind."""
        return self.rules.get(kind, DEFAULT_RULES[kind])

    def horizon(self, kind: DueKind) -> date:
        """The last day that is asked for: the day asked about and the lead time of the kind."""
        ahead = date.fromordinal(self.today.toordinal() + self.rule(kind).lead)
        return max(ahead, self.until) if self.until else ahead

    def window(self, kind: DueKind, column: Any) -> ColumnElement[bool]:
        """The dates that are asked for, as a condition that an index answers."""
        due = column <= self.horizon(kind)
        return due if self.since is None else and_(column >= self.since, due)

    def step(self, kind: DueKind, column: Any) -> ColumnElement[int]:
        """How many days before the date the last telling was due; ``OVER`` when it is past.

        A kind that is told once has one step, 0, whether late or not.
        """
        days = sorted(self.rule(kind).days)
        if len(days) == 1:
            return literal(0, Integer)
        today = self.today.toordinal()
        steps = [(column <= date.fromordinal(today + day), literal(day, Integer)) for day in days]
        past = (column < self.today, literal(OVER, Integer))
        return case(past, *steps, else_=literal(days[-1], Integer))


@dataclass(frozen=True, slots=True)
class DueSource:
    """One kind of thing with a date: how it is found and what is said of it.

    ``reason`` is a sentence with the places ``{detail}`` and ``{on}``. What is told ``by_day``
    comes with a new day or hour, not with the minute: the heartbeat asks for it less often.
    """

    kind: DueKind
    find: Callable[[DueQuestion], AnySelect | None]
    reason: str
    by_day: bool = False


def due_columns(  # noqa: PLR0913 - the columns of the one list
    question: DueQuestion,
    kind: DueKind,
    *,
    subject: Any,
    user: Any = None,
    on: Any,
    client: Any = None,
    name: Any = None,
    clock: Any = None,
    detail: Any = None,
) -> AnySelect:
    """The SELECT of one kind; what is not given is empty.

    ``subject`` is the id of what is due and ``user`` of the person who has to do it (empty: any
    manager), ``client`` and ``name`` of whom it is about, ``on`` the branch's day (see
    ``db.branch_clock`` for one of an instant) and ``clock`` its time as ``14:30``.
    """
    day = this_day(literal(on, Date)) if isinstance(on, date) else on
    found = select(
        literal(kind.value, String).label("kind"),
        _or_empty(subject, Integer).label("subject_id"),
        _or_empty(user, Integer).label("user_id"),
        _or_empty(client, Integer).label("client_id"),
        _or_empty(name, String).label("name"),
        type_coerce(day, Date).label("due_on"),
        _text(clock).label("clock"),
        _text(detail).label("detail"),
        question.step(kind, day).label("step"),
    )
    return found if question.only is None else found.where(question.only(found.selected_columns))


def _or_empty(value: Any, kind: Any) -> Any:
    if value is None:
        return cast(null(), kind)
    return literal(value, kind()) if isinstance(value, int | str) else value


def _text(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return literal(value or "", String)
    return value
