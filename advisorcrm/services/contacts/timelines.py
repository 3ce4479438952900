"""The stream of one client: conversations and changes of the file in one order, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.i18n import N_
from advisorcrm.services.access import Right, may
from advisorcrm.services.care.care_records import CareRow, list_care_records
from advisorcrm.services.care.gifts import GiftRow, list_gifts
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter, ContactLogRow
from advisorcrm.services.contacts.contact_logs import count_contact_logs, list_contact_logs
from advisorcrm.services.histories.histories import VersionRow, list_versions
from advisorcrm.services.meetings.event_guests import ClientEventRow, list_client_events
from advisorcrm.terms import Term

PAGE = 50


class StreamKind(Term):
    """What an entry of the stream is about."""

    CONTACT = "contact", N_("沟通")
    CARE = "care", N_("关怀")
    CHANGE = "change", N_("档案变动")
    EVENT = "event", N_("活动")


@dataclass(frozen=True, slots=True)
class StreamItem:
    """One entry: a conversation, a version of the file, or an event the client is a guest of."""

    at: datetime
    kind: StreamKind
    log: ContactLogRow | None = None
    version: VersionRow | None = None
    event: ClientEventRow | None = None
    care: CareRow | None = None
    gift: GiftRow | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The newest entries, and how many of each kind there are in all."""

    items: tuple[StreamItem, ...]
    counts: dict[StreamKind, int]
    left: int


def list_timeline(
    session: Session,
    actor: Actor,
    client_id: int,
    *,
    kind: StreamKind | None = None,
    limit: int = PAGE,
) -> Timeline:
    """What happened with a client, of one kind or of all; verifying a number is a change (R83).

    Raises NotFoundError for a client the person may not see.
    """
    versions = list_versions(session, actor, client_id)
    events = list_client_events(session, actor, client_id)
    query = ContactLogFilter(client_id=client_id)
    cared = _care(session, actor, client_id)
    counts = {
        StreamKind.CONTACT: count_contact_logs(session, actor, query).entries,
        StreamKind.CARE: len(cared),
        StreamKind.CHANGE: len(versions),
        StreamKind.EVENT: len(events),
    }
    items: list[StreamItem] = []
    if kind in (None, StreamKind.CONTACT):
        logs = list_contact_logs(session, actor, query, limit=limit)
        items += [StreamItem(log.contacted_at, StreamKind.CONTACT, log=log) for log in logs]
    if kind in (None, StreamKind.CARE):
        items += cared
    if kind in (None, StreamKind.CHANGE):
        items += [
            StreamItem(version.at, StreamKind.CHANGE, version=version)
            for version in versions[:limit]
        ]
    if kind in (None, StreamKind.EVENT):
        items += [StreamItem(event.at, StreamKind.EVENT, event=event) for event in events[:limit]]
    items.sort(key=lambda item: item.at, reverse=True)
    total = sum(counts.values()) if kind is None else counts[kind]
    shown = tuple(items[:limit])
    return Timeline(shown, counts, total - len(shown))


def _care(session: Session, actor: Actor, client_id: int) -> list[StreamItem]:
    """Kindnesses and presents; there are a few a year. The front desk reads none."""
    if not may(actor, Right.READ_FILES):
        return []
    records = [
        StreamItem(row.done_at, StreamKind.CARE, care=row)
        for row in list_care_records(session, actor, client_id)
    ]
    gifts = [
        StreamItem(datetime.combine(row.given_on, time(12), BRANCH_TIME), StreamKind.CARE, gift=row)
        for row in list_gifts(session, actor, client_id=client_id)
    ]
    return [*records, *gifts]
