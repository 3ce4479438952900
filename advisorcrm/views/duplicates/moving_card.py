"""What comes along: the records that hang on either file, and how many there will be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from PySide6.QtWidgets import QWidget

from advisorcrm.columns import CodeBook, Column
from advisorcrm.i18n import _, ngettext
from advisorcrm.views.duplicates.record_names import NAMES
from advisorcrm.views.table_cells import QUIET
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.card import Card

if TYPE_CHECKING:
    from advisorcrm.services.merges.merge_previews import MergePreview


@dataclass(frozen=True, slots=True)
class MovingRow:
    """One kind of records."""

    id: int
    name: Annotated[str, Column("记录", width=20)]
    kept: Annotated[str, Column("保留的档案", width=14)]
    merged: Annotated[str, Column("并入的档案", width=14)]
    after: Annotated[str, Column("合并后", width=20)]


class MovingCard(Card):
    """A small table; nothing in it is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("一起并过来的记录"), margins=(0, 0, 0, 0), spacing=0, parent=parent)
        self.model = RecordTableModel(
            MovingRow, book=CodeBook(), looks={"kept": QUIET, "merged": QUIET}
        )
        self.table = RecordTable(self.model, _("一起并过来的记录"))
        self.table.set_density("compact")
        self.add(self.table, 1)

    def show_preview(self, preview: MergePreview) -> None:
        """Show both sides and the sum; the card is no higher than that."""
        mine, theirs = preview.kept.counts, preview.merged.counts
        self.model.show_rows(
            [
                MovingRow(
                    place,
                    _(label),
                    _count(mine.get(name, 0)),
                    _count(theirs.get(name, 0)),
                    _count(mine.get(name, 0) + theirs.get(name, 0)),
                )
                for place, (name, label) in enumerate(NAMES.items())
                if mine.get(name) or theirs.get(name)
            ]
        )
        lines = self.table.verticalHeader().length() + self.table.horizontalHeader().height()
        self.setMaximumHeight(self.sizeHint().height() - self.table.sizeHint().height() + lines)


def _count(count: int) -> str:
    if not count:
        return _("无")
    return ngettext("{count} 条记录", "{count} 条记录", count).format(count=count)
