"""One conversation in a few lines: day and way, topics, what was said."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME, CodeBook
from advisorcrm.i18n import _
from advisorcrm.services.contacts.contact_log_rows import ContactLogRow
from advisorcrm.views.contacts.ways import way_icon
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label

_MOST_CHARACTERS = 90


class RecentLog(QWidget):
    """Day, way and length on top, the author on the right, topics and content below."""

    def __init__(
        self,
        log: ContactLogRow,
        book: CodeBook,
        *,
        icon: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        if icon:
            mark = IconMark(way_icon(log.way), "accent", 16)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        lines.addLayout(_top_line(log, book))
        if icon and log.topics:
            lines.addWidget(Label(topics_of(log, book), size="caption", weight=500))
        lines.addWidget(Label(shortened(log.content), "text2", "caption", wrap=True))
        row.addLayout(lines, 1)
        self.setAccessibleName(f"{when_and_way(log, book)} {log.content}")


def topics_of(log: ContactLogRow, book: CodeBook) -> str:
    """The topics in words."""
    return _("、").join(book.label(terms.TOPIC, topic) for topic in log.topics)


def when_and_way(log: ContactLogRow, book: CodeBook) -> str:
    """``11-04 电话 6 分``."""
    day = log.contacted_at.astimezone(BRANCH_TIME).strftime("%m-%d")
    return f"{day} {way_and_length(log, book)}"


def way_and_length(log: ContactLogRow, book: CodeBook) -> str:
    """``电话 6 分``."""
    way = book.label(terms.CONTACT_WAY, log.way)
    if not log.minutes:
        return way
    return _("{way} {minutes} 分").format(way=way, minutes=log.minutes)


def shortened(text: str) -> str:
    """The beginning of a long text."""
    text = " ".join(text.split())
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"


def _top_line(log: ContactLogRow, book: CodeBook) -> QHBoxLayout:
    top = QHBoxLayout()
    top.setSpacing(6)
    top.addWidget(Label(when_and_way(log, book), "text2", "caption"), 1)
    top.addWidget(Label(log.author_name, "text2", "caption"))
    return top
