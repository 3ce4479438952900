"""The strip of the four steps, and what is known of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from advisorcrm.i18n import _, ngettext
from advisorcrm.views.imports.figure_tiles import rows_text
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.label import Label

if TYPE_CHECKING:
    from advisorcrm.imports.client_sheet import ClientSheet


def file_facts(sheet: ClientSheet) -> str:
    """What was recognised: name, kind, encoding, separator, lists, rows."""
    from advisorcrm.imports.delimited import SEPARATORS

    lists = len(sheet.sheet_names)
    facts = [
        sheet.file_name,
        sheet.kind.label,
        sheet.encoding.upper(),
        _(SEPARATORS[sheet.separator]) if sheet.separator in SEPARATORS else "",
        _lists(lists) if lists > 1 else "",
        rows_text(len(sheet.rows)),
    ]
    return " · ".join(fact for fact in facts if fact)


def _lists(count: int) -> str:
    return ngettext("{count} 份名单", "{count} 份名单", count).format(count=count)


class ImportSteps(QFrame):
    """1 选文件 › 2 对应字段 › 3 试运行 › 4 结果与撤销."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("zone", "card")
        self._names = (_("1 选文件"), _("2 对应字段"), _("3 试运行"), _("4 结果与撤销"))
        self.steps = [IconLabel("circle", name, "text2") for name in self._names]
        self.file = IconLabel("file-text", "", "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 7, 13, 7)
        row.setSpacing(8)
        for place, step in enumerate(self.steps):
            if place:
                row.addWidget(Label("›", "text3"))
            row.addWidget(step)
        row.addStretch(1)
        row.addWidget(self.file)
        self.file.hide()
        self.show_step(0)

    def show_step(self, current: int) -> None:
        """Mark the steps before as done and this one as current."""
        for place, (step, name) in enumerate(zip(self.steps, self._names, strict=True)):
            if place < current:
                step.show_text("circle-check", name, "ok")
            elif place == current:
                step.show_text("circle-dot", name, "accent")
            else:
                step.show_text("circle", name, "text2")

    def show_file(self, text: str) -> None:
        """Say what was recognised: name, encoding, rows."""
        self.file.show_text("file-text", text, "text2")
        self.file.setVisible(bool(text))
