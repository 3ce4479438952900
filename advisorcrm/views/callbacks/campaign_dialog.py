"""The plan of a round: what for, whom, from when, who calls; exclusions are said before (R219)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.amounts import read_money
from advisorcrm.rules.callback_records import CALL_DAYS, SAMPLE_PERCENT
from advisorcrm.rules.sending import reason_of
from advisorcrm.services.callbacks.callback_campaigns import NewCampaign, start_campaign
from advisorcrm.services.callbacks.callback_lists import CallList, draw_call_list, list_callers
from advisorcrm.services.clients.clients import ClientFilter
from advisorcrm.services.clients.saved_views import SavedViewRow, list_saved_views
from advisorcrm.terms import Channel, Purpose
from advisorcrm.views.clients.list_views import built_in_views, special_views
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.choice_button import Choice, ChoiceButton
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.date_line import DateLine
from advisorcrm.views.widgets.dialog_foot import dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_head
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_WIDE_PX, _SAMPLE = 640, "yearly_sample"


class CampaignDialog(QDialog):
    """``started(campaign id, how many clients)``."""

    started = Signal(int, int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("新回访活动"))
        self._around = around
        self._attempt = str(uuid.uuid4())
        self._drawn = CallList(())
        self._queries: dict[str, ClientFilter] = {}
        book = around.book
        kinds = [(code, book.label(terms.CALLBACK_KIND, code))
                 for code in book.codes(terms.CALLBACK_KIND)]  # fmt: skip
        ways = [(code, book.label(terms.CONTACT_WAY, code))
                for code in book.codes(terms.CONTACT_WAY)]  # fmt: skip
        self.starts_on = DateLine()
        self.fields = {
            "kind": Field(_("回访类型"), ComboBox(kinds), required=True),
            "name": Field(_("名称"), QLineEdit(), required=True),
            "query": Field(_("回访对象"), ComboBox(), required=True),
            "caller_ids": Field(
                _("回访人"), ChoiceButton(empty=_("未选")), hint=_("不选时各由自己的客服专员回访")
            ),
            "starts_on": Field(_("开始日期"), self.starts_on, required=True),
            "days": Field(
                _("几天之内完成"), QLineEdit(), hint=_("规定三天；例行、节日、促销可更长")
            ),
            "way": Field(_("回访方式"), ComboBox(ways)),
            "place": Field(_("回访地点"), QLineEdit()),
            "budget_fen": Field(_("费用预算（元）"), QLineEdit()),
            "purpose": Field(_("回访目的"), QLineEdit()),
        }
        self.preview = Label("", "text2", wrap=True)
        self.said = InlineBar()
        self.start_button = primary(_("生成名单"), key="Ctrl+Enter")
        self.start_button.clicked.connect(self.start)
        self.start_button.setShortcut("Ctrl+Return")
        self._lay_out()
        self._begin()

    def plan(self) -> NewCampaign:
        """The round as it is typed. Raises InvalidFieldError for days that are no number."""
        value = {name: field.value() for name, field in self.fields.items()}
        days = value["days"] or str(CALL_DAYS)
        if not days.isdecimal():
            raise InvalidFieldError("days", _("请填天数，例如 3。"))
        people = tuple(int(code) for code in value["caller_ids"].split(",") if code)
        source = self.fields["query"].editor
        audience = source.currentText() if isinstance(source, ComboBox) else ""
        return NewCampaign(
            self._attempt, value["name"], value["kind"],
            self.starts_on.day() or self._around.today(), int(days), value["purpose"], audience,
            value["way"], value["place"], read_money(value["budget_fen"], field="budget_fen"),
            query=self._queries.get(value["query"], ClientFilter()), caller_ids=people,
            is_sample=value["query"] == _SAMPLE,
        )  # fmt: skip

    def start(self) -> None:
        """Open the round."""
        checked = [field.check() for field in self.fields.values()]
        if not all(checked):
            return
        try:
            new = self.plan()
        except InvalidFieldError as error:
            self._refuse(error)
            return
        work = partial(start_campaign, new=new, now=self._around.now())
        self.start_button.setEnabled(False)
        self._around.jobs.write(work, then=self._started, failed=self._refuse)

    # Inside

    def _begin(self) -> None:
        self.starts_on.set_day(self._around.today())
        self.fields["days"].set_value(str(CALL_DAYS))
        self.fields["way"].set_value(terms.WAY_PHONE)
        self._offer([])
        self._name_it()
        self._around.jobs.read(list_callers, then=self._offer_callers, key="callbacks.callers")
        self._around.jobs.read(list_saved_views, then=self._offer, key="callbacks.views")
        self.fields["kind"].changed.connect(self._name_it)
        for name in ("kind", "query", "caller_ids", "days"):
            self.fields[name].changed.connect(self._draw)
        self._draw()

    def _offer_callers(self, people: Sequence[tuple[int, str]]) -> None:
        editor = self.fields["caller_ids"].editor
        if isinstance(editor, ChoiceButton):
            editor.set_choices(Choice(str(key), name) for key, name in people)

    def _offer(self, saved: Sequence[SavedViewRow]) -> None:
        """The views of the client list, the branch's own first."""
        views = [(f"saved-{row.id}", row.name, row.content.query) for row in saved]
        known = [*built_in_views(self._around.settings, is_mine=False)]
        for group in special_views(is_mine=False):
            known += group
        views += [(view.key, view.label, view.query) for view in known]
        self._queries = {key: query for key, _label, query in views}
        editor = self.fields["query"].editor
        if isinstance(editor, ComboBox):
            sample = _SAMPLE, _("年度抽样：上年末客户的 {percent}%").format(percent=SAMPLE_PERCENT)
            editor.set_choices([*((key, label) for key, label, _query in views), sample])
            if not saved:
                editor.set_code("all")

    def _name_it(self) -> None:
        """A name to begin with: month and kind."""
        kind = self._around.book.label(terms.CALLBACK_KIND, self.fields["kind"].value())
        today = self._around.today()
        kind = kind.removesuffix("回访")  # chinese: data
        said = _("{year}-{month} {kind}回访")
        said = said.format(year=today.year, month=f"{today.month:02}", kind=kind)
        self.fields["name"].set_value(said)

    def _draw(self) -> None:
        """Say who would be on the list, and who not."""
        try:
            wish = self.plan().wish
        except InvalidFieldError:
            return
        work = partial(draw_call_list, wish=wish, today=self._around.today())
        self._around.jobs.read(
            work, then=self._show_list, failed=self._refuse, key=("callbacks.draw", id(self))
        )

    def _show_list(self, drawn: CallList) -> None:
        self._drawn = drawn
        self.said.hide()
        count = len(drawn.lines)
        parts = [ngettext("回访 {count} 位客户", "回访 {count} 位客户", count).format(count=count)]
        if drawn.sample is not None:
            said = _("上年末客户 {clients} 位，今年已在名单 {called} 位，抽满 {percent}%")
            parts.append(said.format(clients=drawn.sample.clients, called=drawn.sample.called,
                                     percent=SAMPLE_PERCENT))  # fmt: skip
            tag = self._around.book.label(terms.TAG, terms.TAG_DORMANT)
            said = _("不含有“{tag}”标签的 {count} 位")
            parts.append(said.format(tag=tag, count=drawn.sample.dormant))
        hours = self._around.settings.contact_hours
        parts += [
            _("不回访 {count} 位：{reason}").format(
                count=left, reason=reason_of(code, Channel.PHONE, Purpose.CARE, hours)
            )
            for code, left in drawn.excluded.items()
        ]
        if drawn.unassigned:
            parts.append(_("{count} 位还没有回访人").format(count=drawn.unassigned))
        self.preview.setText("\n".join(parts))
        self.start_button.setEnabled(bool(count))

    def _started(self, campaign_id: int) -> None:
        self.accept()
        self.started.emit(campaign_id, len(self._drawn.lines))

    def _refuse(self, error: Exception) -> None:
        self.start_button.setEnabled(bool(self._drawn.lines))
        if isinstance(error, InvalidFieldError) and error.field in self.fields:
            self.fields[error.field].show_message(Level.ERROR, error.reason)
        else:
            self.said.say(Level.ERROR, str(error))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for place, field in enumerate(self.fields.values()):
            row, column = divmod(place, 2)
            is_last = place == len(self.fields) - 1
            grid.addWidget(field, row, column, 1, 2 if is_last and not column else 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 14)
        whole.setSpacing(10)
        remark = _("新客户、投诉和合规回访不派给客户自己的客服专员")
        whole.addLayout(dialog_head(self, "phone", remark))
        whole.addLayout(grid)
        whole.addWidget(self.preview)
        whole.addWidget(self.said)
        whole.addLayout(dialog_foot(self, self.start_button))
        self.setMinimumWidth(_WIDE_PX)
