"""The preview beside the list: key facts, the last two conversations, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.columns import Form, show_number
from advisorcrm.i18n import _, ngettext, pgettext
from advisorcrm.rules.masking import mask_name
from advisorcrm.rules.missing_fields import MissingField
from advisorcrm.services.access import Right
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter, ContactLogRow
from advisorcrm.services.contacts.contact_logs import list_contact_logs
from advisorcrm.services.files.client_files import ClientFile, open_client_file
from advisorcrm.services.files.client_points import reveal_point
from advisorcrm.terms import PointKind
from advisorcrm.views.clients.client_badges import badges_of
from advisorcrm.views.clients.client_looks import overdue_tone
from advisorcrm.views.clients.fact_row import FactRow
from advisorcrm.views.clients.recent_log import RecentLog
from advisorcrm.views.clients.reveal_button import RevealButton
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.button_row import ButtonRow
from advisorcrm.views.widgets.buttons import plain, quiet
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line

LOGS = 2
MOST_MISSING = 6
_FILE, _LOGS = "clients.preview", "clients.preview.logs"


class ClientPreview(QFrame):
    """``opened(id)``, ``log_wanted(id)``, ``gap_wanted(id, field)`` by its buttons."""

    opened = Signal(int)
    log_wanted = Signal(int)
    gap_wanted = Signal(int, str)
    closed = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self.client_id = -1
        self._is_private = False
        self.file: ClientFile | None = None
        self.setProperty("zone", "card")
        self.name = Label("", size="card_title", weight=600)
        self.badges = FlowLayout(gap=5)
        self.facts = {key: FactRow(label) for key, label in _labels().items()}
        self.phone = RevealButton(around, _("手机号码"), small=True)
        self.phone.shown.connect(self._show_number)
        self.phone.masked.connect(self.reload)
        self.logs = QVBoxLayout()
        self.gaps = QVBoxLayout()
        self.gaps_title = Label("", weight=600)
        self._foot = ButtonRow()
        self._lay_out()
        self.show_client(-1)

    def show_client(self, client_id: int) -> None:
        """Read another client; -1 shows nobody."""
        self.phone.hide_again()
        self.client_id = client_id
        self._content.setVisible(client_id >= 0)
        self._foot.setVisible(client_id >= 0)
        if client_id < 0:
            self.file = None
            self.name.setText(_("未选客户"))
            return
        self.reload()

    def reload(self) -> None:
        """Read the client again."""
        if self.client_id < 0 or not self.isVisible():
            return
        around = self._around
        work = partial(open_client_file, client_id=self.client_id, today=around.today())
        around.jobs.read(work, then=self._show_file, failed=self._forget, key=_FILE)
        logs = partial(
            list_contact_logs, query=ContactLogFilter(client_id=self.client_id), limit=LOGS
        )
        around.jobs.read(logs, then=self._show_logs, key=_LOGS)

    def hold(self) -> None:
        """Leave the reader to the list that is being typed for; another client is shown soon."""
        self._around.jobs.drop(_FILE)
        self._around.jobs.drop(_LOGS)

    def set_private(self, *, is_private: bool) -> None:
        """Mask the name too (F9)."""
        self._is_private = is_private
        if self.file is not None:
            self._show_name(self.file)

    def reveal(self) -> None:
        """Show the preferred telephone in full, with a reason (V)."""
        if self.isVisible():
            self.phone.press()

    def _show_file(self, file: ClientFile) -> None:
        self.file = file
        self._show_name(file)
        self._show_badges(file)
        self._show_phone(file)
        tone = overdue_tone(file.days_since, file.contact_every_days)
        agreed = file.contact_every_days
        book = self._around.book
        self.facts["account"].show_value(file.account)
        self.facts["agreed"].show_value(show_number(agreed, Form.DAYS) if agreed else "")
        self.facts["since"].show_value(_since(file), tone)
        self.facts["preference"].show_value(file.investment_preference)
        self.facts["habit"].show_value(book.label(terms.TRADING_HABIT, file.trading_habit))
        self.facts["service"].show_value(book.label(terms.SERVICE_NEED, file.service_need))
        self._show_gaps(file.missing)

    def _show_name(self, file: ClientFile) -> None:
        self.name.setText(mask_name(file.name) if self._is_private else file.name)

    def _forget(self, _error: Exception) -> None:
        """The client is gone or no longer to be seen."""
        self.show_client(-1)

    def _show_badges(self, file: ClientFile) -> None:
        empty_layout(self.badges)
        for look in badges_of(file, self._around.book, self._around.today()):
            self.badges.addWidget(Badge(look.text, look.kind, look.icon))

    def _show_phone(self, file: ClientFile) -> None:
        found = next((point for point in file.points if point.kind is PointKind.MOBILE), None)
        self.phone.aim(partial(reveal_point, point_id=found.id) if found else None)
        if not self.phone.is_revealed():
            self.facts["mobile"].show_value(found.masked if found else "")

    def _show_number(self, number: str) -> None:
        self.facts["mobile"].show_value(number)

    def _show_logs(self, logs: Sequence[ContactLogRow]) -> None:
        empty_layout(self.logs)
        for log in logs:
            self.logs.addWidget(RecentLog(log, self._around.book, icon=False))
        if not logs:
            self.logs.addWidget(Label(_("还没有沟通"), "text3", "caption"))

    def _show_gaps(self, missing: Sequence[MissingField]) -> None:
        empty_layout(self.gaps)
        count = len(missing)
        self.gaps_title.setText(
            ngettext("待补 {count} 项", "待补 {count} 项", count).format(count=count)
            if missing
            else _("档案齐全")
        )
        for gap in missing[:MOST_MISSING]:
            self.gaps.addWidget(self._gap_line(gap))
        if count > MOST_MISSING:
            rest = _("还有 {count} 项").format(count=count - MOST_MISSING)
            self.gaps.addWidget(Label(rest, "text3", "caption"))

    def _gap_line(self, gap: MissingField) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(IconMark("circle", "warn", 13))
        told = f"{gap.label} · {gap.reason}" if gap.is_doubt else gap.label
        row.addWidget(Label(told, size="caption"), 1)
        if self._around.may(Right.EDIT_CLIENTS):
            button = quiet(_("去补"))
            button.setAccessibleName(_("去补 {field}").format(field=gap.label))
            button.clicked.connect(partial(self._want_gap, gap.name))
            row.addWidget(button)
        return line

    def _want_gap(self, field: str, _checked: object = None) -> None:
        self.gap_wanted.emit(self.client_id, field)

    def _want_log(self) -> None:
        self.log_wanted.emit(self.client_id)

    def _open(self) -> None:
        self.opened.emit(self.client_id)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addWidget(self._head())
        whole.addWidget(Line(parent=self))
        inside = QWidget()
        self._content = self._scrolled(inside)
        whole.addWidget(self._content, 1)
        self._fill(inside)
        whole.addStretch(0)
        whole.addWidget(self._make_foot())

    def _head(self) -> QWidget:
        head = QWidget(self)
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(self.name, 1)
        row.addWidget(Label(_("预览 {key}").format(key="F4"), "text3", "caption"))
        return head

    def _scrolled(self, inside: QWidget) -> QScrollArea:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.setProperty("zone", "page")
        area.setWidget(inside)
        return area

    def _fill(self, inside: QWidget) -> None:
        """After the place has its parents: with each new one Qt dresses all in it again."""
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addLayout(self.badges)
        for fact in self.facts.values():
            column.addWidget(fact)
        self.facts["mobile"].add_beside(self.phone)
        for title, layout in ((Label(pgettext("section", "最近沟通"), weight=600), self.logs),
                              (self.gaps_title, self.gaps)):  # fmt: skip
            column.addWidget(Line())
            column.addWidget(title)
            layout.setSpacing(0 if layout is self.gaps else 6)
            column.addLayout(layout)
        column.addStretch(1)

    def _make_foot(self) -> QWidget:
        open_button = plain(_("打开客户页"), icon="panel-right", key="⏎")
        open_button.clicked.connect(self._open)
        self._foot.add(open_button)
        if self._around.may(Right.LOG_CONTACTS):
            log_button = plain(_("记沟通"), icon="plus", key="N")
            log_button.clicked.connect(self._want_log)
            self._foot.add(log_button)
        foot = QWidget(self)
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 6, 12, 10)
        row.addWidget(self._foot, 1, Qt.AlignmentFlag.AlignLeft)
        return foot


def _labels() -> dict[str, str]:
    return {
        "mobile": _("手机"),
        "account": _("资金账号"),
        "agreed": _("约定联系频率"),
        "since": _("距上次沟通"),
        "preference": _("投资偏好"),
        "habit": _("交易习惯"),
        "service": _("服务需求"),
    }


def _since(file: ClientFile) -> str:
    return _("从未") if file.days_since is None else show_number(file.days_since, Form.DAYS)
