"""A person's own choices: language, look, sizes, keys, password."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm import i18n
from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

if TYPE_CHECKING:
    from advisorcrm.services.branch.settings import Settings
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.jobs import Jobs


class PersonalPanel(QWidget):
    """Every choice is kept and applied at once."""

    settings_changed = Signal()

    def __init__(self, jobs: Jobs, workplace: Workplace, settings: Settings) -> None:
        super().__init__()
        self._jobs = jobs
        self._workplace = workplace
        self.language = ComboBox([("zh_CN", "中文"), ("en", "English")])  # chinese: data
        self.theme = ComboBox(
            [("system", _("跟随系统")), ("light", _("浅色")), ("dark", _("深色"))]
        )
        self.scale = ComboBox([(str(size), f"{size}%") for size in theme.SCALES])
        self.rows = ComboBox(
            [("compact", _("紧凑")), ("standard", _("标准")), ("two_line", _("两行"))]
        )
        self.single_keys = CheckBox(_("单键快捷键（不在输入框时按 N 记沟通等）"))
        self.old_password, self.new_password = QLineEdit(), QLineEdit()
        self.said = InlineBar()
        self._fill(settings)
        self._build()
        self._connect()

    def _fill(self, settings: Settings) -> None:
        self.language.set_code(settings.language)
        self.theme.set_code(settings.theme)
        self.scale.set_code(str(settings.font_percent))
        self.rows.set_code(settings.row_height)
        self.single_keys.setChecked(settings.single_keys)

    def _build(self) -> None:
        look = Card(_("语言与外观"))
        grid = QGridLayout()
        grid.setSpacing(10)
        grid.addWidget(Field(_("语言"), self.language), 0, 0)
        grid.addWidget(Field(_("外观"), self.theme), 0, 1)
        grid.addWidget(Field(_("字号"), self.scale), 1, 0)
        grid.addWidget(Field(_("行高"), self.rows), 1, 1)
        look.body.addLayout(grid)
        look.add(self.single_keys)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(look)
        whole.addWidget(self._password_card())
        whole.addStretch(1)

    def _password_card(self) -> Card:
        card = Card(_("修改密码"))
        for editor in (self.old_password, self.new_password):
            editor.setEchoMode(QLineEdit.EchoMode.Password)
        change = plain(_("修改密码"), icon="key-round")
        change.clicked.connect(self._change_password)
        card.add(self.said)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Field(_("原密码"), self.old_password), 1)
        row.addWidget(Field(_("新密码"), self.new_password, hint=_("至少 8 位")), 1)
        card.body.addLayout(row)
        card.body.addWidget(change, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _connect(self) -> None:
        self.language.currentIndexChanged.connect(self._choose_language)
        self.theme.currentIndexChanged.connect(self._choose_look)
        self.scale.currentIndexChanged.connect(self._choose_look)
        self.rows.currentIndexChanged.connect(self._choose_rows)
        self.single_keys.toggled.connect(self._choose_keys)

    def _choose_language(self) -> None:
        self._keep("language", self.language.code(), then=self._use_language)

    def _choose_look(self) -> None:
        theme.use(self.theme.code(), int(self.scale.code()))
        self._keep("theme", self.theme.code())
        self._keep("font_percent", int(self.scale.code()))

    def _choose_rows(self) -> None:
        self._keep("row_height", self.rows.code(), then=self._tell_changed)

    def _choose_keys(self, is_on: bool) -> None:
        self._keep("single_keys", is_on, then=self._tell_changed)

    def _keep(
        self, name: str, value: object, *, then: Callable[[None], None] | None = None
    ) -> None:
        from advisorcrm.services.branch.settings import save_setting

        if not self._jobs.is_read_only:
            self._jobs.write(partial(save_setting, name=name, value=value), then=then)
        elif then is not None:
            then(None)  # it holds until the program ends

    def _use_language(self, _answer: None) -> None:
        i18n.use_language(self.language.code())
        self.settings_changed.emit()

    def _tell_changed(self, _answer: None) -> None:
        self.settings_changed.emit()

    def _change_password(self) -> None:
        self._jobs.run(
            partial(
                self._workplace.change_password,
                self.old_password.text(),
                self.new_password.text(),
            ),
            then=self._changed,
            failed=self._not_changed,
        )

    def _changed(self, _answer: object) -> None:
        self.old_password.clear()
        self.new_password.clear()
        self.said.say(Level.OK, _("密码已修改，下次登录起用新密码。"))

    def _not_changed(self, error: Exception) -> None:
        self.said.say(Level.ERROR, str(error))
