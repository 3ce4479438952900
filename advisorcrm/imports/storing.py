"""Storing a planned import: the good rows together, in one transaction, or none at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from advisorcrm.collector import collector_paused
from advisorcrm.db.history import because
from advisorcrm.i18n import _
from advisorcrm.imports.batch_rows import keep_new, keep_updated, values_before
from advisorcrm.imports.doubts import keep_doubts
from advisorcrm.imports.import_plan import ImportFigures, ImportPlan, PlannedRow, figures_of
from advisorcrm.models import Client, ClientGroup, ImportBatch
from advisorcrm.services.access import Actor, Right, demand
from advisorcrm.services.clients.client_store import insert_clients, update_clients
from advisorcrm.services.files.own_values import parted, store_imported
from advisorcrm.terms import ImportResult

_CHUNK = 10_000
KIND = "clients"


def apply_import(
    session: Session, actor: Actor, plan: ImportPlan, *, now: datetime
) -> ImportFigures:
    """Write what the plan says; a write.

    Rows whose client was changed, or whose account was taken, since the dry run become
    undecided. Raises NotAllowedError.
    """
    demand(actor, Right.IMPORT)
    with collector_paused():
        plan = _still_true(session, plan)
        batch_id = _note_batch(session, actor, plan, now)
        store_rows(session, batch_id, plan, now=now)
        keep_doubts(session, batch_id, plan)
    return figures_of(plan, batch_id=batch_id)


def store_rows(session: Session, batch_id: int, plan: ImportPlan, *, now: datetime) -> None:
    """Write the good rows of a plan and note what each did, under a batch that stands already."""
    with because(session, reason_of(batch_id)):
        groups = _make_groups(session, plan)
        new, changed = plan.of(ImportResult.NEW), plan.of(ImportResult.UPDATED)
        if new:
            records = [_with_group(row, groups) for row in new]
            plain, own = parted(records)
            ids = insert_clients(session, plain, now=now)
            store_imported(session, zip(ids, own, strict=True))
            keep_new(session, batch_id, new, ids)
        if changed:
            updated = [row._replace(record=_with_group(row, groups)) for row in changed]
            before = values_before(session, updated)
            plain, own = parted(row.record for row in updated)
            ids = [row.client_id or 0 for row in updated]
            update_clients(session, zip(ids, plain, strict=True), now=now)
            store_imported(session, zip(ids, own, strict=True))
            keep_updated(session, batch_id, updated, before)


def reason_of(batch_id: int) -> str:
    """What the change history says about the changes of a batch."""
    return f"导入批次 {batch_id}"


def _still_true(session: Session, plan: ImportPlan) -> ImportPlan:
    """The plan without rows that others have overtaken since it was made."""
    taken = _taken(session, plan.of(ImportResult.NEW))
    versions = _versions(session, [row.client_id for row in plan.of(ImportResult.UPDATED)])
    if not taken and all(
        versions.get(row.client_id or 0) == row.version for row in plan.of(ImportResult.UPDATED)
    ):
        return plan
    return replace(plan, rows=[_checked(row, taken, versions) for row in plan.rows])


def _checked(row: PlannedRow, taken: set[str], versions: dict[int, int]) -> PlannedRow:
    if row.result is ImportResult.NEW:
        overtaken = bool(taken & {row.record.get("account"), row.record.get("client_no")})
    elif row.result is ImportResult.UPDATED:
        overtaken = versions.get(row.client_id or 0) != row.version
    else:
        overtaken = False
    if not overtaken:
        return row
    reason = _("试运行之后有人改过这位客户，没有导入，请重新试运行。")
    return row._replace(result=ImportResult.UNDECIDED, reason=reason, record={}, changes=())


def _taken(session: Session, rows: Sequence[PlannedRow]) -> set[str]:
    """Accounts and client numbers of new rows that somebody has entered meanwhile."""
    taken: set[str] = set()
    if not rows or session.scalar(select(Client.id).limit(1)) is None:
        return taken
    for column, name in ((Client.account, "account"), (Client.client_no, "client_no")):
        values = [value for row in rows if (value := row.record.get(name))]
        for part in _chunks(values):
            taken.update(
                found for found in session.scalars(select(column).where(column.in_(part))) if found
            )
    return taken


def _versions(session: Session, ids: Sequence[int | None]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in _chunks(list(ids)):
        rows = session.execute(select(Client.id, Client.version).where(Client.id.in_(part)))
        found.update(rows.all())
    return found


def _make_groups(session: Session, plan: ImportPlan) -> dict[str, int]:
    """Client groups the file names and the branch does not have yet."""
    wanted = {
        row.record["client_group_id"]
        for row in plan.rows
        if isinstance(row.record.get("client_group_id"), str)
    }
    if not wanted:
        return {}
    by_name = select(ClientGroup.name, ClientGroup.id).where(ClientGroup.name.in_(wanted))
    known = {name for name, _key in session.execute(by_name)}
    missing = [{"name": name} for name in sorted(map(str, wanted)) if name not in known]
    if missing:
        session.execute(insert(ClientGroup), missing)
    session.execute(
        update(ClientGroup)
        .where(ClientGroup.name.in_(wanted), ClientGroup.archived_at.is_not(None))
        .values(archived_at=None)
    )
    return dict(session.execute(by_name).all())


def _with_group(row: PlannedRow, groups: dict[str, int]) -> Mapping[str, Any]:
    group = row.record.get("client_group_id")
    return dict(row.record) | {"client_group_id": groups[group]} if group in groups else row.record


def _note_batch(session: Session, actor: Actor, plan: ImportPlan, now: datetime) -> int:
    counts = plan.counts
    batch = ImportBatch(
        at=now,
        user_id=actor.user_id,
        kind="contacts" if plan.sheet.kind.is_contacts else KIND,
        file_name=plan.sheet.file_name[-120:],
        rule=str(plan.rules.default),
        read=len(plan.rows),
        new=counts[ImportResult.NEW],
        updated=counts[ImportResult.UPDATED],
        unchanged=counts[ImportResult.UNCHANGED],
        undecided=counts[ImportResult.UNDECIDED],
        failed=counts[ImportResult.FAILED],
    )
    session.add(batch)
    session.flush()  # the number of the batch is part of the answer
    return batch.id


def _chunks(values: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
