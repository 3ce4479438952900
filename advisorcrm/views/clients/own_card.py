"""Card 自定义字段: what the branch asks beside the program's own fields (R19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm.columns import OwnFieldRow
from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import Direction
from advisorcrm.services.files.own_values import NO, OWN, YES, clean_own
from advisorcrm.terms import OwnFieldKind
from advisorcrm.views.clients import file_values
from advisorcrm.views.clients.code_editors import CodeBox
from advisorcrm.views.clients.field_grid import FieldGrid
from advisorcrm.views.clients.field_maker import FieldMaker
from advisorcrm.views.clients.file_field import FileField, Meaning
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.date_line import DateLine


class OwnCard(Card):
    """Absent while the branch has no field of its own."""

    def __init__(self, maker: FieldMaker, parent: QWidget | None = None) -> None:
        super().__init__(_("自定义字段"), parent=parent)
        self._maker = maker
        self._rows: Sequence[OwnFieldRow] = ()
        self._fields: list[FileField] = []
        self._grid: FieldGrid | None = None
        self.hide()

    def fields(self) -> list[FileField]:
        """All fields of the card."""
        return self._fields

    def offer(self, rows: Sequence[OwnFieldRow]) -> bool:
        """Ask for these fields; True if they are others than before."""
        if tuple(rows) == tuple(self._rows):
            return False
        self._rows = rows
        if self._grid is not None:
            self._grid.hide()
            self._grid.deleteLater()
        self._fields = [self._field(row) for row in rows]
        self._grid = FieldGrid()
        for field in self._fields:
            self._grid.add(field.field)
        self.add(self._grid)
        self.setVisible(bool(rows))
        return True

    def _field(self, row: OwnFieldRow) -> FileField:
        name = OWN + row.name
        read = partial(_read, row.kind, name)
        if row.kind is OwnFieldKind.DATE:
            read = partial(_read_day, name, self._maker.around.clock)
        meaning = Meaning((name,), partial(_write, name), read)
        return FileField(row.title, self._editor(row), meaning, hint=row.explain)

    def _editor(self, row: OwnFieldRow) -> QWidget:
        if row.kind is OwnFieldKind.CHOICE:
            return CodeBox(self._maker.around.book, row.list_name)
        if row.kind is OwnFieldKind.YES_NO:
            return ComboBox([(YES, _("是")), (NO, _("否"))], empty=_("请选择"))
        if row.kind is OwnFieldKind.DATE:
            clock = self._maker.around.clock
            return DateLine(file_values.day_reader(OWN + row.name, clock, Direction.FUTURE))
        return QLineEdit()


def _write(name: str, stored: Mapping[str, Any]) -> str:
    return str(stored[name])


def _read(kind: OwnFieldKind, name: str, text: str) -> Mapping[str, Any]:
    return {name: clean_own(kind, name, text)}


def _read_day(name: str, clock: file_values.Clock, text: str) -> Mapping[str, Any]:
    on = file_values.read_day(name, clock, Direction.FUTURE, text)[name]
    return {name: on.isoformat() if on else ""}
