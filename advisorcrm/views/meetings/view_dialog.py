"""Asks for the branch's view of a stock or report, and whether it is to be pushed (R23, R24)."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import PlainMoment
from advisorcrm.services.meetings.company_views import NewCompanyView
from advisorcrm.services.meetings.meetings import Minutes
from advisorcrm.terms import Stance
from advisorcrm.views import messages, theme
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.tasks.day_field import DayField
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_foot import dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.entry_dialog import EntryDialog
from advisorcrm.views.widgets.field import Field, show_at_field
from advisorcrm.views.widgets.fixed_size import FixedSize
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

_WIDE_PX, _POINTS_PX, _CODE_PX = 580, 80, 130


class ViewDialog(EntryDialog):
    """``submitted(NewCompanyView)``; open until it is stored or given up."""

    submitted = Signal(object)

    def __init__(
        self, around: Surroundings, minutes: Minutes, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._uuid = str(uuid.uuid4())
        self.setWindowTitle(_("统一观点"))
        self.code = Field(_("代码"), QLineEdit(), hint=_("可空"))
        self.subject = Field(_("股票或报告"), QLineEdit(), required=True)
        stances = [(stance.value, stance.label) for stance in Stance]
        self.stance = Field(_("观点"), ComboBox(stances, empty=_("请选择")), required=True)
        self.push = CheckBox(_("重点推送"))
        self.until = DayField(_("有效至"), around.now)
        line = QLineEdit()
        line.setPlaceholderText(_("客户服务管理系统、公司OA系统、短信平台"))
        self.source = Field(_("来源"), line, hint=_("可空"))
        self.points = Field(_("要点"), QPlainTextEdit(), hint=_("可空"))
        self.bar = InlineBar()
        self.button = primary(_("保存"), key="Ctrl+Enter")
        self.button.clicked.connect(self.submit)
        self.until.show_moment(PlainMoment(minutes.held_on))
        self._lay_out()
        self.code.focus()

    def submit(self) -> None:
        """Give what was entered; the first wrong field is told."""
        fields = (self.subject, self.stance, self.until.field)
        wrong = [field for field in fields if not field.check()]
        until = self.until.moment()
        if wrong or until is None:
            (wrong or [self.until.field])[0].focus()
            return
        self.button.setEnabled(False)
        self.submitted.emit(
            NewCompanyView(
                self._uuid,
                self.subject.value(),
                Stance(self.stance.value()),
                self._minutes.held_on,
                until.on,
                self.code.value(),
                self.push.isChecked(),
                self.source.value(),
                self.points.value(),
                self._minutes.id,
            )
        )

    def accept_answer(self, _answer: object) -> None:
        """It is stored."""
        self.accept()

    def show_problem(self, error: Exception) -> None:
        """Nothing was stored: say why, where it belongs."""
        self.button.setEnabled(True)
        fields = {"subject": self.subject, "stance": self.stance,
                  "holds_until_on": self.until.field, "points": self.points}  # fmt: skip
        if show_at_field(error, fields):
            return
        if isinstance(error, InvalidFieldError):
            self.bar.say(Level.ERROR, error.reason)
        else:
            messages.show_problem(error, self)

    def _lay_out(self) -> None:
        whole = dialog_column(self)
        remark = f"{self._minutes.held_on.isoformat()} {self._minutes.kind.label}"
        whole.addLayout(dialog_head(self, "scale", remark))
        whole.addWidget(self.bar)
        what = QHBoxLayout()
        what.setSpacing(10)
        self.code.setFixedWidth(theme.px(_CODE_PX))
        what.addWidget(self.code)
        what.addWidget(self.subject, 1)
        whole.addLayout(what)
        view = QHBoxLayout()
        view.setSpacing(16)
        view.addWidget(self.stance, 1)
        FixedSize(self.push, height=theme.CONTROL_PX)  # on one line with the field beside it
        view.addWidget(self.push, 0, Qt.AlignmentFlag.AlignBottom)
        whole.addLayout(view)
        whole.addWidget(self.until)
        whole.addWidget(self.source)
        self.points.editor.setFixedHeight(theme.px(_POINTS_PX))
        whole.addWidget(self.points)
        whole.addStretch(1)
        whole.addLayout(dialog_foot(self, self.button))
        self.setMinimumWidth(theme.px(_WIDE_PX))
