"""A prospect becomes a client: only the account is asked, then what is missing (R11)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from advisorcrm.errors import InvalidFieldError, UserError
from advisorcrm.i18n import _
from advisorcrm.services.clients.prospects import convert_prospect
from advisorcrm.services.files.client_files import ClientFile, open_client_file
from advisorcrm.terms import ClientStage
from advisorcrm.views import messages
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.dialog_foot import answer_by_key
from advisorcrm.views.widgets.dialog_head import dialog_column
from advisorcrm.views.widgets.dialog_room import grow
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 460
_MOST_NAMED = 6


class ProspectDialog(QDialog):
    """``converted(client_id, first gap)``; the file keeps everything it had."""

    converted = Signal(int, str)

    def __init__(self, around: Surroundings, client_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._client_id = client_id
        self._gap = ""
        self.setWindowTitle(_("转为正式客户"))
        self.who = Label("", weight=600)
        self.account = Field(_("资金账号"), QLineEdit(), required=True)
        self.missing = Label("", "text2", "caption", wrap=True)
        self.bar = InlineBar()
        self.go = primary(_("转为正式客户"), key="⏎")
        answer_by_key(self, self.go)
        self.go.clicked.connect(self.submit)
        self._lay_out()
        work = partial(open_client_file, client_id=client_id, today=around.today())
        around.jobs.read(work, then=self._show)

    def submit(self) -> None:
        """Make the prospect a client."""
        if not self.account.check():
            self.account.focus()
            return
        self.go.setEnabled(False)
        self._around.jobs.write(
            partial(
                convert_prospect, client_id=self._client_id, account=self.account.value(),
                changes={}, now=self._around.now(),
            ),
            then=self._finish,
            failed=self.show_problem,
        )  # fmt: skip

    def show_problem(self, error: Exception) -> None:
        """Nothing was changed: say why."""
        self.go.setEnabled(True)
        if isinstance(error, InvalidFieldError) and error.field == "account":
            self.account.show_message(Level.ERROR, error.reason)
            self.account.focus()
        elif isinstance(error, UserError):
            self.bar.say(Level.ERROR, str(error))
        else:
            messages.show_problem(error, self)

    def _show(self, file: ClientFile) -> None:
        self.who.setText(file.name)
        if file.stage is not ClientStage.PROSPECT:
            self.bar.say(Level.INFO, _("这位已是正式客户。"))
            grow(self)
            self.go.setEnabled(False)
            return
        gaps = [gap for gap in file.missing if gap.name != "account"]
        if gaps:
            self._gap = gaps[0].name
            named = _("、").join(gap.label for gap in gaps[:_MOST_NAMED])
            said = _("还缺：{fields}。保存后跳到第一项，已有资料和记录都保留。")
            self.missing.setText(said.format(fields=named))
            grow(self)

    def _finish(self, _version: int) -> None:
        self.accept()
        self.converted.emit(self._client_id, self._gap)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconMark("user-check", "accent", 18))
        head.addWidget(Label(self.windowTitle(), size="subtitle", weight=600))
        head.addWidget(self.who, 1)
        cancel = plain(_("取消"), key="Esc")
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        whole = dialog_column(self)
        whole.addLayout(head)
        for part in (self.bar, self.account, self.missing):
            whole.addWidget(part)
        whole.addStretch(1)
        whole.addLayout(foot)
        self.setMinimumWidth(_WIDE_PX)
