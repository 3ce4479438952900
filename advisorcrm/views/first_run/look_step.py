"""Step 1: language and look, applied at once."""

from __future__ import annotations

from PySide6.QtCore import Signal

from advisorcrm import i18n
from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.first_run.step import Step, grid
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.field import Field


class LookStep(Step):
    """``language_chosen`` when the words of the wizard must change."""

    language_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.title = _("语言与外观")
        self.remark = _("马上生效，以后每个人可以在 设置 › 个人 里改成自己的。")
        self.language = ComboBox([("zh_CN", "中文"), ("en", "English")])  # chinese: data
        self.appearance = ComboBox(
            [("system", _("跟随系统")), ("light", _("浅色")), ("dark", _("深色"))]
        )
        self.scale = ComboBox([(str(size), f"{size}%") for size in theme.SCALES])
        self.language.set_code(i18n.language())
        self.appearance.set_code(theme.current.appearance)
        self.scale.set_code(str(theme.current.scale))
        language = self.add_field("language", Field(_("语言"), self.language))
        appearance = self.add_field("appearance", Field(_("外观"), self.appearance))
        scale = self.add_field("scale", Field(_("字号"), self.scale))
        card = Card(_("语言与外观"))
        card.body.addLayout(grid(((language, 4), (appearance, 4), (scale, 4))))
        self.body.addWidget(card)
        self.body.addStretch(1)
        language.changed.connect(self._choose_language)
        appearance.changed.connect(self._use)
        scale.changed.connect(self._use)

    def summary(self) -> str:
        """Language, appearance, size."""
        parts = (box.currentText() for box in (self.language, self.appearance, self.scale))
        return " · ".join(parts)

    def fill(self, values: dict[str, str]) -> None:
        """A look is chosen by what is seen, not by the draft."""

    def _choose_language(self) -> None:
        self.language_chosen.emit(self.language.code())

    def _use(self) -> None:
        theme.use(self.appearance.code(), int(self.scale.code()))
