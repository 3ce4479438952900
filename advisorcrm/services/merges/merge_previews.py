"""Two files side by side before they become one: what differs, and what forbids it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.i18n import _
from advisorcrm.models import Client
from advisorcrm.rules.likeness import Likeness
from advisorcrm.services.access import Right, any_client, demand
from advisorcrm.services.histories.history_words import Words
from advisorcrm.services.merges.duplicates import compare_clients
from advisorcrm.services.merges.merge_fields import MergeField, compare_fields
from advisorcrm.services.merges.merge_origins import origins_of
from advisorcrm.services.merges.merge_own_values import compare_own
from advisorcrm.services.merges.merge_records import count_records


@dataclass(frozen=True, slots=True)
class MergeFile:
    """One of the two files at the head of the comparison."""

    id: int
    name: str
    client_no: str
    account: str
    tier: str | None
    advisor_name: str
    opened_on: date | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging would ask and do; ``blocked`` says what stands against it, or nothing."""

    kept: MergeFile
    merged: MergeFile
    likeness: Likeness
    fields: tuple[MergeField, ...]
    blocked: str


def preview_merge(
    session: Session, actor: Actor, kept_id: int, merged_id: int, *, today: date
) -> MergePreview:
    """What stands in both files, side by side. Raises NotFoundError."""
    demand(actor, Right.MERGE_CLIENTS)
    kept, merged = any_client(session, actor, kept_id), any_client(session, actor, merged_id)
    words = Words(session, actor, kept)
    mine = origins_of(session, kept, words, today)
    theirs = origins_of(session, merged, Words(session, actor, merged), today)
    fields = (
        replace(
            field,
            kept_from=mine.get(field.name, "") if field.kept else "",
            merged_from=theirs.get(field.name, "") if field.merged else "",
        )
        for field in (
            *compare_fields(kept, merged, words, today),
            *compare_own(session, kept_id, merged_id, words),
        )
    )
    return MergePreview(
        _file(session, kept, words),
        _file(session, merged, words),
        compare_clients(session, actor, kept_id, merged_id),
        tuple(fields),
        what_forbids(kept, merged),
    )


def what_forbids(kept: Client, merged: Client) -> str:
    """Why two files must not become one; empty if they may."""
    if kept.id == merged.id:
        return _("请选两份不同的档案。")
    if kept.id_number and merged.id_number and kept.id_number != merged.id_number:
        return _("两份档案的证件号不同，不是同一人，不能合并。请先核对证件。")
    if kept.kind is not merged.kind:
        return _("一份是个人，一份是机构，不能合并。")
    return ""


def _file(session: Session, client: Client, words: Words) -> MergeFile:
    advisor = words.name_of("advisor_id", client.advisor_id) if client.advisor_id else ""
    return MergeFile(
        client.id,
        words.field("name", client.name),
        client.client_no,
        words.field("account", client.account),
        client.tier,
        advisor,
        client.opened_on,
        count_records(session, client.id),
    )
