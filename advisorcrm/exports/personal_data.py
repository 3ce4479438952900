"""A copy of everything held on one client, as a file a person can read (2.7d).

Every table whose rows name a client is in it by itself, also one that is added later; what is
held of others beside him (the other side of a relation or a merge) is not. It leaves with an
imprint like any export; full numbers need the right and a purpose, and then the attachments lie
beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table, or_, select
from sqlalchemy.orm import Session

from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.personal_files import (
    ORIGINAL,
    WITH_FULL_COPY,
    count_originals,
    files_of,
    original_names,
)
from advisorcrm.exports.personal_labels import COLUMNS, TABLES
from advisorcrm.exports.personal_words import Facts, Reader, plain, read_words
from advisorcrm.exports.sheet import Block, Cell, CellRole, Page, Row, Sheet
from advisorcrm.exports.workbook import write_forms
from advisorcrm.models import Base, ChangeHistory, User
from advisorcrm.services.access import Actor, Right, any_client, demand
from advisorcrm.services.access_logs import record_access
from advisorcrm.services.histories.history_words import stored_value
from advisorcrm.terms import AccessKind

SUBJECT = "个人信息副本"
_NOT_ABOUT_HIM = frozenset({"client_search"})
_GRID = (45.0, 145.0)
_ROW_MM = 7.0
_FONT_PT = 9.0


def register_personal_data(
    session: Session,
    actor: Actor,
    client_id: int,
    *,
    now: datetime,
    unmasked: bool = False,
    purpose: str = "",
) -> Imprint:
    """Demand the rights and note in the access log what is about to leave; a write.

    The copy holds what hangs on the file: who reads the card alone may not have it made.
    """
    demand(actor, Right.READ_FILES)
    any_client(session, actor, client_id)
    leaving = Leaving(
        SUBJECT, client_id=client_id, unmasked=unmasked, purpose=purpose, even_restricted=True
    )
    imprint = take_imprint(session, actor, leaving, now=now)
    originals = count_originals(session, client_id) if unmasked else 0
    if originals:
        record_access(
            session, actor, AccessKind.EXPORT, subject=f"{SUBJECT}：附件原件 {originals} 份",
            purpose=imprint.purpose, now=now, client_id=client_id, was_masked=False,
        )  # fmt: skip
    return imprint


def personal_data_sheets(
    session: Session, actor: Actor, client_id: int, imprint: Imprint
) -> list[Sheet]:
    """A sheet for each matter that something is held about, the client's file first."""
    demand(actor, Right.READ_FILES)
    client = any_client(session, actor, client_id)
    reader = read_words(session, actor, is_masked=imprint.is_masked)
    found: dict[str, list[Facts]] = {}
    kept: dict[str, dict[int, Mapping[str, Any]]] = {}
    files = files_of(session, client_id)
    for table in _tables():
        rows = _rows(session, table, files)
        records = [facts for row in rows if (facts := reader.facts(table, row))]
        if table.name == "attachment":
            names = original_names(rows)
            for facts, row in zip(records, rows, strict=True):
                said = WITH_FULL_COPY if imprint.is_masked else names[row["id"]]
                facts.append((ORIGINAL, said))
        if records:
            found[table.name] = records
            kept[table.name] = {row["id"]: row for row in rows if "id" in row}
    found["change_history"] = list(_history(session, reader, kept))
    order = [*TABLES, *sorted(set(found) - set(TABLES))]
    return [
        _sheet(TABLES.get(name, name), found[name], client.client_no, imprint)
        for name in order
        if found.get(name)
    ]


def export_personal_data(
    session: Session, actor: Actor, client_id: int, imprint: Imprint, path: Path
) -> int:
    """Write the copy as a workbook, a worksheet a matter; returns how many."""
    sheets = personal_data_sheets(session, actor, client_id, imprint)
    write_forms(path, sheets)
    return len(sheets)


def _tables() -> Iterator[Table]:
    for table in Base.metadata.sorted_tables:
        if table.name == "client" or (_client_keys(table) and table.name not in _NOT_ABOUT_HIM):
            yield table


def _client_keys(table: Table) -> list[Any]:
    """Columns by which rows of a table are about a client."""
    return [
        column
        for column in table.columns
        if any(key.column.table.name == "client" for key in column.foreign_keys)
    ]


def _rows(session: Session, table: Table, files: Sequence[int]) -> list[Mapping[str, Any]]:
    keys = [table.c.id] if table.name == "client" else _client_keys(table)
    order = table.primary_key.columns
    statement = select(table).where(or_(*(key.in_(files) for key in keys))).order_by(*order)
    return [dict(row) for row in session.execute(statement).mappings()]


def _history(
    session: Session, reader: Reader, kept: Mapping[str, Mapping[int, Mapping[str, Any]]]
) -> Iterator[Facts]:
    """Every change of every row that is about the client: when, who, what, why."""
    who = dict(session.execute(select(User.employee_no, User.name)).all())
    for table, rows in kept.items():
        entries = session.scalars(
            select(ChangeHistory)
            .where(ChangeHistory.table_name == table, ChangeHistory.row_id.in_(rows))
            .order_by(ChangeHistory.id)
        )
        for entry in entries:
            by = who.get(entry.actor, entry.actor)
            yield [
                ("时间", plain("at", entry.at)),
                ("谁", by),
                ("哪里", TABLES.get(table, table)),
                *(("原因", why) for why in (entry.why,) if why),
                *(("改动", line) for line in _changes(reader, entry, rows[entry.row_id])),
            ]


def _changes(reader: Reader, entry: ChangeHistory, row: Mapping[str, Any]) -> Iterator[str]:
    """Each cell that changed, in the words in which the sheets before tell it."""
    table = Base.metadata.tables[entry.table_name]
    old, new = (_values(table, part) for part in (entry.old, entry.new))
    for name, value in new.items():
        if not reader.knows(table.c[name]) or (not old and value in (None, "", ())):
            continue
        label = COLUMNS.get(name, name)
        before, after = (reader.cell(table.c[name], side, row) for side in (old.get(name), value))
        yield f"{label}：{before} → {after}" if old else f"{label}：{after}"


def _values(table: Table, part: Any) -> dict[str, Any]:
    cells = json.loads(part) if isinstance(part, str) else part
    return {
        name: stored_value(table.name, name, raw)
        for name, raw in (cells or {}).items()
        if name in table.c
    }


def _sheet(name: str, records: Sequence[Facts], client_no: str, imprint: Imprint) -> Sheet:
    words = imprint.words()
    count = f"共 {len(records)} 条"
    return Sheet(
        name=name,
        title=f"{SUBJECT}：{name}",
        page=Page(),
        grid=_GRID,
        font_pt=_FONT_PT,
        blocks=tuple(_block(number, facts) for number, facts in enumerate(records, 1)),
        corner_left=f"密级：内部保密{words['mask_note']}",
        corner_right=f"档案编号：{client_no}",
        line=(f"营业部名称：{imprint.branch}", f"制表日期：{words['printed_on']}", count),
        foot=f"打印人：{imprint.printed_by}　打印时间：{words['printed_at']}{words['purpose']}",
        watermark=imprint.watermark,
    )


def _block(number: int, facts: Facts) -> Block:
    heading = Row((Cell(f"第 {number} 条", 2, CellRole.HEADING),), _ROW_MM)
    rows = tuple(
        Row((Cell(label, 1, CellRole.LABEL, "centre"), Cell(text)), _ROW_MM)
        for label, text in facts
    )
    return Block(rows, (heading,))
