"""Copies of the database: make one now, see the last, check the integrity."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.columns import show_instant
from advisorcrm.i18n import _
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

if TYPE_CHECKING:
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.jobs import Jobs


class BackupPanel(QWidget):
    """Back up and verify, in the background."""

    def __init__(self, jobs: Jobs, workplace: Workplace) -> None:
        super().__init__()
        self._jobs = jobs
        self._workplace = workplace
        self.said = InlineBar()
        self.last = Label("", "text2", wrap=True)
        self.back_up_button = primary(_("现在备份"), icon="hard-drive-download")
        self.back_up_button.clicked.connect(self._back_up)
        self.check_button = plain(_("完整性检查"), icon="shield-check")
        self.check_button.clicked.connect(self._check)
        self._build()

    def reload(self) -> None:
        """Show when the last copy was made."""
        self._jobs.run(self._workplace.last_copy, then=self._show_last)

    def _build(self) -> None:
        card = Card(_("备份"), sub=_("每天自动一份，保留 14 份，连同密钥文件"))
        card.add(self.said)
        card.add(self.last)
        row = QHBoxLayout()
        row.addWidget(self.back_up_button)
        row.addWidget(self.check_button)
        row.addStretch(1)
        card.body.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(card)
        whole.addStretch(1)

    def _back_up(self) -> None:
        self.back_up_button.setEnabled(False)
        self._jobs.run(self._workplace.back_up, then=self._backed_up, failed=self._failed)

    def _check(self) -> None:
        self.check_button.setEnabled(False)
        self._jobs.run(self._workplace.check, then=self._checked, failed=self._failed)

    def _backed_up(self, path: Path) -> None:
        self._ready()
        self.said.say(Level.OK, _("已备份并验证：{path}").format(path=path))
        self.reload()

    def _checked(self, findings: list[str]) -> None:
        self._ready()
        if findings:
            self.said.say(
                Level.ERROR,
                _("有 {count} 处问题，请用最近的备份恢复：{first}").format(
                    count=len(findings), first=findings[0]
                ),
            )
        else:
            self.said.say(Level.OK, _("完整性检查通过。"))

    def _failed(self, error: Exception) -> None:
        self._ready()
        self.said.say(Level.ERROR, str(error))

    def _ready(self) -> None:
        self.back_up_button.setEnabled(True)
        self.check_button.setEnabled(True)

    def _show_last(self, path: Path | None) -> None:
        if path is None:
            self.last.setText(_("还没有备份。"))
            return
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        self.last.setText(_("最近一份：{at}，{path}").format(at=show_instant(at), path=path))
