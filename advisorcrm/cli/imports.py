"""``import clients`` and ``import contacts``: a list from any spreadsheet or address book.

``undo-import`` takes one back.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisorcrm.cli.session import now, signed_in
from advisorcrm.columns import branch_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from advisorcrm.imports.client_sheet import CellFault, ClientSheet
    from advisorcrm.imports.import_plan import ImportFigures


def clients(options: argparse.Namespace) -> dict[str, Any]:
    """Take a client list in; with ``--dry-run`` nothing is written."""
    return _take_in(options, as_contacts=False)


def contacts(options: argparse.Namespace) -> dict[str, Any]:
    """Take an address book in: who is no client yet becomes a prospect."""
    return _take_in(options, as_contacts=True)


def _take_in(options: argparse.Namespace, *, as_contacts: bool) -> dict[str, Any]:
    """Read, compare and store."""
    from advisorcrm.imports.client_list import ClientListFile, read_client_list
    from advisorcrm.imports.import_plan import figures_of
    from advisorcrm.imports.planning import plan_import
    from advisorcrm.imports.storing import apply_import
    from advisorcrm.services.branch.code_lists import load_code_book
    from advisorcrm.terms import ImportRule

    at = now()
    with signed_in(options) as database:
        book = database.read(load_code_book)
        today = branch_date(at)
        file = ClientListFile(
            Path(options.file),
            book,
            today,
            as_contacts=as_contacts,
            sheets=frozenset(options.sheet),
        )
        sheet = read_client_list(file)
        plan = database.read(
            partial(
                plan_import,
                sheet=sheet,
                rule=ImportRule(options.rule),
                default_advisor_no=options.advisor,
            )
        )
        if options.dry_run:
            figures = figures_of(plan)
        else:
            figures = database.write(partial(apply_import, plan=plan, now=at))
    return _answer(sheet, figures)


def _answer(sheet: ClientSheet, figures: ImportFigures) -> dict[str, Any]:
    """The figures, what is wrong cell by cell, and what the file was."""
    answer: dict[str, Any] = {
        name: getattr(figures, name)
        for name in ("read", "new", "updated", "unchanged", "undecided", "failed")
    }
    answer["failures"] = _cells(figures.failures)
    answer["doubts"] = _cells(figures.doubts)
    answer |= {"kind": str(sheet.kind), "notes": _cells(figures.notes), "ignored": sheet.ignored}
    if sheet.left_out:
        answer["sheets_left_out"] = list(sheet.left_out)
    if figures.batch_id is not None:
        answer["batch"] = figures.batch_id
    return answer


def undo(options: argparse.Namespace) -> dict[str, Any]:
    """Take a whole import back; what people have changed since stays and is listed."""
    from advisorcrm.imports.undoing import undo_import

    with signed_in(options) as database:
        figures = database.write(partial(undo_import, batch_id=options.batch, now=now()))
    return {
        "batch": figures.batch_id,
        "removed": figures.removed,
        "restored": figures.restored,
        "left": [one._asdict() for one in figures.left],
    }


def _cells(faults: Sequence[CellFault]) -> list[dict[str, Any]]:
    """Each by its own sheet where a workbook has several lists: row 3 stands in all of them."""
    return [
        {"row": one.row, "column": one.column, "reason": one.reason}
        | ({"sheet": one.sheet} if one.sheet else {})
        for one in faults
    ]
