"""Step 2: a new database or one that is there, and where it lies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit

from advisorcrm.i18n import _
from advisorcrm.views.first_run.step import Step, grid
from advisorcrm.views.sign_in.door import is_server
from advisorcrm.views.widgets.buttons import plain, quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.field import Field, Verdict
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.level import Level

_SYNCED = ("onedrive", "dropbox", "nutstore", "坚果云", "baidunetdisk", "icloud")  # chinese: data


class DatabaseStep(Step):
    """``existing_chosen`` with a file that is to be opened instead."""

    existing_chosen = Signal(str)

    def __init__(self, location: str) -> None:
        super().__init__()
        self.title = _("数据库")
        self.remark = _("营业部的全部资料在一个加密文件里；也可以接营业部的服务器。")
        place = Field(
            _("存放位置"),
            QLineEdit(location),
            required=True,
            hint=_("文件路径，或 postgresql:// 地址"),
            judge=judge_place,
        )
        browse = plain(_("浏览…"), icon="folder-open")
        browse.clicked.connect(self._browse)
        place.add_beside(browse)
        self.place = self.add_field("location", place)
        card = Card(_("新建数据库"))
        card.body.addLayout(grid(((place, 12),)))
        for icon, text in (
            (
                "shield-check",
                _("文件自动加密，密钥由每个人的登录密码打开；没有密码谁也看不到内容。"),
            ),
            ("file-key", _("第 5 步之后会打印一张恢复单：密码都忘了时，只有它能打开数据。")),
            ("hard-drive-download", _("请放在本机硬盘；备份盘和同步盘只放备份。")),
        ):
            card.add(IconLabel(icon, text, "text2", icon_px=15))
        self.body.addWidget(card)
        existing = Card(_("已有数据库"), sub=_("换电脑、重装之后用"))
        open_file = quiet(_("打开已有的数据库文件…"), icon="folder-open")
        open_file.clicked.connect(self._open_existing)
        row = QHBoxLayout()
        row.addWidget(open_file)
        row.addStretch(1)
        existing.body.addLayout(row)
        self.body.addWidget(existing)
        self.body.addStretch(1)

    def summary(self) -> str:
        """What will be made."""
        place = self.place.value()
        if is_server(place):
            return _("服务器 {name}").format(name=place.rpartition("@")[2])
        return _("新建 {name} · 已加密").format(name=Path(place).name)

    def _browse(self) -> None:
        found, _kind = QFileDialog.getSaveFileName(
            self, _("数据库放在哪里"), self.place.value(), _("数据库 (*.db)")
        )
        if found:
            self.place.set_value(found)
            self.place.check()
            self.changed.emit()

    def _open_existing(self) -> None:
        found, _kind = QFileDialog.getOpenFileName(
            self, _("打开已有的数据库"), self.place.value(), _("数据库 (*.db)")
        )
        if found:
            self.existing_chosen.emit(found)


def judge_place(place: str) -> Verdict | None:
    """A place that is taken is refused, one that is synchronised is warned of."""
    if not place or is_server(place):
        return None
    path = Path(place)
    if path.exists():
        return Verdict(Level.ERROR, _("这里已有文件，不会覆盖。请换个名称，或打开已有的数据库。"))
    if not path.name or path.suffix == "":
        return Verdict(Level.ERROR, _("请写完整的文件名，例如 branch.db。"))
    if place.startswith(("\\\\", "//")) or any(name in place.lower() for name in _SYNCED):
        return Verdict(Level.WARN, _("网络盘和同步盘会损坏正在使用的数据库，请改放本机硬盘。"))
    return None
