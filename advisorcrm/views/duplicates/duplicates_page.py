"""Files that may be one person's: look at the pairs, merge field by field, part again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from advisorcrm.columns import show_instant
from advisorcrm.errors import AdvisorCrmError
from advisorcrm.i18n import _, ngettext
from advisorcrm.terms import DuplicateVerdict
from advisorcrm.views import messages
from advisorcrm.views.duplicates.choice_grid import ChoiceGrid
from advisorcrm.views.duplicates.file_choice import FileChoice
from advisorcrm.views.duplicates.moving_card import MovingCard
from advisorcrm.views.duplicates.pair_list import MergesCard, PendingCard
from advisorcrm.views.duplicates.reason_card import ReasonColumn
from advisorcrm.views.page_keys import PageKeys
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import plain, primary, quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level
from advisorcrm.views.widgets.page_head import PageHead

if TYPE_CHECKING:
    from advisorcrm.services.merges.duplicates import DuplicatePair
    from advisorcrm.services.merges.merge_previews import MergePreview

_LEFT_PX, _MIDDLE_PX, _RIGHT_PX = 290, 740, 260


class DuplicatesPage(QWidget):
    """``told`` after an action; ``status_changed`` for the status bar."""

    told = Signal(str)
    status_changed = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._pairs: Sequence[DuplicatePair] = ()
        self._kept = self._merged = -1
        self.preview: MergePreview | None = None
        self.count = Badge("", "warn")
        self.different = plain(_("不是同一人"), key="X")
        self.later = plain(_("以后再判"), key="S")
        self.merge = primary(_("合并"), icon="merge", key="Ctrl+Enter")
        self.said = InlineBar()
        self.pending = PendingCard()
        self.merges = MergesCard(around.settings.merge_undo_days)
        self.files = (FileChoice(around.book), FileChoice(around.book))
        self.grid = ChoiceGrid()
        self.differing = Badge("", "warn")
        self.all_left = quiet(_("全部用左边"))
        self.same = Label("", "text2", "caption")
        self.moving = MovingCard()
        self.reasons = ReasonColumn()
        self.empty = EmptyState("users", _("正在比较…"))
        self._middle_part = self._middle()
        self._page_keys = PageKeys(self, letters=around.settings.single_keys)
        self._lay_out()
        self._connect()
        self._add_keys()

    # For the window

    def reload(self) -> None:
        """Read the pairs and the merges again."""
        from advisorcrm.services.merges.client_merges import list_merges
        from advisorcrm.services.merges.duplicates import list_duplicate_pairs

        jobs = self._around.jobs
        jobs.long(list_duplicate_pairs, then=self._show_pairs, failed=self._refuse)
        merges = partial(list_merges, now=self._around.now())
        jobs.read(merges, then=self.merges.show_merges, key="duplicates.merges")

    def keys(self) -> list[tuple[str, str]]:
        """Keys of this page for the overlay."""
        return [("← →", _("选一边")), ("↑ ↓", _("换行")), *self._page_keys.listed()]

    def primary_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.pending.table

    def status_text(self) -> str:
        """``第 1 / 4 组 · 8 处不同``."""
        line, count = self.pending.table.current_row(), len(self._pairs)
        if self.preview is None or line < 0:
            return _("没有疑似重复")
        return _("第 {place} / {count} 组 · {differing} 处不同").format(
            place=line + 1, count=count, differing=len(self.grid.rows)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The page's own keys; in a text field letters stay letters."""
        if not self._page_keys.press(event):
            super().keyPressEvent(event)

    # What the person does

    def submit(self) -> None:
        """Merge as chosen."""
        from advisorcrm.services.merges.client_merges import MergeOrder, merge_clients

        if self.preview is None or not self.merge.isEnabled():
            return
        reason = self.reasons.demand_reason()
        if not reason:
            return
        self.merge.setEnabled(False)
        order = MergeOrder(self._kept, self._merged, reason, self.grid.choices())
        self._around.jobs.write(
            partial(merge_clients, order=order, now=self._around.now()),
            then=self._merged_well,
            failed=self._refuse,
        )

    def _judge(self, verdict: DuplicateVerdict) -> None:
        from advisorcrm.services.merges.duplicates import judge_pair

        pair = (self._kept, self._merged)
        self._around.jobs.write(
            partial(judge_pair, client_ids=pair, verdict=verdict, now=self._around.now()),
            then=partial(self._judged, verdict),
            failed=self._refuse,
        )

    def _undo(self, merge_id: int) -> None:
        from advisorcrm.services.merges.client_merges import undo_merge

        self._around.jobs.write(
            partial(undo_merge, merge_id=merge_id, now=self._around.now()),
            then=self._undone,
            failed=self._refuse,
        )

    # Answers

    def _show_pairs(self, pairs: Sequence[DuplicatePair]) -> None:
        self._pairs = pairs
        open_count = sum(pair.verdict is None for pair in pairs)
        self.count.show_badge(
            ngettext("{count} 组待判", "{count} 组待判", open_count).format(count=open_count),
            "warn" if open_count else "ok",
        )
        self.pending.show_pairs(pairs)

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._pairs):
            pair = self._pairs[place]
            self._compare(pair.first_id, pair.second_id)
        else:
            self._show_nothing()

    def _compare(self, kept: int, merged: int) -> None:
        from advisorcrm.services.merges.merge_previews import preview_merge

        self._kept, self._merged = kept, merged
        self._around.jobs.read(
            partial(preview_merge, kept_id=kept, merged_id=merged, today=self._around.today()),
            then=self._show_preview,
            failed=self._refuse,
            key="duplicates.preview",
        )

    def _show_preview(self, preview: MergePreview) -> None:
        self.preview = preview
        self._show_work(is_any=True)
        for card, file in zip(self.files, (preview.kept, preview.merged), strict=True):
            card.show_file(file, stays=card is self.files[0])
        asked = [field for field in preview.fields if field.is_asked]
        kept, merged = preview.kept, preview.merged
        self.grid.show_fields(asked, (kept.name, merged.name), (kept.client_no, merged.client_no))
        count = len(asked)
        self.differing.show_badge(
            ngettext("{count} 处不同", "{count} 处不同", count).format(count=count), "warn"
        )
        filled = len(preview.fields) - count
        self.same.setText(_("另有 {count} 项一边为空，已自动并").format(count=filled))
        self.moving.show_preview(preview)
        self.reasons.show_preview(preview)
        self._enable(blocked=bool(preview.blocked))
        self.status_changed.emit(self.status_text())

    def _show_nothing(self) -> None:
        self.preview = None
        self.grid.show_fields([], ("", ""), ("", ""))
        self.moving.model.show_rows([])
        self.reasons.clear()
        self._enable(blocked=True)
        for button in (self.different, self.later):
            button.setEnabled(False)
        at = show_instant(self._around.now())
        self.empty.say(_("没有疑似重复"), _("{at} 比较过全部客户。").format(at=at))
        self._show_work(is_any=False)
        self.status_changed.emit(self.status_text())

    def _show_work(self, *, is_any: bool) -> None:
        """The two files side by side, or why there is nothing to compare; the cursor stays here."""
        focused = self.focusWidget()
        parts = (self._middle_part, self.reasons)
        if not is_any and focused and any(part.isAncestorOf(focused) for part in parts):
            self.pending.table.setFocus()
        self._middle_part.setVisible(is_any)
        self.reasons.setVisible(is_any)
        self.empty.setVisible(not is_any)

    def _enable(self, *, blocked: bool) -> None:
        self.merge.setEnabled(not blocked)
        for widget in (self.different, self.later, self.all_left):
            widget.setEnabled(self.preview is not None)

    def _swap(self) -> None:
        """The other file stays."""
        self._compare(self._merged, self._kept)

    def _merged_well(self, merge_id: int) -> None:
        self.reasons.reason.set_value("")
        names = (
            [one.name for one in (self.preview.kept, self.preview.merged)] if self.preview else []
        )
        back = partial(_part_again, merge_id=merge_id, clock=self._around.clock)
        self._around.undo.done(_("已合并 {names}").format(names=_("、").join(names)), back)
        days = self._around.settings.merge_undo_days
        said = ngettext("已合并，{count} 天内可撤销。", "已合并，{count} 天内可撤销。", days)
        self.said.say(Level.OK, said.format(count=days))
        self.reload()

    def _judged(self, verdict: DuplicateVerdict, _answer: object) -> None:
        self._say(_("已记住：{verdict}。").format(verdict=verdict.label))

    def _undone(self, left: tuple[str, ...]) -> None:
        told = _("已撤销合并，两份档案各自恢复。")
        if left:
            told += _("{fields}在合并以后又改过，保留现在的内容。").format(
                fields=_("、").join(left)
            )
        self._say(told)

    def _say(self, sentence: str) -> None:
        self.said.say(Level.OK, sentence)
        self.told.emit(sentence)
        self.reload()

    def _refuse(self, error: Exception) -> None:
        self._enable(blocked=self.preview is None or bool(self.preview.blocked))
        if isinstance(error, AdvisorCrmError):
            self.said.say(Level.ERROR, str(error))
        else:
            messages.show_problem(error, self)

    # Inside

    def _connect(self) -> None:
        self.pending.chosen.connect(self._choose)
        self.merges.undo_wanted.connect(self._undo)
        self.files[1].taken.connect(self._swap)
        self.different.clicked.connect(partial(self._judge, DuplicateVerdict.DIFFERENT))
        self.later.clicked.connect(partial(self._judge, DuplicateVerdict.LATER))
        self.merge.clicked.connect(self.submit)
        self._around.undo.taken_back.connect(self.reload)
        self.all_left.clicked.connect(partial(self.grid.choose_all, kept=True))

    def _add_keys(self) -> None:
        keys = self._page_keys
        keys.add("F8", self.grid.next_choice, _("下一处不同"))
        keys.add("X", self.different.click, _("不是同一人"))
        keys.add("S", self.later.click, _("以后再判"))
        keys.add("Ctrl+Return", self.submit, _("合并"))
        keys.add("Ctrl+Enter", self.submit)
        for table in (self.pending.table, self.merges.table):
            keys.watch(table)

    def _lay_out(self) -> None:
        head = PageHead(_("疑似重复客户"), sub=_("只提示，不自动合并"))
        head.add_state(self.count)
        for button in (self.different, self.later, self.merge):
            head.add_button(button)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(10)
        for widget in (self._left(), self._middle_part, self.reasons, self.empty):
            columns.addWidget(widget)
        columns.setSizes([_LEFT_PX, _MIDDLE_PX, _RIGHT_PX, _MIDDLE_PX])
        columns.setStretchFactor(1, 1)
        columns.setStretchFactor(3, 1)
        self._show_work(is_any=False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(10)
        whole.addWidget(head)
        whole.addWidget(self.said)
        whole.addWidget(columns, 1)

    def _left(self) -> QWidget:
        left = QSplitter(Qt.Orientation.Vertical)
        left.setChildrenCollapsible(False)
        left.setHandleWidth(10)
        left.addWidget(self.pending)
        left.addWidget(self.merges)
        left.setStretchFactor(0, 3)
        left.setStretchFactor(1, 2)
        return left

    def _middle(self) -> QWidget:
        files = QHBoxLayout()
        files.setSpacing(10)
        for card in self.files:
            files.addWidget(card, 1)
        choices = Card(_("逐项选择"))
        choices.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        choices.add_right(self.differing)
        choices.add_right(self.all_left)
        choices.add(self.grid, 1)
        foot = QHBoxLayout()
        keys = _("← → 选一边 · ↑↓ 换行 · F8 下一处不同")
        foot.addWidget(Label(keys, "text2", "caption"), 1)
        foot.addWidget(self.same)
        choices.body.addLayout(foot)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(files)
        column.addWidget(choices, 3)
        column.addWidget(self.moving, 2)
        column.addStretch()
        return middle


def _part_again(
    session: Any, actor: Any, merge_id: int, clock: Callable[[], datetime]
) -> tuple[str, ...]:
    """Take a merge back at the time at which that is wanted (Ctrl+Z)."""
    from advisorcrm.services.merges.client_merges import undo_merge

    return undo_merge(session, actor, merge_id, now=clock())
