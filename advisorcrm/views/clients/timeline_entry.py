"""One conversation in the stream, with its corrections hanging under it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from advisorcrm.columns import BRANCH_TIME, CodeBook, show_instant
from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import weekday_label
from advisorcrm.services.contact_log_rows import ContactLogRow, CorrectionRow
from advisorcrm.terms import Reaction
from advisorcrm.views import icons, theme
from advisorcrm.views.clients.recent_log import topics_of, way_and_length
from advisorcrm.views.contacts.ways import way_icon
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label

_MARK_PX = 26
_REACTIONS = {Reaction.AGREES: "ok", Reaction.UNDECIDED: "info", Reaction.DISAGREES: "crit"}


class WayMark(QWidget):
    """The icon of a way in a soft disc."""

    def __init__(self, way: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = way_icon(way)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A disc at the font scale."""
        return QSize(theme.px(_MARK_PX), theme.px(_MARK_PX))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw disc and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawEllipse(QRectF(self.rect()))
        side = theme.px(15)
        image = icons.pixmap(self._icon, "accent", side, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, image)


class TimelineEntry(QFrame):
    """Can be focused; ``focused`` tells the stream."""

    focused = Signal(object)

    def __init__(self, log: ContactLogRow, book: CodeBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.log = log
        self._book = book
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(
            f"{show_instant(log.contacted_at)} {topics_of(log, book)} "
            f"{way_and_length(log, book)} {log.content}"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(WayMark(log.way), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addLayout(self._head())
        column.addWidget(Label(log.content, wrap=True))
        for remark in self._remarks():
            column.addWidget(Label(remark, "text2", "caption", wrap=True))
        for number, correction in enumerate(log.corrections, 1):
            column.addWidget(Correction(number, correction))
        row.addLayout(column, 1)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tint, and tell the stream."""
        super().focusInEvent(event)
        self.update()
        self.focused.emit(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tint no more."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the tint of the focused entry."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selected"))
            painter.drawRoundedRect(self.rect(), 4, 4)

    def _head(self) -> QHBoxLayout:
        log, head = self.log, QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(log.contacted_at.astimezone(BRANCH_TIME).strftime("%H:%M")))
        head.addWidget(Label(topics_of(log, self._book), weight=600))
        head.addWidget(Label(way_and_length(log, self._book), "text2", "caption"))
        if log.reaction is not None:
            head.addWidget(Badge(log.reaction.label, _REACTIONS[log.reaction]))
        head.addStretch(1)
        head.addWidget(Label(log.author_name, "text2", "caption"))
        return head

    def _remarks(self) -> list[str]:
        log, found = self.log, []
        if log.is_advice and log.basis:
            found.append(_("依据：{basis}").format(basis=log.basis))
        if log.next_on is not None:
            day = f"{log.next_on:%m-%d} {weekday_label(log.next_on)}"
            found.append(_("下一步：{day} {what}").format(day=day, what=log.next_note).strip())
        return found


class Correction(QFrame):
    """A correction: amber edge, number, what it says, why, who and when."""

    def __init__(
        self, number: int, correction: CorrectionRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("zone", "card")
        title = _("更正 {number}").format(number=number)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(IconMark("corner-down-right", "warn", 14))
        head.addWidget(Label(title, "warn", "caption", weight=600))
        head.addWidget(Label(show_instant(correction.created_at), "text2", "caption"))
        head.addStretch(1)
        head.addWidget(Label(correction.author_name, "text2", "caption"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 6, 8, 6)
        whole.setSpacing(2)
        whole.addLayout(head)
        whole.addWidget(Label(correction.content, wrap=True))
        reason = _("原因：{reason}").format(reason=correction.reason)
        whole.addWidget(Label(reason, "text2", "caption", wrap=True))
        self.setAccessibleName(f"{title} {correction.content} {reason}")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the amber edge."""
        super().paintEvent(event)
        QPainter(self).fillRect(0, 0, 3, self.height(), theme.colour("warn"))
