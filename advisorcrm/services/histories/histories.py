"""The change history of a client's file: by field, by version, and two versions side by side.

Everything is read from what the triggers wrote, masked as the page masks it, and told only to who
may open the file (R16, R77, R78).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.i18n import _
from advisorcrm.models import ChangeHistory, User
from advisorcrm.rules.masking import mask_words
from advisorcrm.services.access import any_client
from advisorcrm.services.files.field_sources import sources_among
from advisorcrm.services.histories.history_rows import Change, changes_of
from advisorcrm.services.histories.history_words import Words
from advisorcrm.services.histories.restoring_things import can_come_back

PAGE = 100


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One field as one action changed it."""

    id: int
    version: int
    at: datetime
    who: str
    field: str
    label: str
    old: str
    new: str
    why: str
    batch: int | None
    is_warning: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of the file: what one action made of it."""

    number: int
    at: datetime
    who: str
    labels: tuple[str, ...]
    why: str
    batch: int | None
    is_warning: bool
    is_first: bool
    entries: tuple[HistoryEntry, ...] = ()

    @property
    def what(self) -> str:
        """``手机，方便时间``; for the first version and for imports what it was."""
        listed = _("，").join(self.labels)
        if self.batch is not None:
            return _("导入第 {batch} 批：{what}").format(batch=self.batch, what=listed)
        return _("新建档案") if self.is_first else listed


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which two versions differ; ``field`` is empty where it cannot come back."""

    field: str
    label: str
    old: str
    new: str
    why: str
    at: datetime
    is_warning: bool


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Entries newest first; ``total`` counts all, ``versions`` all versions of the file."""

    entries: tuple[HistoryEntry, ...]
    total: int
    versions: int


def list_history(
    session: Session, actor: Actor, client_id: int, *, limit: int = PAGE, offset: int = 0
) -> HistoryPage:
    """Who changed what in a file, newest first, a page at a time.

    Where the source of a present value is known, the change that brought it says so (R78).
    Raises NotFoundError for a client the person may not see.
    """
    client = any_client(session, actor, client_id)
    words = Words(session, actor, client)
    changes = changes_of(session, client, words)
    sources = sources_among(session, client_id, changes, words)
    changes.reverse()
    newest = {change.key: change.id for change in reversed(changes)}
    page = tuple(
        replace(_entry(change), source=sources[change.key].in_words)
        if change.key in sources and newest[change.key] == change.id
        else _entry(change)
        for change in changes[offset : offset + limit]
    )
    return HistoryPage(page, len(changes), max((c.version for c in changes), default=0))


def list_versions(session: Session, actor: Actor, client_id: int) -> list[VersionRow]:
    """The versions of a file, newest first."""
    changes = sorted(_changes(session, actor, client_id), key=attrgetter("version"))
    found = [_version(list(group)) for _n, group in groupby(changes, key=attrgetter("version"))]
    return found[::-1]


def compare_versions(
    session: Session, actor: Actor, client_id: int, earlier: int, later: int
) -> list[Difference]:
    """In which fields a later version differs from an earlier one, newest change first."""
    between = [
        change
        for change in _changes(session, actor, client_id)
        if earlier < change.version <= later
    ]
    found = []
    for changes in _by_key(between):
        first, last = changes[0], changes[-1]
        if first.was != last.now or first.old != last.new:
            field = last.key if can_come_back(last) else ""
            found.append(
                Difference(
                    field, last.label, first.old, last.new, _why(last), last.at, last.is_warning
                )
            )
    return sorted(found, key=attrgetter("at"), reverse=True)


def last_change(session: Session, table_name: str, row_id: int) -> tuple[str, datetime] | None:
    """Who changed a row last, by name, and when."""
    row = session.execute(
        select(func.coalesce(User.name, ChangeHistory.actor), ChangeHistory.at)
        .outerjoin(User, User.employee_no == ChangeHistory.actor)
        .where(ChangeHistory.table_name == table_name, ChangeHistory.row_id == row_id)
        .order_by(ChangeHistory.id.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None


def _changes(session: Session, actor: Actor, client_id: int) -> list[Change]:
    client = any_client(session, actor, client_id)
    return changes_of(session, client, Words(session, actor, client))


def _entry(change: Change) -> HistoryEntry:
    return HistoryEntry(
        change.id, change.version, change.at, _who(change.who), change.key, change.label,
        change.old, change.new, _why(change), change.batch, change.is_warning,
    )  # fmt: skip


def _version(changes: list[Change]) -> VersionRow:
    first = changes[0]
    return VersionRow(
        first.version, first.at, _who(first.who),
        tuple(dict.fromkeys(change.label for change in changes)), _why(first), first.batch,
        not first.is_new_file and any(change.is_warning for change in changes),
        first.is_new_file,
        tuple(map(_entry, changes)),
    )  # fmt: skip


def _by_key(changes: Iterable[Change]) -> list[list[Change]]:
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.key, []).append(change)
    return list(found.values())


def _who(name: str) -> str:
    return name or _("系统")


def _why(change: Change) -> str:
    """The reason, numbers in it masked; an import says which one it was."""
    if change.why or change.batch is None:
        return mask_words(change.why)
    return _("导入第 {batch} 批").format(batch=change.batch)
