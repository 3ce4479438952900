"""One version of the file in the stream: what was changed, from what to what, and why."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.columns import BRANCH_TIME, show_instant
from advisorcrm.i18n import _, ngettext
from advisorcrm.services.histories.histories import VersionRow
from advisorcrm.views.clients.stream_entry import StreamEntry
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.label import Label

_AT_A_GLANCE = 2


class ChangeEntry(StreamEntry):
    """Two changes at a glance, all of them after Enter."""

    def __init__(self, version: VersionRow, parent: QWidget | None = None) -> None:
        tone = "warn" if version.is_warning else "ok"
        icon = "bell-off" if version.is_warning else "pencil"
        super().__init__("plus" if version.is_first else icon, tone, f"{tone}_soft", parent)
        self.version = version
        self._told = Label("", wrap=True)
        self.column.addLayout(self._head())
        self.column.addWidget(self._told)
        self.setAccessibleName(
            f"{show_instant(version.at)} {version.what} {version.who} {self._in_words(shown=True)}"
        )
        self.show_all(shown=False)

    def show_all(self, *, shown: bool) -> None:
        """Every change, or two."""
        super().show_all(shown=shown)
        self._told.setText(self._in_words(shown=shown))

    def _in_words(self, *, shown: bool) -> str:
        version = self.version
        number = _("第 {number} 版").format(number=version.number)
        if version.is_first and not shown:
            count = len(version.entries)
            new = ngettext("共 {count} 项 · {number}", "共 {count} 项 · {number}", count)
            return new.format(count=count, number=number)
        told = version.entries if shown else version.entries[:_AT_A_GLANCE]
        words = [
            _("{label}：{old} → {new}").format(
                label=entry.label, old=entry.old or "–", new=entry.new or "–"
            )
            for entry in told
        ]
        rest = len(version.entries) - len(told)
        if rest:
            words.append(_("另有 {count} 项").format(count=rest))
        if version.why:
            words.append(_("原因：{reason}").format(reason=version.why))
        return _("；").join([*words, number])

    def _head(self) -> QHBoxLayout:
        version, head = self.version, QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(version.at.astimezone(BRANCH_TIME).strftime("%H:%M")))
        head.addWidget(Label(version.what, weight=600))
        head.addWidget(Label(_("档案变动"), "text2", "caption"))
        if version.is_warning:
            head.addWidget(Badge(_("同意变更"), "warn"))
        head.addStretch(1)
        head.addWidget(Label(version.who, "text2", "caption"))
        return head
