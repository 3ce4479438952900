"""A settings page about entries that are added, renamed, ordered and retired, never deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import messages, theme
from advisorcrm.views.settings.entries_card import EntriesCard, Words
from advisorcrm.views.settings.standards_side import ChangesCard

if TYPE_CHECKING:
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.jobs import Jobs

_SIDE_PX = 220
_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class EntriesPanel(QWidget):
    """``told(sentence, undo)`` after each change, ``codes_changed`` when labels are others.

    A page says how it reads, adds and changes its entries, and which service orders and retires
    them; the way a change is told, taken back or refused is the same on each.
    """

    told = Signal(str, object)
    codes_changed = Signal()

    def __init__(self, jobs: Jobs, workplace: Workplace, words: Words) -> None:
        super().__init__()
        from advisorcrm.services.access import Right, may

        self.jobs = jobs
        self.entries: Sequence[Any] = ()
        self._undo: Callable[[], None] | None = None
        self.may_edit = may(workplace.actor, Right.SET_STANDARDS) and not workplace.is_read_only
        self.card = EntriesCard(words, may_edit=self.may_edit)
        self.changes = ChangesCard()
        self._row = QHBoxLayout(self)
        self._lay_out()
        self._connect()

    # What a page brings

    def reload(self) -> None:
        """Read the entries again."""
        raise NotImplementedError

    def add_entry(self) -> None:
        """Ask for another entry; the form stays open until it is accepted."""
        raise NotImplementedError

    def change_entry(self, entry: Any, column: str, text: str) -> None:
        """Write one text of an entry."""
        raise NotImplementedError

    def order_work(self, ids: Sequence[int]) -> Callable[..., object]:
        """The service call that orders the entries."""
        raise NotImplementedError

    def retire_work(self, entry_id: int, *, is_retired: bool) -> Callable[..., object]:
        """The service call that retires an entry or brings it back."""
        raise NotImplementedError

    # What all share

    def undo(self) -> None:
        """Take back the last change of this page."""
        back, self._undo = self._undo, None
        if back is not None:
            back()

    def write(self, work: Callable[..., object], said: str, back: Callable[[], None]) -> None:
        """Change something, tell it and offer the way back."""
        self.jobs.write(work, then=partial(self._done, said, back), failed=self._failed)

    def added(self, label: str, entry_id: int) -> None:
        """Tell that an entry is there; the way back retires it."""
        back = partial(self._set_retired, entry_id, label, is_retired=True)
        self._done(_("已添加“{label}”").format(label=label), back, None)

    def put_before(self, widget: QWidget) -> None:
        """A column to the left of the entries."""
        self._row.insertWidget(0, widget)

    # Inside

    def _order(self, ids: Sequence[int]) -> None:
        before = [entry.id for entry in self.entries if not entry.is_retired]
        self.write(self.order_work(ids), _("顺序已改"), partial(self._order, before))

    def _retire(self, entry: Any) -> None:
        self._set_retired(entry.id, entry.label, is_retired=not entry.is_retired)

    def _set_retired(self, entry_id: int, label: str, *, is_retired: bool) -> None:
        said = _("已停用“{label}”") if is_retired else _("已恢复使用“{label}”")
        back = partial(self._set_retired, entry_id, label, is_retired=not is_retired)
        self.write(
            self.retire_work(entry_id, is_retired=is_retired), said.format(label=label), back
        )

    def _done(self, said: str, back: Callable[[], None], _answer: object) -> None:
        self._undo = back
        self.told.emit(said, back)
        self.codes_changed.emit()
        self.reload()

    def _failed(self, error: Exception) -> None:
        messages.show_problem(error, self)
        self.reload()

    def _connect(self) -> None:
        self.card.adding.connect(self.add_entry)
        self.card.changed.connect(self.change_entry)
        self.card.ordered.connect(self._order)
        self.card.retiring.connect(self._retire)
        undo = QShortcut(QKeySequence("Ctrl+Z"), self)
        undo.setContext(_HERE)  # WORKAROUND: PySide ignores it as an argument
        undo.activated.connect(self.undo)

    def _lay_out(self) -> None:
        self.changes.setFixedWidth(theme.px(_SIDE_PX))
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self.card, 1)
        self._row.addWidget(self.changes, 0, Qt.AlignmentFlag.AlignTop)
