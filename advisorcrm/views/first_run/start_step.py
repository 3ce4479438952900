"""Step 5: who counts as high-end, with what to begin, and what will be made."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QRadioButton

from advisorcrm import terms
from advisorcrm.i18n import _
from advisorcrm.views.first_run.step import Step
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.label import Label

IMPORT, SAMPLE, BLANK = "import", "sample", "blank"


class StartStep(Step):
    """The last choices before anything is made."""

    def __init__(self) -> None:
        super().__init__()
        self.title = _("高端客户与数据")
        self.remark = _("确认之后才建立数据库和账号。")
        self._tiers = {
            terms.TIER_PLATINUM: CheckBox(_("白金卡")),
            terms.TIER_GOLD: CheckBox(_("金卡")),
            terms.TIER_SILVER: CheckBox(_("银卡")),
        }
        self._starts = {
            IMPORT: QRadioButton(_("登录后导入客户表")),
            SAMPLE: QRadioButton(_("放入示例数据试用（客户都是虚构的）")),
            BLANK: QRadioButton(_("空白开始")),
        }
        self._group = QButtonGroup(self)
        self._made = Card(_("将要建立"))
        self._build()

    def high_end_tiers(self) -> tuple[str, ...]:
        """Codes of the tiers that count as high-end."""
        return tuple(code for code, box in self._tiers.items() if box.isChecked())

    def start_with(self) -> str:
        """import, sample or blank."""
        return next(code for code, box in self._starts.items() if box.isChecked())

    def summary(self) -> str:
        """The chosen beginning."""
        return self._starts[self.start_with()].text().split("（", maxsplit=1)[0]  # chinese: data

    def values(self) -> dict[str, str]:
        """Choices of this step."""
        return {"tiers": ",".join(self.high_end_tiers()), "start": self.start_with()}

    def fill(self, values: dict[str, str]) -> None:
        """Show what a draft kept."""
        if values.get("tiers"):
            for code, box in self._tiers.items():
                box.setChecked(code in values["tiers"].split(","))
        chosen = self._starts.get(values.get("start", ""))
        if chosen is not None:
            chosen.setChecked(True)

    def show_summary(self, lines: list[tuple[str, str]]) -> None:
        """List what will be made."""
        while self._made.body.count():
            item = self._made.body.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.deleteLater()
        for icon, text in lines:
            self._made.add(IconLabel(icon, text, "text", size="body", icon_px=15))

    def _build(self) -> None:
        tiers = Card(_("高端客户"), sub=_("每周沟通频率按此要求，可在设置里改"))
        for code, box in self._tiers.items():
            box.setChecked(code != terms.TIER_SILVER)
            box.toggled.connect(self.changed)
            tiers.add(box)
        starts = Card(_("从什么开始"))
        for button in self._starts.values():
            self._group.addButton(button)
            button.toggled.connect(self.changed)
            starts.add(button)
        self._starts[IMPORT].setChecked(True)
        starts.add(Label(_("节假日已内置到 2026 年；下一年在通知发布后导入。"), "text3", "caption"))
        for card in (tiers, starts, self._made):
            self.body.addWidget(card)
        self.body.addStretch(1)
