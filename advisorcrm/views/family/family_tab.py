"""The tab 家庭与关系: the graph around a client, the same as a list for the keys, the household."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.columns import show_money
from advisorcrm.i18n import _
from advisorcrm.rules.masking import hide_name, mask_name
from advisorcrm.services.access import Right
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.services.files.households import (
    leave_household,
    make_household,
    rename_household,
    set_household_head,
)
from advisorcrm.services.files.relations import (
    Family,
    NewRelation,
    RelationChange,
    RelationRow,
    add_relation,
    archive_relation,
    change_relation,
    open_family,
    restore_relation,
)
from advisorcrm.views import messages
from advisorcrm.views.family.family_graph import FamilyGraph
from advisorcrm.views.family.family_nodes import FamilyNode, nodes_of
from advisorcrm.views.family.household_dialog import HouseholdDialog
from advisorcrm.views.family.relation_dialog import RelationDialog
from advisorcrm.views.family.relation_edit_dialog import RelationEditDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_cells import Look
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.button_row import ButtonRow
from advisorcrm.views.widgets.buttons import plain, soft
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.upright_area import scrolling


class FamilyTab(QWidget):
    """``client_wanted(id)`` for another's file, ``print_wanted(id)``; reads when looked at."""

    client_wanted = Signal(int)
    print_wanted = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._client_id = -1
        self._may_edit = False
        self._family: Family | None = None
        self._nodes: list[FamilyNode] = []
        self._is_private = False
        self.dialog: RelationDialog | None = None
        self.edit_dialog: RelationEditDialog | HouseholdDialog | None = None
        self.graph = FamilyGraph()
        self.model = RecordTableModel(
            FamilyNode, sortable=False, looks={"name": Look(is_name=True)}
        )
        self.table = RecordTable(self.model, name=_("家庭与关系"))
        self.empty = EmptyState("users")
        self.household = IconLabel("users", "", "text2", size="body")
        self.add_button = soft(_("添加关系"), icon="plus", key="Ins")
        self.open_button = plain(_("打开对方"), icon="arrow-right", key="⏎")
        self.edit_button = plain(_("修改"), icon="pencil", key="F2")
        self.archive_button = plain(_("解除关系"), icon="x", key="Del")
        self.print_button = plain(_("打印"), icon="printer")
        self.make_button = plain(_("建立家庭"), icon="users")
        self.rename_button = plain(_("家庭改名"), icon="pencil")
        self.head_button = plain(_("设为户主"), icon="star")
        self.leave_button = plain(_("退出家庭"), icon="user-x")
        self.bar = InlineBar()
        self._lay_out()
        self._connect()
        self._show_state()

    # For the page

    def show_client(self, client_id: int) -> None:
        """Another client."""
        self._client_id = client_id
        self._may_edit = False
        self._family = None
        self._nodes = []
        self.model.show_rows(())
        self.graph.show_nodes((), "")
        self.bar.hide()
        self._show_state()

    def show_file(self, file: ClientFile) -> None:
        """Whose file it is decides who may change."""
        self._may_edit = file.may_edit and self._around.may(Right.EDIT_CLIENTS)
        self._show_state()

    def reload(self) -> None:
        """Read again."""
        if self._client_id >= 0:
            work = partial(open_family, client_id=self._client_id)
            self._around.jobs.read(work, then=self._show_family, key="client.family")

    def set_private(self, *, is_private: bool) -> None:
        """Mask names too, in graph, list and household, for a desk in public view (F9)."""
        self._is_private = is_private
        self.model.set_private(is_private=is_private)
        self._draw()
        self._show_state()

    # What the person does

    def add(self) -> None:
        """Note a relation."""
        if self._may_edit and self._family is not None:
            dialog = RelationDialog(self._around, self._client_id, self._family.name, self)
            dialog.decided.connect(partial(self._add, dialog))
            dialog.finished.connect(self._forget_dialog)
            self.dialog = dialog
            dialog.open()

    def edit_current(self) -> None:
        """Change the chosen relation, if it stands in this file."""
        relation = self._relation()
        if relation is not None and self._may_edit:
            dialog = RelationEditDialog(relation, self._around.book, self)
            dialog.decided.connect(partial(self._change, dialog, relation.id))
            self._open(dialog)

    def rename(self) -> None:
        """Give the household another name."""
        house = self._family.household if self._family else None
        if house is not None and self._may_edit:
            dialog = HouseholdDialog(house.name, self)
            dialog.named.connect(partial(self._rename, dialog))
            self._open(dialog)

    def open_place(self, place: int) -> None:
        """Open the file of a person in the graph, or point at the line that tells who it is."""
        node = self._nodes[place]
        self.table.go_to_id(place)
        if node.client_id is not None:
            self.client_wanted.emit(node.client_id)

    def archive_current(self) -> None:
        """Put the chosen relation away; it can be taken back."""
        node = self._chosen()
        if node is None or node.relation_id is None or not self._may_edit:
            return
        work = partial(archive_relation, relation_id=node.relation_id, now=self._around.now())
        done = partial(self._after_archiving, node.relation_id, node.name)
        self._around.jobs.write(work, then=done, failed=self._refuse)

    # Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Insert adds, F2 changes, Delete puts away."""
        if event.key() == Qt.Key.Key_Insert:
            self.add()
        elif event.key() == Qt.Key.Key_F2:
            self.edit_current()
        elif event.key() == Qt.Key.Key_Delete:
            self.archive_current()
        else:
            super().keyPressEvent(event)

    # Inside

    def _show_family(self, family: Family) -> None:
        self._family = family
        self._nodes = nodes_of(family, self._around.book)
        self.model.show_rows(self._nodes[1:])
        self._draw()
        if self.table.current_row() < 0:
            self.table.go_to(0)
        self._show_state()

    def _draw(self) -> None:
        shown = self._nodes
        if self._is_private:
            shown = [replace(node, name=mask_name(node.name)) for node in shown]
        self.graph.show_nodes(shown, self._house_name())

    def _house_name(self) -> str:
        """What the household is called; named after somebody, it is masked like that name."""
        house = self._family.household if self._family else None
        name = house.name if house else ""
        for node in self._nodes if self._is_private else ():
            name = hide_name(name, node.name)
        return name

    def _show_state(self) -> None:
        house = self._family.household if self._family else None
        is_head = bool(house and any(one.is_self and one.is_head for one in house.members))
        node = self._chosen()
        may = self._may_edit and self._family is not None
        self.household.setVisible(house is not None)
        self.household.show_text("users", self._said_household(), "text2")
        self.add_button.setVisible(may)
        self.edit_button.setVisible(may)
        self.edit_button.setEnabled(self._relation() is not None)
        self.archive_button.setVisible(may)
        self.archive_button.setEnabled(bool(node and node.relation_id is not None))
        self.open_button.setEnabled(bool(node and node.client_id is not None))
        self.make_button.setVisible(may and house is None)
        self.leave_button.setVisible(may and house is not None)
        self.rename_button.setVisible(may and house is not None)
        self.head_button.setVisible(may and house is not None and not is_head)
        self.print_button.setVisible(self._around.may(Right.EXPORT))
        is_alone = self._family is not None and len(self._nodes) < 2
        self.table.setVisible(not is_alone)
        self.empty.setVisible(is_alone)
        remark = _("按 Ins 添加配偶、子女、介绍人等。") if may else ""
        self.empty.say(_("还没有登记家庭与关系"), remark)

    def _said_household(self) -> str:
        house = self._family.household if self._family else None
        if house is None:
            return ""
        said = _("{name} · {count} 人 · 合计资产 {assets}").format(
            name=self._house_name(), count=len(house.members), assets=show_money(house.assets_fen)
        )
        if house.hidden:
            said += " · " + _("另有 {count} 人的资产不在权限内").format(count=house.hidden)
        return said

    def _chosen(self) -> FamilyNode | None:
        place = self.table.current_id()
        return self._nodes[place] if place is not None and place < len(self._nodes) else None

    def _relation(self) -> RelationRow | None:
        """The chosen relation where it stands in this file; from the other end it is read only."""
        node = self._chosen()
        relations = self._family.relations if self._family else ()
        found = (one for one in relations if node and one.id == node.relation_id)
        return next((one for one in found if not one.is_inverse), None)

    def _open(self, dialog: RelationEditDialog | HouseholdDialog) -> None:
        self.edit_dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _change(self, dialog: RelationEditDialog, key: int, change: RelationChange) -> None:
        work = partial(change_relation, relation_id=key, change=change)
        self._around.jobs.write(work, then=dialog.accept_answer, failed=dialog.show_problem)

    def _rename(self, dialog: HouseholdDialog, name: str) -> None:
        now = self._around.now()
        work = partial(rename_household, client_id=self._client_id, name=name, now=now)
        self._around.jobs.write(work, then=dialog.accept_answer, failed=dialog.show_problem)

    def _follow(self) -> None:
        node = self._chosen()
        self.graph.choose(node.id if node else -1)
        self._show_state()

    def _open_current(self) -> None:
        node = self._chosen()
        if node is not None:
            self.open_place(node.id)

    def _add(self, dialog: RelationDialog, new: NewRelation) -> None:
        work = partial(add_relation, new=new, now=self._around.now())
        self._around.jobs.write(work, then=dialog.accept_answer, failed=dialog.show_problem)

    def _forget_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _after_archiving(self, relation_id: int, name: str, _answer: object) -> None:
        told = _("已解除与{name}的关系").format(name=name)
        self._around.undo.done(told, partial(restore_relation, relation_id=relation_id))

    def _make(self) -> None:
        if self._family is not None:
            name = _("{name}家庭").format(name=self._family.name)
            self._write(partial(make_household, name=name))

    def _lead(self) -> None:
        self._write(set_household_head)

    def _leave(self) -> None:
        self._write(leave_household)

    def _write(self, service: Callable[..., object]) -> None:
        work = partial(service, client_id=self._client_id, now=self._around.now())
        self._around.jobs.write(work, failed=self._refuse)

    def _print(self) -> None:
        self.print_wanted.emit(self._client_id)

    def _refuse(self, error: Exception) -> None:
        self.bar.say(messages.level_of(error), str(error))

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.add)
        self.open_button.clicked.connect(self._open_current)
        self.edit_button.clicked.connect(self.edit_current)
        self.rename_button.clicked.connect(self.rename)
        self.archive_button.clicked.connect(self.archive_current)
        self.print_button.clicked.connect(self._print)
        self.make_button.clicked.connect(self._make)
        self.head_button.clicked.connect(self._lead)
        self.leave_button.clicked.connect(self._leave)
        self.graph.clicked.connect(self.open_place)
        self.table.opened.connect(self._open_current)
        self.table.chosen.connect(self._follow)

    def _lay_out(self) -> None:
        buttons = ButtonRow()
        for button in (
            self.add_button, self.open_button, self.edit_button, self.archive_button,
            self.make_button, self.rename_button, self.head_button, self.leave_button,
            self.print_button,
        ):  # fmt: skip
            buttons.add(button)
        line = QHBoxLayout()
        line.addWidget(buttons)
        line.addStretch(1)
        drawn = Card(margins=(8, 8, 8, 8))
        drawn.add(self.household)
        drawn.add(scrolling(self.graph), 1)
        listed = Card(margins=(0, 0, 0, 0))
        listed.add(self.table, 1)
        listed.add(self.empty, 1)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(drawn, 53)
        both.addWidget(listed, 47)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(line)
        whole.addWidget(self.bar)
        whole.addLayout(both, 1)
