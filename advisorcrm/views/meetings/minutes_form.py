"""The minutes of one meeting: frame, who was there, and the prescribed items (R23, R48)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.plain_times import splits
from advisorcrm.services.meetings.meetings import ITEMS, Minutes, MinutesData
from advisorcrm.terms import MeetingItemKind, MeetingKind
from advisorcrm.views import theme
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.field import Field, Verdict
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_ITEM_PX, _CLOCK_PX = 60, 100
_NOTHING = "无"  # chinese: data


class MinutesForm(QWidget):
    """``changed`` after every change by hand."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: list[tuple[int, str]] = []
        self._is_filling = False
        self._kind: MeetingKind | None = None
        self.starts = Field(_("开始"), QLineEdit(), judge=_judge_clock)
        self.ends = Field(_("散会"), QLineEdit(), judge=_judge_clock)
        self.place = Field(_("地点"), QLineEdit())
        self.chair_box = ComboBox([], empty=_("未定"))
        self.chair = Field(_("主持人"), self.chair_box)
        self.items = {item: Field(item.label, QPlainTextEdit()) for item in MeetingItemKind}
        self.present: dict[int, Chip] = {}
        self._present_area = QWidget()
        self._present_row = FlowLayout(self._present_area)
        self._items_box = QVBoxLayout()
        self._lay_out()
        for field in (self.starts, self.ends, self.place, self.chair, *self.items.values()):
            field.changed.connect(self._tell)

    def offer(self, people: Sequence[tuple[int, str, str]]) -> None:
        """Who may lead a meeting."""
        chosen = self.chair_box.code()
        self._is_filling = True
        choices = [(str(key), name) for key, _number, name in people]
        self.chair_box.set_choices(choices, empty=_("未定"))
        self.chair_box.set_code(chosen)
        self._is_filling = False

    def show_minutes(self, minutes: Minutes, *, may_write: bool) -> None:
        """Show what is written; the cursor stays where it is."""
        self._is_filling = True
        _set(self.starts, _clock(minutes.starts_at))
        _set(self.ends, _clock(minutes.ends_at))
        _set(self.place, minutes.place)
        if minutes.chair_id and self.chair_box.findData(str(minutes.chair_id)) < 0:
            self.chair_box.addItem(minutes.chair_name, str(minutes.chair_id))
        self.chair_box.set_code(str(minutes.chair_id or ""))
        self._show_present(minutes)
        self._arrange(minutes.kind)
        self._order_keys(minutes.kind)
        for item, field in self.items.items():
            _set(field, minutes.items.get(item, ""))
        for widget in (self.starts, self.ends, self.place, self.chair, *self.present.values()):
            widget.setEnabled(may_write)
        for field in self.items.values():
            editor = field.editor
            if isinstance(editor, QPlainTextEdit):
                editor.setReadOnly(not may_write)
        self._is_filling = False

    def is_understood(self) -> bool:
        """Whether both times can be read; says what is wrong beside one that cannot."""
        wrong = [field for field in (self.starts, self.ends) if not field.check()]
        return not wrong

    def data(self, stored: Minutes) -> MinutesData:
        """What is written; a time that is not understood is the one that was ``stored``."""
        chair = self.chair_box.code()
        return MinutesData(
            _read_or(self.starts.value(), stored.starts_at),
            _read_or(self.ends.value(), stored.ends_at),
            self.place.value(),
            int(chair) if chair else None,
            {item: self.items[item].value() for item in ITEMS[self._kind or MeetingKind.EVENING]},
            frozenset(key for key, chip in self.present.items() if chip.isChecked()),
        )

    def fill_nothing(self) -> None:
        """Write 无 where nothing was said."""
        for item in ITEMS[self._kind or MeetingKind.EVENING]:
            if not self.items[item].value():
                self.items[item].set_value(_NOTHING)
        self._tell()

    def show_problem(self, name: str, reason: str) -> bool:
        """Say what is wrong where it belongs; False if it belongs nowhere here."""
        fields = {"ends_at": self.ends, "place": self.place} | {
            item.value: field for item, field in self.items.items()
        }
        if name not in fields:
            return False
        fields[name].show_message(Level.ERROR, reason)
        fields[name].focus()
        return True

    def _show_present(self, minutes: Minutes) -> None:
        people = [(one.user_id, one.name) for one in minutes.attendees]
        if people != self._people:
            while self._present_row.count():
                item = self._present_row.takeAt(0)
                widget = item.widget() if item else None
                if widget is not None:
                    widget.deleteLater()
            self.present = {key: Chip(name) for key, name in people}
            for chip in self.present.values():
                self._present_row.addWidget(chip)
                chip.toggled.connect(self._tell)
            self._people = people
        for one in minutes.attendees:
            self.present[one.user_id].setChecked(one.is_present)

    def _arrange(self, kind: MeetingKind) -> None:
        """The items of this kind of meeting in their order."""
        if kind is self._kind:
            return
        self._kind = kind
        for field in self.items.values():
            self._items_box.removeWidget(field)
            field.hide()
        for item in ITEMS[kind]:
            self._items_box.addWidget(self.items[item])
            self.items[item].show()

    def _order_keys(self, kind: MeetingKind) -> None:
        """Tab goes as one reads: who leads, who is present, what was said."""
        said = (self.items[item].editor for item in ITEMS[kind])
        chain: list[QWidget] = [self.chair_box, *self.present.values(), *said]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _tell(self) -> None:
        if not self._is_filling:
            self.changed.emit()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        frame = QHBoxLayout()
        frame.setSpacing(10)
        for field in (self.starts, self.ends):
            field.setFixedWidth(theme.px(_CLOCK_PX))
            frame.addWidget(field)
        frame.addWidget(self.place, 2)
        frame.addWidget(self.chair, 1)
        whole.addLayout(frame)
        whole.addWidget(Label(_("出席（点一下改为缺席）"), "text2", "caption"))
        whole.addWidget(self._present_area)
        for field in self.items.values():
            field.editor.setFixedHeight(theme.px(_ITEM_PX))
        whole.addLayout(self._items_box)


def read_clock(text: str) -> time | None:
    """``8:30``, 下午四点; None for what is empty or no time of day."""
    cleaned = text.strip().replace("：", ":")  # chinese: data
    if not cleaned:
        return None
    try:
        return next((at for day, at in splits(cleaned) if not day and at is not None), None)
    except ValueError:
        return None


def _read_or(text: str, stored: time | None) -> time | None:
    return read_clock(text) or (stored if text.strip() else None)


def _judge_clock(text: str) -> Verdict | None:
    if text and read_clock(text) is None:
        return Verdict(Level.ERROR, _("请写时刻，例如 16:00。"))
    return None


def _clock(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""


def _set(field: Field, value: str) -> None:
    if field.value() != value:
        field.set_value(value)
