"""What stands in the contact form: kept as a draft, checked into a record (R81)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import Direction, PlainMoment, read_plain_date
from advisorcrm.services.contacts.new_contact_log import NewContactLog
from advisorcrm.terms import Reaction


def new_uuid() -> str:
    """Identity of a record before it is saved: a retry saves it once."""
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """The form's content as it was typed; everything survives in a draft."""

    uuid: str = field(default_factory=new_uuid)
    client_id: int | None = None
    client_name: str = ""
    way: str = ""
    topics: tuple[str, ...] = ()
    topics_are_chosen: bool = False
    time_text: str = ""
    content: str = ""
    reaction: str = ""
    is_advice: bool = False
    basis: str = ""
    next_text: str = ""
    next_way: str = ""
    next_note: str = ""
    was_reminded_of_counter: bool = False
    updates_file: bool = False

    @property
    def is_worth_keeping(self) -> bool:
        """Whether anything was typed that nobody wants to type again."""
        return any((self.content, self.basis, self.next_text, self.next_note))

    def as_draft(self) -> dict[str, Any]:
        """The content as JSON can hold it."""
        return asdict(self)

    def record(self, now: datetime) -> NewContactLog:
        """The record to be saved. Raises InvalidFieldError for a time that is not understood."""
        next_step = self.next_step(now)
        return NewContactLog(
            uuid=self.uuid,
            client_id=self._client(),
            topics=self.topics,
            contacted_at=self.contacted_at(now),
            way=self.way,
            content=self.content.strip(),
            reaction=Reaction(self.reaction) if self.reaction else None,
            is_advice=self.is_advice,
            basis=self.basis.strip() if self.is_advice else "",
            next_on=next_step.on if next_step else None,
            next_at=next_step.at if next_step else None,
            next_way=(self.next_way or None) if next_step else None,
            next_note=self.next_note.strip(),
            was_reminded_of_counter=self.was_reminded_of_counter,
        )

    def contacted_at(self, now: datetime) -> datetime:
        """When the conversation was; a day of the past needs its time."""
        moment = read_plain_date(
            self.time_text, now, direction=Direction.PAST, field="contacted_at"
        )
        here = now.astimezone(BRANCH_TIME)
        if moment.at is None and moment.on != here.date():
            raise InvalidFieldError("contacted_at", _("请写几点沟通的，例如 昨天 16:30。"))
        return moment.instant(here.time().replace(second=0, microsecond=0))

    def next_step(self, now: datetime) -> PlainMoment | None:
        """When to speak again, if that was agreed."""
        if self.next_text.strip():
            return read_plain_date(self.next_text, now, field="next_on")
        if self.next_note.strip():
            raise InvalidFieldError("next_on", _("请写下一步的日期，例如 3d、周二 14:30。"))
        return None

    def _client(self) -> int:
        if self.client_id is None:
            raise InvalidFieldError("client_id", _("请先选客户。"))
        return self.client_id


def entry_from_draft(content: Mapping[str, Any]) -> ContactEntry:
    """A form's content out of a draft, also of an older version of the program."""
    known = {item.name for item in fields(ContactEntry)}
    values = {name: value for name, value in content.items() if name in known}
    return ContactEntry(**{**values, "topics": tuple(values.get("topics", ()))})
