"""How the branch will look in print: head of a form, envelope, foot of a receipt."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from advisorcrm.i18n import _
from advisorcrm.services.branch.branches import BranchInfo
from advisorcrm.views import theme
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
# Prescribed forms stay Chinese in every language.
_RECEIVER = "250000  济南市市中区 ××× 收"  # chinese: data
_SIGNED = "客户签收：____________    日期：__________"  # chinese: data
_ROWS = ("客户姓名", "客户类型", "联系电话", "联系地址")  # chinese: data


class BranchPreview(Card):
    """Three small sheets, redrawn on every key."""

    def __init__(self) -> None:
        super().__init__(_("印出来的样子"))
        self.add_right(Label(_("随填随新"), "text3", "caption"))
        self._sheets = (HeadSheet(), EnvelopeSheet(), ReceiptSheet())
        names = (_("表头"), _("信封"), _("受理回执页脚"))
        for name, sheet in zip(names, self._sheets, strict=True):
            self.add(Label(name, "text2", "caption"))
            sheet.setAccessibleName(name)
            self.add(sheet)
        self.body.addStretch(1)

    def show_branch(self, info: BranchInfo, wrong: set[str]) -> None:
        """Redraw with what is typed; a wrong value is shown where it would be printed."""
        for sheet in self._sheets:
            sheet.show_branch(info, wrong)


class _SmallSheet(QWidget):
    """Paper of 300 by some units, scaled to the width there is."""

    units = QSize(300, 120)

    def __init__(self) -> None:
        super().__init__()
        self._info = BranchInfo("")
        self._wrong: set[str] = set()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_branch(self, info: BranchInfo, wrong: set[str]) -> None:
        self._info = info
        self._wrong = wrong
        self.setToolTip("")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.px(300), theme.px(self.units.height() + 20))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("sunken"))
        scale = min(
            (self.width() - 20) / self.units.width(), (self.height() - 20) / self.units.height(),
            theme.current.scale / 100 * 1.2,
        )  # fmt: skip
        painter.translate((self.width() - self.units.width() * scale) / 2, 10)
        painter.scale(scale, scale)
        painter.fillRect(
            QRectF(0, 0, self.units.width(), self.units.height()), theme.colour("paper")
        )
        self.draw(painter)

    def draw(self, painter: QPainter) -> None:
        raise NotImplementedError

    def text(  # noqa: PLR0913 - place, words and shape of one line
        self,
        painter: QPainter,
        box: tuple[float, float, float, float],
        text: str,
        *,
        size: int = 9,
        align: Qt.AlignmentFlag = _LEFT,
        is_bold: bool = False,
        is_wrong: bool = False,
    ) -> None:
        font = QFont()
        font.setFamilies(theme.PAPER_FAMILIES)
        font.setPixelSize(size)
        font.setBold(is_bold)
        painter.setFont(font)
        painter.setPen(theme.light_colour("crit" if is_wrong else "text"))
        painter.drawText(QRectF(*box), int(align), text)

    def frame(self, painter: QPainter, box: tuple[float, float, float, float]) -> None:
        """The part that comes from the fields."""
        painter.setPen(QPen(theme.light_colour("accent"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(*box))


class HeadSheet(_SmallSheet):
    """The head of 流失客户档案."""

    units = QSize(300, 140)

    def draw(self, painter: QPainter) -> None:
        """Title, branch and the first rows of the form; forms are Chinese in every language."""
        info = self._info
        self.text(painter, (20, 6, 100, 12), "内部保密", size=6)  # chinese: data
        title = f"{info.company}流失客户档案表"  # chinese: data
        self.text(painter, (20, 22, 260, 18), title, size=14, align=_CENTRE, is_bold=True)
        line = f"营业部名称：{info.name}　　填表人：________"  # chinese: data
        self.text(painter, (20, 44, 260, 12), line, size=8)
        self.frame(painter, (16, 20, 268, 38))
        painter.setPen(QPen(theme.light_colour("text"), 0.6))
        for number, label in enumerate(_ROWS):
            top = 64 + number * 18
            painter.setPen(QPen(theme.light_colour("text"), 0.6))
            painter.drawRect(QRectF(20, top, 50, 18))
            painter.drawRect(QRectF(70, top, 210, 18))
            self.text(painter, (20, top, 50, 18), label, size=7, align=_CENTRE)


class EnvelopeSheet(_SmallSheet):
    """A letter to a client."""

    units = QSize(300, 108)

    def draw(self, painter: QPainter) -> None:
        """Receiver above, sender below."""
        info = self._info
        self.text(painter, (20, 16, 200, 12), _RECEIVER, size=8)
        sender = f"{info.company} {info.name}".strip()
        phones = "    ".join(part for part in (info.postcode, info.phone) if part)
        for number, line in enumerate((sender, info.address, phones)):
            box = (110, 60 + number * 13, 170, 12)
            is_wrong = number == 2 and "phone" in self._wrong
            self.text(painter, box, line, size=8, align=_RIGHT, is_wrong=is_wrong)
        self.frame(painter, (108, 56, 176, 42))


class ReceiptSheet(_SmallSheet):
    """The foot of a receipt for a complaint."""

    units = QSize(300, 66)

    def draw(self, painter: QPainter) -> None:
        """Signature, complaint telephone, remark."""
        info = self._info
        self.text(painter, (20, 8, 260, 12), _SIGNED, size=8)
        is_wrong = "complaint_phone" in self._wrong
        phone = f"投诉电话：{info.complaint_phone}"  # chinese: data
        self.text(painter, (20, 26, 260, 12), phone, size=8, is_wrong=is_wrong)
        self.text(painter, (20, 42, 260, 12), info.form_footer, size=7)
