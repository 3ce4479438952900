"""Sharing clients out: whose, to whom, before and after, adjusted by hand, with a reason (R217)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _, ngettext
from advisorcrm.services.allocations.allocations import (
    AdvisorLoad,
    AllocatedClient,
    Allocation,
    AllocationRequest,
    find_allocation,
    list_advisor_loads,
)
from advisorcrm.services.allocations.handovers import HandedOver, NewHandover, hand_over
from advisorcrm.terms import Contribution
from advisorcrm.views import messages, theme
from advisorcrm.views.allocation.allocation_lines import LoadLine, load_lines
from advisorcrm.views.allocation.target_list import TargetList
from advisorcrm.views.clients.bulk_work import tell_handed
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_cells import Look
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_room import open_large
from advisorcrm.views.widgets.entry_dialog import EntryDialog
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_SIZE = (1040, 640)
_LEFT_PX = 280
CHOSEN, UNASSIGNED = "chosen", "unassigned"


class AllocationDialog(EntryDialog):
    """Proposes at once after every choice; nothing is changed before 移交 is pressed."""

    def __init__(
        self, around: Surroundings, ids: Sequence[int] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._ids = tuple(ids)
        self._attempt = str(uuid.uuid4())
        self._loads: tuple[AdvisorLoad, ...] = ()
        self._allocation = Allocation(Contribution.ASSETS, ())
        self.assigned: dict[int, int] = {}
        self.setWindowTitle(_("分配客户"))
        self.source = Field(_("分配谁的客户"), ComboBox())
        measures = [(choice.value, choice.label) for choice in Contribution]
        self.measure = Field(_("贡献按"), ComboBox(measures))
        self.targets = TargetList()
        self.lines = RecordTableModel(LoadLine)
        self.clients = RecordTableModel(
            AllocatedClient, book=around.book, checkable=True, looks={"to_name": Look("accent")}
        )
        self.other = ComboBox()
        self.other.setAccessibleName(_("改派给"))
        self.move_button = plain(_("改派所选"), icon="arrow-right")
        self.reason = Field(_("原因"), QLineEdit(), required=True)
        self.said = Label("", "text2", "caption")
        self.go = self.button = primary(_("移交"), key="Ctrl+Enter")
        self._lay_out()
        self._connect()
        around.jobs.read(list_advisor_loads, then=self._begin)

    def submit(self) -> None:
        """Hand everybody over as the preview says."""
        if not self.reason.check():
            self.reason.focus()
            return
        self.go.setEnabled(False)
        new = NewHandover(self._attempt, tuple(self.assigned.items()), self.reason.value())
        self._around.jobs.write(
            partial(hand_over, new=new, now=self._around.now()),
            then=self._finish,
            failed=self.show_problem,
            label=_("移交客户"),
        )

    def show_problem(self, error: Exception) -> None:
        """Nothing was handed over: say why."""
        self.go.setEnabled(True)
        if isinstance(error, InvalidFieldError):
            self.reason.show_message(Level.ERROR, error.reason)
        else:
            messages.show_problem(error, self)

    def propose(self) -> None:
        """Ask for a new proposal."""
        targets = self.targets.targets()
        if not targets:
            self._show(Allocation(self._measure(), self._loads))
            return
        source = self.source.value()
        request = AllocationRequest(
            targets,
            client_ids=self._ids if source == CHOSEN else (),
            from_advisor_id=int(source) if source.isdigit() else None,
            measure=self._measure(),
        )
        work = partial(find_allocation, request=request)
        self._around.jobs.read(work, then=self._show, failed=self.show_problem, key="allocation")

    def reassign(self) -> None:
        """Give the ticked clients to another advisor than proposed."""
        ids = self.clients.checked_ids()
        if self.other.code():
            self.assigned |= dict.fromkeys(ids, int(self.other.code()))
            self._refresh()

    # Inside

    def _measure(self) -> Contribution:
        return Contribution(self.measure.value() or Contribution.ASSETS)

    def _begin(self, loads: Sequence[AdvisorLoad]) -> None:
        self._loads = tuple(loads)
        sources = [(UNASSIGNED, _("未分配的客户"))]
        if self._ids:
            said = ngettext("所选 {count} 户", "所选 {count} 户", len(self._ids))
            sources.insert(0, (CHOSEN, said.format(count=f"{len(self._ids):,}")))
        sources += [(str(load.id), _load_words(load)) for load in self._loads if load.client_count]
        if isinstance(self.source.editor, ComboBox):
            self.source.editor.set_choices(sources)
        self.other.set_choices([(str(x.id), x.name) for x in self._loads if x.is_active])
        self._show_targets()

    def _show_targets(self) -> None:
        source = self.source.value()
        leaving = int(source) if source.isdigit() else None
        self.targets.show_advisors(self._loads, leaving=leaving, after=self.measure.editor)
        self.propose()

    def _show(self, allocation: Allocation) -> None:
        self._allocation = allocation
        self.assigned = {client.id: client.to_advisor_id for client in allocation.clients}
        self._refresh()

    def _refresh(self) -> None:
        names = {load.id: load.name for load in self._loads}
        found = self._allocation
        clients = [
            replace_target(client, self.assigned[client.id], names) for client in found.clients
        ]
        self.clients.show_rows(clients)
        self.lines.show_rows(load_lines(self._loads, clients, self.assigned, found.measure))
        moved = sum(client.from_advisor_id != client.to_advisor_id for client in clients)
        said = ngettext("移交 {count} 户", "移交 {count} 户", moved)
        self.go.show_text(said.format(count=f"{moved:,}"))
        self.go.setEnabled(moved > 0)
        self.said.setText("" if moved else _("没有要移交的客户。请选客户来源和接收的客服专员。"))

    def _finish(self, done: HandedOver) -> None:
        self.accept()
        tell_handed(self._around, done)

    def _connect(self) -> None:
        self.source.changed.connect(self._show_targets)
        self.measure.changed.connect(self.propose)
        self.targets.changed.connect(self.propose)
        self.move_button.clicked.connect(self.reassign)
        self.go.clicked.connect(self.submit)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 14)
        whole.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconMark("scale", "accent", 18))
        head.addWidget(Label(self.windowTitle(), size="subtitle", weight=600))
        days = self._around.settings.first_contact_days
        rule = _("客户数量和贡献均衡，兼顾业务能力；新的客服专员应在 {days} 天内完成首次沟通")
        head.addWidget(Label(rule.format(days=days), "text2", "caption"), 1)
        whole.addLayout(head)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self._left())
        middle.addWidget(self._right(), 1)
        whole.addLayout(middle, 1)
        whole.addLayout(self._foot())
        open_large(self, *_SIZE)

    def _left(self) -> QWidget:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.targets)
        left = QWidget()
        left.setFixedWidth(theme.px(_LEFT_PX))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.source)
        column.addWidget(self.measure)
        column.addWidget(Label(_("分给谁，业务能力"), "text2", "caption"))
        column.addWidget(area, 1)
        return left

    def _right(self) -> QWidget:
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(10)
        split.setChildrenCollapsible(False)
        before = Card(_("分配前后"), margins=(0, 0, 0, 0))
        before.add(RecordTable(self.lines, _("分配前后")), 1)
        after = Card(_("客户"), margins=(0, 0, 0, 0))
        after.add_right(self.other)
        after.add_right(self.move_button)
        after.add(RecordTable(self.clients, _("要移交的客户")), 1)
        split.addWidget(before)
        split.addWidget(after)
        split.setSizes([170, 300])
        return split

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.reason, 1)
        self.said.setFixedHeight(self.go.sizeHint().height())  # on the line of the buttons
        foot.addWidget(self.said, 0, Qt.AlignmentFlag.AlignBottom)
        cancel = plain(_("取消"), key="Esc")
        cancel.clicked.connect(self.reject)
        for button in (cancel, self.go):
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        return foot


def replace_target(
    client: AllocatedClient, advisor_id: int, names: dict[int, str]
) -> AllocatedClient:
    """The client of a proposal with another advisor."""
    return replace(client, to_advisor_id=advisor_id, to_name=names.get(advisor_id, ""))


def _load_words(load: AdvisorLoad) -> str:
    """An advisor with the number of clients, and whether the advisor has left."""
    count = load.client_count
    if load.is_active:
        words = ngettext("{name}（{count} 户）", "{name}（{count} 户）", count)
    else:
        words = ngettext("{name}（{count} 户，已离岗）", "{name}（{count} 户，已离岗）", count)
    return words.format(name=load.name, count=f"{count:,}")
