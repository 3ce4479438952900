"""Which file of the client proves an answer or a test: one of the attachments, or none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from advisorcrm.columns import show_instant
from advisorcrm.i18n import _
from advisorcrm.services.files.attachments import AttachmentRow
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.field import Field


class EvidenceField(Field):
    """A choice of the client's files, the newest first; they are added on the tab 附件."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._files = ComboBox([], empty=_("没有附件"))
        super().__init__(_("证明材料"), self._files, hint=_("可空，先在附件里添加"), parent=parent)

    def show_files(self, rows: Sequence[AttachmentRow]) -> None:
        """Offer these files; the one chosen stays."""
        newest = sorted(rows, key=lambda row: row.added_at, reverse=True)
        choices = [
            (str(row.id), f"{row.file_name}  {show_instant(row.added_at)}") for row in newest
        ]
        self._files.set_choices(choices, empty=_("不附材料") if choices else _("没有附件"))

    def attachment_id(self) -> int | None:
        """The file chosen."""
        code = self._files.code()
        return int(code) if code else None

    def clear(self) -> None:
        """For the next answer."""
        self._files.set_code("")
