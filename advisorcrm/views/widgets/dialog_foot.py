"""The foot of a dialog: 取消 on the left of what it is for, or 关闭, at the right edge."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout

from advisorcrm.i18n import _
from advisorcrm.views.widgets.buttons import Button, plain
from advisorcrm.views.widgets.leave_guard import LeaveGuard


def dialog_foot(dialog: QDialog, button: Button) -> QHBoxLayout:
    """A way out (Esc), which asks before it throws a text away, and the deed."""
    cancel = plain(_("取消"), key="Esc")
    cancel.clicked.connect(LeaveGuard(dialog).leave)
    foot = QHBoxLayout()
    foot.setContentsMargins(0, 6, 0, 0)
    foot.addStretch(1)
    foot.addWidget(cancel)
    foot.addWidget(button)
    return foot


def answer_by_key(dialog: QDialog, button: Button) -> None:
    """Enter presses it, and Ctrl+Enter too: that key keeps what was written in every dialog."""
    button.setDefault(True)
    for key in ("Ctrl+Return", "Ctrl+Enter"):
        QShortcut(QKeySequence(key), dialog, button.click)


def close_button(dialog: QDialog) -> Button:
    """The way out of a dialog that keeps nothing back (Esc)."""
    close = plain(_("关闭"), key="Esc")
    close.clicked.connect(dialog.reject)
    return close


def asking_close_button(dialog: QDialog) -> Button:
    """The way out of a ledger with an entry below (Esc): a text not entered yet is asked about."""
    close = plain(_("关闭"), key="Esc")
    close.clicked.connect(LeaveGuard(dialog).leave)
    return close
