"""How large an attached file may be, for the whole branch."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.branch.settings import Settings, load_settings, save_setting
from advisorcrm.views import messages
from advisorcrm.views.jobs import Jobs
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 280


class LimitCard(Card):
    """One number in MB; files that are there already stay."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(_("附件"), sub=_("加密存放在数据库里，备份随之变大"), parent=parent)
        self._jobs = jobs
        self.most = Field(_("每份附件最大（MB）"), QLineEdit(), required=True, hint="1–100")
        self.most.setMaximumWidth(_WIDE_PX)
        self.save_button = plain(_("保存大小限制"))
        self.save_button.clicked.connect(self.save)
        self.add(self.most)
        self.body.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)

    def reload(self) -> None:
        """Read the limit again."""
        self._jobs.read(load_settings, then=self._show, key="settings.attachment_mb")

    def save(self) -> None:
        """Keep the limit."""
        if self.most.check():
            text = self.most.value().strip()
            value = int(text) if text.isdecimal() else text
            work = partial(save_setting, name="attachment_mb", value=value)
            self._jobs.write(work, then=self._saved, failed=self._failed)

    def _show(self, settings: Settings) -> None:
        self.most.set_value(str(settings.attachment_mb))

    def _saved(self, _answer: object) -> None:
        self.most.show_message(Level.OK, _("已保存"))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, InvalidFieldError):
            self.most.show_message(Level.ERROR, error.reason)
        else:
            messages.show_problem(error, self)
