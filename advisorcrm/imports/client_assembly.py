"""Rows again, from cleaned columns: points joined, names put together, documents checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.imports.cell_texts import check_id_number
from advisorcrm.imports.cell_values import ColumnContext, Values, text_of
from advisorcrm.imports.client_columns import CleanedColumn, clean_columns
from advisorcrm.imports.client_fields import REASON_HEADING
from advisorcrm.imports.client_rows import client_places
from advisorcrm.imports.client_sheet import CellFault, ClientSheetRow
from advisorcrm.imports.contact_people import complete_contact
from advisorcrm.imports.header_search import Header
from advisorcrm.imports.raw_table import Cell, RawTable
from advisorcrm.imports.vcard_points import address_line
from advisorcrm.terms import ClientStage, IdDocument

_PARTS = (
    "name_family",
    "name_middle",
    "name_given",
    "job_title",
    "address_province",
    "address_city",
)


@dataclass
class _Rows:
    """All rows of a sheet while they are put together."""

    numbers: list[int]
    sheet: str
    values: list[dict[str, Any]]
    cells: Sequence[Sequence[Cell]]
    places: Mapping[tuple[str, str], int]
    """Which column of the sheet holds a field under a heading."""
    is_contacts: bool = False
    today: date | None = None
    faults: dict[int, list[CellFault]] = field(default_factory=lambda: defaultdict(list))
    notes: dict[int, list[CellFault]] = field(default_factory=lambda: defaultdict(list))

    def fault(self, at: int, heading: str, reason: str, field_name: str = "") -> None:
        written = text_of(self.cells[at][self.places[field_name, heading]]) if field_name else ""
        self.faults[at].append(
            CellFault(self.numbers[at], heading, reason, self.sheet, field_name, written)
        )

    def complain(self, at: int, heading: str, reason: str, field_name: str = "") -> None:
        """A value that cannot be kept: a fault in a client list, a note in an address book."""
        if self.is_contacts:
            self.note(at, heading, reason)
        else:
            self.fault(at, heading, reason, field_name)

    def note(self, at: int, heading: str, reason: str) -> None:
        self.notes[at].append(CellFault(self.numbers[at], heading, reason, self.sheet))


def clean_rows(
    table: RawTable, header: Header, context: ColumnContext, sheet_name: str = ""
) -> list[ClientSheetRow]:
    """The clients below a header, cleaned; ``sheet_name`` when the workbook has several lists."""
    filled = _with_merged(table, header)
    places = client_places(filled, header, is_contacts=context.is_contacts)
    source = [filled.rows[at] for at in places]
    if any(heading.text == REASON_HEADING for heading in header.headings):
        source = [[_without_mark(cell) for cell in row] for row in source]
    columns = clean_columns(source, header, context, table.zero_widths)
    numbers = [table.row_number(at) for at in places]
    cell_places = {(column.field, column.heading): column.place for column in columns}
    values = _joined(columns, len(source))
    rows = _Rows(
        numbers, sheet_name, values, source, cell_places, context.is_contacts, context.today
    )
    for column in columns:
        _apply_special(rows, column)
    _finish(rows, columns)
    _report_lines(rows, table, header, source)
    return [
        ClientSheetRow(
            number,
            values,
            tuple(rows.faults[at]) if at in rows.faults else (),
            tuple(rows.notes[at]) if at in rows.notes else (),
            cells,
            sheet_name,
        )
        for at, (number, values, cells) in enumerate(zip(numbers, rows.values, source, strict=True))
    ]


def _with_merged(table: RawTable, header: Header) -> RawTable:
    """A cell merged over several clients (客服专员) counts for each of them."""
    spans = [
        span
        for span in table.merged
        if span.bottom > span.top > header.last_row
        and span.top < len(table.rows)
        and span.left < len(table.rows[span.top])
    ]
    if not spans:
        return table
    rows: list[Sequence[Cell]] = list(table.rows)
    for span in spans:
        value = rows[span.top][span.left]
        for at in range(span.top + 1, min(span.bottom + 1, len(rows))):
            row = list(rows[at])
            row[span.left] = value
            rows[at] = row
    return RawTable(table.sheet_name, rows, table.first_row_number)


def _without_mark(cell: Cell) -> Cell:
    """Our own files of rejected rows put ``'`` before what a spreadsheet would compute."""
    return cell[1:] if isinstance(cell, str) and cell.startswith("'") else cell


def _joined(columns: Sequence[CleanedColumn], count: int) -> list[dict[str, Any]]:
    plain = [column for column in columns if not column.is_points]
    points = [column for column in columns if column.is_points]
    names = [column.field for column in plain]
    lists: list[Iterable[object]] = [column.values for column in plain]
    if points:
        names.append("points")
        lists.append(_all_points(points))
    if not lists:
        return [{} for _number in range(count)]
    return [dict(zip(names, row, strict=True)) for row in zip(*lists, strict=True)]


def _all_points(columns: Sequence[CleanedColumn]) -> Iterable[list[object]]:
    """Every number and address of a row, each once."""
    if len(columns) == 1:
        return [list(found) for found in columns[0].values]  # type: ignore[call-overload]
    return [
        list(dict.fromkeys(point for found in row for point in found))
        for row in zip(*(column.values for column in columns), strict=True)
    ]


def _apply_special(rows: _Rows, column: CleanedColumn) -> None:
    for at, special in column.special:
        values = rows.values[at]
        if not column.is_points and values.get(column.field) is None:
            values.pop(column.field, None)
        if isinstance(special, InvalidFieldError):
            tell = rows.fault if column.field == "name" else rows.complain
            tell(at, column.heading, special.reason, column.field)
        elif isinstance(special, Values):
            for name, value in special.fields:
                _take(values, name, value)
            if special.note:
                rows.note(at, column.heading, special.note)
    for at, source in column.repeated.items():
        rows.note(at, column.heading, _about_repeated(rows, source))


def _about_repeated(rows: _Rows, source: int | None) -> str:
    if source is None:
        return _("写着“同上”，上面却没有客户，按空白处理。")
    return _("“同上”已按第 {row} 行的内容读取，请核对。").format(row=rows.numbers[source])


def _take(values: dict[str, Any], name: str, value: Any) -> None:
    """A value a cell told about some field; several cells may add to points and remarks."""
    if name in ("points", "remark_lines"):
        values[name] = list(dict.fromkeys((*(values.get(name) or ()), *value)))
    elif name == "point_notes":
        values[name] = {**value, **values.get(name, {})}
    elif values.get(name) is None:
        values[name] = value


def _finish(rows: _Rows, columns: Sequence[CleanedColumn]) -> None:
    """What needs several columns of a row."""
    fields = {column.field: column.heading for column in columns}
    if fields.keys() & set(_PARTS):
        for values in rows.values:
            _put_together(values)
    if rows.is_contacts:
        heading = fields.get("name") or fields.get("name_given") or ""
        for at, values in enumerate(rows.values):
            note = complete_contact(values)
            if note:
                rows.note(at, heading, note)
    if "id_number" in fields:
        _check_documents(rows, fields["id_number"])
    _demand_keys(rows, fields)


def _put_together(values: dict[str, Any]) -> None:
    family, middle, given = (values.pop(name, None) or "" for name in _PARTS[:3])
    if "name" not in values and (family or middle or given):
        is_han = any(char >= "㐀" for char in family + given)
        parts = (family, middle, given) if is_han else (given, middle, family)
        values["name"] = ("" if is_han else " ").join(part for part in parts if part)
    title = values.pop("job_title", None)
    if title and not values.get("occupation"):
        values["occupation"] = title
    province, city = (values.pop(name, None) or "" for name in _PARTS[4:])
    if values.get("address") and (province or city):
        values["address"] = address_line(["", "", values["address"], city, province])


def _check_documents(rows: _Rows, heading: str) -> None:
    for at, values in enumerate(rows.values):
        number = values.get("id_number")
        if not number:
            continue
        document = values.get("id_document")
        try:
            found, kind = check_id_number(
                number, None if document is None else IdDocument(document), rows.today
            )
        except InvalidFieldError as error:
            del values["id_number"]
            rows.complain(at, heading, error.reason, "id_number")
            continue
        values["id_number"] = found
        if document is None:
            values["id_document"] = kind


def _demand_keys(rows: _Rows, fields: dict[str, str]) -> None:
    """A client needs a name, and an account where the sheet has accounts at all."""
    heading = fields.get("name") or fields.get("name_given")
    for at, values in enumerate(rows.values if heading else ()):
        if values.get("name", "") is None or ("name" not in fields and "name" not in values):
            is_empty = rows.is_contacts and not any(values.values())
            rows.fault(at, str(heading), _empty_card() if is_empty else _("没有客户姓名。"))
    if any(values.get("account") for values in rows.values):
        for at, values in enumerate(rows.values):
            if not (values.get("account") or values.get("client_no") or at in rows.faults):
                _demand_account(rows, at, fields["account"])


def _empty_card() -> str:
    return _("名片是空的：没有姓名，也没有号码。")


def _demand_account(rows: _Rows, at: int, heading: str) -> None:
    values = rows.values[at]
    if values.get("stage") == ClientStage.PROSPECT:
        return
    if "account" in values:
        rows.fault(at, heading, _("没有资金账号。"))
    else:
        rows.fault(at, heading, _("资金账号是掩码，又没有客户号，不知道是哪位客户。"))


def _report_lines(
    rows: _Rows, table: RawTable, header: Header, source: Sequence[Sequence[Cell]]
) -> None:
    """Rows that the reader could not read whole, and lines with more cells than headings."""
    damaged = {fault.row: fault.reason for fault in table.faults}
    width = max((at for at, heading in enumerate(header.headings) if heading.text), default=0) + 1
    is_wider = table.separator and any(len(row) > width for row in source[:1])
    for at, number in enumerate(rows.numbers if damaged or is_wider else ()):
        if number in damaged:
            rows.fault(at, "", damaged[number])
        elif is_wider and any(cell not in ("", None) for cell in source[at][width:]):
            rows.fault(at, "", _("这一行的格数比表头多，可能内容里有未加引号的分隔符，请核对。"))
