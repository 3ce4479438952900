"""The work behind the import page: read in a child process, plan, apply, all in the background."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from advisorcrm.i18n import _
from advisorcrm.views.jobs import Progress
from advisorcrm.views.surroundings import Surroundings

if TYPE_CHECKING:
    from advisorcrm.imports.client_sheet import ClientSheet
    from advisorcrm.imports.import_plan import ImportFigures, ImportPlan, ImportRules
    from advisorcrm.imports.schemes import Scheme


class ImportJob(QObject):
    """One file on its way: ``understood``, ``planned``, ``applied`` or ``refused``.

    ``recognised`` with the saved mapping of a known layout, or None; ``kept`` with the mapping
    that was saved.
    """

    understood = Signal(object)
    recognised = Signal(object)
    kept = Signal(object)
    planned = Signal(object)
    applied = Signal(object)
    refused = Signal(object)
    moved = Signal(int, int)

    def __init__(self, around: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._progress: Progress | None = None
        self.path: Path | None = None
        self.sheet: ClientSheet | None = None
        self.plan: ImportPlan | None = None

    def read(
        self, path: Path, chosen: Mapping[str, str], sheets: frozenset[str] = frozenset()
    ) -> None:
        """Read and recognise the file; nothing is compared or written yet."""
        from advisorcrm.imports.client_list import ClientListFile, read_client_list

        self.path, self.sheet, self.plan = path, None, None
        self._progress = Progress(self)
        self._progress.moved.connect(self.moved)
        around = self._around
        file = ClientListFile(path, around.book, around.today(), chosen, sheets=sheets)
        around.jobs.run(
            partial(read_client_list, file, progress=self._progress),
            then=self._read,
            failed=self.refused.emit,
        )

    def find_scheme(self) -> None:
        """Ask whether files of this layout were imported before."""
        from advisorcrm.imports.schemes import find_scheme

        self._around.jobs.read(
            partial(find_scheme, headings=self._headings()),
            then=self.recognised.emit,
            failed=self.refused.emit,
            key="import.scheme",
        )

    def keep_scheme(self, scheme: Scheme) -> None:
        """Save the mapping for files of this layout."""
        from advisorcrm.imports.schemes import save_scheme

        self._around.jobs.write(
            partial(save_scheme, headings=self._headings(), scheme=scheme, now=self._around.now()),
            then=lambda _key: self.kept.emit(scheme),
            failed=self.refused.emit,
        )

    def make_plan(self, rules: ImportRules, advisor_no: str | None) -> None:
        """Compare with the database: the dry run."""
        from advisorcrm.imports.planning import plan_import

        if self.sheet is None:
            return
        self._around.jobs.long(
            partial(
                plan_import,
                sheet=self.sheet,
                rule=rules,
                default_advisor_no=advisor_no,
            ),
            then=self._planned,
            failed=self.refused.emit,
        )

    def apply(self) -> None:
        """Store the good rows, all in one transaction."""
        from advisorcrm.imports.storing import apply_import

        if self.plan is None:
            return
        self._around.jobs.write(
            partial(apply_import, plan=self.plan, now=self._around.now()),
            then=self._applied,
            failed=self.refused.emit,
            label=_("导入"),
        )

    def cancel(self) -> None:
        """Stop reading; nothing remains of it."""
        if self._progress is not None:
            self._progress.cancel()

    def _headings(self) -> list[str]:
        return [] if self.sheet is None else [column.heading for column in self.sheet.columns]

    def _read(self, sheet: ClientSheet) -> None:
        self.sheet = sheet
        self.understood.emit(sheet)

    def _planned(self, plan: ImportPlan) -> None:
        self.plan = plan
        self.planned.emit(plan)

    def _applied(self, figures: ImportFigures) -> None:
        self.plan = None
        self.applied.emit(figures)
