"""Forms and reports of return calls: which paper, of which round or period, its texts (R219)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.exports.callbacks import CallbackPaper, CallbackRequest
from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.callbacks.callback_campaigns import (
    CampaignRow,
    CampaignSummary,
    find_summary,
    list_campaigns,
    write_summary,
)
from advisorcrm.terms import AccessKind
from advisorcrm.views import reports
from advisorcrm.views.contacts.phrase_edit import PhraseEdit
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_foot import close_button
from advisorcrm.views.widgets.dialog_head import dialog_head
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

_WEEK, _LAST_WEEK, _MONTH, _LAST_MONTH = "week", "last_week", "month", "last_month"
_WIDE_PX, _LINES = 620, 2


class PapersDialog(QDialog):
    """``print_wanted(report)`` and ``export_wanted(report)``."""

    print_wanted = Signal(object)
    export_wanted = Signal(object)

    def __init__(
        self, around: Surroundings, campaign_id: int | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("回访表格与报告"))
        self._around = around
        self._wanted = campaign_id
        periods = [
            (_WEEK, _("本周")), (_LAST_WEEK, _("上周")), (_MONTH, _("本月")),
            (_LAST_MONTH, _("上月")),
        ]  # fmt: skip
        self.paper = ComboBox([(paper.value, paper.label) for paper in CallbackPaper])
        self.campaign = ComboBox()
        self.period = ComboBox(periods)
        self.choices = {
            "paper": Field(_("表格"), self.paper),
            "campaign": Field(_("回访活动"), self.campaign),
            "period": Field(_("期间"), self.period),
        }
        self.texts = {
            "main_content": Field(_("主要内容"), PhraseEdit(_LINES)),
            "product_view": Field(_("客户对产品评价/期望"), PhraseEdit(_LINES)),
            "service_view": Field(_("客户对服务评价/期望"), PhraseEdit(_LINES)),
            "measures": Field(_("改善对策"), PhraseEdit(_LINES)),
            "problems": Field(_("遇到的问题"), PhraseEdit(_LINES)),
            "note": Field(_("备注"), PhraseEdit(_LINES)),
        }
        self.said = InlineBar()
        self.keep_button = plain(_("保存文字"), icon="check")
        self.print_button = primary(_("打印"), icon="printer")
        self.export_button = plain(_("导出"), icon="upload")
        self._lay_out()
        self._connect()
        around.jobs.read(
            partial(list_campaigns, today=around.today()),
            then=self._offer,
            key=("papers", id(self)),
        )
        self._turn()

    def request(self, kind: AccessKind) -> CallbackRequest:
        """What is to be made."""
        paper = CallbackPaper(self.paper.code())
        if paper is CallbackPaper.PERIOD:
            first, last = self._days()
            return CallbackRequest(paper, from_on=first, to_on=last, kind=kind)
        code = self.campaign.code()
        return CallbackRequest(paper, int(code) if code else None, kind=kind)

    def keep_texts(self) -> None:
        """Keep what people write into the closing report (manager)."""
        code = self.campaign.code()
        if code:
            summary = CampaignSummary(**{name: field.value() for name, field in self.texts.items()})
            work = partial(write_summary, campaign_id=int(code), summary=summary)
            self._around.jobs.write(work, then=self._kept, failed=self._refuse)

    def _days(self) -> tuple[date, date]:
        today = self._around.today()
        monday = today - timedelta(days=today.weekday())
        first = today.replace(day=1)
        before = first - timedelta(days=1)
        return {
            _WEEK: (monday, today),
            _LAST_WEEK: (monday - timedelta(days=7), monday - timedelta(days=1)),
            _MONTH: (first, today),
            _LAST_MONTH: (before.replace(day=1), before),
        }[self.period.code()]

    def _offer(self, rows: Sequence[CampaignRow]) -> None:
        self.campaign.set_choices([(str(row.id), row.name) for row in rows])
        if self._wanted is not None:
            self.campaign.set_code(str(self._wanted))
        self._turn()

    def _turn(self) -> None:
        """Ask for what the chosen paper needs."""
        paper = CallbackPaper(self.paper.code())
        is_period, is_summary = paper is CallbackPaper.PERIOD, paper is CallbackPaper.SUMMARY
        self.choices["campaign"].setVisible(not is_period)
        self.choices["period"].setVisible(is_period)
        for field in self.texts.values():
            field.setVisible(is_summary)
        self.keep_button.setVisible(is_summary and self._around.may(Right.LEAD_LISTS))
        can = is_period or bool(self.campaign.code())
        for button in (self.print_button, self.export_button):
            button.setEnabled(can)
        if is_summary and self.campaign.code():
            work = partial(find_summary, campaign_id=int(self.campaign.code()))
            self._around.jobs.read(work, then=self._fill, key=("summary", id(self)))
        self.adjustSize()

    def _fill(self, summary: CampaignSummary) -> None:
        for name, field in self.texts.items():
            field.set_value(getattr(summary, name))

    def _kept(self, _answer: object) -> None:
        self.said.say(Level.INFO, _("已保存，打印时一并印出"))

    def _refuse(self, error: Exception) -> None:
        self.said.say(Level.ERROR, str(error))

    def _print(self) -> None:
        self.print_wanted.emit(reports.callbacks(self.request(AccessKind.PRINT)))

    def _export(self) -> None:
        self.export_wanted.emit(reports.callbacks(self.request(AccessKind.EXPORT)))

    def _connect(self) -> None:
        self.paper.currentIndexChanged.connect(self._turn)
        self.campaign.currentIndexChanged.connect(self._turn)
        self.keep_button.clicked.connect(self.keep_texts)
        self.print_button.clicked.connect(self._print)
        self.export_button.clicked.connect(self._export)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 14)
        whole.setSpacing(8)
        whole.addLayout(dialog_head(self, "printer", _("号码按规定掩码")))
        for field in (*self.choices.values(), *self.texts.values()):
            whole.addWidget(field)
        whole.addWidget(self.said)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.keep_button)
        foot.addStretch(1)
        close = close_button(self)
        for button in (close, self.export_button, self.print_button):
            foot.addWidget(button)
        whole.addLayout(foot)
        self.setMinimumWidth(_WIDE_PX)
