"""Sheets as they will be printed, page by page, with the way to the printer and to a PDF."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.messages import show_problem
from advisorcrm.views.page_run import PageRun
from advisorcrm.views.paging import PageStack
from advisorcrm.views.paper import (
    MM_PER_INCH,
    Printable,
    paint_page,
    pdf_pages,
    printed_pages,
    stack_up,
    wanted_pages,
)
from advisorcrm.views.widgets.buttons import bare, plain, primary, quiet
from advisorcrm.views.widgets.dialog_room import open_large
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.progress_row import ProgressRow

_AROUND = 16
_WINDOW = (1120, 720)
_LEAST = QSize(640, 480)
_PAPER = QColor(Qt.GlobalColor.white)


class PageView(QWidget):
    """One page of paper at the chosen size."""

    def __init__(self, pages: PageStack) -> None:
        super().__init__()
        self._pages = pages
        self.page = 0
        self.setAccessibleName(_("打印的页"))

    def show_page(self, page: int) -> None:
        """Turn to a page, counted from 0."""
        self.page = min(max(page, 0), self._pages.count - 1)
        self.update()

    def fit(self, width: int, height: int = 0) -> None:
        """Size the paper to a width, or with a height to the whole page."""
        paper = self._pages.sheet_of(self.page).page
        if height:
            width = min(width, round(height * paper.width / paper.height))
        self.setFixedSize(width, round(width * paper.height / paper.width))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the page exactly as the printer gets it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), _PAPER)
        pages, page = self._pages.at(self.page)
        paint_page(painter, pages, page, self.width() / pages.sheet.page.width * MM_PER_INCH)
        painter.setPen(theme.colour("border"))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))


class PaperArea(QScrollArea):
    """The desk on which the page lies; ``resized`` when there is more or less of it."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Tell."""
        super().resizeEvent(event)
        self.resized.emit()


class PrintPreview(QDialog):
    """Shows one sheet or several.

    ``printed`` with the number of pages, ``saved`` with the path of a PDF.
    """

    printed = Signal(int)
    saved = Signal(str)

    def __init__(self, sheets: Printable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("zone", "app")  # white paper lies on grey
        self.pages = stack_up(sheets)
        self.ask_printer: Callable[[], QPrinter | None] = self._ask_printer
        """Asks for a printer; a test answers instead of the dialog."""
        self.ask_path: Callable[[str], str] = self._ask_path
        self.failed: Callable[[BaseException], None] = self._show_problem
        self.shows_whole_page = True
        self.running: PageRun | None = None
        """What is being printed or written at present."""
        self.setWindowTitle(_("打印预览：{title}").format(title=self.pages.title))
        self.setMinimumSize(_LEAST)
        open_large(self, *_WINDOW)
        self._build()
        self._add_keys()
        self.turn_to(0)
        self.area.setFocus()

    def turn_to(self, page: int) -> None:
        """Show a page, counted from 0; beyond the ends nothing happens."""
        self.view.show_page(page)
        self._fit()
        self.number.setText(
            _("第 {page} 页，共 {pages} 页").format(page=self.view.page + 1, pages=self.pages.count)
        )
        self.earlier.setEnabled(self.view.page > 0)
        self.later.setEnabled(self.view.page + 1 < self.pages.count)

    def show_whole_page(self) -> None:
        """Make the page as large as the window holds."""
        self.shows_whole_page = True
        self._fit()

    def show_full_width(self) -> None:
        """Make the page as wide as the window and scroll down."""
        self.shows_whole_page = False
        self._fit()

    def print_out(self) -> None:
        """Ask for the printer and print."""
        printer = self.ask_printer()
        if printer is not None:
            total = len(wanted_pages(self.pages, printer))
            pages = printed_pages(self.pages, printer)
            self._run(pages, total, _("正在打印"), self.printed.emit)

    def save_pdf(self) -> None:
        """Ask for a file and write the pages there."""
        name = self.ask_path(f"{self.pages.sheet_of(0).name}.pdf")
        if name:
            path = Path(name if Path(name).suffix else f"{name}.pdf")
            pages = pdf_pages(self.pages, path)
            self._run(pages, self.pages.count, _("正在写出"), partial(self._tell_saved, path))

    def cancel(self) -> None:
        """Give up what is being printed or written."""
        if self.running is not None:
            self.running.cancel()
            self._end_run()

    def done(self, result: int) -> None:
        """Closed by whatever means: nothing goes on behind it."""
        self.cancel()
        super().done(result)

    def _build(self) -> None:
        self.view = PageView(self.pages)
        self.area = PaperArea()
        self.area.resized.connect(self._fit)
        self.area.setWidget(self.view)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setAccessibleName(_("打印预览"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_AROUND, _AROUND, _AROUND, _AROUND)
        whole.addLayout(self._bar())
        whole.addWidget(self.area, 1)
        self.progress = ProgressRow()
        self.progress.cancelled.connect(self.cancel)
        whole.addWidget(self.progress)

    def _bar(self) -> QHBoxLayout:
        self.number = Label("")
        self.earlier = bare("chevron-left", _("上一页"), key="PgUp")
        self.later = bare("chevron-right", _("下一页"), key="PgDn")
        fit_page = quiet(_("整页"), key="Ctrl+0")
        fit_width = quiet(_("适合宽度"))
        self.save = plain(_("存为 PDF"), icon="download")
        self.send = primary(_("打印"), icon="printer", key="Ctrl+P")
        for button, slot in (
            (self.earlier, self._turn_back), (self.later, self._turn_on),
            (fit_page, self.show_whole_page), (fit_width, self.show_full_width),
            (self.save, self.save_pdf), (self.send, self.print_out),
        ):  # fmt: skip
            button.clicked.connect(slot)
        bar = QHBoxLayout()
        for widget in (fit_page, fit_width, self.earlier, self.number, self.later):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.save)
        bar.addWidget(self.send)
        return bar

    def _add_keys(self) -> None:
        for key, slot in (
            ("PgUp", self._turn_back), ("PgDown", self._turn_on), ("Ctrl+0", self.show_whole_page),
            ("Ctrl+P", self.print_out), ("Home", self._turn_first), ("End", self._turn_last),
        ):  # fmt: skip
            QShortcut(QKeySequence(key), self, slot)

    def _turn_back(self) -> None:
        self.turn_to(self.view.page - 1)

    def _turn_on(self) -> None:
        self.turn_to(self.view.page + 1)

    def _turn_first(self) -> None:
        self.turn_to(0)

    def _turn_last(self) -> None:
        self.turn_to(self.pages.count - 1)

    def _fit(self) -> None:
        room = self.area.viewport().size()
        width = max(room.width() - 2 * _AROUND, 1)
        self.view.fit(width, max(room.height() - 2 * _AROUND, 1) if self.shows_whole_page else 0)

    def _run(
        self, pages: Generator[int], total: int, what: str, then: Callable[[int], object]
    ) -> None:
        """Send page after page, one document at a time."""
        self.cancel()
        self.running = PageRun(pages, self)
        self.running.moved.connect(partial(self._show_moved, what, total))
        self.running.ended.connect(self._end_run)
        self.running.ended.connect(then)
        self.running.failed.connect(self._fail)
        self.save.setEnabled(False)
        self.send.setEnabled(False)
        self.running.start()

    def _show_moved(self, what: str, total: int, done: int) -> None:
        if self.progress.isHidden():
            self.progress.start(what)
        self.progress.show_progress(done, total)

    def _end_run(self) -> None:
        if self.running is not None:
            self.running.deleteLater()
            self.running = None
        self.progress.finish()
        self.save.setEnabled(True)
        self.send.setEnabled(True)

    def _fail(self, error: BaseException) -> None:
        self._end_run()
        self.failed(error)

    def _tell_saved(self, path: Path, _pages: int) -> None:
        self.saved.emit(str(path))

    def _show_problem(self, error: BaseException) -> None:
        show_problem(error, self)

    def _ask_printer(self) -> QPrinter | None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self.pages.count)
        return printer if dialog.exec() == QDialog.DialogCode.Accepted else None

    def _ask_path(self, name: str) -> str:
        path, _filter = QFileDialog.getSaveFileName(
            self, _("存为 PDF"), name, _("PDF 文件 (*.pdf)")
        )
        return path
