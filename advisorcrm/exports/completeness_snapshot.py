"""客户资料完备情况: a snapshot as a workbook, a row a client and the sums beside (R6)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from advisorcrm.exports.cells import sheet_columns
from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.table_book import SheetTable, write_tables
from advisorcrm.services.access import Actor
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.completeness.completeness_snapshots import (
    SnapshotClient,
    SnapshotShare,
    iterate_snapshot,
    open_snapshot,
)

SUBJECT = "客户资料完备情况"


def register_snapshot(
    session: Session, actor: Actor, snapshot_id: int, *, now: datetime
) -> Imprint:
    """Demand the right and note in the access log what is about to leave; a write."""
    snapshot = open_snapshot(session, actor, snapshot_id)
    leaving = Leaving(SUBJECT, client_count=snapshot.row.clients)
    return take_imprint(session, actor, leaving, now=now)


def export_snapshot(
    session: Session, actor: Actor, snapshot_id: int, imprint: Imprint, path: Path
) -> int:
    """Write a snapshot as a workbook, accounts masked; returns how many clients it holds."""
    snapshot = open_snapshot(session, actor, snapshot_id)
    book = load_code_book(session, actor)
    words = imprint.words()
    line = "　　".join(
        (f"检查日期 {snapshot.row.taken_on}", f"{snapshot.row.clients} 户",
         f"完备率 {snapshot.row.percent}％", snapshot.row.note, words["printed_on"])
    )  # fmt: skip
    clients = iterate_snapshot(session, actor, snapshot_id, is_masked=imprint.is_masked)
    tables = (
        SheetTable("汇总", SUBJECT, line, sheet_columns(SnapshotShare, book), snapshot.shares),
        SheetTable("明细", SUBJECT, line, sheet_columns(SnapshotClient, book), clients),
    )
    write_tables(path, tables, watermark=imprint.watermark)
    return snapshot.row.clients
