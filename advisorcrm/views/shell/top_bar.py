"""The bar on top: history, omnibox, quick action, bell, lock, person."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from advisorcrm.i18n import _
from advisorcrm.views import icons, theme
from advisorcrm.views.shell.bell import Bell
from advisorcrm.views.shell.parts import Action, ShellInfo
from advisorcrm.views.widgets.buttons import Button, bare, soft
from advisorcrm.views.widgets.fixed_size import FixedSize
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line

_HEIGHT_PX = 48
_SEARCH_PX = 520
_LEAST_SEARCH_PX = 240


class TopBar(QFrame):
    """Signals say what is wanted; the window does it."""

    back_wanted = Signal()
    forward_wanted = Signal()
    search_wanted = Signal()
    lock_wanted = Signal()

    def __init__(
        self, info: ShellInfo, actions: list[Action], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("zone", "top")
        FixedSize(self, height=_HEIGHT_PX)
        self.back = bare("chevron-left", _("后退"), key="Alt+←")
        self.forward = bare("chevron-right", _("前进"), key="Alt+→")
        self.search = SearchButton(_("找客户、记录、功能：姓名 / 拼音首字母 / 手机或账号尾号"))
        self.bell = Bell()
        self.lock = bare("lock", _("锁定"), key="Ctrl+Alt+L")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 12, 0)
        self._row.setSpacing(4)
        for part in (self.back, self.forward):
            self._row.addWidget(part)
        self._row.addSpacing(4)
        self._row.addWidget(self.search, 100)
        self._row.addStretch(1)
        self._add_actions(actions)
        self._row.addWidget(self.bell)
        self._row.addWidget(self.lock)
        self._add_person(info)
        self._connect()

    def show_history(self, *, can_go_back: bool, can_go_forward: bool) -> None:
        """Grey an arrow that leads nowhere."""
        self.back.setEnabled(can_go_back)
        self.forward.setEnabled(can_go_forward)

    def _add_actions(self, actions: list[Action]) -> None:
        """The first action is the button, all of them are its menu."""
        shown = [action for action in actions if action.in_menu]
        if not shown:
            return
        first = shown[0]
        self.quick = soft(first.text, icon=first.icon, key=first.letter or first.shortcut)
        self.quick.clicked.connect(first.run)
        self._row.addWidget(self.quick)
        if len(shown) > 1:
            self._row.addWidget(self._menu_button(shown))
        self._row.addSpacing(4)

    def _menu_button(self, actions: list[Action]) -> Button:
        menu = QMenu(self)
        for action in actions:
            keys = action.letter or action.shortcut
            item = menu.addAction(icons.icon(action.icon), f"{action.text}\t{keys}")
            item.triggered.connect(action.run)
        button = bare("chevron-down", _("更多快捷操作"))
        FixedSize(button, width=24)
        button.setMenu(menu)
        return button

    def _add_person(self, info: ShellInfo) -> None:
        self._row.addSpacing(4)
        rule = Line(standing=True)
        self._row.addWidget(rule)
        self._row.addSpacing(8)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.setContentsMargins(0, 5, 0, 5)
        names.addWidget(Label(info.user_name, weight=500))
        names.addWidget(Label(info.role, "text3", "hint"))
        self._row.addLayout(names)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.forward.clicked.connect(self.forward_wanted)
        self.search.clicked.connect(self.search_wanted)
        self.lock.clicked.connect(self.lock_wanted)


class SearchButton(QPushButton):
    """Looks like a search line; a click opens the omnibox."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self._hint = hint
        self.setProperty("kind", "search")
        self.setAutoDefault(False)
        self.setAccessibleName(hint)
        self.setToolTip("Ctrl+K")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(theme.px(_SEARCH_PX))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the design has it."""
        return QSize(theme.px(_SEARCH_PX), theme.px(32))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for a few words."""
        return QSize(theme.px(_LEAST_SEARCH_PX), theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the field, its glass, the hint and the key."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = theme.px(15)
        middle = self.height() // 2
        glass = icons.pixmap("search", "text3", side, self.devicePixelRatioF())
        painter.drawPixmap(10, middle - side // 2, glass)
        painter.setPen(theme.colour("text3"))
        painter.setFont(theme.font("hint"))
        metrics = painter.fontMetrics()
        key = "Ctrl+K"
        end = self.width() - metrics.horizontalAdvance(key) - 10
        base = middle + (metrics.ascent() - metrics.descent()) // 2
        painter.drawText(end, base, key)
        painter.setFont(theme.font("caption"))
        metrics = painter.fontMetrics()
        left = side + 18
        cut = metrics.elidedText(self._hint, Qt.TextElideMode.ElideRight, end - left - 8)
        painter.drawText(left, middle + (metrics.ascent() - metrics.descent()) // 2, cut)
