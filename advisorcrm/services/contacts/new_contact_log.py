"""A conversation as it is entered, before it is a record (R35, R81)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from advisorcrm.terms import Reaction


@dataclass(frozen=True, slots=True)
class NewContactLog:
    """What the form gives; ``uuid`` is made when the form opens, so that a retry saves once."""

    uuid: str
    client_id: int
    topics: tuple[str, ...]
    contacted_at: datetime
    way: str
    content: str
    minutes: int | None = None
    reaction: Reaction | None = None
    is_advice: bool = False
    basis: str = ""
    next_on: date | None = None
    next_at: time | None = None
    next_way: str | None = None
    next_note: str = ""
    was_reminded_of_counter: bool = False
    corrects_id: int | None = None
    correction_reason: str = ""
