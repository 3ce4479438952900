"""The figures of the dry run beside one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.i18n import _, ngettext, pgettext
from advisorcrm.terms import ImportResult
from advisorcrm.views.imports.figure_tile import FigureTile

if TYPE_CHECKING:
    from advisorcrm.imports.import_plan import ImportPlan

_TONES = {ImportResult.UNDECIDED: "warn", ImportResult.FAILED: "crit"}


class FigureTiles(QWidget):
    """新增, 更新, 无变化, 需决定, 失败."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        remarks = {
            ImportResult.NEW: _("账号没有见过"),
            ImportResult.UPDATED: _("按所选规则"),
            ImportResult.UNCHANGED: pgettext("import", "跳过"),
            ImportResult.UNDECIDED: _("账号同，姓名或电话不同"),
            ImportResult.FAILED: _("不导入，可另存修改"),
        }
        self.tiles = {
            result: FigureTile(result.label, remarks[result], _TONES.get(result, "text"))
            for result in ImportResult
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for tile in self.tiles.values():
            row.addWidget(tile, 1)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show how many rows of each kind there are."""
        for result, tile in self.tiles.items():
            count = plan.counts[result]
            is_row = result is ImportResult.FAILED
            tile.show_figure(rows_text(count) if is_row else _clients(count), is_none=not count)

    def clear(self) -> None:
        """Forget the last dry run."""
        for tile in self.tiles.values():
            tile.show_figure("—", is_none=True)


def rows_text(count: int) -> str:
    """``1,204 行``."""
    return ngettext("{count} 行", "{count} 行", count).format(count=f"{count:,}")


def _clients(count: int) -> str:
    return ngettext("{count} 户", "{count} 户", count).format(count=f"{count:,}")
