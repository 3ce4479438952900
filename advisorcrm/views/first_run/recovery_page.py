"""The last page: the recovery sheet, printed or saved before anything else is done."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPageSize, QPainter, QPaintEvent, QPdfWriter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm.errors import AdvisorCrmError
from advisorcrm.exports.files import write_bytes
from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.messages import show_problem
from advisorcrm.views.remembered import remember
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_MM_WIDE, _MM_HIGH = 210, 297


class RecoveryPage(QWidget):
    """``left`` once the key is on paper or in a file and the person goes on."""

    left = Signal()

    def __init__(self, branch: str, key: str) -> None:
        super().__init__()
        self._branch = branch
        self._key = key
        self.is_kept = False
        self._said = InlineBar()
        self._place = Field(
            _("存放处"), QLineEdit(), required=True, hint=_("例如 保险柜第二格，由客服经理签收")
        )
        self._next = primary(_("去登录"), key="Ctrl+Enter")
        self._next.setEnabled(False)
        self._next.clicked.connect(self.leave)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self._said)
        whole.addWidget(self._card(), 1)
        self._said.say(
            Level.WARN, _("恢复单还没打印。密码都丢失时只有它能打开数据，这里只显示这一次。")
        )

    def paint(self, painter: QPainter, per_mm: float) -> None:
        """The sheet in millimetres; callers give the scale of their device."""
        paint_sheet(painter, per_mm, branch=self._branch, key=self._key)

    def _card(self) -> Card:
        card = Card(_("恢复单"), sub=_("打印或存成 PDF，签收后锁进保险柜"))
        print_it = plain(_("打印"), icon="printer", key="Ctrl+P")
        print_it.setShortcut("Ctrl+P")
        print_it.clicked.connect(self._print)
        save = plain(_("存为 PDF"), icon="download")
        save.clicked.connect(self._save)
        card.add_right(print_it)
        card.add_right(save)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(SheetView(self), 1)
        side = QVBoxLayout()
        shown = QLineEdit(self._key)
        shown.setReadOnly(True)
        side.addWidget(Field(_("恢复密钥"), shown))
        side.addWidget(self._place)
        side.addWidget(
            Label(
                _("密钥区分不了谁在用：谁拿到它，谁就能打开数据。"), "text2", "caption", wrap=True
            )
        )
        side.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._next)
        side.addLayout(foot)
        row.addLayout(side, 1)
        card.body.addLayout(row, 1)
        return card

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        if QPrintDialog(printer, self).exec():
            painter = QPainter(printer)
            self.paint(painter, printer.resolution() / 25.4)
            painter.end()
            self._note(_("恢复单已打印。"))

    def _save(self) -> None:
        name = str(Path.home() / _("恢复单.pdf"))
        found, _kind = QFileDialog.getSaveFileName(self, _("存为 PDF"), name, "PDF (*.pdf)")
        if found:
            self.save_to(Path(found))

    def save_to(self, path: Path) -> None:
        """Write the sheet as a PDF, whole or not at all."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setResolution(300)
        painter = QPainter(writer)
        margins = writer.pageLayout().marginsPixels(writer.resolution())
        painter.translate(-margins.left(), -margins.top())
        self.paint(painter, writer.resolution() / 25.4)
        painter.end()
        try:
            write_bytes(path, bytes(buffer.data().data()))
        except AdvisorCrmError as error:
            show_problem(error, self)
            return
        self._note(_("恢复单已存到 {path}。").format(path=path))

    def _note(self, what: str) -> None:
        self._said.say(Level.OK, what + _("请写下存放处，再去登录。"))
        self._next.setEnabled(True)
        self.is_kept = True

    def leave(self) -> None:
        """Go on, once the sheet exists and its place is written down."""
        if not self.is_kept:
            self._said.say(Level.ERROR, _("请先打印恢复单或存为 PDF，再离开。"))
            return
        if self._place.check():
            remember("recovery/place", self._place.value())
            self.left.emit()


class SheetView(QWidget):
    """The sheet, small."""

    def __init__(self, page: RecoveryPage) -> None:
        super().__init__()
        self._page = page
        self.setAccessibleName(_("恢复单的样子"))
        self.setMinimumSize(theme.px(180), theme.px(250))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As A4 stands."""
        return QSize(theme.px(300), theme.px(330))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the paper and what is on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("sunken"))
        scale = min((self.width() - 16) / _MM_WIDE, (self.height() - 16) / _MM_HIGH)
        painter.translate((self.width() - _MM_WIDE * scale) / 2, 8)
        painter.fillRect(QRectF(0, 0, _MM_WIDE * scale, _MM_HIGH * scale), theme.colour("paper"))
        self._page.paint(painter, scale)


def paint_sheet(painter: QPainter, per_mm: float, *, branch: str, key: str) -> None:
    """Title, branch, key in groups, what to do, two signatures."""

    def line(top: float, text: str, mm: float, *, is_bold: bool = False, high: float = 0) -> None:
        font = QFont()
        font.setFamilies(theme.PAPER_FAMILIES)
        font.setPixelSize(max(1, round(mm * per_mm)))
        font.setBold(is_bold)
        painter.setFont(font)
        box = QRectF(25 * per_mm, top * per_mm, 160 * per_mm, (high or mm * 2) * per_mm)
        painter.drawText(box, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft), text)

    painter.setPen(theme.light_colour("text"))
    groups = key.replace("-", " ").split()
    half = (len(groups) + 1) // 2
    line(30, _("数据恢复单"), 8, is_bold=True)
    line(50, branch, 5)
    line(68, _("恢复密钥"), 4)
    line(78, "   ".join(groups[:half]), 7, is_bold=True)
    line(92, "   ".join(groups[half:]), 7, is_bold=True)
    line(
        116, _("所有人的密码都丢失时，在登录窗口点 用恢复单打开，逐组输入上面的密钥。"), 4, high=14
    )
    line(
        134,
        _("请勿拍照、复印或存进电脑。签收后放入保险柜；管理员和客服经理各见证一次。"),
        4,
        high=14,
    )
    line(170, _("管理员签字：________________    日期：____________"), 4)
    line(186, _("客服经理签字：______________    日期：____________"), 4)
    line(202, _("存放处：____________________________________"), 4)
