"""The rail on the left: the pages of the role, with counts of what is late or waiting."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from advisorcrm.i18n import _, language
from advisorcrm.views import icons, theme
from advisorcrm.views.shell.parts import Page
from advisorcrm.views.widgets.line import Line

_WIDE = {"zh_CN": 168, "en": 200}
_NARROW = 52
_ICON_PX = 17


class Rail(QFrame):
    """``chosen`` with the key of a page; ``folded`` when its head is clicked."""

    chosen = Signal(str)
    folded = Signal()

    def __init__(self, pages: list[Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("zone", "rail")
        self.setAccessibleName(_("导航"))
        self._items: dict[str, RailItem] = {}
        self._head = RailItem(_("客户服务"), "menu", "Ctrl+B", is_head=True)
        self._head.clicked.connect(self.folded)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 5, 8, 8)
        whole.setSpacing(2)
        whole.addWidget(self._head)
        for page in (page for page in pages if page.on_rail and not page.at_foot):
            whole.addWidget(self._item(page))
        whole.addStretch(1)
        whole.addWidget(Line())
        for page in (page for page in pages if page.on_rail and page.at_foot):
            whole.addWidget(self._item(page))
        self.is_narrow = False
        self.set_narrow(is_narrow=False)

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Show icons alone, or icons and words."""
        self.is_narrow = is_narrow
        wide = _WIDE.get(language(), _WIDE["zh_CN"])
        self.setFixedWidth(theme.px(_NARROW if is_narrow else wide))
        for item in (self._head, *self._items.values()):
            item.set_narrow(is_narrow=is_narrow)

    def light(self, key: str) -> None:
        """Mark the page that is shown."""
        for name, item in self._items.items():
            item.setChecked(name == key)

    def show_count(self, key: str, count: int, tone: str = "text3") -> None:
        """Put a number beside a page: ``crit`` for late or due today, grey for waiting."""
        if key in self._items:
            self._items[key].show_count(count, tone)

    def _item(self, page: Page) -> RailItem:
        item = RailItem(page.title, page.icon, page.shortcut)
        item.clicked.connect(self._choose)
        item.setObjectName(page.key)
        self._items[page.key] = item
        return item

    def _choose(self) -> None:
        key = self.sender().objectName()
        self._items[key].setChecked(True)
        self.chosen.emit(key)


class RailItem(QPushButton):
    """One page on the rail."""

    def __init__(self, title: str, icon: str, key: str, *, is_head: bool = False) -> None:
        super().__init__()
        self._title = title
        self._key = key
        self._count = 0
        self._tone = "text3"
        self._is_head = is_head
        self._is_narrow = False
        self.setProperty("kind", "brand" if is_head else "nav")
        self.setCheckable(not is_head)
        self.setAutoDefault(False)
        self.setIcon(icons.icon(icon, checked="accent"))
        self._name()

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Show the icon alone or with its word."""
        self._is_narrow = is_narrow
        self.setIconSize(QSize(theme.px(_ICON_PX), theme.px(_ICON_PX)))
        self.setText("" if is_narrow else f"  {self._title}")

    def show_count(self, count: int, tone: str) -> None:
        """Show a number, or nothing for 0."""
        self._count = count
        self._tone = tone
        self._name()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the button, then number or key at its right end."""
        super().paintEvent(event)
        if self._is_head:
            return
        painter = QPainter(self)
        if self._is_narrow:
            if self._count:
                side = theme.px(7)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setBrush(theme.colour(self._tone))
                painter.setPen(theme.colour(self._tone))
                painter.drawEllipse(self.width() - side - 4, 5, side, side)
            return
        text = f"{self._count:,}" if self._count else self._key if "," in self._key else ""
        painter.setFont(
            theme.font("caption" if self._count else "hint", 600 if self._count else 400)
        )
        painter.setPen(theme.colour(self._tone))
        wide = painter.fontMetrics().horizontalAdvance(text)
        base = (
            self.height() + painter.fontMetrics().ascent() - painter.fontMetrics().descent()
        ) // 2
        painter.drawText(self.width() - wide - 10, base, text)

    def _name(self) -> None:
        name = self._title
        if self._count:
            name = _("{title}，{count} 项").format(title=name, count=self._count)
        self.setAccessibleName(name)
        self.setToolTip(f"{self._title}  {self._key}".strip())
