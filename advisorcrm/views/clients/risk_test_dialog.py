"""The suitability tests of one client and a new one (2.4)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import Direction
from advisorcrm.services.access import Right
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.services.suitability.risk_tests import (
    NewRiskTest,
    RiskTestRow,
    months_later,
    said_too_long,
)
from advisorcrm.terms import InvestorKind, RiskLevel
from advisorcrm.views.clients.evidence_field import EvidenceField
from advisorcrm.views.clients.field_grid import FieldGrid
from advisorcrm.views.clients.file_values import day_reader
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_cells import Look
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.date_line import DateLine
from advisorcrm.views.widgets.dialog_foot import asking_close_button
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.dialog_room import open_large
from advisorcrm.views.widgets.field import Field, Verdict, show_at_field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

_SIZE = (860, 560)


class RiskTestDialog(QDialog):
    """``entered(NewRiskTest)``; the page stores it and shows the ledger again."""

    entered = Signal(object)

    def __init__(
        self, around: Surroundings, file: ClientFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._client_id = file.id
        self._uuid = str(uuid.uuid4())
        self._may_edit = around.may(Right.EDIT_CLIENTS)
        self.setWindowTitle(_("风险测评 – {name}").format(name=file.name))
        self.bar = InlineBar()
        self.model = RecordTableModel(RiskTestRow, looks={"level": Look(text=_level)})
        self.table = RecordTable(self.model, _("测评记录"))
        self._make_entry()
        self.save = primary(_("新增测评"), key="Ctrl+Enter")
        self.save.clicked.connect(self.submit)
        self._lay_out()
        open_large(self, *_SIZE)
        if self._may_edit:
            self.tested.focus()

    def show_tests(self, rows: Sequence[RiskTestRow]) -> None:
        """The whole ledger; a stored test makes room for the next."""
        self.model.show_rows(rows)
        if not self.save.isEnabled():
            self._begin_anew()
        self.bar.hide()

    def submit(self) -> None:
        """Ask for the test to be stored, if everything is right."""
        if not self._may_edit:
            return
        wrong = [field for field in (self.tested, self.level, self.score) if not field.check()]
        if wrong:
            wrong[0].focus()
            return
        score = self.score.value()
        self.save.setEnabled(False)
        self.entered.emit(
            NewRiskTest(
                uuid=self._uuid,
                client_id=self._client_id,
                tested_on=_day_of(self.tested) or self._around.today(),
                level=RiskLevel(self.level.value()),
                score=int(score) if score else None,
                expires_on=_day_of(self.expires),
                is_lowest=self.lowest.isChecked(),
                investor_kind=InvestorKind(self.kind.value()),
                questionnaire=self.questionnaire.value(),
                tester=self.tester.value(),
                attachment_id=self.evidence.attachment_id(),
            )
        )

    def show_problem(self, error: Exception) -> None:
        """The test was refused: say it at its field, and stay."""
        self.save.setEnabled(True)
        if not show_at_field(error, self._fields):
            self.bar.say(Level.ERROR, str(error))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+Enter stores; Enter goes on to the next field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.save.click()
            else:
                self.focusNextChild()
            return
        super().keyPressEvent(event)

    def _begin_anew(self) -> None:
        """What was entered stands in the ledger: the next test has nothing of it."""
        self._uuid = str(uuid.uuid4())
        for field in (self.level, self.score, self.expires):
            field.set_value("")
            field.clear_message()
        for field in (self.tested, self.questionnaire, self.tester):
            field.mark_kept()  # they may stand for the next test too
        self.lowest.setChecked(False)
        self.evidence.clear()
        self.save.setEnabled(True)
        self.tested.focus()

    def _make_entry(self) -> None:
        clock = self._around.clock
        self.tested = Field(
            _("测评日期"), DateLine(day_reader("tested_on", clock, Direction.PAST)), required=True,
            judge=self._judge_tested,
        )  # fmt: skip
        self.level = Field(
            _("风险等级"),
            ComboBox([(level.value, level.label) for level in RiskLevel], empty=_("请选择")),
            required=True,
        )
        self.score = Field(_("得分"), QLineEdit(), hint=_("可空"), judge=_judge_score)
        self.expires = Field(
            _("到期日期"), DateLine(day_reader("expires_on", clock, Direction.FUTURE)),
            hint=_("空着按规定推算"), judge=self._judge_expires,
        )  # fmt: skip
        self.kind = Field(
            _("投资者类别"), ComboBox([(kind.value, kind.label) for kind in InvestorKind])
        )
        self.questionnaire = Field(_("问卷"), QLineEdit(), hint=_("名称与版本"))
        self.tester = Field(_("测评人"), QLineEdit())
        self.evidence = EvidenceField()
        self.lowest = CheckBox(_("最低风险承受类别（只限 C1，只能匹配 R1）"))
        self.tested.set_value(self._around.today().isoformat())
        self.tester.set_value(self._around.actor.name)
        self._fields = {
            "tested_on": self.tested,
            "level": self.level,
            "score": self.score,
            "expires_on": self.expires,
            "is_lowest": self.level,
            "attachment_id": self.evidence,
        }

    def _judge_tested(self, _text: str) -> Verdict | None:
        on = _day_of(self.tested)
        if on is None:
            return Verdict(Level.ERROR, _("日期不能晚于今天。"))
        until = months_later(on, self._around.settings.risk_test_months)
        return Verdict(Level.OK, _("有效至 {date}").format(date=until.isoformat()))

    def _judge_expires(self, _text: str) -> Verdict | None:
        on, until = _day_of(self.tested), _day_of(self.expires)
        if on is None or until is None:
            return None
        said = said_too_long(on, until, self._around.settings.risk_test_months)
        return Verdict(Level.ERROR, said) if said else None

    def _lay_out(self) -> None:
        head = dialog_head(self, "shield-check", _("过期或没有测评，一律不视为匹配"))
        ledger = Card(_("测评记录"), margins=(0, 0, 0, 0))
        ledger.add(self.table, 1)
        close = asking_close_button(self)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        whole = dialog_column(self)
        whole.addLayout(head)
        whole.addWidget(self.bar)
        whole.addWidget(ledger, 1)
        if self._may_edit:
            whole.addWidget(self._entry_card())
            foot.addWidget(self.save)
        whole.addLayout(foot)

    def _entry_card(self) -> Card:
        card = Card(_("新增测评"))
        grid = FieldGrid()
        for field in (self.tested, self.level, self.score, self.expires, self.kind,
                      self.questionnaire, self.tester, self.evidence):  # fmt: skip
            grid.add(field)
        card.add(grid)
        card.add(self.lowest)
        return card


def _day_of(field: Field) -> date | None:
    editor = field.editor
    return editor.day() if isinstance(editor, DateLine) else None


def _judge_score(text: str) -> Verdict | None:
    if text and not (text.isascii() and text.isdigit()):
        return Verdict(Level.ERROR, _("得分请填整数。"))
    return None


def _level(row: RiskTestRow) -> str:
    return _("{level} 最低类别").format(level=row.level.value) if row.is_lowest else row.level.label
