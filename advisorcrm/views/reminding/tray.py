"""The tray: pop-ups with a surname at most, and the way back to a window that was closed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from advisorcrm.i18n import _
from advisorcrm.views import icons

_SHOWN_MS = 10_000


class Tray(QObject):
    """Where a tray exists; elsewhere nothing is shown and nothing is lost: the centre has it.

    The system does not say which pop-up was clicked: any click opens the centre.
    """

    window_wanted = Signal()
    centre_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown: list[str] = []
        """The pop-ups of this sitting, the last at the end."""
        self._icon: QSystemTrayIcon | None = None
        self._menu = QMenu()

    @staticmethod
    def exists() -> bool:
        """Whether this desktop has a tray that shows messages."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def start(self) -> None:
        """Take a place in the tray."""
        if self._icon is not None or not self.exists():
            return
        for text, signal in (
            (_("打开窗口"), self.window_wanted),
            (_("通知中心"), self.centre_wanted),
            (_("退出程序"), self.quit_wanted),
        ):
            self._menu.addAction(text).triggered.connect(signal)
        self._icon = QSystemTrayIcon(icons.icon("bell", "accent"), self)
        self._icon.setToolTip(_("客户服务"))
        self._icon.setContextMenu(self._menu)
        self._icon.messageClicked.connect(self.centre_wanted)
        self._icon.activated.connect(self._activate)
        self._icon.show()

    def stop(self) -> None:
        """Leave the tray."""
        if self._icon is not None:
            self._icon.hide()
            self._icon = None

    def pop_up(self, text: str) -> None:
        """Show one sentence beside the clock of the system."""
        self.shown.append(text)
        if self._icon is not None:
            self._icon.showMessage(
                _("客户服务"), text, QSystemTrayIcon.MessageIcon.Information, _SHOWN_MS
            )

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.window_wanted.emit()
