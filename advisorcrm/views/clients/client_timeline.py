"""The stream of the tab 沟通时间线: conversations, care, events and changes, newest first."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.columns import branch_date
from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import day_label
from advisorcrm.services.access import Right
from advisorcrm.services.contacts.contact_log_rows import ContactLogRow
from advisorcrm.services.contacts.timelines import StreamItem, StreamKind, Timeline, list_timeline
from advisorcrm.views.clients.care_entry import CareEntry
from advisorcrm.views.clients.change_entry import ChangeEntry
from advisorcrm.views.clients.event_entry import EventEntry
from advisorcrm.views.clients.no_contacts import title_and_hint
from advisorcrm.views.clients.timeline_entry import TimelineEntry
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain, quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line
from advisorcrm.views.widgets.upright_area import scrolling

PAGE = 50
Entry = TimelineEntry | ChangeEntry | EventEntry | CareEntry


class ClientTimeline(Card):
    """``correction_wanted(log)`` for an entry (E), ``log_wanted`` where there is none yet."""

    correction_wanted = Signal(object)
    log_wanted = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(margins=(0, 0, 0, 0), spacing=0, parent=parent)
        self._around = around
        self.client_id = -1
        self.items: tuple[StreamItem, ...] = ()
        self.entries: list[Entry] = []
        self._at = -1
        self._limit = PAGE
        self.kind: StreamKind | None = None
        self.older = quiet(_("更早的"))
        self.older.clicked.connect(self.read_older)
        self.chips: dict[StreamKind | None, Chip] = {}
        self.chip_line = self._chip_row()
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self._lay_out()

    def show_client(self, client_id: int) -> None:
        """Another client's stream; it is read by ``reload``."""
        self.client_id = client_id
        self._at, self._limit = -1, PAGE
        self.items = ()
        self.entries = []
        empty_layout(self._column)

    def reload(self) -> None:
        """Read the newest again, as many as stand there."""
        if self.client_id >= 0:
            work = partial(
                list_timeline, client_id=self.client_id, kind=self.kind, limit=self._limit
            )
            self._around.jobs.read(work, then=self._show, key="client.timeline")

    def read_older(self) -> None:
        """Show the next older ones, too."""
        self._limit += PAGE
        self.reload()

    def choose(self, kind: StreamKind | None) -> None:
        """Show one kind only, or all."""
        self.kind = kind
        for known, chip in self.chips.items():
            chip.setChecked(known is kind)
        self._limit = PAGE
        self.reload()

    def focus_filter(self) -> None:
        """Put the cursor on the chip of what is shown (/)."""
        self.chips[self.kind].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def current_log(self) -> ContactLogRow | None:
        """The conversation that is focused."""
        entry = self.entries[self._at] if 0 <= self._at < len(self.entries) else None
        return entry.log if isinstance(entry, TimelineEntry) else None

    def correct(self) -> None:
        """Ask for a correction of the focused entry."""
        log = self.current_log()
        if log is not None and self._around.may(Right.LOG_CONTACTS):
            self.correction_wanted.emit(log)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Up and down go along the entries."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() or not self.entries:
            super().keyPressEvent(event)
            return
        self.go_to(min(max(self._at + step, 0), len(self.entries) - 1))

    def go_to(self, place: int) -> None:
        """Focus an entry and bring it into view."""
        if 0 <= place < len(self.entries):
            self._at = place  # what was made a moment ago gets the focus when it is shown
            self.entries[place].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._area.ensureWidgetVisible(self.entries[place], 0, 20)

    def _show(self, timeline: Timeline) -> None:
        self.chips[None].show_count(sum(timeline.counts.values()))
        for kind, count in timeline.counts.items():
            self.chips[kind].show_count(count)
        for kind in (StreamKind.EVENT, StreamKind.CARE):
            is_there = bool(timeline.counts[kind])
            self.chips[kind].setVisible(is_there or self.kind is kind)
        self.older.setVisible(timeline.left > 0)
        self.older.show_text(_("更早 {count} 条").format(count=timeline.left))
        if timeline.items != self.items or not self._column.count():
            self.items = timeline.items
            self._fill()

    def _fill(self) -> None:
        at = self._at
        had_focus = any(entry.hasFocus() for entry in self.entries)
        empty_layout(self._column)
        self.entries = []
        self._at = -1
        day: date | None = None
        for item in self.items:
            on = branch_date(item.at)
            if on != day:
                day = on
                self._column.addWidget(_day_line(on, self._around.today()))
            self._add_entry(item)
        if not any(item.log for item in self.items) and self.kind in (None, StreamKind.CONTACT):
            self._column.addWidget(self._nothing())
        self._column.addStretch(1)
        self._at = at if at < len(self.entries) else -1
        if had_focus:
            self.go_to(self._at)

    def _add_entry(self, item: StreamItem) -> None:
        entry: Entry
        if item.log is not None:
            entry = TimelineEntry(item.log, self._around.book)
        elif item.version is not None:
            entry = ChangeEntry(item.version)
        elif item.event is not None:
            entry = EventEntry(item.event, self._around.book)
        elif item.care is not None:
            entry = CareEntry.of_record(item.care)
        elif item.gift is not None:
            entry = CareEntry.of_gift(item.gift)
        else:
            return
        entry.focused.connect(self._note)
        self.entries.append(entry)
        self._column.addWidget(entry)

    def _note(self, entry: Entry) -> None:
        self._at = self.entries.index(entry) if entry in self.entries else -1

    def _nothing(self) -> EmptyState:
        state = EmptyState("message-square-text", *title_and_hint(self._around))
        if self._around.may(Right.LOG_CONTACTS):
            button = plain(_("记沟通"), icon="plus", key="N")
            button.clicked.connect(self.log_wanted)
            state.set_actions(button)
        return state

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("zone", "page")
        inside.setLayout(self._column)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._area = scrolling(inside)
        self.add(self._area, 1)
        self.add(Line())
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 4, 8, 4)
        keys = _("↑↓ 选 · E 写更正 · ⏎ 展开 · / 筛选")
        row.addWidget(Label(keys, "text2", "caption"), 1)
        row.addWidget(self.older)
        self.add(foot)

    def _chip_row(self) -> FlowLayout:
        """The chips that filter, each with its count; they wrap where the pane is narrow."""
        row = FlowLayout(gap=8)
        kinds = ((None, _("全部"), ""), (StreamKind.CONTACT, StreamKind.CONTACT.label, "phone"),
                 (StreamKind.CHANGE, StreamKind.CHANGE.label, "pencil"),
                 (StreamKind.CARE, StreamKind.CARE.label, "heart"),
                 (StreamKind.EVENT, StreamKind.EVENT.label, "messages-square"))  # fmt: skip
        for kind, text, icon in kinds:
            chip = Chip(text, icon=icon)
            chip.setChecked(kind is self.kind)
            chip.clicked.connect(partial(self.choose, kind))
            self.chips[kind] = chip
            row.addWidget(chip)
        return row


def _day_line(on: date, today: date) -> QWidget:
    """``11-05 周四`` and a hairline; with the year where it is another."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 4, 0, 0)
    row.setSpacing(10)
    shape = "%m-%d" if on.year == today.year else "%Y-%m-%d"
    row.addWidget(Label(day_label(on.strftime(shape), on), "text2", "caption", weight=600))
    row.addWidget(Line(), 1)
    return line
