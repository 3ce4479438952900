"""The clients whom the tier rules see in another type: confirmed one by one or all (R72)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from advisorcrm import terms
from advisorcrm.columns import CodeBook, Column, Form
from advisorcrm.i18n import _
from advisorcrm.views.table_cells import badge_look
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.dialog_room import open_large
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

if TYPE_CHECKING:
    from advisorcrm.services.branch.tiers import TierProposal


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One proposal in the list."""

    id: int
    name: Annotated[str, Column("客户", width=14)]
    advisor_name: Annotated[str, Column("客服专员", width=10)]
    assets_fen: Annotated[int | None, Column("总资产", form=Form.MONEY, align="right", width=12)]
    commission_year_fen: Annotated[
        int | None, Column("近 12 月佣金", form=Form.MONEY, align="right", width=14)
    ]
    old_tier: Annotated[str | None, Column("现在", codes=terms.TIER, width=10)]
    proposed_tier: Annotated[str, Column("建议", codes=terms.TIER, width=10)]


class ProposalsDialog(QDialog):
    """``decided(proposals, is_accepted, reason)``; stays open until all are decided."""

    decided = Signal(object, bool, str)

    def __init__(self, book: CodeBook, *, may_edit: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("客户类型建议"))
        self._proposals: dict[int, TierProposal] = {}
        looks = {
            "old_tier": badge_look("old_tier", book, terms.TIER),
            "proposed_tier": badge_look("proposed_tier", book, terms.TIER),
        }
        self.model = RecordTableModel(ProposalRow, book=book, looks=looks, checkable=may_edit)
        self.table = RecordTable(self.model, name=_("客户类型建议"))
        self.said = InlineBar()
        self.reason = Field(_("原因"), QLineEdit(), hint=_("记入修改历史"))
        self.accept_button = primary(_("确认"), icon="check")
        self.refuse_button = plain(_("暂不调整"), icon="x")
        close = plain(_("关闭"), key="Esc")
        self.accept_button.clicked.connect(self._accept_them)
        self.refuse_button.clicked.connect(self._refuse_them)
        close.clicked.connect(self.reject)
        self.model.checked_changed.connect(self._count)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 6, 0, 0)
        foot.addStretch(1)
        for button in (close, self.refuse_button, self.accept_button):
            foot.addWidget(button)
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "list-checks"))
        whole.addWidget(self.said)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.reason)
        whole.addLayout(foot)
        for widget in (self.reason, self.accept_button, self.refuse_button):
            widget.setVisible(may_edit)
        open_large(self, 860, 520)

    def show_proposals(self, proposals: Sequence[TierProposal]) -> None:
        """List them; with none left the work is done."""
        self._proposals = {one.client_id: one for one in proposals}
        self.model.show_rows(
            ProposalRow(one.client_id, one.name, one.advisor_name, one.assets_fen,
                        one.commission_year_fen, one.old_tier, one.proposed_tier)
            for one in proposals
        )  # fmt: skip
        self._count()
        if not proposals:
            self.accept()

    def show_problem(self, error: Exception) -> None:
        """Say why nothing was decided."""
        self.said.say(Level.ERROR, str(error))

    def _wanted(self) -> list[TierProposal]:
        """The ticked ones, or all if none is ticked."""
        ids = self.model.checked_ids() or list(self._proposals)
        return [self._proposals[key] for key in ids]

    def _accept_them(self) -> None:
        self.decided.emit(self._wanted(), True, self.reason.value())

    def _refuse_them(self) -> None:
        self.decided.emit(self._wanted(), False, self.reason.value())

    def _count(self) -> None:
        ticked = self.model.checked_count()
        if ticked:
            self.accept_button.show_text(_("确认 {count} 户").format(count=ticked))
            self.refuse_button.show_text(_("暂不调整 {count} 户").format(count=ticked))
        else:
            self.accept_button.show_text(_("全部确认"))
            self.refuse_button.show_text(_("全部暂不调整"))
