"""Lists of the desk as they leave the program: any row type, as workbook and on paper.

No prescribed form: the columns are those the row type declares, as wide as they say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.columns import branch_date
from advisorcrm.exports.cells import SheetColumn, sheet_columns, shown
from advisorcrm.exports.held_back import rows_to_leave
from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.long_list import ListColumn, ListHead, write_list
from advisorcrm.exports.sheet import Block, Cell, CellRole, Page, Row, Sheet
from advisorcrm.services.access import Actor
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.terms import AccessKind

_PAGE = Page(297, 210)
_ROW_MM, _FONT_PT = 7.0, 8.5
_ALIGN = {"left": "left", "right": "right", "centre": "centre"}


@dataclass(frozen=True, slots=True)
class RecordList:
    """One list: what it is called, its rows, and how they are read for a person and a day."""

    subject: str
    row_type: type[Any]
    read: Callable[[Session, Actor, date], Sequence[Any]]


def register_record_list(
    session: Session,
    actor: Actor,
    listed: RecordList,
    *,
    now: datetime,
    kind: AccessKind = AccessKind.EXPORT,
) -> Imprint:
    """Demand the right and note in the access log what is about to leave; a write."""
    rows = _rows(session, actor, listed, now)
    leaving = Leaving(listed.subject, kind, client_count=len(rows))
    return take_imprint(session, actor, leaving, now=now)


def record_list_sheet(
    session: Session, actor: Actor, listed: RecordList, imprint: Imprint
) -> Sheet:
    """The list for preview, PDF and printer; numbers are masked as the service gives them."""
    columns = sheet_columns(listed.row_type, load_code_book(session, actor))
    rows = _rows(session, actor, listed, imprint.at)
    heading = Row(
        tuple(Cell(column.column.label, 1, CellRole.HEADING, "centre") for column in columns),
        _ROW_MM,
    )
    body = [Row(tuple(_cell(column, row) for column in columns), _ROW_MM) for row in rows]
    words = imprint.words()
    return Sheet(
        name=listed.subject,
        title=f"{imprint.company}{listed.subject}",
        page=_PAGE,
        grid=_grid(columns),
        font_pt=_FONT_PT,
        blocks=(Block(body, (heading,)),),
        corner_left=f"密级：内部保密{words['mask_note']}",
        line=(f"营业部：{imprint.branch}", f"共 {len(rows)} 条"),
        foot=_foot(imprint),
    )


def export_record_list(
    session: Session, actor: Actor, listed: RecordList, imprint: Imprint, path: Path
) -> int:
    """Write the list as a workbook; returns how many rows it holds."""
    columns = sheet_columns(listed.row_type, load_code_book(session, actor))
    rows = _rows(session, actor, listed, imprint.at)
    line = f"营业部：{imprint.branch}　　共 {len(rows)} 条"
    head = ListHead(listed.subject, listed.subject, line, _foot(imprint))
    widths = _grid(columns)
    return write_list(
        path,
        head,
        [ListColumn(column, width) for column, width in zip(columns, widths, strict=True)],
        rows,
    )


def _rows(session: Session, actor: Actor, listed: RecordList, at: datetime) -> list[Any]:
    """What the list holds on that day, without restricted files (2.7d)."""
    return rows_to_leave(session, listed.read(session, actor, branch_date(at)))


def _grid(columns: Sequence[SheetColumn]) -> tuple[float, ...]:
    whole = sum(column.column.width for column in columns)
    return tuple(_PAGE.inner_width * column.column.width / whole for column in columns)


def _cell(column: SheetColumn, row: object) -> Cell:
    value = column.value(row)
    text = shown(value, column.number_format)
    return Cell(text, 1, CellRole.VALUE, _ALIGN[column.column.align], value, column.number_format)


def _foot(imprint: Imprint) -> str:
    words = imprint.words()
    return (
        f"打印人：{words['printed_by']}　打印时间：{words['printed_at']}　{words['print_number']}"
    )
