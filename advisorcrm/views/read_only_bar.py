"""The bar over every page while the database can only be read (fault 5 of the design)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level


class ReadOnlyBar(InlineBar):
    """Says what cannot be done and why; absent where everything can be saved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(4, 0, 4, 0)

    def show_state(self, *, is_read_only: bool) -> None:
        """Appear or go."""
        if not is_read_only:
            self.hide()
            return
        self.say(
            Level.WARN,
            _(
                "只读模式：数据库所在的磁盘或文件不能写入。可以查找和查看；"
                "登记、修改、导入，以及须留日志的显示号码、打印和导出，要等能写入后重新登录。"
            ),
        )
