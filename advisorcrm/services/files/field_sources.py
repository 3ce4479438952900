"""Where the values of a file come from: counter, conversation, contract, import (R78).

People say it field by field, and the newest word counts. What an import has changed needs no
word: the history knows the batch.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advisorcrm.columns import branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import Client, ClientMerge, FieldSource, User
from advisorcrm.rules.masking import mask_words
from advisorcrm.services.access import any_client, own_client
from advisorcrm.services.files.client_checks import EDITABLE, clean_text
from advisorcrm.services.histories.history_rows import Change, changes_of
from advisorcrm.services.histories.history_words import Words
from advisorcrm.terms import ValueSource

STATED = (ValueSource.COUNTER, ValueSource.CONTACT, ValueSource.CONTRACT, ValueSource.OTHER)
"""What a person may say; an import says it itself."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where the value of one field comes from, who said so and when."""

    field: str
    source: ValueSource
    note: str
    who: str
    at: datetime
    batch: int | None = None

    @property
    def in_words(self) -> str:
        """``来源：沟通 · 林若溪 · 2026-11-20``."""
        day = branch_date(self.at).isoformat()
        what = self.source.label
        if self.batch is not None:
            what = _("导入第 {batch} 批").format(batch=self.batch)
        parts = " · ".join(part for part in (what, self.note, self.who, day) if part)
        return _("来源：{parts}").format(parts=parts)


def set_source(  # noqa: PLR0913 - one statement about one field
    session: Session,
    actor: Actor,
    client_id: int,
    field: str,
    source: ValueSource,
    *,
    note: str = "",
    now: datetime,
) -> None:
    """Say where the value of a field comes from; earlier statements stay.

    Raises InvalidFieldError for a field that is none of the file's, and for an import.
    """
    own_client(session, actor, client_id)
    if field not in EDITABLE or source not in STATED:
        raise InvalidFieldError(field, _("这一项不能说明来源。"))
    session.add(
        FieldSource(
            client_id=client_id,
            field=field,
            source=source,
            note=clean_text("note", note),
            user_id=actor.user_id,
            at=now,
        )
    )


def list_sources(session: Session, actor: Actor, client_id: int) -> dict[str, SourceRow]:
    """The source of every field of which one is known, newest word of person or import."""
    client = any_client(session, actor, client_id)
    words = Words(session, actor, client)
    return sources_among(session, client_id, changes_of(session, client, words), words)


def sources_among(
    session: Session, client_id: int, changes: Sequence[Change], words: Words
) -> dict[str, SourceRow]:
    """As ``list_sources``, where the changes of the file, oldest first, are read already.

    A value that a merge took from the other file brings its source along; once the merge is
    undone, the file's own source counts again.
    """
    found: dict[str, SourceRow] = {}
    for change in changes:
        if change.is_field and change.batch is not None:
            found[change.key] = SourceRow(
                change.key, ValueSource.IMPORT, "", change.who, change.at, change.batch
            )
        elif change.is_field:
            found.pop(change.key, None)  # somebody has typed over what was imported
    for said in _statements(session, client_id, words):
        imported = found.get(said.field)
        if imported is None or imported.at <= said.at:
            found[said.field] = said
    for merge in _merges_into(session, client_id):
        _take_merged(session, merge, found, words)
    return found


def _take_merged(
    session: Session, merge: ClientMerge, found: dict[str, SourceRow], words: Words
) -> None:
    """Say of the values a merge has taken what the merged file said, unless somebody has since."""
    merged = session.get_one(Client, merge.merged_id)
    theirs = sources_among(session, merged.id, changes_of(session, merged, words), words)
    for field in json.loads(merge.before).get("written", {}):
        mine = found.get(field)
        if mine is None or mine.at <= merge.at:
            found.pop(field, None)
            if field in theirs:
                found[field] = theirs[field]


def _statements(session: Session, client_id: int, words: Words) -> Iterator[SourceRow]:
    """What people have said about the fields of one file, oldest first."""
    rows = session.execute(
        select(
            FieldSource.field,
            FieldSource.source,
            FieldSource.note,
            func.coalesce(User.name, "").label("who"),
            FieldSource.at,
        )
        .outerjoin(User, User.id == FieldSource.user_id)
        .where(FieldSource.client_id == client_id)
        .order_by(FieldSource.id)
    )
    for field, source, note, who, at in rows:
        yield SourceRow(field, source, words.free(mask_words(note)), who, at)


def _merges_into(session: Session, client_id: int) -> Sequence[ClientMerge]:
    """The merges that gave a file its values, oldest first, without those taken back."""
    return session.scalars(
        select(ClientMerge)
        .where(ClientMerge.kept_id == client_id, ClientMerge.undone_at.is_(None))
        .order_by(ClientMerge.id)
    ).all()
