"""When an item of a client's file counts as complete: conditions that Python and SQL both answer.

Each condition is a small frozen record. Here it is answered for one file in memory; for lists
``services.completeness_columns`` says the same in SQL, and a property test holds both together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from advisorcrm.i18n import _
from advisorcrm.rules.masking import is_masked
from advisorcrm.terms import PointKind, Validity

KIN = ("spouse", "parent", "child", "sibling", "relative")
"""Relations that are family."""

DOOR_WORDS = ("号", "室", "栋", "幢", "楼", "单元", "村")  # chinese: data
"""An address that holds one of these leads to a door."""


class Reachable(Protocol):
    """A telephone number or address as far as completeness asks."""

    @property
    def kind(self) -> PointKind:
        """What it is."""

    @property
    def validity(self) -> Validity:
        """Whether it was proven to work."""

    @property
    def verified_on(self) -> date | None:
        """When that was found out."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a condition does not hold; a doubt concerns something that is there."""

    field: str
    reason: str
    is_doubt: bool = False


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file, the ways to reach the client, and the day on which it is judged."""

    file: Mapping[str, object]
    points: tuple[Reachable, ...]
    today: date

    @classmethod
    def of(cls, file: Mapping[str, object], points: Iterable[Reachable], today: date) -> FileFacts:
        """Put together."""
        return cls(file, tuple(points), today)


@dataclass(frozen=True, slots=True)
class Filled:
    """The field holds something; zero is something, an empty text or set is not."""

    field: str

    def holds(self, facts: FileFacts) -> bool:
        """Whether it does."""
        return is_filled(facts.file.get(self.field))

    def complain(self, _facts: FileFacts) -> Complaint:
        """Nothing is there."""
        return Complaint(self.field, _("未填"))


@dataclass(frozen=True, slots=True)
class NotExpired:
    """The date is known and not yet over."""

    field: str

    def holds(self, facts: FileFacts) -> bool:
        """Whether it is."""
        until = facts.file.get(self.field)
        return isinstance(until, date) and until >= facts.today

    def complain(self, facts: FileFacts) -> Complaint:
        """Not recorded, or since when it is over."""
        until = facts.file.get(self.field)
        if not isinstance(until, date):
            return Complaint(self.field, _("未录"))
        return Complaint(self.field, _("{date} 已过期").format(date=until.isoformat()), True)


@dataclass(frozen=True, slots=True)
class AtDoor:
    """The address leads to a door, so that a letter arrives."""

    field: str

    def holds(self, facts: FileFacts) -> bool:
        """Whether it does."""
        address = str(facts.file.get(self.field) or "")
        if is_masked(address):  # a page holds no more of it; whoever read it said so beside it
            return bool(facts.file.get("is_at_door"))
        return any(word in address for word in DOOR_WORDS)

    def complain(self, facts: FileFacts) -> Complaint:
        """Empty, or too short."""
        if not facts.file.get(self.field):
            return Complaint(self.field, _("未填"))
        return Complaint(self.field, _("未到门牌"), True)


@dataclass(frozen=True, slots=True)
class Reached:
    """A number or address of a kind; ``is_proven`` wants proof of the last twelve months (R4)."""

    kind: PointKind
    is_proven: bool = False

    def holds(self, facts: FileFacts) -> bool:
        """Whether there is one."""
        return any(self._counts(point, facts.today) for point in facts.points)

    def complain(self, facts: FileFacts) -> Complaint:
        """Nothing is there, or why what is there does not count."""
        found = {point.validity for point in facts.points if point.kind == self.kind}
        if Validity.VALID in found:
            return Complaint(str(self.kind), _("核实已超过 12 个月"), True)
        if Validity.UNVERIFIED in found:
            return Complaint(str(self.kind), _("待核"), True)
        if found:
            return Complaint(str(self.kind), _("无效"), True)
        return Complaint(str(self.kind), _("未填"))

    def _counts(self, point: Reachable, today: date) -> bool:
        if point.kind != self.kind or point.validity == Validity.INVALID:
            return False
        if not self.is_proven:
            return True
        on = point.verified_on
        return point.validity == Validity.VALID and on is not None and on >= year_before(today)


@dataclass(frozen=True, slots=True)
class Known:
    """Something other tables say of the client, such as a relation or an answer about consent.

    ``fact`` is its name in the file, ``field`` where a person goes to fill it in.
    """

    fact: str
    field: str

    def holds(self, facts: FileFacts) -> bool:
        """Whether it is so."""
        return bool(facts.file.get(self.fact))

    def complain(self, _facts: FileFacts) -> Complaint:
        """What was not asked or entered."""
        reasons = {"asked_sms": _("短信未问过"), "asked_phone": _("电话未问过")}
        return Complaint(self.field, reasons.get(self.fact, _("未填")))


Condition = Filled | NotExpired | AtDoor | Reached | Known


def is_filled(value: object) -> bool:
    """Whether a field holds something; zero is something, an empty text or set is not."""
    return value is not None and value is not False and value not in ("", ())


def year_before(day: date) -> date:
    """The same day twelve months ago."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year - 1, day=last)
