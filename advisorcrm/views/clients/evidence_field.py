"""Which file of the client proves an answer or a test: one of the attachments, or none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from advisorcrm.columns import show_instant
from advisorcrm.i18n import _
from advisorcrm.services.files.attachments import AttachmentRow
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.field import Field


class EvidenceField(Field):
    """A choice of the client's files, the newest first; ``add_wanted`` for one not kept yet."""

    add_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._files = ComboBox([], empty=_("没有附件"))
        super().__init__(_("证明材料"), self._files, hint=_("可空"), parent=parent)
        self._known: frozenset[int] | None = None
        self.add = quiet(_("添加"), icon="plus")
        self.add.setAccessibleName(_("添加证明材料"))
        self.add.clicked.connect(self._want_another)
        self.add_beside(self.add)

    def show_files(self, rows: Sequence[AttachmentRow]) -> None:
        """Offer these files; the one chosen stays, unless another was wanted and has come."""
        newest = sorted(rows, key=lambda row: row.added_at, reverse=True)
        choices = [
            (str(row.id), f"{row.file_name}  {show_instant(row.added_at)}") for row in newest
        ]
        self._files.set_choices(choices, empty=_("不附材料") if choices else _("没有附件"))
        come = [row.id for row in newest if self._known is not None and row.id not in self._known]
        if come:
            self._files.set_code(str(come[0]))
            self._known = None

    def attachment_id(self) -> int | None:
        """The file chosen."""
        code = self._files.code()
        return int(code) if code else None

    def _want_another(self) -> None:
        offered = (self._files.itemData(place) for place in range(self._files.count()))
        self._known = frozenset(int(code) for code in offered if code)
        self.add_wanted.emit()

    def clear(self) -> None:
        """For the next answer."""
        self._files.set_code("")
