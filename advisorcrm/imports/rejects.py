"""Rows that did not go in, as a file of the same layout plus the reasons, to mend and import again.

Cells that a spreadsheet would compute get a mark (``'``) before them; the import takes it off
again from files that have our column of reasons.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from advisorcrm.exports.cells import looks_like_formula
from advisorcrm.exports.files import write_bytes
from advisorcrm.imports.cell_values import text_of
from advisorcrm.imports.client_fields import REASON_HEADING
from advisorcrm.imports.client_sheet import ClientSheetRow
from advisorcrm.imports.import_plan import ImportPlan, PlannedRow
from advisorcrm.imports.raw_table import Cell
from advisorcrm.terms import ImportResult

_MARK = "'"
_WITHOUT_HEADING = "列{number}"  # chinese: data


def write_rejects(plan: ImportPlan, path: Path) -> int:
    """Write the failed and undecided rows as CSV; returns how many there are.

    The file is whole or absent. Raises DiskFullError, FileBusyError, UserError.
    """
    rejected = [
        row for row in plan.rows if row.result in (ImportResult.FAILED, ImportResult.UNDECIDED)
    ]
    write_bytes(path, rejects_text(plan, rejected).encode("utf-8-sig", "replace"))
    return len(rejected)


def rejects_text(plan: ImportPlan, rejected: Sequence[PlannedRow]) -> str:
    """The rows as CSV text: the headings of the file, then the reason."""
    headings = _all_headings(plan)
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL)
    writer.writerow([*(_marked(heading) for heading in headings), REASON_HEADING])
    for row in rejected:
        source = plan.sheet.rows[row.place]
        cells = _by_heading(source, _headings(plan, source))
        writer.writerow(
            [*(_marked(text_of(cells.get(heading, ""))) for heading in headings), row.reason]
        )
    return text.getvalue()


def _all_headings(plan: ImportPlan) -> list[str]:
    """Every heading of the lists in the file, those of the first list first."""
    found: dict[str, None] = {}
    for name in plan.sheet.layouts:
        found.update(dict.fromkeys(_named(plan.sheet.layouts[name])))
    found.pop(REASON_HEADING, None)
    return list(found)


def _headings(plan: ImportPlan, row: ClientSheetRow) -> list[str]:
    return _named(plan.sheet.layouts[row.sheet])


def _named(layout: Iterable[str]) -> list[str]:
    """Every column by a name of its own; left over columns get a number."""
    names: list[str] = []
    for number, heading in enumerate(layout, 1):
        name = heading or _WITHOUT_HEADING.format(number=number)
        names.append(name if name not in names else f"{name} {number}")
    return names


def _by_heading(row: ClientSheetRow, headings: Sequence[str]) -> dict[str, Cell]:
    return dict(zip(headings, row.cells, strict=False))


def _marked(text: str) -> str:
    """Text that stays text in a spreadsheet; one that has a mark already gets another."""
    return _MARK + text if text.startswith(_MARK) or looks_like_formula(text) else text
