"""Formulas of an open-document workbook (.ods) that no program has computed yet."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from typing import IO, Any

from advisorcrm.imports.raw_table import UNCOMPUTED

CONTENT = "content.xml"
_TABLE, _OFFICE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "office")
)
_FARTHEST = 20_000
_CHUNK = 1 << 20
_MARK = b":formula="
Cells = dict[int, dict[int, str]]


def unread_in_ods(archive: zipfile.ZipFile) -> Mapping[str, Cells]:
    """Sheet name to its formulas without a result."""
    if not _has_formulas(archive):
        return {}  # most lists: they need not be taken apart twice
    with archive.open(CONTENT) as stream:
        return {name: cells for name, cells in _sheets(stream) if cells}


def _has_formulas(archive: zipfile.ZipFile) -> bool:
    held = b""
    with archive.open(CONTENT) as stream:
        while chunk := stream.read(_CHUNK):
            if _MARK in held + chunk:
                return True
            held = chunk[-len(_MARK) :]
    return False


def _sheets(stream: IO[bytes]) -> Iterator[tuple[str, Cells]]:
    from defusedxml.ElementTree import iterparse

    name, row, cells = "", 0, {}  # type: str, int, Cells
    for event, element in iterparse(stream, events=("start", "end")):
        if event == "start" and element.tag == f"{_TABLE}table":
            name, row, cells = element.get(f"{_TABLE}name", ""), 0, {}
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            found = dict(_formulas(element))
            times = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
            if found:
                cells.update(dict.fromkeys(range(row, row + min(times, _FARTHEST)), found))
            row += times
            element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table":
            yield name, cells


def _formulas(row: Any) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        has_result = any(
            cell.get(f"{_OFFICE}{name}") is not None
            for name in ("value-type", "value", "string-value", "date-value", "boolean-value")
        )
        if cell.get(f"{_TABLE}formula") and not has_result and not _text(cell):
            yield from ((column + at, UNCOMPUTED) for at in range(min(times, _FARTHEST)))
        column += times


def _text(cell: Any) -> str:
    return "".join(cell.itertext()).strip()
