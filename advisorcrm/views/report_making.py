"""From a wish to paper or file: note it in the access log, make it in the background, show it.

Nothing leaves the program without its imprint; the page that asked goes on working meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from advisorcrm.columns import branch_date
from advisorcrm.errors import CancelledError
from advisorcrm.i18n import N_, _
from advisorcrm.views import messages
from advisorcrm.views.surroundings import clock_now

if TYPE_CHECKING:
    from advisorcrm.exports.imprint import Imprint
    from advisorcrm.exports.progress import Progress
    from advisorcrm.exports.sheet import Sheet
    from advisorcrm.views.jobs import Jobs
    from advisorcrm.views.paging import PageStack
    from advisorcrm.views.report_progress import ReportProgress
    from advisorcrm.views.reports import Report

T = TypeVar("T")
_FILTERS = N_("Excel 工作簿 (*.xlsx);;PDF 文件 (*.pdf)")
_DOCUMENT, _DOCUMENT_FILTER = ".docx", N_("Word 文档 (*.docx)")


class Reports(QObject):
    """Makes reports in the background; ``done`` with a sentence for the toast."""

    done = Signal(str)

    def __init__(
        self, jobs: Jobs, window: QWidget, clock: Callable[[], datetime] = clock_now
    ) -> None:
        super().__init__(window)
        self._clock = clock
        self._jobs = jobs
        self._window = window
        self.waiting: ReportProgress | None = None
        """How far the newest report is."""
        self.ask_path: Callable[[str], str] = self._ask_path
        """Asks where to; a test answers instead of the file dialog."""

    def print_out(self, report: Report) -> None:
        """Show the report as it will be printed."""
        self._register(report, partial(self._fill, report, self._lay_out))

    def export(self, report: Report) -> None:
        """Ask for a file and write the report there, as workbook or PDF."""
        offered = report.file_name or f"{report.name}-{branch_date(self._clock()):%Y%m%d}.xlsx"
        name = self.ask_path(offered)
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() == ".pdf":
            then = partial(self._fill_pdf, report, path)
        else:
            path = path if path.suffix else path.with_suffix(Path(offered).suffix)
            then = partial(self._write, report, path)
        self._register(report, then)

    def _ask_path(self, name: str) -> str:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        filters = _(_FILTERS)
        if name.endswith(_DOCUMENT):
            filters = f"{_(_DOCUMENT_FILTER)};;{filters}"
        path, _filter = QFileDialog.getSaveFileName(
            self._window, _("导出到"), str(Path(folder) / name), filters
        )
        return path

    def _register(self, report: Report, then: Callable[[ReportProgress, Imprint], object]) -> None:
        from advisorcrm.views.report_progress import ReportProgress

        waiting = self.waiting = ReportProgress(report.name, self._window)
        self._jobs.write(
            partial(report.register, now=self._clock()),
            then=partial(then, waiting),
            failed=partial(self._stop, waiting),
            label=report.name,
        )

    def _fill(
        self,
        report: Report,
        then: Callable[[ReportProgress, Sheet | list[Sheet]], object],
        waiting: ReportProgress,
        imprint: Imprint,
    ) -> None:
        waiting.show_stage(_("正在填写"))
        self._jobs.long(
            partial(_hearing(report.sheets, waiting.progress), imprint=imprint),
            then=partial(then, waiting),
            failed=partial(self._stop, waiting),
        )

    def _fill_pdf(
        self, report: Report, path: Path, waiting: ReportProgress, imprint: Imprint
    ) -> None:
        written = partial(self._write_beside, report, path, imprint)
        self._fill(report, partial(self._write_pdf, path, written), waiting, imprint)

    def _lay_out(self, waiting: ReportProgress, sheets: Sheet | list[Sheet]) -> None:
        from advisorcrm.views.paper import stack_up

        waiting.show_stage(_("正在排版"))
        self._jobs.run(
            partial(stack_up, sheets, waiting.progress),
            then=partial(self._show, waiting),
            failed=partial(self._stop, waiting),
        )

    def _show(self, waiting: ReportProgress, pages: PageStack) -> None:
        from advisorcrm.views.print_preview import PrintPreview

        waiting.end()
        PrintPreview(pages, self._window).open()

    def _write(self, report: Report, path: Path, waiting: ReportProgress, imprint: Imprint) -> None:
        waiting.show_stage(_("正在写出"))
        self._jobs.long(
            partial(_hearing(report.workbook, waiting.progress), imprint=imprint, path=path),
            then=partial(self._write_beside, report, path, imprint, waiting),
            failed=partial(self._stop, waiting),
        )

    def _write_pdf(
        self,
        path: Path,
        written: Callable[[ReportProgress, object], None],
        waiting: ReportProgress,
        sheets: Sheet | list[Sheet],
    ) -> None:
        from advisorcrm.views.paper import write_pdf

        waiting.show_stage(_("正在排版并写出"))
        self._jobs.run(
            partial(write_pdf, sheets, path, waiting.progress),
            then=partial(written, waiting),
            failed=partial(self._stop, waiting),
        )

    def _write_beside(
        self, report: Report, path: Path, imprint: Imprint, waiting: ReportProgress, _answer: object
    ) -> None:
        if report.beside is None:
            self._tell(waiting, path, None)
            return
        self._jobs.long(
            partial(report.beside, imprint=imprint, path=path),
            then=partial(self._tell, waiting, path),
            failed=partial(self._stop, waiting),
        )

    def _tell(self, waiting: ReportProgress, path: Path, beside: Path | None) -> None:
        waiting.end()
        said = _("已导出到 {path}").format(path=path)
        if beside is not None:
            said = _("{said}，附件在旁边的 {name}").format(said=said, name=beside.name)
        self.done.emit(said)

    def _stop(self, waiting: ReportProgress, error: Exception) -> None:
        """Given up or failed: the old file, if there was one, is untouched."""
        waiting.end()
        if isinstance(error, CancelledError):
            self.done.emit(str(error))
        else:
            messages.show_problem(error)


def _hearing(make: Callable[..., T], progress: Progress) -> Callable[..., T]:
    """With who hears how far it is; a report that is made in a moment tells nobody."""
    return partial(make, progress=progress) if "progress" in signature(make).parameters else make
