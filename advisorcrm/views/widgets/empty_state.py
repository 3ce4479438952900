"""What stands where nothing is: why it is empty and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label


class EmptyState(QWidget):
    """Icon, one sentence, a remark, one or two actions."""

    def __init__(
        self, icon: str, title: str = "", remark: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = Label(title, weight=600, wrap=True)
        self._remark = Label(remark, "text2", "caption", wrap=True)
        self._actions = QHBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(8)
        whole.addStretch(1)
        whole.addWidget(IconMark(icon, "text2", 22), 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._title, self._remark):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            whole.addWidget(label)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(self._actions)
        row.addStretch(1)
        whole.addLayout(row)
        whole.addStretch(1)
        self.say(title, remark)

    def say(self, title: str, remark: str = "") -> None:
        """Give another reason."""
        self._title.setText(title)
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))
        self.setAccessibleName(title)

    def title(self) -> str:
        """The sentence shown."""
        return self._title.text()

    def set_actions(self, *buttons: QWidget) -> None:
        """Offer these buttons and no others."""
        while self._actions.count():
            item = self._actions.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.deleteLater()
        for button in buttons:
            self._actions.addWidget(button)
