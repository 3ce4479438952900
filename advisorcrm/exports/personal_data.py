"""A copy of everything held on one client, as a file a person can read (2.7d).

Every table whose rows name a client is in it by itself, also one that is added later; what is
held of others beside him (the other side of a relation or a merge) is not. It leaves with an
imprint like any export; full numbers need the right and a purpose.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table, or_, select
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME, CodeBook
from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.own_lines import say_zh
from advisorcrm.exports.personal_labels import CODES, COLUMNS, SKIPPED, TABLES
from advisorcrm.exports.sheet import Block, Cell, CellRole, Page, Row, Sheet
from advisorcrm.exports.workbook import write_forms
from advisorcrm.models import (
    Base,
    CallbackCampaign,
    ChangeHistory,
    ClientGroup,
    Event,
    OwnField,
    Product,
    Seat,
    User,
)
from advisorcrm.rules.masking import (
    mask_account,
    mask_address,
    mask_id_number,
    mask_phone,
    mask_words,
)
from advisorcrm.services.access import Actor, any_client
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.files.client_points import mask_point
from advisorcrm.terms import PointKind, Term

SUBJECT = "个人信息副本"
_NOT_ABOUT_HIM = frozenset({"client_search"})
_GRID = (45.0, 145.0)
_ROW_MM = 7.0
_FONT_PT = 9.0
_YES_NO = {True: "是", False: "否"}
_MASKS = {
    "account": mask_account,
    "id_number": mask_id_number,
    "address": mask_address,
    "other_phone": mask_phone,
}
_NAMED = {"user": User.name, "client_group": ClientGroup.name, "own_field": OwnField.label,
          "product": Product.name, "seat": Seat.label, "event": Event.title,
          "callback_campaign": CallbackCampaign.name}  # fmt: skip

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class _Reader:
    """What turns stored values into words."""

    book: CodeBook
    names: Mapping[str, Mapping[int, str]]
    is_masked: bool

    def facts(self, table: Table, row: Mapping[str, Any]) -> Facts:
        """The filled cells of a row as label and words."""
        found = []
        for column in table.columns:
            value = row[column.name]
            if column.name in SKIPPED or value is None or value in ("", ()):
                continue
            target = next((key.column.table.name for key in column.foreign_keys), "")
            if target and target not in self.names:
                continue
            said = (
                self.names[target].get(value, "")
                if target
                else self.words(table.name, column.name, value, row)
            )
            if said:
                found.append((COLUMNS.get(column.name, column.name), said))
        return found

    def words(self, table: str, name: str, value: Any, row: Mapping[str, Any]) -> str:
        """One value in Chinese, masked if it must be."""
        if table == "own_value" and name == "value":
            value = self._own_words(row["own_field_id"], value)
        codes = CODES.get((table, name))
        if codes:
            many = value if isinstance(value, tuple) else (value,)
            return "、".join(self.book.label_zh(codes, code) for code in many)
        if not isinstance(value, str) or isinstance(value, Term):
            return _plain(name, value)
        if not self.is_masked:
            return value
        if table == "contact_point" and name == "value":
            return mask_point(PointKind(row["kind"]), value)
        return _MASKS.get(name, mask_words)(value)

    def _own_words(self, field_id: int, value: str) -> str:
        field = next((one for one in self.book.fields if one.id == field_id), None)
        return say_zh(field, value, self.book) if field else value


def register_personal_data(
    session: Session,
    actor: Actor,
    client_id: int,
    *,
    now: datetime,
    unmasked: bool = False,
    purpose: str = "",
) -> Imprint:
    """Demand the right and note in the access log what is about to leave; a write."""
    any_client(session, actor, client_id)
    leaving = Leaving(SUBJECT, client_id=client_id, unmasked=unmasked, purpose=purpose)
    return take_imprint(session, actor, leaving, now=now)


def personal_data_sheets(
    session: Session, actor: Actor, client_id: int, imprint: Imprint
) -> list[Sheet]:
    """A sheet for each matter that something is held about, the client's file first."""
    client = any_client(session, actor, client_id)
    reader = _Reader(load_code_book(session, actor), _names(session), imprint.is_masked)
    found: dict[str, list[Facts]] = {}
    ids: dict[str, list[int]] = {}
    for table in _tables():
        rows = _rows(session, table, client_id)
        records = [facts for row in rows if (facts := reader.facts(table, row))]
        if records:
            found[table.name] = records
            ids[table.name] = [row["id"] for row in rows if "id" in row]
    found["change_history"] = list(_history(session, reader, ids))
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


def _rows(session: Session, table: Table, client_id: int) -> list[Mapping[str, Any]]:
    keys = [table.c.id] if table.name == "client" else _client_keys(table)
    order = table.primary_key.columns
    statement = select(table).where(or_(*(key == client_id for key in keys))).order_by(*order)
    return [dict(row) for row in session.execute(statement).mappings()]


def _names(session: Session) -> dict[str, dict[int, str]]:
    return {
        table: dict(session.execute(select(column.class_.id, column)).all())
        for table, column in _NAMED.items()
    }


def _history(
    session: Session, reader: _Reader, ids: Mapping[str, Sequence[int]]
) -> Iterator[Facts]:
    """Every change of every row that is about the client: when, who, what, why."""
    who = dict(session.execute(select(User.employee_no, User.name)).all())
    for table, keys in ids.items():
        rows = session.scalars(
            select(ChangeHistory)
            .where(ChangeHistory.table_name == table, ChangeHistory.row_id.in_(keys))
            .order_by(ChangeHistory.id)
        )
        for entry in rows:
            by = who.get(entry.actor, entry.actor)
            yield [
                ("时间", _plain("at", entry.at)),
                ("谁", by),
                ("哪里", TABLES.get(table, table)),
                *(("原因", why) for why in (entry.why,) if why),
                *(("改动", line) for line in _changes(reader, entry)),
            ]


def _changes(reader: _Reader, entry: ChangeHistory) -> Iterator[str]:
    old, new = (_values(part) for part in (entry.old, entry.new))
    for name, value in new.items():
        if name in SKIPPED or name.endswith("_id"):
            continue
        label = COLUMNS.get(name, name)
        before, after = (_said(reader, entry, name, side) for side in (old.get(name), value))
        yield f"{label}：{before} → {after}" if old else f"{label}：{after}"


def _said(reader: _Reader, entry: ChangeHistory, name: str, value: Any) -> str:
    if value in (None, ""):
        return "空"
    text = str(value)
    if not reader.is_masked:
        return text
    if entry.table_name == "contact_point" and name == "value":
        return mask_phone(text) if "@" not in text else mask_point(PointKind.EMAIL, text)
    return _MASKS.get(name, mask_words)(text)


def _values(part: Any) -> dict[str, Any]:
    found = json.loads(part) if isinstance(part, str) else part
    return found or {}


def _plain(name: str, value: Any) -> str:
    if isinstance(value, Term):
        return value.label_zh
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, datetime):
        return value.astimezone(BRANCH_TIME).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "、".join(str(part) for part in value)
    if name.endswith("_fen"):
        return f"{value / 100:,.2f}"
    if name.endswith("_ppm"):
        return f"{value / 1000:g}"
    return str(value)


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
