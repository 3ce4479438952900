"""Asks which tags the chosen clients get and lose."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _, ngettext
from advisorcrm.services.clients.client_tags import Tagging
from advisorcrm.views import messages
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.dialog_foot import answer_by_key
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 460


class TagDialog(QDialog):
    """``submitted(tagging)`` when something was chosen; it stays open until that is stored."""

    submitted = Signal(object)

    def __init__(self, count: int, book: CodeBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        said = ngettext("给 {count} 户打标签", "给 {count} 户打标签", count)
        self.setWindowTitle(said.format(count=f"{count:,}"))
        codes = [(code, book.label(terms.TAG, code)) for code in book.codes(terms.TAG)]
        self.add = {code: Chip(label) for code, label in codes}
        self.remove = {code: Chip(label) for code, label in codes}
        for code, chip in self.add.items():
            chip.toggled.connect(self.remove[code].setDisabled)
        for code, chip in self.remove.items():
            chip.toggled.connect(self.add[code].setDisabled)
        self.reason = Field(_("原因"), QLineEdit(), hint=_("可空"))
        self.bar = InlineBar()
        self.go = primary(_("打标签"), key="⏎")
        answer_by_key(self, self.go)
        self.go.clicked.connect(self.submit)
        self._lay_out()
        for chip in [*self.add.values()][:1]:
            chip.setFocus()  # else Qt begins at the default button

    def submit(self) -> None:
        """Give the choice to the page."""
        add = tuple(code for code, chip in self.add.items() if chip.isChecked())
        remove = tuple(code for code, chip in self.remove.items() if chip.isChecked())
        if not add and not remove:
            self.bar.say(Level.ERROR, _("请选标签。"))
            return
        self.go.setEnabled(False)
        self.submitted.emit(Tagging(add, remove, self.reason.value()))

    def show_problem(self, error: Exception) -> None:
        """Nothing was stored: say why."""
        self.go.setEnabled(True)
        if isinstance(error, InvalidFieldError):
            self.bar.say(Level.ERROR, error.reason)
        else:
            messages.show_problem(error, self)

    def _lay_out(self) -> None:
        head = dialog_head(self, "tag")
        cancel = plain(_("取消"), key="Esc")
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        whole = dialog_column(self)
        whole.addLayout(head)
        whole.addWidget(self.bar)
        for title, chips in ((_("加上"), self.add), (_("去掉"), self.remove)):
            whole.addWidget(Label(title, "text2", "caption"))
            area = QWidget()
            flow = FlowLayout(area)
            for chip in chips.values():
                chip.setAccessibleName(f"{title} {chip.text()}")
                flow.addWidget(chip)
            whole.addWidget(area)
        whole.addWidget(self.reason)
        whole.addStretch(1)
        whole.addLayout(foot)
        self.setMinimumWidth(_WIDE_PX)
