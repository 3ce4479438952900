"""A line for a lunar date: typed as 十月十五 or 10-15, or picked by month, day and 闰."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.lunar import LONGEST_MONTH, LunarDate, read_lunar
from advisorcrm.views import icons
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.combo_box import ComboBox

_MONTHS = 12


class LunarLine(QLineEdit):
    """Text that becomes ``十月十五`` when it is left; Alt+Down or the icon opens the picker."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("例如 十月十五、闰二月初三"))
        pick = self.addAction(icons.icon("moon"), QLineEdit.ActionPosition.TrailingPosition)
        pick.setToolTip(_("选农历日期  Alt+↓"))
        pick.triggered.connect(self.open_picker)
        self.editingFinished.connect(self._write_out)

    def lunar(self) -> LunarDate | None:
        """The date typed; None if empty or not a lunar date."""
        try:
            return read_lunar(self.text()) if self.text().strip() else None
        except InvalidFieldError:
            return None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open the picker by Alt+Down."""
        is_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if is_alt and event.key() == Qt.Key.Key_Down:
            self.open_picker()
            return
        super().keyPressEvent(event)

    def open_picker(self) -> LunarPicker | None:
        """Let the person pick month, day and 闰."""
        if self.isReadOnly():
            return None
        picker = LunarPicker(self.lunar() or LunarDate(1, 1), self)
        picker.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        picker.show()
        picker.month.setFocus()
        return picker

    def _write_out(self) -> None:
        lunar = self.lunar()
        if lunar and self.text() != lunar.label_zh:
            self.setText(lunar.label_zh)


class LunarPicker(QFrame):
    """Month, day and 闰; each choice is written into the line at once."""

    def __init__(self, lunar: LunarDate, line: LunarLine) -> None:
        super().__init__(line, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("zone", "card")
        self._line = line
        self.month = ComboBox(_month_choices())
        self.day = ComboBox(_day_choices())
        self.leap = CheckBox(_("闰月"))
        self.month.setAccessibleName(_("农历月"))
        self.day.setAccessibleName(_("农历日"))
        self.month.set_code(str(lunar.month))
        self.day.set_code(str(lunar.day))
        self.leap.setChecked(lunar.is_leap)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        for part in (self.month, self.day, self.leap):
            row.addWidget(part)
        self.month.currentIndexChanged.connect(self._write)
        self.day.currentIndexChanged.connect(self._write)
        self.leap.toggled.connect(self._write)

    def _write(self) -> None:
        chosen = LunarDate(int(self.month.code()), int(self.day.code()), self.leap.isChecked())
        self._line.setText(chosen.label_zh)


def _month_choices() -> list[tuple[str, str]]:
    first = (LunarDate(month, 1) for month in range(1, _MONTHS + 1))
    return [(str(lunar.month), lunar.label_zh[:2]) for lunar in first]


def _day_choices() -> list[tuple[str, str]]:
    days = (LunarDate(1, day) for day in range(1, LONGEST_MONTH + 1))
    return [(str(lunar.day), lunar.label_zh[2:]) for lunar in days]
