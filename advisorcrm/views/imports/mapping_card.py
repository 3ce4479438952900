"""Which column of the file feeds which field; a wrong guess is corrected here."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _
from advisorcrm.terms import ImportRule
from advisorcrm.views.imports.import_rows import MappingRow
from advisorcrm.views.table_cells import QUIET, Look
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.label import Label


class MappingCard(Card):
    """``remapped`` with heading and field after a correction, ``ruled`` with field and rule.

    ``save_wanted`` to keep the mapping for files of this layout.
    """

    remapped = Signal(str, str)
    ruled = Signal(str, str)
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("字段对应"), margins=(0, 0, 0, 0), spacing=0, parent=parent)
        self.model = RecordTableModel(
            MappingRow,
            book=CodeBook(),
            looks={
                "sample": QUIET,
                "rule": QUIET,
                "label": Look(tone=lambda row: "text" if row.field else "text3"),
            },
        )
        self.table = RecordTable(self.model, _("字段对应"))
        self.table.chosen.connect(self._choose)
        self.field = ComboBox([], empty=_("不导入"))
        self.field.setAccessibleName(_("系统字段"))
        self.field.setEnabled(False)
        self.field.currentIndexChanged.connect(self._remap)
        self.rule = ComboBox([(rule.value, rule.label) for rule in ImportRule], empty=_("同整体"))
        self.rule.setAccessibleName(_("所选列的规则"))
        self.rule.setEnabled(False)
        self.rule.currentIndexChanged.connect(self._set_rule)
        self.save = quiet(_("存为方案"), icon="download")
        self.save.clicked.connect(self.save_wanted)
        self.save.setEnabled(False)
        self.add_right(self.save)
        self.add(self.table, 1)
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        for label, box, share in (
            (_("所选列对应"), self.field, 3), (_("规则"), self.rule, 2),
        ):  # fmt: skip
            column = QVBoxLayout()
            column.setSpacing(3)
            column.addWidget(Label(label, "text2", "caption"))
            column.addWidget(box)
            row.addLayout(column, share)
        self.body.addLayout(row)

    def show_columns(self, rows: list[MappingRow]) -> None:
        """Show the file's columns as they were understood."""
        self.model.show_rows(rows)
        self.save.setEnabled(bool(rows))
        self._choose(self.table.current_row())

    def offer_fields(self, fields: list[tuple[str, str]]) -> None:
        """Offer the fields a column may feed: code and label."""
        with QSignalBlocker(self.field):
            self.field.set_choices(fields, empty=_("不导入"))
        self._choose(self.table.current_row())

    def _choose(self, line: int) -> None:
        row = self.model.row_at(line)
        self.field.setEnabled(row is not None)
        self.rule.setEnabled(row is not None and row.may_have_rule)
        for box, code in ((self.field, row and row.field), (self.rule, row and row.own_rule)):
            with QSignalBlocker(box):
                box.set_code(code)

    def _set_rule(self) -> None:
        row = self._current()
        if row is not None and row.own_rule != self.rule.code():
            self.ruled.emit(row.field, self.rule.code())

    def _current(self) -> MappingRow | None:
        key = self.table.current_id()
        return None if key is None else self.model.row_at(self.model.row_of(key))

    def _remap(self) -> None:
        row = self._current()
        if row is not None and row.field != self.field.code():
            self.remapped.emit(row.heading, self.field.code())
