"""The library of scripts: read by every caller, extended by them, led by the manager (R243)."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.callback_scripts import PLACES
from advisorcrm.services.access import Right
from advisorcrm.services.callbacks.callback_scripts import (
    NewScript,
    ScriptRow,
    add_script,
    change_script,
    list_scripts,
    retire_script,
)
from advisorcrm.terms import ScriptPart
from advisorcrm.views import theme
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_foot import close_button
from advisorcrm.views.widgets.dialog_head import dialog_head
from advisorcrm.views.widgets.dialog_room import open_large
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

_SIZE = (1080, 600)
_EDIT_PX = 360


class ScriptsDialog(QDialog):
    """Choose a passage to read or change it, or write another one."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("回访话术库"))
        self._around = around
        self._script_id: int | None = None
        self.rows: list[ScriptRow] = []
        self.model = RecordTableModel(
            ScriptRow, book=around.book, columns=("part", "kind", "title", "is_retired")
        )
        self.table = RecordTable(self.model, _("话术"))
        self.retired = CheckBox(_("含已停用的"))
        book = around.book
        kinds = [(code, book.label(terms.CALLBACK_KIND, code))
                 for code in book.codes(terms.CALLBACK_KIND)]  # fmt: skip
        words = QPlainTextEdit()
        words.setTabChangesFocus(True)
        self.fields = {
            "part": Field(_("环节"), ComboBox([(p.value, p.label) for p in ScriptPart])),
            "kind": Field(_("回访类型"), ComboBox(kinds, empty=_("各类回访"))),
            "title": Field(_("标题"), QLineEdit(), required=True),
            "words": Field(_("话术"), words, required=True),
        }
        self.said = InlineBar()
        self.new_button = plain(_("写一段新的"), icon="plus")
        self.save_button = primary(_("保存"), key="Ctrl+Enter")
        self.save_button.setShortcut("Ctrl+Return")
        self.retire_button = plain(_("停用"), icon="x")
        self._lay_out()
        self._connect()
        self.begin()
        around.jobs.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Read the library again."""
        work = partial(list_scripts, also_retired=self.retired.isChecked())
        self._around.jobs.read(work, then=self._show_rows, key=("scripts", id(self)))

    def begin(self) -> None:
        """An empty form for another passage."""
        self._script_id = None
        self.fields["title"].set_value("")
        self.fields["words"].set_value("")
        self.fields["title"].focus()
        self._show_buttons(None)

    def save(self) -> None:
        """Keep the passage."""
        checked = [field.check() for field in self.fields.values()]
        if not all(checked):
            return
        value = {name: field.value() for name, field in self.fields.items()}
        new = NewScript(
            ScriptPart(value["part"]), value["title"], value["words"], value["kind"] or None
        )
        work: Any = partial(add_script, new=new)
        if self._script_id is not None:
            work = partial(change_script, script_id=self._script_id, new=new)
        self.save_button.setEnabled(False)
        self._around.jobs.write(work, then=self._saved, failed=self._refuse)

    def retire(self) -> None:
        """Offer the passage no longer, or again."""
        row = self._row()
        if row is not None:
            work = partial(retire_script, script_id=row.id, is_retired=not row.is_retired)
            self._around.jobs.write(work, failed=self._refuse)

    def _show_rows(self, rows: list[ScriptRow]) -> None:
        self.rows = rows
        self.model.show_rows(rows)
        row = self._row()
        self._show_buttons(row)

    def _choose(self, line: int) -> None:
        if not 0 <= line < len(self.rows):
            return
        key = self.table.current_id()
        row = next((row for row in self.rows if row.id == key), None)
        if row is None:
            return
        self._script_id = row.id
        self.fields["part"].set_value(row.part.value)
        self.fields["kind"].set_value(row.kind or "")
        self.fields["title"].set_value(row.title)
        self.fields["words"].set_value(row.words)
        self._show_buttons(row)

    def _row(self) -> ScriptRow | None:
        return next((row for row in self.rows if row.id == self._script_id), None)

    def _show_buttons(self, row: ScriptRow | None) -> None:
        """A passage that is there is changed by the manager alone."""
        leads = self._around.may(Right.LEAD_LISTS)
        self.save_button.setEnabled((row is None and self._around.may(Right.CALL_BACK)) or leads)
        self.retire_button.setEnabled(row is not None and leads)
        self.retire_button.show_text(_("恢复") if row and row.is_retired else _("停用"))

    def _saved(self, answer: int | None) -> None:
        self.said.hide()
        self._show_buttons(self._row())
        if self._script_id is None and answer is not None:
            self.begin()

    def _refuse(self, error: Exception) -> None:
        self._show_buttons(self._row())
        if isinstance(error, InvalidFieldError) and error.field in self.fields:
            self.fields[error.field].show_message(Level.ERROR, error.reason)
        else:
            self.said.say(Level.ERROR, str(error))

    def _connect(self) -> None:
        self.table.chosen.connect(self._choose)
        self.retired.toggled.connect(self.reload)
        self.new_button.clicked.connect(self.begin)
        self.save_button.clicked.connect(self.save)
        self.retire_button.clicked.connect(self.retire)

    def _lay_out(self) -> None:
        listed = Card(margins=(0, 0, 0, 0), spacing=0)
        listed.add(self.table, 1)
        edited = Card(margins=(14, 10, 14, 12), spacing=8)
        edited.setFixedWidth(theme.px(_EDIT_PX))
        for name, field in self.fields.items():
            edited.add(field, 1 if name == "words" else 0)
        edited.add(self.said)
        row = QHBoxLayout()
        for button in (self.new_button, self.retire_button, self.save_button):
            row.addWidget(button)
        edited.body.addLayout(row)
        pair = QHBoxLayout()
        pair.setSpacing(12)
        pair.addWidget(listed, 1)
        pair.addWidget(edited)
        close = close_button(self)
        foot = QHBoxLayout()
        foot.addWidget(self.retired)
        foot.addStretch(1)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 14)
        whole.setSpacing(10)
        places = _("、").join(f"{{{place}}}" for place in PLACES)
        remark = _("{places} 会换成称呼、回访人和营业部").format(places=places)
        whole.addLayout(dialog_head(self, "list", remark))
        whole.addLayout(pair, 1)
        whole.addLayout(foot)
        open_large(self, *_SIZE)
