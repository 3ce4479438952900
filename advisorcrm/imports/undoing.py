"""Taking a whole import back: new clients leave the list, changed fields become what they were.

What people have done since stays: a new client who was edited or spoken to, and a field that
holds something else than the import wrote, are left as they are and listed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import String, bindparam, cast, literal_column, or_, select, update
from sqlalchemy.orm import Session

from advisorcrm.columns import CodeBook
from advisorcrm.db.history import because
from advisorcrm.i18n import _
from advisorcrm.imports.batches import undoable_batch
from advisorcrm.imports.comparison import is_same_to_people, label_of_stored
from advisorcrm.imports.new_clients import touched_new_clients
from advisorcrm.imports.new_groups import archive_unused_groups
from advisorcrm.imports.stored_values import POINTS, read_value
from advisorcrm.models import Client, ContactPoint, ImportDoubt, ImportRow
from advisorcrm.services.access import Actor, visible_clients
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.clients.client_store import reindex, update_clients
from advisorcrm.services.clients.own_columns import read_values
from advisorcrm.services.files.own_values import parted, store_imported
from advisorcrm.terms import ImportResult

_CHUNK = 5_000
UNDONE = "undone"
"""Decision of a doubt whose import was taken back."""


class LeftRow(NamedTuple):
    """One row of the file that was not, or not wholly, taken back, and why."""

    row: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class UndoFigures:
    """What taking a batch back has done."""

    batch_id: int
    removed: int
    restored: int
    left: Sequence[LeftRow]


def undo_import(session: Session, actor: Actor, batch_id: int, *, now: datetime) -> UndoFigures:
    """Take back what an import did, within the days the branch allows; a write.

    Raises NotFoundError and UserError as ``batches.undoable_batch`` does.
    """
    batch = undoable_batch(session, actor, batch_id, now=now)
    with because(session, f"撤销导入批次 {batch_id}"):
        book = load_code_book(session, actor)
        undoing = _Undoing(session, now, touched_new_clients(session, batch_id), book)
        rows = _rows(session, actor, batch_id)
        for start in range(0, len(rows), _CHUNK):
            undoing.take_back(rows[start : start + _CHUNK])
        batch.undone_at, batch.undone_by_id = now, actor.user_id
        _close_doubts(session, actor, batch_id, now)
        archive_unused_groups(session, batch_id, now)
        left = tuple(sorted(undoing.left))
        return UndoFigures(batch_id, undoing.removed, undoing.restored, left)


def _rows(session: Session, actor: Actor, batch_id: int) -> Sequence[Any]:
    """What the batch did, the newest first, with whether the client is still the person's."""
    return session.execute(
        select(
            ImportRow.client_id,
            ImportRow.row,
            ImportRow.result,
            ImportRow.old,
            Client.name,
            Client.version,
            Client.merged_into_id,
            visible_clients(actor).label("is_mine"),
        )
        .join(Client, Client.id == ImportRow.client_id)
        .where(
            ImportRow.batch_id == batch_id,
            or_(Client.archived_at.is_(None), Client.merged_into_id.is_not(None)),
        )
        .order_by(ImportRow.id.desc())
    ).all()


def _close_doubts(session: Session, actor: Actor, batch_id: int, now: datetime) -> None:
    session.execute(
        update(ImportDoubt)
        .where(ImportDoubt.batch_id == batch_id, ImportDoubt.decided_at.is_(None))
        .values(
            decision=UNDONE, decided_at=now, decided_by_id=actor.user_id,
            version=ImportDoubt.version + 1,
        )
    )  # fmt: skip


@dataclass
class _Undoing:
    """Goes through the rows of a batch and counts what could be taken back."""

    session: Session
    now: datetime
    touched: frozenset[int]
    book: CodeBook
    left: list[LeftRow] = field(default_factory=list)
    removed: int = 0
    restored: int = 0

    def take_back(self, rows: Sequence[Any]) -> None:
        """One portion of rows."""
        single = [
            row
            for row in rows
            if row.merged_into_id is None
            or self._leave(row, _("导入以后并入了另一份档案，保留原样。"))
        ]
        mine = [
            row for row in single if row.is_mine or self._leave(row, _("现在由别的客服专员服务。"))
        ]
        self._remove([row for row in mine if row.result is ImportResult.NEW])
        self._restore([row for row in mine if row.result is ImportResult.UPDATED])

    def _leave(self, row: Any, reason: str) -> bool:
        self.left.append(LeftRow(row.row, row.name, reason))
        return False

    def _remove(self, rows: Sequence[Any]) -> None:
        """Take new clients out of every list; a better file may bring their accounts again."""
        untouched = [
            row.client_id
            for row in rows
            if (row.version == 1 and row.client_id not in self.touched)
            or self._leave(row, _("导入以后有人改过或记过，保留原样。"))
        ]
        if not untouched:
            return
        values = {
            "archived_at": self.now,
            "updated_at": self.now,
            "account": None,
            "client_no": Client.client_no + literal_column("'~'") + cast(Client.id, String),
            "version": Client.version + 1,
        }
        self.session.connection().execute(
            update(Client).where(Client.id == bindparam("key")).values(values),
            [{"key": key} for key in untouched],
        )
        reindex(self.session, untouched)
        self.removed += len(untouched)

    def _restore(self, rows: Sequence[Any]) -> None:
        if not rows:
            return
        present = _present(self.session, [row.client_id for row in rows])
        changes: list[tuple[int, Mapping[str, Any]]] = []
        for row in rows:
            wrote = json.loads(row.old)
            self._archive_points(row.client_id, wrote.pop(POINTS, ()))
            back = self._fields_back(row, wrote, present[row.client_id])
            changes.append((row.client_id, back))
        plain, own = parted(back for _key, back in changes)
        ids = [key for key, _back in changes]
        update_clients(self.session, zip(ids, plain, strict=True), now=self.now)
        store_imported(self.session, zip(ids, own, strict=True))
        self.restored += len(rows)

    def _fields_back(
        self, row: Any, wrote: Mapping[str, Any], present: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What to write back: only fields that still hold what the import wrote."""
        back, kept = {}, []
        for name, (old, new) in wrote.items():
            if is_same_to_people(present.get(name, ""), read_value(name, new)):
                back[name] = read_value(name, old)
            else:
                kept.append(label_of_stored(name, self.book))
        if kept:
            reason = _("{fields}在导入以后又改过，保留现在的内容。")
            self._leave(row, reason.format(fields="、".join(kept)))
        return back

    def _archive_points(self, client_id: int, added: Sequence[tuple[str, str]]) -> None:
        """Numbers the import added leave the file unless somebody has verified them since."""
        for kind, value in added:
            self.session.execute(
                update(ContactPoint)
                .where(
                    ContactPoint.client_id == client_id,
                    ContactPoint.kind == kind,
                    ContactPoint.value == value,
                    ContactPoint.version == 1,
                    ContactPoint.archived_at.is_(None),
                )
                .values(archived_at=self.now, version=ContactPoint.version + 1)
            )


def _present(session: Session, ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    rows = session.execute(select(Client.__table__).where(Client.id.in_(ids))).mappings()
    own = read_values(session, ids, with_retired=True)
    return {
        row["id"]: {str(name): value for name, value in row.items()} | own.get(row["id"], {})
        for row in rows
    }
