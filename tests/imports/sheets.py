"""Files for the import tests, made on the spot, and the branch's lists."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from advisorcrm.columns import CodeBook
from advisorcrm.imports.client_list import ClientListFile, read_client_list, recognise_clients
from advisorcrm.imports.client_sheet import ClientSheet
from advisorcrm.imports.raw_table import RawTable
from advisorcrm.services.branch.code_list_seeds import SEEDS

REAL = Path(__file__).parents[1] / "data" / "realdata"
TODAY = date(2026, 11, 20)
BOOK = CodeBook(
    {
        name: {code: (label, english) for code, label, english in entries}
        for name, entries in SEEDS.items()
    }
)
EXPECTED: dict[str, Any] = json.loads((REAL / "EXPECTED.json").read_text(encoding="utf-8"))


def workbook(path: Path, *sheets: Sequence[Sequence[object]]) -> Path:
    """A workbook with these sheets, as a spreadsheet program would save it."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(list(row))
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, str):
                    cell.data_type = "s"
    book.save(path)
    return path


def rezipped(source: Path, target: Path, **parts: bytes) -> Path:
    """The workbook with some of its parts replaced (``sheet1``, ``sharedStrings``)."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            stem = item.filename.rpartition("/")[2].partition(".")[0]
            new.writestr(item.filename, parts.get(stem, old.read(item.filename)))
    return target


def clients_of(path: Path, **chosen: str) -> ClientSheet:
    """The file as the import understands it, through the child process."""
    return read_client_list(ClientListFile(path, BOOK, TODAY, chosen))


def recognised(*rows: Sequence[Any], **about: Any) -> ClientSheet:
    """Rows in memory as the import understands them."""
    width = max(len(row) for row in rows)
    table = RawTable("表", [[*row, *[""] * (width - len(row))] for row in rows], **about)
    return recognise_clients([table], ClientListFile(Path("名单.xlsx"), BOOK, TODAY))


def only(sheet: ClientSheet) -> dict[str, Any]:
    """The values of the one client of a sheet that has no faults."""
    (row,) = sheet.rows
    assert row.faults == ()
    return dict(row.values)


def reason(sheet: ClientSheet) -> str:
    """The one fault of the one client of a sheet."""
    (row,) = sheet.rows
    (fault,) = row.faults
    return fault.reason
