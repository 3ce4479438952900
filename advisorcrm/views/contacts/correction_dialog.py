"""Correcting a conversation: the original stays, what is right hangs under it, with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from advisorcrm.columns import show_instant
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.contacts.contact_log_numbers import holds_masks, reveal_contact_log
from advisorcrm.services.contacts.contact_log_rows import ContactLogRow
from advisorcrm.services.contacts.new_contact_log import NewContactLog
from advisorcrm.views import theme
from advisorcrm.views.clients.reveal_button import RevealButton
from advisorcrm.views.contacts.contact_entry import new_uuid
from advisorcrm.views.contacts.draft_keeper import DraftContent, DraftKeeper
from advisorcrm.views.contacts.entry_frame import foot_bar
from advisorcrm.views.contacts.phrase_edit import PhraseEdit
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.field import Field, is_typed_out
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level
from advisorcrm.views.widgets.line import Line

FORM = "correction"
_WIDTH_PX = 620
_REVEAL_KEY = "Alt+V"


@dataclass(frozen=True, slots=True)
class Correction:
    """What is corrected and how, as far as it is written."""

    log_id: int
    client_id: int
    client_name: str
    contacted_at: str
    way: str
    original: str
    content: str = ""
    reason: str = ""
    is_masked: bool = False
    uuid: str = field(default_factory=new_uuid)

    def record(self) -> NewContactLog:
        """The entry that hangs under the original."""
        return NewContactLog(
            uuid=self.uuid,
            client_id=self.client_id,
            topics=(),
            contacted_at=datetime.fromisoformat(self.contacted_at),
            way=self.way,
            content=self.content,
            corrects_id=self.log_id,
            correction_reason=self.reason,
        )


def correction_of(log: ContactLogRow) -> Correction:
    """Begin with what is held to be right so far; its numbers are masked."""
    latest = log.corrections[-1].content if log.corrections else log.content
    return Correction(
        log_id=log.id,
        client_id=log.client_id,
        client_name=log.client_name,
        contacted_at=log.contacted_at.isoformat(),
        way=log.way,
        original=log.content,
        content=latest,
        is_masked=holds_masks(log),
    )


def correction_from_draft(content: Mapping[str, Any]) -> Correction:
    """A correction that was put aside."""
    known = {item.name for item in fields(Correction)}
    return Correction(**{name: value for name, value in content.items() if name in known})


class CorrectionDialog(QDialog):
    """``submitted(NewContactLog)``; stays open until the one who writes it says ``accept``."""

    submitted = Signal(object)

    def __init__(
        self, desk: Surroundings, correction: Correction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._correction = correction
        self.setWindowTitle(_("更正沟通记录 – {name}").format(name=correction.client_name))
        self.problem = InlineBar()
        self.original = QPlainTextEdit(correction.original)
        self.original.setReadOnly(True)
        self.reveal = RevealButton(desk, _("完整内容"), key=_REVEAL_KEY)
        if correction.is_masked:
            self.reveal.aim(partial(reveal_contact_log, log_id=correction.log_id))
        self.writing = PhraseEdit(4)
        self.content = Field(_("更正为"), self.writing, required=True)
        self.reason = Field(
            _("更正原因"), QLineEdit(), required=True, hint=_("例如 复听录音，当时听错")
        )
        self.content.set_value(correction.content)
        self.writing.moveCursor(QTextCursor.MoveOperation.End)
        self.reason.set_value(correction.reason)
        self.save_button = primary(_("保存更正"), key="Ctrl+Enter")
        self.cancel_button = plain(_("收起"), key="Esc")
        key = FORM, str(correction.log_id)
        self.drafts = DraftKeeper(desk.jobs, key, desk.clock, self._draft, self)
        self.drafts.start(key, is_kept=bool(correction.reason))
        self._lay_out(show_instant(datetime.fromisoformat(correction.contacted_at)))
        self._connect()
        self.content.focus()

    def correction(self) -> Correction:
        """What is written now."""
        told = asdict(self._correction)
        return Correction(
            **{**told, "content": self.content.value(), "reason": self.reason.value()}
        )

    def submit(self) -> None:
        """Ask for the correction to be kept; an incomplete one is told at its field."""
        if not is_typed_out(self):
            return
        if self.content.value() == self._correction.original:
            self.content.show_message(Level.ERROR, _("与原文相同，没有更正什么。"))
            self.content.focus()
            return
        for part in (self.content, self.reason):
            if not part.check():
                part.focus()
                return
        self.save_button.setEnabled(False)
        self.submitted.emit(self.correction().record())

    def show_problem(self, error: Exception) -> None:
        """The correction was not kept: say why; the text stays."""
        self.save_button.setEnabled(True)
        fields_shown = {"correction_reason": self.reason, "content": self.content}
        if isinstance(error, InvalidFieldError) and error.field in fields_shown:
            told = fields_shown[error.field]
            told.show_message(Level.ERROR, str(error))
            told.focus()
            return
        self.problem.say(Level.ERROR, _("未保存：{reason}").format(reason=error))

    def accept(self) -> None:
        """It was kept."""
        self.drafts.discard()
        super().accept()

    def fold(self) -> None:
        """Put the form aside."""
        self.reject()

    def reject(self) -> None:
        """Esc puts it aside; what was typed stays as a draft."""
        self.drafts.keep()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """As Esc."""
        self.drafts.keep()
        super().closeEvent(event)

    def _lay_out(self, spoken_at: str) -> None:
        self.original.setAccessibleName(_("原文"))
        self.original.setFixedHeight(theme.px(76))
        self.original.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        head = _("{name} · {time} 的沟通").format(name=self._correction.client_name, time=spoken_at)
        body = QVBoxLayout()
        body.setContentsMargins(16, 14, 16, 12)
        body.setSpacing(8)
        body.addWidget(self.problem)
        body.addWidget(Label(head, size="card_title", weight=600))
        said = QHBoxLayout()
        said.addWidget(Label(_("原文"), "text2", "caption"), 1)
        said.addWidget(self.reveal)
        body.addLayout(said)
        for part in (self.original, self.content, self.reason):
            body.addWidget(part)
        remark = _("原文保留；列表和打印时两段都在。")
        if self._correction.is_masked:
            remark += _("带 * 的号码不改动，就按原号码保存。")
        body.addWidget(Label(remark, "text2", "caption", wrap=True))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(body)
        whole.addWidget(Line())
        whole.addWidget(foot_bar((), (self.cancel_button, self.save_button)))
        self.resize(theme.px(_WIDTH_PX), self.sizeHint().height())

    def _connect(self) -> None:
        self.content.changed.connect(self.drafts.touch)
        self.reason.changed.connect(self.drafts.touch)
        self.reveal.shown.connect(self.original.setPlainText)
        self.reveal.masked.connect(self._mask_original)
        QShortcut(QKeySequence(_REVEAL_KEY), self).activated.connect(self.reveal.press)
        self.save_button.clicked.connect(self.submit)
        self.cancel_button.clicked.connect(self.reject)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.save_button.click)

    def _mask_original(self) -> None:
        self.original.setPlainText(self._correction.original)

    def _draft(self) -> DraftContent | None:
        written = self.correction()
        if (written.content, written.reason) == (
            self._correction.content,
            self._correction.reason,
        ):
            return None
        title = _("更正 · {name}").format(name=written.client_name)
        return DraftContent(title, asdict(written))
