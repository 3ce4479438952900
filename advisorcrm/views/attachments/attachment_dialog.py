"""What files are attached as: their kind, a note, the conversation they prove."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm import terms
from advisorcrm.columns import CodeBook, show_instant
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _, ngettext
from advisorcrm.services.contacts.contact_log_rows import ContactLogRow
from advisorcrm.services.files.attachments import AttachedFile, said_size
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_foot import dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.entry_dialog import EntryDialog
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 520
_MOST_NAMED = 4


class AttachmentDialog(EntryDialog):
    """``decided(kind, note, contact_log_id or None)``; stays open until the files are kept."""

    decided = Signal(str, str, object)

    def __init__(
        self, files: Sequence[AttachedFile], book: CodeBook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.files = tuple(files)
        self._book = book
        self.setWindowTitle(_("添加附件"))
        self.setMinimumWidth(_WIDE_PX)
        kinds = [
            (code, book.label(terms.ATTACHMENT_KIND, code))
            for code in book.codes(terms.ATTACHMENT_KIND)
        ]
        self.kind = Field(_("类别"), ComboBox(kinds, empty=_("请选择")), required=True)
        self.log = Field(_("所证沟通"), ComboBox([], empty=_("不是沟通的凭据")))
        self.note = Field(_("说明"), QLineEdit(), hint=_("如 页数、签署日期"))
        self.bar = InlineBar()
        self.button = primary(_("添加"), key="Ctrl+Enter")
        self.button.clicked.connect(self.submit)
        self._lay_out()
        self.kind.focus()

    def offer_logs(self, logs: Sequence[ContactLogRow]) -> None:
        """Offer the last conversations, of which a file may be the proof."""
        box = self.log.editor
        if isinstance(box, ComboBox):
            box.set_choices(
                [(str(log.id), self._said_log(log)) for log in logs], empty=_("不是沟通的凭据")
            )

    def submit(self) -> None:
        """Ask for the files to be kept."""
        if self.kind.check():
            self.button.setEnabled(False)
            log = self.log.value()
            self.decided.emit(self.kind.value(), self.note.value(), int(log) if log else None)

    def accept_answer(self, _answer: object) -> None:
        """The files are kept."""
        self.accept()

    def show_problem(self, error: Exception) -> None:
        """Why it was refused, where it belongs."""
        self.button.setEnabled(True)
        fields = {"kind": self.kind, "note": self.note, "contact_log_id": self.log}
        if isinstance(error, InvalidFieldError) and error.field in fields:
            fields[error.field].show_message(Level.ERROR, error.reason)
        else:
            self.bar.say(Level.ERROR, str(error))

    def _said_log(self, log: ContactLogRow) -> str:
        way = self._book.label(terms.CONTACT_WAY, log.way)
        topics = "、".join(self._book.label(terms.TOPIC, topic) for topic in log.topics)
        return f"{show_instant(log.contacted_at)} {way} {topics}".strip()

    def _lay_out(self) -> None:
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "file-text", _("加密存放在数据库里")))
        for file in self.files[:_MOST_NAMED]:
            said = f"{file.file_name} · {said_size(len(file.content))}"
            whole.addWidget(IconLabel("file-text", said, "text", size="body"))
        rest = len(self.files) - _MOST_NAMED
        if rest > 0:
            more = ngettext("另有 {count} 份", "另有 {count} 份", rest).format(count=rest)
            whole.addWidget(Label(more, "text2", "caption"))
        for field in (self.kind, self.log, self.note):
            whole.addWidget(field)
        whole.addWidget(self.bar)
        whole.addStretch(1)
        whole.addLayout(dialog_foot(self, self.button))
