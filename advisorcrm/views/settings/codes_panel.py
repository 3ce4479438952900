"""代码表: the branch's lists, the choices of one, and what was changed about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.settings.entries_card import ENGLISH, LABEL, Words
from advisorcrm.views.settings.entries_panel import EntriesPanel
from advisorcrm.views.settings.new_code_dialog import NewCodeDialog
from advisorcrm.views.widgets.card import Card

if TYPE_CHECKING:
    from advisorcrm.services.branch.code_lists import CodeEntry, CodeList
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.jobs import Jobs

_LISTS_PX = 184
_LINE_PX = 28
_NAME = Qt.ItemDataRole.UserRole


class CodesPanel(EntriesPanel):
    """The lists to the left, the choices of the present one beside them."""

    def __init__(self, jobs: Jobs, workplace: Workplace) -> None:
        words = Words(
            _("代码表"),
            _("添加选项"),
            _("双击改名；可停用，不能删除"),
            ((LABEL, _("名称")), (ENGLISH, _("英文名"))),
        )
        super().__init__(jobs, workplace, words)
        self._titles: dict[str, str] = {}
        self.dialog: NewCodeDialog | None = None
        self.lists = QListWidget()
        self.lists.setAccessibleName(_("代码表"))
        self.lists.setProperty("kind", "results")
        self.lists.currentRowChanged.connect(self._read_codes)
        frame = Card(_("全部代码表"), margins=(4, 4, 4, 4))
        frame.setFixedWidth(theme.px(_LISTS_PX))
        frame.add(self.lists, 1)
        self.put_before(frame)

    def reload(self) -> None:
        """Read the lists and the choices of the present one again."""
        from advisorcrm.services.branch.code_lists import list_code_lists

        self.jobs.read(list_code_lists, then=self._show_lists, key="codes.lists")

    def current_list(self) -> str:
        """Name of the list that is shown."""
        item = self.lists.currentItem()
        return str(item.data(_NAME)) if item is not None else ""

    def show_list(self, name: str) -> None:
        """Go to a list."""
        for row in range(self.lists.count()):
            if self.lists.item(row).data(_NAME) == name:
                self.lists.setCurrentRow(row)

    def add_entry(self) -> None:
        """Ask for another choice; the form stays open until it is accepted."""
        name = self.current_list()
        self.dialog = NewCodeDialog(self._titles.get(name, ""), self)
        self.dialog.submitted.connect(partial(self._add, self.dialog, name))
        self.dialog.open()

    def change_entry(self, entry: CodeEntry, column: str, text: str) -> None:
        """Rename a choice in one language."""
        texts = {LABEL: entry.label, ENGLISH: entry.label_en} | {column: text}
        self._rename(entry, texts[LABEL], texts[ENGLISH])

    def order_work(self, ids: Sequence[int]) -> Callable[..., object]:
        """The choices in another order."""
        from advisorcrm.services.branch.code_lists import order_codes

        return partial(order_codes, list_name=self.current_list(), entry_ids=ids)

    def retire_work(self, entry_id: int, *, is_retired: bool) -> Callable[..., object]:
        """A choice is offered no longer, or again."""
        from advisorcrm.services.branch.code_lists import retire_code

        return partial(retire_code, entry_id=entry_id, is_retired=is_retired)

    # Inside

    def _show_lists(self, lists: Sequence[CodeList]) -> None:
        before = self.current_list()
        self._titles = {one.name: one.title for one in lists}
        with QSignalBlocker(self.lists):
            self.lists.clear()
            for one in lists:
                item = QListWidgetItem(f"{one.title}  {one.offered}")
                item.setData(_NAME, one.name)
                item.setSizeHint(QSize(0, theme.px(_LINE_PX)))
                self.lists.addItem(item)
            names = [one.name for one in lists]
            self.lists.setCurrentRow(names.index(before) if before in names else 0)
        self._read_codes()

    def _read_codes(self, _row: int = 0) -> None:
        from advisorcrm.services.branch.code_list_changes import list_code_changes
        from advisorcrm.services.branch.code_lists import list_codes

        name = self.current_list()
        if not name:
            return
        self.jobs.read(
            partial(list_codes, list_name=name), then=self._show_codes, key="codes.entries"
        )
        self.jobs.read(
            partial(list_code_changes, list_name=name),
            then=self.changes.show_changes,
            key="codes.changes",
        )

    def _show_codes(self, entries: Sequence[CodeEntry]) -> None:
        self.entries = entries
        self.card.show_entries(entries, self._titles.get(self.current_list(), ""))

    def _add(self, dialog: NewCodeDialog, name: str, label: str, label_en: str) -> None:
        from advisorcrm.services.branch.code_lists import add_code

        self.jobs.write(
            partial(add_code, list_name=name, label=label, label_en=label_en),
            then=partial(self._added, dialog, label.strip()),
            failed=dialog.show_problem,
        )

    def _added(self, dialog: NewCodeDialog, label: str, entry_id: int) -> None:
        dialog.accept()
        self.added(label, entry_id)

    def _rename(self, entry: CodeEntry, label: str, label_en: str) -> None:
        from advisorcrm.services.branch.code_lists import rename_code

        said = _("“{label}”已改名").format(label=entry.label)
        back = partial(self._rename, entry, entry.label, entry.label_en)
        work = partial(rename_code, entry_id=entry.id, label=label, label_en=label_en)
        self.write(work, said, back)
