"""The log of views, reveals, prints and exports as a workbook, for the manager (2.7g, R148)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from advisorcrm.columns import CodeBook
from advisorcrm.exports.cells import sheet_columns
from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.long_list import ListColumn, ListHead, write_list
from advisorcrm.services.access import Actor, Right, demand
from advisorcrm.services.access_logs import AccessFilter, AccessLogRow, list_accesses

SUBJECT = "查看记录"
_CHUNK = 1_000


def register_access_log(session: Session, actor: Actor, *, now: datetime) -> Imprint:
    """Demand the right and log that the log itself leaves the program; a write."""
    demand(actor, Right.SEE_ACCESS_LOG)
    return take_imprint(session, actor, Leaving(SUBJECT, client_count=0), now=now)


def export_access_log(
    session: Session, actor: Actor, query: AccessFilter, imprint: Imprint, path: Path
) -> int:
    """Write what the filter finds, newest first; returns how many rows it holds."""
    words = imprint.words()
    head = ListHead(
        sheet=SUBJECT,
        title=f"{imprint.branch} {SUBJECT}",
        line=f"{words['printed_by']} {words['printed_at']}",
        foot=f"{words['printed_by']} {words['printed_at']}",
    )
    columns = [ListColumn(source) for source in sheet_columns(AccessLogRow, CodeBook())]
    return write_list(path, head, columns, _rows(session, actor, query))


def _rows(session: Session, actor: Actor, query: AccessFilter) -> Iterator[AccessLogRow]:
    before = None
    while True:
        part = list_accesses(session, actor, query, limit=_CHUNK, before=before)
        yield from part
        if len(part) < _CHUNK:
            return
        before = part[-1].id
