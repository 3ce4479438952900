"""代码表: the branch's lists, the choices of one, and what was changed about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import messages, theme
from advisorcrm.views.settings.entries_card import ENGLISH, LABEL, EntriesCard, Words
from advisorcrm.views.settings.new_code_dialog import NewCodeDialog
from advisorcrm.views.settings.standards_side import ChangesCard
from advisorcrm.views.widgets.card import Card

if TYPE_CHECKING:
    from advisorcrm.services.code_lists import CodeEntry, CodeList
    from advisorcrm.services.workplace import Workplace
    from advisorcrm.views.jobs import Jobs

_LISTS_PX = 184
_SIDE_PX = 220
_LINE_PX = 28
_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut
_NAME = Qt.ItemDataRole.UserRole


class CodesPanel(QWidget):
    """``told(sentence, undo)`` after each change, ``codes_changed`` when labels are others."""

    told = Signal(str, object)
    codes_changed = Signal()

    def __init__(self, jobs: Jobs, workplace: Workplace) -> None:
        super().__init__()
        from advisorcrm.services.access import Right, may

        self._jobs = jobs
        self._entries: Sequence[CodeEntry] = ()
        self._titles: dict[str, str] = {}
        self._undo: Callable[[], None] | None = None
        self.dialog: NewCodeDialog | None = None
        self.may_edit = may(workplace.actor, Right.SET_STANDARDS) and not workplace.is_read_only
        self.lists = QListWidget()
        self.lists.setAccessibleName(_("代码表"))
        self.lists.setProperty("kind", "results")
        self.lists.currentRowChanged.connect(self._read_codes)
        words = Words(
            _("代码表"),
            _("添加选项"),
            _("双击改名；可停用，不能删除"),
            ((LABEL, _("名称")), (ENGLISH, _("英文名"))),
        )
        self.card = EntriesCard(words, may_edit=self.may_edit)
        self.changes = ChangesCard()
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read the lists and the choices of the present one again."""
        from advisorcrm.services.code_lists import list_code_lists

        self._jobs.read(list_code_lists, then=self._show_lists, key="codes.lists")

    def current_list(self) -> str:
        """Name of the list that is shown."""
        item = self.lists.currentItem()
        return str(item.data(_NAME)) if item is not None else ""

    def show_list(self, name: str) -> None:
        """Go to a list."""
        for row in range(self.lists.count()):
            if self.lists.item(row).data(_NAME) == name:
                self.lists.setCurrentRow(row)

    def add_code(self) -> None:
        """Ask for another choice; the form stays open until it is accepted."""
        name = self.current_list()
        self.dialog = NewCodeDialog(self._titles.get(name, ""), self)
        self.dialog.submitted.connect(partial(self._add, self.dialog, name))
        self.dialog.open()

    def undo(self) -> None:
        """Take back the last change of this page."""
        back, self._undo = self._undo, None
        if back is not None:
            back()

    # Reading

    def _show_lists(self, lists: Sequence[CodeList]) -> None:
        before = self.current_list()
        self._titles = {one.name: one.title for one in lists}
        self.lists.blockSignals(True)
        self.lists.clear()
        for one in lists:
            item = QListWidgetItem(f"{one.title}  {one.offered}")
            item.setData(_NAME, one.name)
            item.setSizeHint(QSize(0, theme.px(_LINE_PX)))
            self.lists.addItem(item)
        names = [one.name for one in lists]
        self.lists.setCurrentRow(names.index(before) if before in names else 0)
        self.lists.blockSignals(False)
        self._read_codes()

    def _read_codes(self, _row: int = 0) -> None:
        from advisorcrm.services.code_list_changes import list_code_changes
        from advisorcrm.services.code_lists import list_codes

        name = self.current_list()
        if not name:
            return
        self._jobs.read(
            partial(list_codes, list_name=name), then=self._show_codes, key="codes.entries"
        )
        self._jobs.read(
            partial(list_code_changes, list_name=name),
            then=self.changes.show_changes,
            key="codes.changes",
        )

    def _show_codes(self, entries: Sequence[CodeEntry]) -> None:
        self._entries = entries
        self.card.show_entries(entries, self._titles.get(self.current_list(), ""))

    # Changing

    def _add(self, dialog: NewCodeDialog, name: str, label: str, label_en: str) -> None:
        from advisorcrm.services.code_lists import add_code

        self._jobs.write(
            partial(add_code, list_name=name, label=label, label_en=label_en),
            then=partial(self._added, dialog, label.strip()),
            failed=dialog.show_problem,
        )

    def _added(self, dialog: NewCodeDialog, label: str, entry_id: int) -> None:
        dialog.accept()
        back = partial(self._set_retired, entry_id, label, is_retired=True)
        self._done(_("已添加“{label}”").format(label=label), back, None)

    def _change(self, entry: CodeEntry, column: str, text: str) -> None:
        texts = {LABEL: entry.label, ENGLISH: entry.label_en} | {column: text}
        self._rename(entry, texts[LABEL], texts[ENGLISH])

    def _rename(self, entry: CodeEntry, label: str, label_en: str) -> None:
        from advisorcrm.services.code_lists import rename_code

        said = _("“{label}”已改名").format(label=entry.label)
        back = partial(self._rename, entry, entry.label, entry.label_en)
        work = partial(rename_code, entry_id=entry.id, label=label, label_en=label_en)
        self._write(work, said, back)

    def _order(self, ids: Sequence[int]) -> None:
        from advisorcrm.services.code_lists import order_codes

        before = [entry.id for entry in self._entries if not entry.is_retired]
        work = partial(order_codes, list_name=self.current_list(), entry_ids=ids)
        self._write(work, _("顺序已改"), partial(self._order, before))

    def _retire(self, entry: CodeEntry) -> None:
        self._set_retired(entry.id, entry.label, is_retired=not entry.is_retired)

    def _set_retired(self, entry_id: int, label: str, *, is_retired: bool) -> None:
        from advisorcrm.services.code_lists import retire_code

        said = _("已停用“{label}”") if is_retired else _("已恢复使用“{label}”")
        back = partial(self._set_retired, entry_id, label, is_retired=not is_retired)
        work = partial(retire_code, entry_id=entry_id, is_retired=is_retired)
        self._write(work, said.format(label=label), back)

    def _write(self, work: Any, said: str, back: Callable[[], None]) -> None:
        self._jobs.write(work, then=partial(self._done, said, back), failed=self._failed)

    def _done(self, said: str, back: Callable[[], None], _answer: object) -> None:
        self._undo = back
        self.told.emit(said, back)
        self.codes_changed.emit()
        self.reload()

    def _failed(self, error: Exception) -> None:
        messages.show_problem(error, self)
        self.reload()

    # Inside

    def _connect(self) -> None:
        self.card.adding.connect(self.add_code)
        self.card.changed.connect(self._change)
        self.card.ordered.connect(self._order)
        self.card.retiring.connect(self._retire)
        undo = QShortcut(QKeySequence("Ctrl+Z"), self)
        undo.setContext(_HERE)  # WORKAROUND: PySide ignores it as an argument
        undo.activated.connect(self.undo)

    def _lay_out(self) -> None:
        frame = Card(_("全部代码表"), margins=(4, 4, 4, 4))
        frame.setFixedWidth(theme.px(_LISTS_PX))
        frame.add(self.lists, 1)
        self.changes.setFixedWidth(theme.px(_SIDE_PX))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 8, 0)
        whole.setSpacing(12)
        whole.addWidget(frame)
        whole.addWidget(self.card, 1)
        whole.addWidget(self.changes, 0, Qt.AlignmentFlag.AlignTop)
