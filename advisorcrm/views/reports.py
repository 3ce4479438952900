"""From a wish to paper or file: note it in the access log, make it in the background, show it.

Nothing leaves the program without its imprint; the page that asked goes on working meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from advisorcrm.i18n import N_, _

if TYPE_CHECKING:
    from advisorcrm.exports.client_list import ClientListRequest
    from advisorcrm.exports.contact_log import LogRequest
    from advisorcrm.exports.imprint import Imprint
    from advisorcrm.exports.sheet import Sheet
    from advisorcrm.views.jobs import Jobs
    from advisorcrm.views.paging import PageStack

_FILTERS = N_("Excel 工作簿 (*.xlsx);;PDF 文件 (*.pdf)")


@dataclass(frozen=True, slots=True)
class Report:
    """One report: how it is registered, filled as a sheet and written as a workbook."""

    name: str
    register: Callable[..., Imprint]
    sheets: Callable[..., Sheet | list[Sheet]]
    workbook: Callable[..., int]


def client_list(request: ClientListRequest) -> Report:
    """营业部客户明细表 of a filtered list."""
    from advisorcrm.exports import client_list as module

    return Report(
        "客户明细表",  # chinese: data
        partial(module.register_client_list, request=request),
        partial(module.client_list_sheet, request=request),
        partial(module.export_client_list, request=request),
    )


def client_cards(client_ids: Sequence[int]) -> Report:
    """客户资料卡, a card for each client."""
    from advisorcrm.exports import card_set, client_card
    from advisorcrm.terms import AccessKind

    ids = tuple(client_ids)
    return Report(
        "客户资料卡",  # chinese: data
        partial(card_set.register_card_set, client_ids=ids, kind=AccessKind.PRINT),
        partial(card_set.card_sheets, client_ids=ids),
        partial(client_card.export_client_card, client_ids=ids),
    )


def client_card(client_id: int) -> Report:
    """客户资料卡 of one client."""
    return client_cards([client_id])


def contact_log(request: LogRequest) -> Report:
    """客户沟通记录表 of one client, or the day sheet of an advisor."""
    from advisorcrm.exports import contact_log as module

    return Report(
        "沟通记录表",  # chinese: data
        partial(module.register_contact_log, request=request),
        partial(module.contact_log_sheet, request=request),
        partial(module.export_contact_log, request=request),
    )


class Reports(QObject):
    """Makes reports in the background; ``done`` with a sentence for the toast."""

    done = Signal(str)

    def __init__(self, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._window = window
        self.ask_path: Callable[[str], str] = self._ask_path
        """Asks where to; a test answers instead of the file dialog."""

    def print_out(self, report: Report) -> None:
        """Show the report as it will be printed."""
        self._jobs.write(
            partial(report.register, now=datetime.now(UTC)), then=partial(self._preview, report)
        )

    def export(self, report: Report) -> None:
        """Ask for a file and write the report there, as workbook or PDF."""
        path = self.ask_path(f"{report.name}-{datetime.now(UTC):%Y%m%d}.xlsx")
        if path:
            self._jobs.write(
                partial(report.register, now=datetime.now(UTC)),
                then=partial(self._write, report, Path(path)),
            )

    def _ask_path(self, name: str) -> str:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        path, _filter = QFileDialog.getSaveFileName(
            self._window, _("导出到"), str(Path(folder) / name), _(_FILTERS)
        )
        return path

    def _preview(self, report: Report, imprint: Imprint) -> None:
        self._jobs.long(partial(report.sheets, imprint=imprint), then=self._lay_out)

    def _lay_out(self, sheets: Sheet | list[Sheet]) -> None:
        from advisorcrm.views.paper import stack_up

        self._jobs.run(partial(stack_up, sheets), then=self._show)

    def _show(self, pages: PageStack) -> None:
        from advisorcrm.views.print_preview import PrintPreview

        PrintPreview(pages, self._window).open()

    def _write(self, report: Report, path: Path, imprint: Imprint) -> None:
        if path.suffix.lower() == ".pdf":
            self._jobs.long(
                partial(report.sheets, imprint=imprint), then=partial(self._write_pdf, path)
            )
            return
        path = path if path.suffix else path.with_suffix(".xlsx")
        self._jobs.long(
            partial(report.workbook, imprint=imprint, path=path), then=partial(self._tell, path)
        )

    def _write_pdf(self, path: Path, sheet: Sheet | list[Sheet]) -> None:
        from advisorcrm.views.paper import write_pdf

        self._jobs.run(partial(write_pdf, sheet, path), then=partial(self._tell, path))

    def _tell(self, path: Path, _answer: object) -> None:
        self.done.emit(_("已导出到 {path}").format(path=path))
