"""The strip at the foot: state of the database, sums of the page, the day."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views.widgets.buttons import Button
from advisorcrm.views.widgets.fixed_size import FixedSize
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line

_HEIGHT_PX = 26


class StatusStrip(QFrame):
    """What is connected, saved, backed up, masked; ``keys_wanted`` for the list of keys."""

    keys_wanted = Signal()

    def __init__(self, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("zone", "status")
        FixedSize(self, height=_HEIGHT_PX)
        self.database = IconLabel("database", _("已连接 {place}").format(place=place))
        self._said_saved = ""
        self.saved = IconLabel("circle-check", "", "ok")
        self.backup = IconLabel("hard-drive-download")
        self.masking = IconLabel("eye-off", _("掩码：开"))
        self.page = Label("", size="caption", weight=500)
        self._rule = Line(standing=True)
        self.estimate = IconLabel("triangle-alert", "", "warn")
        self.day = IconLabel("calendar")
        keys = Button(_("? 快捷键"), "hint")
        keys.clicked.connect(self.keys_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(14)
        for part in (self.database, self.saved, self.backup, self.masking, self._rule):
            row.addWidget(part)
        row.addWidget(self.page, 1)
        row.addWidget(self.estimate)
        row.addWidget(self.day)
        row.addWidget(keys)
        for part in (self.saved, self.backup, self._rule, self.estimate, self.day):
            part.hide()

    def show_saved(self, text: str) -> None:
        """``已保存 14:20:07``."""
        self._said_saved = text
        self.saved.show_text("circle-check", text, "ok")
        self.saved.show()

    def said_saved(self) -> str:
        """When the last save was, nothing before the first."""
        return self._said_saved

    def show_waiting(self, text: str) -> None:
        """A save waits for something."""
        self.saved.show_text("clock", text, "warn")
        self.saved.show()

    def end_waiting(self) -> None:
        """Nothing waits any more: the last save is told again, nothing before the first."""
        self.saved.show_text("circle-check", self._said_saved, "ok")
        self.saved.setVisible(bool(self._said_saved))

    def show_backup(self, text: str, tone: str = "text2") -> None:
        """Last backup: amber after a day, alarm after three."""
        self.backup.show_text("hard-drive-download", text, tone)
        self.backup.show()

    def show_database(self, text: str, tone: str = "text2") -> None:
        """Connected, read-only or lost."""
        self.database.show_text("database", text, tone)

    def show_mask(self, text: str) -> None:
        """What is masked at present."""
        self.masking.show_text("eye-off", text)

    def show_day(self, text: str) -> None:
        """Date, weekday, working day or closed."""
        self.day.show_text("calendar", text)
        self.day.show()

    def show_estimate(self, year: int | None) -> None:
        """The year whose deadlines are counted without an official notice; None is all well."""
        if year is not None:
            said = _("缺 {year} 节假日通知，暂估").format(year=year)
            self.estimate.show_text("triangle-alert", said, "warn")
            self.estimate.setToolTip(
                _("{year} 年的期限先按推算。请在设置的节假日里导入或逐日核对。").format(year=year)
            )
        self.estimate.setVisible(year is not None)

    def show_page(self, text: str) -> None:
        """Sums and selection of the page."""
        self.page.setText(text)
        self._rule.setVisible(bool(text))
