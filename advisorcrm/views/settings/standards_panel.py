"""客户分级与完备率: tiers and weights, what a change does, its record, snapshots (R3, R6, R72)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QVBoxLayout, QWidget

from advisorcrm.columns import CodeBook, branch_date
from advisorcrm.i18n import _
from advisorcrm.rules.weight_book import EVERYBODY, WeightBook
from advisorcrm.terms import TIER
from advisorcrm.views import messages, theme
from advisorcrm.views.settings.proposals_dialog import ProposalsDialog
from advisorcrm.views.settings.snapshot_dialog import SnapshotDialog
from advisorcrm.views.settings.standards_side import ChangesCard, EffectCard, SnapshotsCard
from advisorcrm.views.settings.tiers_card import TiersCard
from advisorcrm.views.settings.weights_card import WeightsCard

if TYPE_CHECKING:
    from advisorcrm.services.branch.tiers import TierLine, TierProposal
    from advisorcrm.services.completeness.completeness_snapshots import Snapshot
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.jobs import Jobs

_SIDE_PX = 236
_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class StandardsPanel(QWidget):
    """``told(sentence, undo)`` after each change; Ctrl+Z takes back the last one."""

    told = Signal(str, object)
    tier_added = Signal()

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
        self._codes = CodeBook()
        self._book: WeightBook | None = None
        self._first: WeightBook | None = None
        self._lines: list[TierLine] = []
        self._undo: Callable[[], None] | None = None
        self.dialog: ProposalsDialog | None = None
        self.snapshot: SnapshotDialog | None = None
        may_edit = may(workplace.actor, Right.SET_STANDARDS) and not workplace.is_read_only
        self.may_edit = may_edit
        self.tiers = TiersCard(may_edit=may_edit)
        self.weights = WeightsCard(may_edit=may_edit)
        self.effect = EffectCard()
        self.changes = ChangesCard()
        self.snapshots = SnapshotsCard(may_take=may_edit)
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read everything again."""
        from advisorcrm.services.branch.code_lists import load_code_book
        from advisorcrm.services.branch.standard_changes import list_standard_changes
        from advisorcrm.services.completeness.completeness_snapshots import list_snapshots

        self._jobs.read(load_code_book, then=self._show_codes, key="standards.codes")
        self._jobs.read(
            list_standard_changes, then=self.changes.show_changes, key="standards.changes"
        )
        self._jobs.read(
            list_snapshots, then=self.snapshots.show_snapshots, key="standards.snapshots"
        )

    # Reading

    def _today(self) -> date:
        return branch_date(self._clock())

    def _show_codes(self, codes: CodeBook) -> None:
        from advisorcrm.services.branch.tiers import list_tiers
        from advisorcrm.services.completeness.completeness_weights import read_weight_book

        self._codes = codes
        self._jobs.read(read_weight_book, then=self._show_book, key="standards.weights")
        self._jobs.read(
            partial(list_tiers, now=self._clock()), then=self._show_lines, key="standards.tiers"
        )

    def _show_book(self, book: WeightBook) -> None:
        from advisorcrm.services.completeness.completeness_weights import weigh_effect

        self._book = book
        self._first = self._first or book
        self.weights.show_book(book, self._codes)
        self._jobs.read(
            partial(weigh_effect, before=self._first, after=book, today=self._today()),
            then=self.effect.show_effect,
            key="standards.effect",
        )

    def _show_lines(self, lines: list[TierLine]) -> None:
        from advisorcrm.services.branch.tiers import last_decided

        self._lines = lines
        self._jobs.read(last_decided, then=self._show_tiers, key="standards.decided")

    def _show_tiers(self, decided: tuple[datetime, int] | None) -> None:
        told = _("只提建议；由客服经理确认后才改客户类型。")
        if decided is not None:
            on = branch_date(decided[0]).isoformat()
            told += _("上次 {date}，确认 {count} 户。").format(date=on, count=decided[1])
        self.tiers.show_lines(self._lines, self._codes, told)

    # Weights

    def _change_weights(self, tier: str, weights: dict[str, int]) -> None:
        from advisorcrm.services.completeness.completeness_weights import change_weights

        before = self._book
        if before is None:
            return
        old, had_own = before.named(tier), tier == EVERYBODY or before.has_own(tier)
        back = partial(self._change_weights, tier, old) if had_own else partial(self._drop, tier)
        labels = {item.name: _(item.label) for item in before.items}
        said = _("，").join(
            _("{item} 权重 {old} → {new}").format(
                item=labels[name], old=old[name], new=weights[name]
            )
            for name in weights
            if weights[name] != old[name]
        )
        self._write(partial(change_weights, weights=weights, tier=tier), said, back)

    def _drop(self, tier: str) -> None:
        from advisorcrm.services.completeness.completeness_weights import drop_own_weights

        if self._book is None:
            return
        back = partial(self._change_weights, tier, self._book.named(tier))
        said = _("{tier} 改用通用权重").format(tier=self._codes.label(TIER, tier))
        self._write(partial(drop_own_weights, tier=tier), said, back)

    # Tiers

    def _change_tier(self, line: TierLine) -> None:
        from advisorcrm.services.branch.tiers import change_tier

        old = next(known for known in self._lines if known.tier == line.tier)
        plain = replace(line, clients=0, up=0, down=0)
        if plain == replace(old, clients=0, up=0, down=0):
            return
        said = _("{tier} 的分级条件已改").format(tier=self._codes.label(TIER, line.tier))
        self._write(partial(change_tier, line=plain), said, partial(self._change_tier, old))

    def add_tier(self) -> None:
        """Ask for the name of another type."""
        from advisorcrm.services.branch.tiers import add_tier

        name, is_given = QInputDialog.getText(self, _("添加类型"), _("名称"))
        if is_given and name.strip():
            said = _("已添加类型 {name}").format(name=name.strip())
            self._write(partial(add_tier, label=name), said, None)
            self.tier_added.emit()

    def open_proposals(self) -> None:
        """Show whom the rules see in another type."""
        self.dialog = ProposalsDialog(self._codes, may_edit=self.may_edit, parent=self)
        self.dialog.decided.connect(self._decide)
        self.dialog.open()
        self._read_proposals()

    def _read_proposals(self) -> None:
        from advisorcrm.services.branch.tiers import list_tier_proposals

        self._jobs.read(
            partial(list_tier_proposals, now=self._clock()),
            then=self._show_proposals,
            key="standards.proposals",
        )

    def _show_proposals(self, proposals: list[TierProposal]) -> None:
        if self.dialog is not None:
            self.dialog.show_proposals(proposals)

    def _decide(self, proposals: list[TierProposal], is_accepted: bool, reason: str) -> None:
        from advisorcrm.services.branch.tiers import decide_tiers

        work = partial(
            decide_tiers, proposals=proposals, is_accepted=is_accepted, reason=reason,
            now=self._clock(),
        )  # fmt: skip
        self._jobs.write(
            work,
            then=partial(self._decided, is_accepted),
            failed=self.dialog.show_problem if self.dialog else None,
        )

    def _decided(self, is_accepted: bool, count: int) -> None:
        said = _("已确认 {count} 户") if is_accepted else _("{count} 户暂不调整")
        self.told.emit(said.format(count=count), None)
        self._read_proposals()
        self.reload()

    # Snapshots

    def _take(self) -> None:
        from advisorcrm.services.completeness.completeness_snapshots import take_snapshot

        work = partial(take_snapshot, now=self._clock(), today=self._today())
        self._write(work, _("已拍下检查快照"), None)

    def _open_snapshot(self, snapshot_id: int) -> None:
        from advisorcrm.services.completeness.completeness_snapshots import open_snapshot

        self._jobs.read(
            partial(open_snapshot, snapshot_id=snapshot_id),
            then=self._show_snapshot,
            key="standards.snapshot",
        )

    def _show_snapshot(self, snapshot: Snapshot) -> None:
        self.snapshot = SnapshotDialog(self._jobs, snapshot, self)
        self.snapshot.told.connect(self._tell)
        self.snapshot.open()

    def _tell(self, sentence: str) -> None:
        self.told.emit(sentence, None)

    # Inside

    def _write(self, work: Any, said: str, back: Callable[[], None] | None) -> None:
        self._jobs.write(work, then=partial(self._done, said, back), failed=self._failed)

    def _done(self, said: str, back: Callable[[], None] | None, _answer: object) -> None:
        self._undo = back
        self.told.emit(said, back)
        self.reload()

    def _failed(self, error: Exception) -> None:
        messages.show_problem(error, self)
        self.reload()

    def undo(self) -> None:
        """Take back the last change of this page."""
        back, self._undo = self._undo, None
        if back is not None:
            back()

    def _refuse(self, sentence: str) -> None:
        self.told.emit(sentence, None)

    def _connect(self) -> None:
        self.weights.wanted.connect(self._change_weights)
        self.weights.given_up.connect(self._drop)
        self.tiers.wanted.connect(self._change_tier)
        self.tiers.refused.connect(self._refuse)
        self.tiers.adding.connect(self.add_tier)
        self.tiers.proposals_wanted.connect(self.open_proposals)
        self.snapshots.taking.connect(self._take)
        self.snapshots.opened.connect(self._open_snapshot)
        undo = QShortcut(QKeySequence("Ctrl+Z"), self)
        undo.setContext(_HERE)  # WORKAROUND: PySide ignores it as an argument
        undo.activated.connect(self.undo)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.tiers)
        left.addWidget(self.weights)
        left.addStretch(1)
        side = QWidget()
        side.setFixedWidth(theme.px(_SIDE_PX))
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        for card in (self.effect, self.changes, self.snapshots):
            right.addWidget(card)
        right.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(left, 1)
        whole.addWidget(side)
