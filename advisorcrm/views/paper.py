"""The only painter of paper: one function in millimetres for preview, PDF and printer."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)
from PySide6.QtPrintSupport import QPrinter

from advisorcrm.errors import SystemTroubleError
from advisorcrm.exports.files import write_bytes
from advisorcrm.exports.progress import Progress, unheard
from advisorcrm.exports.sheet import CellRole, Sheet
from advisorcrm.i18n import _
from advisorcrm.views.paging import TOP_PADDING, Pages, PageStack, PlacedCell
from advisorcrm.views.paper_text import EM, MM_PER_POINT, FittedText, face

Printable = Sheet | Sequence[Sheet] | PageStack
MM_PER_INCH = 25.4
A4_SHORT, A4_LONG = 210.0, 297.0
HAIRLINE = 0.2
_PDF_DPI = 600
_ASCENT = 0.88  # of an em, from the top of the letters to their foot
_MARK_POINTS = 20
_MARK_ANGLE = -28
_MARK_PLACES = (0.25, 0.5, 0.75)
_INK = QColor(0, 0, 0)
_PALE = QColor(0, 0, 0, 16)

_kept: dict[str, QGuiApplication] = {}


def lay_out(sheet: Sheet) -> Pages:
    """The sheet on pages; lay out once and paint as often as needed."""
    return Pages(sheet)


def stack_up(sheets: Printable, progress: Progress = unheard) -> PageStack:
    """One sheet or several, one after the other, on pages; for a long list not in the GUI thread.

    What is a stack already is taken as it is.
    """
    if isinstance(sheets, PageStack):
        return sheets
    return PageStack([sheets] if isinstance(sheets, Sheet) else sheets, progress)


def paint_page(painter: QPainter, pages: Pages, page: int, dpi: float) -> None:
    """Paint one page (from 0), its corner at the painter's origin, at ``dpi`` dots an inch."""
    painter.save()
    painter.scale(dpi / MM_PER_INCH, dpi / MM_PER_INCH)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    _paint_watermark(painter, pages.sheet)
    pen = QPen(_INK, max(HAIRLINE, MM_PER_INCH / dpi))
    for cell in pages.cells(page):
        painter.setPen(pen)
        if cell.is_ruled:
            painter.drawRect(QRectF(cell.left, cell.top, cell.width, cell.height))
        _paint_text(painter, cell)
    painter.restore()


def write_pdf(sheets: Printable, path: Path, progress: Progress = unheard) -> int:
    """Write sheets as one PDF, whole or not at all; returns its pages.

    Raises the sentences of ``write_whole``, and SystemTroubleError where no Chinese face is
    installed.
    """
    need_painting()
    stack = stack_up(sheets, progress)
    for done in pdf_pages(stack, path):
        progress(done, stack.count)
    return stack.count


def pdf_pages(stack: PageStack, path: Path) -> Generator[int]:
    """The same a page a step, yielding how many are done; closed early it writes nothing."""
    need_painting()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(stack.title)
    writer.setCreator("advisorcrm")
    writer.setResolution(_PDF_DPI)
    writer.setPageLayout(page_layout(stack.sheet_of(0)))
    painter = QPainter(writer)
    try:
        for page in range(stack.count):
            if page:
                writer.setPageLayout(page_layout(stack.sheet_of(page)))
                writer.newPage()
            paint_page(painter, *stack.at(page), _PDF_DPI)
            yield page + 1
    finally:
        painter.end()
    write_bytes(path, bytes(buffer.data().data()))


def wanted_pages(stack: PageStack, printer: QPrinter) -> range:
    """The pages, from 0, that the printer was asked for."""
    return range(max(1, printer.fromPage()) - 1, min(stack.count, printer.toPage() or stack.count))


def printed_pages(stack: PageStack, printer: QPrinter) -> Generator[int]:
    """Print the pages the printer was asked for, yielding how many are done.

    Closed early it gives the job up. Raises SystemTroubleError with the page at which the
    printer stopped.
    """
    wanted = wanted_pages(stack, printer)
    first = wanted.start
    printer.setPageLayout(page_layout(stack.sheet_of(first)))
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise SystemTroubleError(_("打印机没有应答。请检查电源和连接后再打印。"))
    try:
        for page in wanted:
            if page > first:
                _feed(printer, stack, page)
            paint_page(painter, *stack.at(page), printer.resolution())
            yield page + 1 - first
    except GeneratorExit:
        printer.abort()
        raise
    finally:
        painter.end()


def _feed(printer: QPrinter, stack: PageStack, page: int) -> None:
    """The next piece of paper, lying or upright as its sheet wants it."""
    printer.setPageLayout(page_layout(stack.sheet_of(page)))
    printer.setFullPage(True)
    if not printer.newPage():
        raise SystemTroubleError(
            _("打印到第 {page} 页时打印机停止。处理后请从这一页继续打。").format(page=page + 1)
        )


def page_layout(sheet: Sheet) -> QPageLayout:
    """The paper as Qt describes it, without margins: the form has its own."""
    lying = QPageLayout.Orientation.Landscape
    upright = QPageLayout.Orientation.Portrait
    return QPageLayout(
        _paper_size(sheet),
        lying if sheet.page.is_landscape else upright,
        QMarginsF(),
    )


def _paper_size(sheet: Sheet) -> QPageSize:
    """A4, or an envelope by its millimetres; Qt knows papers upright and turns them itself."""
    sides = sorted((sheet.page.width, sheet.page.height))
    if sides == [A4_SHORT, A4_LONG]:
        return QPageSize(QPageSize.PageSizeId.A4)
    return QPageSize(
        QSizeF(*sides), QPageSize.Unit.Millimeter, sheet.name, QPageSize.SizeMatchPolicy.ExactMatch
    )


def need_painting() -> None:
    """Make painting possible in a program without windows, and be sure of a Chinese face."""
    if QGuiApplication.instance() is None:
        is_dark = not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
        if sys.platform == "linux" and is_dark:
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _kept["application"] = QGuiApplication(["advisorcrm"])
    if not QFontMetricsF(face()).inFontUcs4(ord("客")):  # chinese: data
        raise SystemTroubleError(
            _("这台电脑没有中文字体，打不出表格。请安装宋体或 Noto CJK 字体后再试。")
        )


def _paint_text(painter: QPainter, cell: PlacedCell) -> None:
    if cell.role is CellRole.SIGN:
        _paint_lines(painter, cell, cell.text, cell.top + TOP_PADDING, "left")
        if cell.foot is not None:
            bottom = cell.top + cell.height - TOP_PADDING - cell.foot.height
            _paint_lines(painter, cell, cell.foot, bottom, "right")
        return
    top = cell.top + (cell.height - cell.text.height) / 2
    _paint_lines(painter, cell, cell.text, top, cell.align)


def _paint_lines(
    painter: QPainter, cell: PlacedCell, text: FittedText, top: float, align: str
) -> None:
    """Each line at its place, in the large face scaled to the wanted size."""
    scale = text.points * MM_PER_POINT / EM
    font = face(bold=cell.bold)
    metrics = QFontMetricsF(font)
    above = (text.line_height - text.points * MM_PER_POINT) / 2
    for line in text.lines:
        spare = cell.width - 2 * cell.padding - metrics.horizontalAdvance(line) * scale
        left = cell.left + cell.padding + {"left": 0.0, "centre": spare / 2, "right": spare}[align]
        painter.save()
        painter.translate(left, top + above)
        painter.scale(scale, scale)
        painter.setFont(font)
        painter.drawText(QPointF(0, EM * _ASCENT), line)
        painter.restore()
        top += text.line_height


def _paint_watermark(painter: QPainter, sheet: Sheet) -> None:
    """Who took unmasked numbers out, slanting over the page."""
    if not sheet.watermark:
        return
    font = face()
    scale = _MARK_POINTS * MM_PER_POINT / EM
    width = QFontMetricsF(font).horizontalAdvance(sheet.watermark)
    scale = min(scale, sheet.page.inner_width / width)
    painter.setPen(_PALE)
    for place in _MARK_PLACES:
        painter.save()
        painter.translate(sheet.page.width / 2, sheet.page.height * place)
        painter.rotate(_MARK_ANGLE)
        painter.scale(scale, scale)
        painter.setFont(font)
        painter.drawText(QPointF(-width / 2, 0), sheet.watermark)
        painter.restore()
