"""合规参数: figures that rules prescribe, with source; changed by two persons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.columns import show_instant
from advisorcrm.i18n import _
from advisorcrm.views import messages
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.settings.proposal_dialog import ProposalDialog
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import Button, plain, primary, quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label

if TYPE_CHECKING:
    from advisorcrm.services.branch.compliance_parameters import ParameterRow, Proposal
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.jobs import Jobs


class CompliancePanel(QWidget):
    """One card for each figure; ``told(sentence, undo)`` after a proposal or a decision."""

    told = Signal(str, object)

    def __init__(
        self,
        jobs: Jobs,
        workplace: Workplace,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__()
        from advisorcrm.services.access import Right, may

        self._jobs = jobs
        self._clock = clock
        self.may_edit = may(workplace.actor, Right.SET_COMPLIANCE) and not workplace.is_read_only
        self.dialog: ProposalDialog | None = None
        self.cards: dict[str, Card] = {}
        self.buttons: dict[tuple[str, str], Button] = {}
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(self._column)
        told = _(
            "登录失败后的等待时间不在这里：它在打开数据库之前由密钥文件执行，任何人都不能放宽。"
            "界面上显示的数从下次登录起更新，规则立即生效。"
        )
        whole.addWidget(Label(told, "text2", "caption", wrap=True))
        whole.addStretch(1)

    def reload(self) -> None:
        """Read the figures again."""
        from advisorcrm.services.branch.compliance_parameters import list_compliance

        self._jobs.read(list_compliance, then=self._show, key="compliance.rows")

    def propose(self, row: ParameterRow, _is_checked: bool = False) -> None:
        """Ask for another value; the form stays open until it is accepted."""
        self.dialog = ProposalDialog(row, self)
        self.dialog.submitted.connect(partial(self._propose, self.dialog, row.name))
        self.dialog.open()

    def _propose(self, dialog: ProposalDialog, name: str, value: str, reason: str) -> None:
        from advisorcrm.services.branch.compliance_parameters import propose_parameter

        work = partial(propose_parameter, name=name, value=value, reason=reason, now=self._clock())
        self._jobs.write(work, then=partial(self._proposed, dialog), failed=dialog.show_problem)

    def _proposed(self, dialog: ProposalDialog, _proposal_id: int) -> None:
        dialog.accept()
        self._tell(_("已提议，等另一人确认"))

    def _decide(self, proposal_id: int, is_accepted: bool, _is_checked: bool = False) -> None:
        from advisorcrm.services.branch.compliance_parameters import decide_parameter

        work: Any = partial(
            decide_parameter, proposal_id=proposal_id, is_accepted=is_accepted, now=self._clock()
        )
        said = _("已确认，现在生效") if is_accepted else _("未采纳，原值不变")
        self._jobs.write(work, then=partial(self._decided, said), failed=self._failed)

    def _withdraw(self, proposal_id: int, _is_checked: bool = False) -> None:
        from advisorcrm.services.branch.compliance_parameters import withdraw_proposal

        work = partial(withdraw_proposal, proposal_id=proposal_id, now=self._clock())
        said = _("提议已撤回，原值不变")
        self._jobs.write(work, then=partial(self._decided, said), failed=self._failed)

    def _decided(self, said: str, _answer: object) -> None:
        self._tell(said)

    def _tell(self, said: str) -> None:
        self.told.emit(said, None)
        self.reload()

    def _failed(self, error: Exception) -> None:
        messages.show_problem(error, self)
        self.reload()

    # Showing

    def _show(self, rows: Sequence[ParameterRow]) -> None:
        empty_layout(self._column)
        self.cards, self.buttons = {}, {}
        for row in rows:
            card = self._card(row)
            self.cards[row.name] = card
            self._column.addWidget(card)

    def _card(self, row: ParameterRow) -> Card:
        card = Card(row.label)
        shown = _("{value} {unit}").format(value=listed(row.value), unit=row.unit)
        card.add_right(Badge(shown.strip(), "info"))
        if self.may_edit and row.proposal is None:
            self._button(card, row, "propose", quiet(_("提议修改"), icon="pencil"), self.propose)
        default = _("默认 {value} {unit}").format(value=listed(row.default), unit=row.unit)
        changed = ""
        if row.changed_at is not None:
            changed = _("{who}，{at}").format(who=row.changed_by, at=show_instant(row.changed_at))
        card.add(Label(_("依据：{source}").format(source=row.source), wrap=True))
        card.add(Label(_("用于：{use}").format(use=row.used_by), "text2", wrap=True))
        told = " · ".join(part for part in (default.strip(), changed) if part)
        card.add(Label(told, "text2", "caption"))
        if row.proposal is not None:
            card.body.addLayout(self._proposal(row, row.proposal))
        return card

    def _button(
        self, card: Card, row: ParameterRow, deed: str, button: Button, slot: Callable[..., None]
    ) -> None:
        button.setAccessibleName(_("提议修改：{label}").format(label=row.label))
        button.clicked.connect(partial(slot, row))
        self.buttons[row.name, deed] = button
        card.add_right(button)

    def _proposal(self, row: ParameterRow, proposal: Proposal) -> QHBoxLayout:
        line = QHBoxLayout()
        said = _("{who} 提议 {value} {unit}：{reason}").format(
            who=proposal.proposed_by,
            value=listed(proposal.value),
            unit=row.unit,
            reason=proposal.reason,
        )
        line.addWidget(Label(said, "warn", wrap=True), 1)
        if proposal.is_mine or not self.may_edit:
            line.addWidget(Badge(_("等另一人确认"), "warn"))
            if self.may_edit:
                self._add_withdrawal(line, row, proposal)
            return line
        for deed, button, is_accepted in (
            ("refuse", plain(_("不采纳"), icon="x"), False),
            ("accept", primary(_("确认"), icon="check"), True),
        ):
            button.clicked.connect(partial(self._decide, proposal.id, is_accepted))
            button.setAccessibleName(f"{button.accessibleName()} {row.label}")
            self.buttons[row.name, deed] = button
            line.addWidget(button)
        return line

    def _add_withdrawal(self, line: QHBoxLayout, row: ParameterRow, proposal: Proposal) -> None:
        """The author may think better of it until somebody has decided."""
        button = plain(_("撤回提议"), icon="undo-2")
        button.setAccessibleName(_("撤回提议：{label}").format(label=row.label))
        button.clicked.connect(partial(self._withdraw, proposal.id))
        self.buttons[row.name, "withdraw"] = button
        line.addWidget(button)


def listed(value: str) -> str:
    """Several figures as the language lists them."""
    return _("，").join(value.split(","))
