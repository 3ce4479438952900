"""A kindness to one client: draft from a template, the way, and what is kept of it (R113, R244)."""

from __future__ import annotations

import uuid
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.care.care_records import NewCareRecord
from advisorcrm.services.care.greeting_batches import CHANNELS
from advisorcrm.services.care.greetings import TemplateRow, draft_greeting, list_templates
from advisorcrm.services.consents.may_send import SendAnswer, may_send
from advisorcrm.terms import CareKind, CareWay, Purpose
from advisorcrm.views import messages, theme
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import primary, quiet
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_foot import dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.entry_dialog import EntryDialog
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

_WIDE_PX, _WORDS_PX = 600, 130


class CareDialog(EntryDialog):
    """``submitted(NewCareRecord)``; open until it is stored."""

    submitted = Signal(object)

    def __init__(
        self,
        around: Surroundings,
        client: tuple[int, str],
        kind: CareKind = CareKind.BIRTHDAY,
        occasion: tuple[str, date | None] = ("", None),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._around = around
        self.client_id = client[0]
        self._occasion_on = occasion[1]
        self._uuid = str(uuid.uuid4())
        self._templates: list[TemplateRow] = []
        self.setWindowTitle(_("记关怀 – {name}").format(name=client[1]))
        self.kind = Field(_("关怀"), ComboBox([(one.value, one.label) for one in CareKind]))
        self.occasion = Field(_("事由"), QLineEdit(), hint=_("如 生日、中秋；可空"))
        self.way = Field(_("方式"), ComboBox([(one.value, one.label) for one in CareWay]))
        self.template = Field(_("问候模板"), ComboBox([], empty=_("不用模板")))
        self.words = Field(_("内容"), QPlainTextEdit(), required=True)
        self.copy = quiet(_("复制内容"), icon="copy")
        self.bar = InlineBar()
        self.button = primary(_("已问候，记下"), key="Ctrl+Enter")
        self._lay_out()
        self.kind.set_value(kind.value)
        self.occasion.set_value(occasion[0])
        self.way.set_value(CareWay.PHONE.value)
        self._connect()
        self._read_templates()
        self._ask_way()

    def submit(self) -> None:
        """Give what was done; without words nothing is kept."""
        if not self.words.check():
            self.words.focus()
            return
        self.button.setEnabled(False)
        self.submitted.emit(
            NewCareRecord(
                self._uuid,
                self.client_id,
                CareKind(self.kind.value()),
                CareWay(self.way.value()),
                self.words.value(),
                self._around.now(),
                self.occasion.value(),
                self._occasion_on,
            )
        )

    def accept_answer(self, _answer: object) -> None:
        """It is stored."""
        self.accept()

    def show_problem(self, error: Exception) -> None:
        """Nothing was stored: say why."""
        self.button.setEnabled(True)
        if isinstance(error, InvalidFieldError) and error.field == "content":
            self.words.show_message(Level.ERROR, error.reason)
            self.words.focus()
        elif isinstance(error, InvalidFieldError):
            self.bar.say(Level.ERROR, error.reason)
        else:
            messages.show_problem(error, self)

    def _read_templates(self) -> None:
        read = partial(list_templates, kind=CareKind(self.kind.value()))
        self._around.jobs.read(read, then=self._offer)

    def _offer(self, rows: list[TemplateRow]) -> None:
        self._templates = rows
        box = self.template.editor
        if isinstance(box, ComboBox):
            box.set_choices([(str(row.id), row.name) for row in rows], empty=_("不用模板"))
        self.template.setVisible(bool(rows))
        if rows and not self.words.value():
            self.template.set_value(str(rows[0].id))
            self._draft()

    def _draft(self) -> None:
        """Words of the chosen template, to be read over and changed."""
        chosen = self.template.value()
        if chosen:
            read = partial(
                draft_greeting,
                client_id=self.client_id,
                template_id=int(chosen),
                occasion=self.occasion.value(),
                on=self._occasion_on,
            )
            self._around.jobs.read(read, then=self.words.set_value)

    def _ask_way(self) -> None:
        """Whether this may go out that way now; what was said in person is not asked."""
        channel = CHANNELS.get(CareWay(self.way.value()))
        if channel is None:
            self.way.clear_message()
            return
        read = partial(
            may_send,
            client_id=self.client_id,
            channel=channel,
            purpose=Purpose.CARE,
            now=self._around.now(),
        )
        self._around.jobs.read(read, then=self._say_way)

    def _say_way(self, answer: SendAnswer) -> None:
        self.way.show_message(Level.OK if answer.may else Level.WARN, answer.reason)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words.value())

    def _connect(self) -> None:
        self.button.clicked.connect(self.submit)
        self.copy.clicked.connect(self._copy)
        self.kind.changed.connect(self._read_templates)
        self.template.changed.connect(self._draft)
        self.way.changed.connect(self._ask_way)

    def _lay_out(self) -> None:
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "heart", _("发出或说过以后再记")))
        whole.addWidget(self.bar)
        for pair in ((self.kind, self.occasion), (self.way, self.template)):
            row = QHBoxLayout()
            row.setSpacing(16)
            for field in pair:
                row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            whole.addLayout(row)
        self.words.editor.setFixedHeight(theme.px(_WORDS_PX))
        whole.addWidget(self.words)
        line = QHBoxLayout()
        line.addWidget(self.copy)
        line.addStretch(1)
        whole.addLayout(line)
        whole.addStretch(1)
        whole.addLayout(dialog_foot(self, self.button))
        self.setMinimumWidth(theme.px(_WIDE_PX))
