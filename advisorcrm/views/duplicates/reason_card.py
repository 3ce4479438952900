"""The right column: why the files look alike, what happens afterwards, and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

if TYPE_CHECKING:
    from advisorcrm.services.merges.merge_previews import MergePreview


class ReasonColumn(QWidget):
    """Facts, consequences, and the required reason of a merge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.why = Card(_("为什么像"))
        self.after = Card(_("合并以后"))
        self.reason = Field(_("合并理由"), QLineEdit(), required=True)
        self._facts: list[QWidget] = []
        self._consequences: list[QWidget] = []
        reason = Card()
        reason.add(self.reason)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(self.why)
        whole.addWidget(self.after)
        whole.addWidget(reason)
        whole.addStretch(1)

    def show_preview(self, preview: MergePreview) -> None:
        """Say what speaks for one person, and what will be."""
        facts = [("circle-check", fact.label, "ok") for fact in preview.likeness.facts]
        if preview.blocked:
            facts.append(("triangle-alert", preview.blocked, "crit"))
        self._facts = _lines(self.why, self._facts, facts)
        kept, merged = preview.kept.client_no, preview.merged.client_no
        told = [
            ("users", _("{old} 停用，不删除；按旧编号能找到 {new}").format(old=merged, new=kept)),
            ("file-text", _("资金账号和电话两边都保留")),
            ("shield-check", _("同意记录以更严的一边为准")),
            ("clock", _("并过来的记录保留原记录人和原时间")),
            ("undo-2", _("30 天内可整组撤销，之后新增的记录留在 {new}").format(new=kept)),
        ]
        lines = [(icon, text, "text2") for icon, text in told]
        self._consequences = _lines(self.after, self._consequences, lines)

    def demand_reason(self) -> str:
        """The reason, or nothing after saying that it is missing."""
        text = self.reason.value().strip()
        if not text:
            self.reason.show_message(Level.ERROR, _("请写明合并理由。"))
            self.reason.focus()
        return text

    def clear(self) -> None:
        """Nothing is compared."""
        self._facts = _lines(self.why, self._facts, [])
        self._consequences = _lines(self.after, self._consequences, [])
        self.reason.set_value("")


def _lines(card: Card, old: list[QWidget], lines: list[tuple[str, str, str]]) -> list[QWidget]:
    for widget in old:
        card.body.removeWidget(widget)
        widget.deleteLater()
    made = [_line(*line) for line in lines]
    for widget in made:
        card.add(widget)
    return made


def _line(icon: str, text: str, tone: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconMark(icon, tone, 15), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(text, wrap=True), 1)
    return line
