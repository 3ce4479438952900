"""自定义字段: what the branch asks of a client beside the program's own fields (R19)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import messages, theme
from advisorcrm.views.settings.entries_card import ENGLISH, LABEL, EntriesCard, Words
from advisorcrm.views.settings.new_field_dialog import NewFieldDialog
from advisorcrm.views.settings.standards_side import ChangesCard

if TYPE_CHECKING:
    from advisorcrm.services.own_fields import NewOwnField, OwnFieldRow
    from advisorcrm.services.workplace import Workplace
    from advisorcrm.views.jobs import Jobs

EXPLAIN = "explain"
_SIDE_PX = 220
_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class OwnFieldsPanel(QWidget):
    """``told(sentence, undo)`` after each change, ``codes_changed`` when choices came."""

    told = Signal(str, object)
    codes_changed = Signal()

    def __init__(self, jobs: Jobs, workplace: Workplace) -> None:
        super().__init__()
        from advisorcrm.services.access import Right, may

        self._jobs = jobs
        self._fields: Sequence[OwnFieldRow] = ()
        self._undo: Callable[[], None] | None = None
        self.dialog: NewFieldDialog | None = None
        self.may_edit = may(workplace.actor, Right.SET_STANDARDS) and not workplace.is_read_only
        words = Words(
            _("自定义字段"),
            _("添加字段"),
            _("显示在客户档案里；可停用，不能删除"),
            ((LABEL, _("名称")), (ENGLISH, _("英文名")), (EXPLAIN, _("说明"))),
            lambda field: str(field.kind.label),
        )
        self.card = EntriesCard(words, may_edit=self.may_edit)
        self.changes = ChangesCard()
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read the fields again."""
        from advisorcrm.services.code_list_changes import list_own_field_changes
        from advisorcrm.services.own_fields import list_own_fields

        self._jobs.read(list_own_fields, then=self._show_fields, key="own_fields.fields")
        self._jobs.read(
            list_own_field_changes, then=self.changes.show_changes, key="own_fields.changes"
        )

    def add_field(self) -> None:
        """Ask for another field; the form stays open until it is accepted."""
        self.dialog = NewFieldDialog(self)
        self.dialog.submitted.connect(partial(self._add, self.dialog))
        self.dialog.open()

    def undo(self) -> None:
        """Take back the last change of this page."""
        back, self._undo = self._undo, None
        if back is not None:
            back()

    def _show_fields(self, fields: Sequence[OwnFieldRow]) -> None:
        self._fields = fields
        self.card.show_entries(fields)

    # Changing

    def _add(self, dialog: NewFieldDialog, new: NewOwnField) -> None:
        from advisorcrm.services.own_fields import add_own_field

        self._jobs.write(
            partial(add_own_field, new=new),
            then=partial(self._added, dialog, new.label.strip()),
            failed=dialog.show_problem,
        )

    def _added(self, dialog: NewFieldDialog, label: str, field_id: int) -> None:
        dialog.accept()
        self.codes_changed.emit()
        back = partial(self._set_retired, field_id, label, is_retired=True)
        self._done(_("已添加“{label}”").format(label=label), back, None)

    def _change(self, field: OwnFieldRow, column: str, text: str) -> None:
        texts = {LABEL: field.label, ENGLISH: field.label_en, EXPLAIN: field.explain}
        self._write_texts(field, texts | {column: text}, texts)

    def _write_texts(
        self, field: OwnFieldRow, texts: dict[str, str], before: dict[str, str]
    ) -> None:
        from advisorcrm.services.own_fields import change_own_field

        said = _("“{label}”已改").format(label=field.label)
        work = partial(
            change_own_field,
            field_id=field.id,
            label=texts[LABEL],
            label_en=texts[ENGLISH],
            explain=texts[EXPLAIN],
        )
        self._write(work, said, partial(self._write_texts, field, before, texts))

    def _order(self, ids: Sequence[int]) -> None:
        from advisorcrm.services.own_fields import order_own_fields

        before = [field.id for field in self._fields if not field.is_retired]
        work = partial(order_own_fields, field_ids=ids)
        self._write(work, _("顺序已改"), partial(self._order, before))

    def _retire(self, field: OwnFieldRow) -> None:
        self._set_retired(field.id, field.label, is_retired=not field.is_retired)

    def _set_retired(self, field_id: int, label: str, *, is_retired: bool) -> None:
        from advisorcrm.services.own_fields import retire_own_field

        said = _("已停用“{label}”") if is_retired else _("已恢复使用“{label}”")
        back = partial(self._set_retired, field_id, label, is_retired=not is_retired)
        work = partial(retire_own_field, field_id=field_id, is_retired=is_retired)
        self._write(work, said.format(label=label), back)

    def _write(self, work: Any, said: str, back: Callable[[], None]) -> None:
        self._jobs.write(work, then=partial(self._done, said, back), failed=self._failed)

    def _done(self, said: str, back: Callable[[], None], _answer: object) -> None:
        self._undo = back
        self.told.emit(said, back)
        self.reload()

    def _failed(self, error: Exception) -> None:
        messages.show_problem(error, self)
        self.reload()

    # Inside

    def _connect(self) -> None:
        self.card.adding.connect(self.add_field)
        self.card.changed.connect(self._change)
        self.card.ordered.connect(self._order)
        self.card.retiring.connect(self._retire)
        undo = QShortcut(QKeySequence("Ctrl+Z"), self)
        undo.setContext(_HERE)  # WORKAROUND: PySide ignores it as an argument
        undo.activated.connect(self.undo)

    def _lay_out(self) -> None:
        self.changes.setFixedWidth(theme.px(_SIDE_PX))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 8, 0)
        whole.setSpacing(12)
        whole.addWidget(self.card, 1)
        whole.addWidget(self.changes, 0, Qt.AlignmentFlag.AlignTop)
