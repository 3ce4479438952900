"""``import clients``: a client list from any spreadsheet."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisorcrm.cli.session import now, signed_in
from advisorcrm.columns import BRANCH_TIME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from advisorcrm.imports.client_sheet import CellFault


def clients(options: argparse.Namespace) -> dict[str, Any]:
    """Read, compare and store; with ``--dry-run`` nothing is written."""
    from advisorcrm.imports.client_list import ClientListFile, read_client_list
    from advisorcrm.imports.plan import apply_import, figures_of, plan_import
    from advisorcrm.services.code_lists import load_code_book
    from advisorcrm.terms import ImportRule

    at = now()
    with signed_in(options) as database:
        book = database.read(load_code_book)
        today = at.astimezone(BRANCH_TIME).date()
        sheet = read_client_list(ClientListFile(Path(options.file), book, today))
        plan = database.read(
            partial(
                plan_import,
                sheet=sheet,
                rule=ImportRule(options.rule),
                default_advisor_no=options.advisor,
                now=at,
            )
        )
        if options.dry_run:
            figures = figures_of(plan)
        else:
            figures = database.write(partial(apply_import, plan=plan, now=at))
    answer: dict[str, Any] = {
        name: getattr(figures, name)
        for name in ("read", "new", "updated", "unchanged", "undecided", "failed")
    }
    answer["failures"] = _cells(figures.failures)
    answer["doubts"] = _cells(figures.doubts)
    return answer


def _cells(faults: Sequence[CellFault]) -> list[dict[str, Any]]:
    return [{"row": one.row, "column": one.column, "reason": one.reason} for one in faults]
