"""Two files of one person become one: field by field, everything moves, undone for 30 days."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from advisorcrm.columns import Column, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.errors import InvalidFieldError, NotFoundError, UserError
from advisorcrm.i18n import _
from advisorcrm.models import Client, ClientMerge, Consent, User
from advisorcrm.services.access import Right, any_client, demand
from advisorcrm.services.branch.compliance_parameters import load_compliance
from advisorcrm.services.clients.client_store import reindex
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.services.histories.history_words import field_label, stored_value
from advisorcrm.services.merges.merge_accounts import give_account, take_account_back
from advisorcrm.services.merges.merge_consents import keep_strict, stricter_answers
from advisorcrm.services.merges.merge_fields import Side, values_to_store
from advisorcrm.services.merges.merge_own_values import (
    own_values_to_store,
    take_own_back,
    write_own,
)
from advisorcrm.services.merges.merge_previews import what_forbids
from advisorcrm.services.merges.merge_records import move_back, move_records

_UNDONE = "撤销合并"  # chinese: data
CONSENT = Consent.__tablename__


@dataclass(frozen=True, slots=True)
class MergeOrder:
    """Which file stays, whose value is taken where it was chosen by hand, and why."""

    kept_id: int
    merged_id: int
    reason: str
    choices: Mapping[str, Side] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MergeRow:
    """One merge of the last time, for the list below the pairs."""

    id: int
    at: Annotated[datetime, Column("时间", width=17)]
    kept_name: Annotated[str, Column("保留", width=12)]
    merged_name: Annotated[str, Column("并入", width=12)]
    user_name: Annotated[str, Column("谁", width=8)]
    reason: Annotated[str, Column("理由", width=24)]
    may_undo: bool


def merge_clients(session: Session, actor: Actor, order: MergeOrder, *, now: datetime) -> int:
    """Make one file of two; returns the number of the merge.

    Everything that hangs on the merged file moves with its author and time; where both had
    been asked for consent the stricter answer counts; the merged number goes on finding the
    file. Raises InvalidFieldError without a reason, UserError for two different people.
    """
    demand(actor, Right.MERGE_CLIENTS)
    kept = any_client(session, actor, order.kept_id)
    merged = any_client(session, actor, order.merged_id)
    reason = _reason(order, kept, merged)
    with because(session, reason):
        changes = values_to_store(kept, merged, order.choices, branch_date(now))
        if _spoke_later(merged, kept):
            changes["last_contact_at"] = merged.last_contact_at
        before = _before(kept, merged, changes)
        strict = stricter_answers(session, kept.id, merged.id)
        own = own_values_to_store(session, kept.id, merged.id, order.choices)
        before |= {"own": write_own(session, kept.id, own), "own_written": own}
        account = give_account(session, kept, merged)
        moved = move_records(session, order.merged_id, order.kept_id, now=now)
        _write_file(kept, merged, changes, now)
        again = keep_strict(session, order.kept_id, strict, user_id=actor.user_id, now=now)
        merge = ClientMerge(
            kept_id=order.kept_id,
            merged_id=order.merged_id,
            reason=reason,
            before=json.dumps(before | {"extra_account": account}, ensure_ascii=False, default=str),
            moved=json.dumps({**moved, CONSENT: [*moved.get(CONSENT, ()), *again]}),
            user_id=actor.user_id,
            at=now,
        )
        session.add(merge)
        session.flush()  # the number is the answer, and the search text is read from saved rows
        reindex(session, [order.kept_id, order.merged_id])
        return merge.id


def list_merges(session: Session, actor: Actor, *, now: datetime) -> list[MergeRow]:
    """The merges of the last 30 days, the newest first."""
    demand(actor, Right.MERGE_CLIENTS)
    days = load_compliance(session).merge_undo_days
    kept, merged = aliased(Client), aliased(Client)
    rows = session.execute(
        select(ClientMerge, kept.name, merged.name, User.name)
        .join(kept, kept.id == ClientMerge.kept_id)
        .join(merged, merged.id == ClientMerge.merged_id)
        .join(User, User.id == ClientMerge.user_id)
        .where(ClientMerge.at >= now - timedelta(days=days))
        .order_by(ClientMerge.id.desc())
    )
    return [
        MergeRow(
            merge.id, merge.at, kept_name, merged_name, user, merge.reason,
            merge.undone_at is None,
        )
        for merge, kept_name, merged_name, user in rows
    ]  # fmt: skip


def undo_merge(session: Session, actor: Actor, merge_id: int, *, now: datetime) -> tuple[str, ...]:
    """Make two files of one again; returns the fields that were edited since and stay.

    What was recorded after the merge stays with the file that stayed. Raises NotFoundError,
    and UserError after 30 days, for a merge that is undone already, and while the file that
    stayed is itself part of another: the later merge is undone first.
    """
    demand(actor, Right.MERGE_CLIENTS)
    merge = session.get(ClientMerge, merge_id)
    if merge is None:
        raise NotFoundError(_("没有这次合并，请刷新后再看。"))
    days = load_compliance(session).merge_undo_days
    if merge.undone_at is not None or now > merge.at + timedelta(days=days):
        raise UserError(_("这次合并已撤销，或已过 {days} 天，不能撤销。").format(days=days))
    with because(session, f"{_UNDONE} {merge_id}"):
        before = json.loads(merge.before)
        kept, merged = (
            session.get_one(Client, merge.kept_id),
            session.get_one(Client, merge.merged_id),
        )
        if kept.archived_at is not None:
            raise UserError(_("保留的档案后来又并入了另一份，请先撤销后来的那次合并。"))
        is_account_free = take_account_back(session, kept, before, now)
        session.flush()  # the account must be free before its file has it again
        move_back(session, json.loads(merge.moved), merge.merged_id)
        left = _restore(kept, before["kept"], before["written"])
        left += [] if is_account_free else ["account"]
        own_left = take_own_back(
            session, kept.id, before.get("own", {}), before.get("own_written", {})
        )
        merged.archived_at, merged.merged_into_id = None, None
        merged.account, merged.updated_at = before["account"], now
        merge.undone_at, merge.undone_by_id = now, actor.user_id
        session.flush()  # the search text is read from saved rows
        reindex(session, [merge.kept_id, merge.merged_id])
        labels = (field_label(name) for name in left if name != "last_contact_at")
        return (*labels, *own_left)


def _reason(order: MergeOrder, kept: Client, merged: Client) -> str:
    """Why the two files become one, if they may."""
    reason = clean_text("reason", order.reason)
    if not reason:
        raise InvalidFieldError("reason", _("请写明合并理由。"))
    forbidden = what_forbids(kept, merged)
    if forbidden:
        raise UserError(forbidden)
    return reason


# --- the file -----------------------------------------------------------------------------------


def _before(kept: Client, merged: Client, changes: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kept": {name: getattr(kept, name) for name in changes},
        "written": dict(changes),
        "account": merged.account,
        "kept_had_account": kept.account is not None,
    }


def _spoke_later(merged: Client, kept: Client) -> bool:
    """Whether the last conversation is one of the merged file's."""
    if merged.last_contact_at is None:
        return False
    return kept.last_contact_at is None or merged.last_contact_at > kept.last_contact_at


def _write_file(kept: Client, merged: Client, changes: Mapping[str, Any], now: datetime) -> None:
    for name, value in changes.items():
        setattr(kept, name, value)
    kept.updated_at = merged.updated_at = now
    merged.archived_at, merged.merged_into_id = now, kept.id


def _restore(kept: Client, old: Mapping[str, Any], written: Mapping[str, Any]) -> list[str]:
    left = []
    for name, value in old.items():
        if getattr(kept, name) == stored_value("client", name, _raw(written[name])):
            setattr(kept, name, _blank(name, stored_value("client", name, _raw(value))))
        else:
            left.append(name)
    return left


def _raw(value: Any) -> Any:
    """A list of JSON as a set of codes is written in the database."""
    return ",".join(value) if isinstance(value, list) else value


def _blank(name: str, value: Any) -> Any:
    """An empty text stays a text where the column knows no null."""
    if value is not None or Client.__table__.c[name].nullable:
        return value
    return "" if Client.__table__.c[name].type.python_type is str else False
