"""自定义字段: what the branch asks of a client beside the program's own fields (R19)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from advisorcrm.i18n import _
from advisorcrm.views.settings.entries_card import ENGLISH, LABEL, Words
from advisorcrm.views.settings.entries_panel import EntriesPanel
from advisorcrm.views.settings.new_field_dialog import NewFieldDialog

if TYPE_CHECKING:
    from advisorcrm.columns import OwnFieldRow
    from advisorcrm.services.files.own_fields import NewOwnField
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.jobs import Jobs

EXPLAIN = "explain"


class OwnFieldsPanel(EntriesPanel):
    """The branch's own fields with kind, both names and explanation."""

    def __init__(self, jobs: Jobs, workplace: Workplace) -> None:
        words = Words(
            _("自定义字段"),
            _("添加字段"),
            _("显示在客户档案里；可停用，不能删除"),
            ((LABEL, _("名称")), (ENGLISH, _("英文名")), (EXPLAIN, _("说明"))),
            lambda field: str(field.kind.label),
            _("种类"),
            _("还没有自定义字段；添加后出现在客户档案、列表、筛选、导入和导出里。"),
        )
        super().__init__(jobs, workplace, words)
        self.dialog: NewFieldDialog | None = None

    def reload(self) -> None:
        """Read the fields again."""
        from advisorcrm.services.branch.code_list_changes import list_own_field_changes
        from advisorcrm.services.files.own_fields import list_own_fields

        self.jobs.read(list_own_fields, then=self._show_fields, key="own_fields.fields")
        self.jobs.read(
            list_own_field_changes, then=self.changes.show_changes, key="own_fields.changes"
        )

    def add_entry(self) -> None:
        """Ask for another field; the form stays open until it is accepted."""
        self.dialog = NewFieldDialog(self)
        self.dialog.submitted.connect(partial(self._add, self.dialog))
        self.dialog.open()

    def change_entry(self, field: OwnFieldRow, column: str, text: str) -> None:
        """Rename or explain a field."""
        texts = {LABEL: field.label, ENGLISH: field.label_en, EXPLAIN: field.explain}
        self._write_texts(field, texts | {column: text}, texts)

    def order_work(self, ids: Sequence[int]) -> Callable[..., object]:
        """The fields in another order."""
        from advisorcrm.services.files.own_fields import order_own_fields

        return partial(order_own_fields, field_ids=ids)

    def retire_work(self, entry_id: int, *, is_retired: bool) -> Callable[..., object]:
        """A field is asked no longer, or again."""
        from advisorcrm.services.files.own_fields import retire_own_field

        return partial(retire_own_field, field_id=entry_id, is_retired=is_retired)

    # Inside

    def _show_fields(self, fields: Sequence[OwnFieldRow]) -> None:
        self.entries = fields
        self.card.show_entries(fields)

    def _add(self, dialog: NewFieldDialog, new: NewOwnField) -> None:
        from advisorcrm.services.files.own_fields import add_own_field

        self.jobs.write(
            partial(add_own_field, new=new),
            then=partial(self._added, dialog, new.label.strip()),
            failed=dialog.show_problem,
        )

    def _added(self, dialog: NewFieldDialog, label: str, field_id: int) -> None:
        dialog.accept()
        self.added(label, field_id)

    def _write_texts(
        self, field: OwnFieldRow, texts: dict[str, str], before: dict[str, str]
    ) -> None:
        from advisorcrm.services.files.own_fields import change_own_field

        said = _("“{label}”已改").format(label=field.label)
        work = partial(
            change_own_field,
            field_id=field.id,
            label=texts[LABEL],
            label_en=texts[ENGLISH],
            explain=texts[EXPLAIN],
        )
        self.write(work, said, partial(self._write_texts, field, before, texts))
