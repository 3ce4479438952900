"""What was said before, beside the form that records what is said now (R80)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME, CodeBook
from advisorcrm.i18n import _, ngettext
from advisorcrm.services.contacts.contact_log_rows import ContactLogRow
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.views.contacts.ways import way_icon
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.icon_label import IconLabel, IconMark
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line

SHOWN = 12
_LONGEST = 140


class EarlierContacts(QWidget):
    """The latest conversations, newest on top, and what is still open under them."""

    def __init__(self, book: CodeBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._logs: tuple[ContactLogRow, ...] = ()
        self._steps: tuple[ContactLogRow, ...] = ()
        self._file: ClientFile | None = None
        self.count = Label("", "text2", "caption")
        self.entries = QVBoxLayout()
        self.open_matters = Card(margins=(10, 8, 10, 8), spacing=6)
        self._lay_out()
        self.clear()

    def clear(self) -> None:
        """No client yet."""
        self._logs, self._steps, self._file = (), (), None
        self.count.setText("")
        _empty(self.entries)
        self.open_matters.hide()

    def show_logs(self, logs: Sequence[ContactLogRow]) -> None:
        """The latest conversations."""
        self._logs = tuple(logs)
        _empty(self.entries)
        if not logs:
            self.entries.addWidget(Label(_("第一次与这位客户沟通"), "text2", "caption"))
        for place, log in enumerate(logs[:SHOWN]):
            if place:
                self.entries.addWidget(Line())
            self.entries.addWidget(self._entry(log))

    def show_count(self, count: int) -> None:
        """How many there are in all."""
        self.count.setText(ngettext("共 {count} 次", "共 {count} 次", count).format(count=count))

    def show_open(
        self, file: ClientFile | None, steps: Sequence[ContactLogRow], today: date
    ) -> None:
        """What this person still owes the client."""
        body = self.open_matters.body
        _empty(body)
        body.addWidget(Label(_("本人未办结"), weight=600))
        for step in steps:
            body.addWidget(self._step(step, today))
        for text in [] if file is None else _expiring(file, today):
            body.addWidget(IconLabel("shield-alert", text, "warn"))
        self.open_matters.setVisible(body.count() > 1)

    def quotation(self) -> str:
        """The last conversation as a sentence to go on from; empty if there is none."""
        if not self._logs:
            return ""
        last = self._logs[0]
        text = last.corrections[-1].content if last.corrections else last.content
        return f"上次（{_day(last)}）：{text}"  # chinese: data - it goes into a record

    def logs(self) -> tuple[ContactLogRow, ...]:
        """The conversations shown."""
        return self._logs

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(Label(_("以前的沟通"), weight=600))
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(Label(_("Alt+H 引用"), "text2", "hint"))
        self.entries.setSpacing(8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 14, 14, 14)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addLayout(self.entries)
        whole.addWidget(self.open_matters)
        whole.addStretch(1)

    def _entry(self, log: ContactLogRow) -> QWidget:
        entry = QWidget()
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(IconMark(way_icon(log.way), "accent", 14))
        top.addWidget(Label(f"{_day(log)}  {self._way(log)}", "text", "caption"))
        top.addStretch(1)
        top.addWidget(Label(log.author_name, "text2", "caption"))
        whole = QVBoxLayout(entry)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(1)
        whole.addLayout(top)
        topics = _("、").join(self._book.label(terms.TOPIC, code) for code in log.topics)
        if topics:
            whole.addWidget(Label(topics, "text2", "caption"))
        whole.addWidget(Label(_short(log.content), "text", "caption", wrap=True))
        for correction in log.corrections:
            told = _("更正：{text}").format(text=_short(correction.content))
            whole.addWidget(Label(told, "warn", "caption", wrap=True))
        return entry

    def _way(self, log: ContactLogRow) -> str:
        way = self._book.label(terms.CONTACT_WAY, log.way)
        if not log.minutes:
            return way
        return _("{way} {minutes} 分").format(way=way, minutes=log.minutes)

    def _step(self, step: ContactLogRow, today: date) -> QWidget:
        is_late = step.next_on is not None and step.next_on < today
        what = step.next_note or self._book.label(terms.CONTACT_WAY, step.next_way) or _("再联系")
        text = _("{day} {what}（{agreed} 约定）").format(
            day=f"{step.next_on:%m-%d}", what=what, agreed=_day(step)
        )
        return IconLabel("alarm-clock" if is_late else "clock", text, "crit" if is_late else "warn")


def _day(log: ContactLogRow) -> str:
    return log.contacted_at.astimezone(BRANCH_TIME).strftime("%m-%d")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _expiring(file: ClientFile, today: date) -> list[str]:
    """Risk test and identity document that run out soon, or have."""
    named = (
        (
            file.risk_expires_on,
            file.risk_warning_days,
            _("风险测评 {day} 到期"),
            _("风险测评已过期（{day}）"),
        ),
        (file.id_expires_on, file.id_warning_days, _("证件 {day} 到期"), _("证件已过期（{day}）")),
    )
    found = []
    for day, ahead, soon, over in named:
        if day is not None and day <= today + timedelta(days=ahead):
            found.append((over if day < today else soon).format(day=f"{day:%Y-%m-%d}"))
    return found


def _empty(layout: QVBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
