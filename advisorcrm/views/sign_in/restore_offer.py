"""A damaged or lost database at the door: which copy there is, and the question before its use."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from advisorcrm.columns import show_instant
from advisorcrm.db.copy_places import copied_at, newest_copy
from advisorcrm.i18n import _
from advisorcrm.views.discard_dialog import DiscardDialog


def copy_at(location: str) -> str:
    """When the newest copy was made, to be shown; empty where there is none.

    For the door's thread: the folder of copies may lie on another computer.
    """
    copy = newest_copy(Path(location))
    return show_instant(copied_at(copy)) if copy else ""


def restore_dialog(made_at: str, parent: QWidget | None = None) -> DiscardDialog:
    """What is lost and what is kept; Esc leaves everything as it is."""
    told = _(
        "用 {at} 的备份恢复？在那之后保存的内容不在备份里。原来的文件移到旁边的文件夹，不会删除。"
    ).format(at=made_at)
    return DiscardDialog(_("用备份恢复"), told, parent, keep=_("取消"))
