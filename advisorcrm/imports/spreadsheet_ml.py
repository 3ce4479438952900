"""SpreadsheetML (XML of Excel 2003) that is named .xls."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from advisorcrm.errors import ImportRejectedError
from advisorcrm.i18n import _
from advisorcrm.imports.raw_table import UNCOMPUTED, Cell, RawTable, ReadingLimits, Span
from advisorcrm.imports.zeros_in_xls import padded_width

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w-]+)[\"'][^>]*\?>")
_CHINESE = ("gb", "big5")
_TAG = f"{{{NAMESPACE}}}"
_FROM_1904 = "{urn:schemas-microsoft-com:office:excel}Date1904"
_LOOKED_AT = 2_000


def read_spreadsheet_ml(data: bytes, limits: ReadingLimits) -> list[RawTable]:
    """All worksheets. Raises ImportRejectedError for damaged XML and for declared entities."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        tables: list[RawTable] = []
        padding: dict[str, int] = {}
        is_from_1904 = False
        for _event, element in iterparse(io.BytesIO(_readable(data)), forbid_dtd=True):
            if element.tag == f"{_TAG}Style":
                padding |= _padding(element)
            elif element.tag == _FROM_1904:
                is_from_1904 = True
            elif element.tag == f"{_TAG}Worksheet":
                table = _table(element, limits)
                widths = _zero_widths(element, padding) if padding else {}
                tables.append(replace(table, zero_widths=widths, is_from_1904=is_from_1904))
    except (ParseError, DefusedXmlException) as error:
        raise ImportRejectedError(
            _("文件不完整或已损坏，读不出来。请用表格软件打开后另存为 .xlsx 再导入。")
        ) from error
    return tables


def _padding(style: Any) -> dict[str, int]:
    """The name of a style that shows numbers with leading zeros, and to which width."""
    form = style.find(f"{_TAG}NumberFormat")
    width = 0 if form is None else padded_width(form.get(f"{_TAG}Format", ""))
    return {style.get(f"{_TAG}ID", ""): width} if width else {}


def _zero_widths(sheet: Any, padding: Mapping[str, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in islice(sheet.iter(f"{_TAG}Row"), _LOOKED_AT):
        column = 0
        for cell in row.iter(f"{_TAG}Cell"):
            column = _count(cell, "Index") or column + 1
            if cell.get(f"{_TAG}StyleID") in padding:
                found[column - 1] = padding[cell.get(f"{_TAG}StyleID")]
            column += _count(cell, "MergeAcross")
    return found


def _readable(data: bytes) -> bytes:
    """The file in an encoding that the parser knows: it reads no Chinese one."""
    declared = _DECLARED.match(data)
    encoding = declared[1].decode("ascii").lower() if declared else ""
    if declared is None or not encoding.startswith(_CHINESE):
        return data
    python = "cp950" if encoding.startswith("big5") else "gb18030"
    return data[declared.end() :].decode(python, "replace").encode()


def _table(sheet: Any, limits: ReadingLimits) -> RawTable:
    rows: list[list[Cell]] = []
    spans: list[Span] = []
    for row in sheet.iter(f"{_TAG}Row"):
        place = _index(row, len(rows), limits.rows)
        rows.extend([] for _missing in range(place - len(rows)))
        rows.append(_row(row, place, spans, limits))
    width = max((len(row) for row in rows), default=0)
    for cells in rows:
        cells.extend([""] * (width - len(cells)))
    return RawTable(str(sheet.get(f"{_TAG}Name", "")), list(rows), merged=tuple(spans))


def _row(row: Any, place: int, spans: list[Span], limits: ReadingLimits) -> list[Cell]:
    cells: list[Cell] = []
    for cell in row.iter(f"{_TAG}Cell"):
        column = _index(cell, len(cells), limits.columns)
        cells.extend([""] * (column - len(cells)))
        cells.append(_value(cell))
        across, down = _count(cell, "MergeAcross"), _count(cell, "MergeDown")
        if across or down:
            spans.append(Span(place, column, place + down, column + across))
            cells.extend([""] * min(across, limits.columns))
    return cells


def _index(element: Any, following: int, most: int) -> int:
    """Place from 0 by the element's own index; a far one is a damaged or hostile file."""
    place = int(element.get(f"{_TAG}Index", following + 1)) - 1
    if not following <= place <= most:
        raise ImportRejectedError(_("文件里的行列编号不合理，没有读取。请另存为 .xlsx 再导入。"))
    return place


def _count(element: Any, name: str) -> int:
    text = element.get(f"{_TAG}{name}", "0")
    return int(text) if text.isdecimal() else 0


def _value(cell: Any) -> Cell:
    data = cell.find(f"{_TAG}Data")
    if data is None and cell.get(f"{_TAG}Formula"):
        return UNCOMPUTED
    text = "" if data is None else "".join(data.itertext())
    kind = "" if data is None else data.get(f"{_TAG}Type", "String")
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            moment = datetime.fromisoformat(text)
            return moment.date() if moment.time() == datetime.min.time() else moment
    except ValueError:
        return text
    return text == "1" if kind == "Boolean" else text
