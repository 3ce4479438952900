"""The table model of the client list: the declared columns and those of the branch's own fields.

Values of own fields are read only for columns that are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QObject

from advisorcrm.columns import BoundColumn, CodeBook, Column, OwnFieldRow, columns_of
from advisorcrm.services.clients.client_rows import ClientRow
from advisorcrm.services.files.own_values import OWN, say_own
from advisorcrm.terms import OwnFieldKind
from advisorcrm.views.clients.client_looks import client_looks
from advisorcrm.views.table_cells import Look
from advisorcrm.views.tables import RecordTableModel

CLIENT_COLUMNS = columns_of(ClientRow)
_WIDE = {OwnFieldKind.TEXT: 18, OwnFieldKind.YES_NO: 8}


class ClientTableModel(RecordTableModel):
    """``follow`` takes the fields the branch has by now; ``show_own`` those that are shown."""

    def __init__(self, book: CodeBook, parent: QObject | None = None) -> None:
        super().__init__(
            ClientRow, book=book, looks=client_looks(book), checkable=True, parent=parent
        )
        self._own: tuple[OwnFieldRow, ...] = ()
        self._shown: tuple[str, ...] = ()
        self.follow(book)

    def follow(self, book: CodeBook) -> bool:
        """Have the columns of the book's fields; True if they are others than before."""
        wanted = book.own_fields()
        if wanted == self._own:
            return False
        first, before = len(CLIENT_COLUMNS) + self._lead, len(self._own)
        if before:
            self.beginRemoveColumns(QModelIndex(), first, first + before - 1)
            self._take(())
            self.endRemoveColumns()
        if wanted:
            self.beginInsertColumns(QModelIndex(), first, first + len(wanted) - 1)
            self._take(wanted)
            self.endInsertColumns()
        return True

    def set_looks(self, looks: Mapping[str, Look]) -> None:
        """Draw columns in another way; own fields stay as they are."""
        super().set_looks({**looks, **self._own_looks()})

    def own_columns(self) -> list[str]:
        """Names of the columns of own fields."""
        return [OWN + field.name for field in self._own]

    def show_own(self, names: Sequence[str]) -> bool:
        """Note which columns are shown; True if rows lack what one of them shows."""
        wanted = tuple(name for name in names if name.startswith(OWN))
        lacks = bool(set(wanted) - set(self._shown))
        self._shown = wanted
        return lacks

    def own_names(self) -> tuple[str, ...]:
        """The own fields whose values a row needs."""
        return self._shown

    def _take(self, fields: tuple[OwnFieldRow, ...]) -> None:
        self._own = fields
        columns = (*CLIENT_COLUMNS, *(_column(field) for field in fields))
        self._lines.set_columns(columns, self._own_looks())

    def _own_looks(self) -> Mapping[str, Look]:
        return {OWN + field.name: Look(text=partial(self._say, field)) for field in self._own}

    def _say(self, field: OwnFieldRow, row: ClientRow) -> str:
        return say_own(field, row.own.get(OWN + field.name, ""), self._lines.book)


def _column(field: OwnFieldRow) -> BoundColumn:
    align = "right" if field.kind is OwnFieldKind.NUMBER else "left"
    explain = field.explain or field.title
    width = _WIDE.get(field.kind, 12)
    column = Column(field.title, width=width, align=align, explain=explain, shown=False)
    return BoundColumn(OWN + field.name, column)
