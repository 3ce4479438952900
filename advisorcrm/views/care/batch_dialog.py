"""Greeting many clients for a holiday: who gets it, who is left out and why, before (R245)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.i18n import _, ngettext
from advisorcrm.services.care.festivals import FestivalRow
from advisorcrm.services.care.greeting_batches import (
    GreetingAsk,
    GreetingPlan,
    LeftOut,
    Recipient,
    plan_greetings,
)
from advisorcrm.services.care.greetings import TemplateRow, list_templates
from advisorcrm.terms import CareKind, CareWay
from advisorcrm.views import messages, theme
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_foot import dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.dialog_room import open_large
from advisorcrm.views.widgets.entry_dialog import EntryDialog
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

_SIZE = (940, 620)


class BatchDialog(EntryDialog):
    """``submitted(GreetingAsk)``; the plan is read anew with every choice."""

    submitted = Signal(object)

    def __init__(
        self, around: Surroundings, festival: FestivalRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._festival = festival
        self.plan: GreetingPlan | None = None
        self.setWindowTitle(
            _("{name}问候 – {date}").format(name=festival.name, date=festival.next_on.isoformat())
        )
        self.way = Field(_("方式"), ComboBox([(one.value, one.label) for one in CareWay]))
        self.template = Field(_("问候模板"), ComboBox([]))
        self.bar = InlineBar()
        self.model = RecordTableModel(Recipient)
        self.table = RecordTable(self.model, _("会问候的客户"))
        self.out_model = RecordTableModel(LeftOut)
        self.out_table = RecordTable(self.out_model, _("不问候的客户"))
        self.button = primary(_("已发出，记下"), key="Ctrl+Enter")
        self.button.setEnabled(False)
        self._lay_out()
        self.way.set_value(CareWay.SMS.value)
        self.button.clicked.connect(self.submit)
        self.way.changed.connect(self._read)
        self.template.changed.connect(self._read)
        read = partial(list_templates, kind=CareKind.FESTIVAL)
        around.jobs.read(read, then=self._offer)
        open_large(self, *_SIZE)

    def submit(self) -> None:
        """Give what was planned; it is worked out again when it is kept."""
        if self.plan is not None and self.plan.recipients:
            self.button.setEnabled(False)
            self.submitted.emit(self._ask())

    def accept_answer(self, _answer: object) -> None:
        """It is stored."""
        self.accept()

    def show_problem(self, error: Exception) -> None:
        """Nothing was stored: say why."""
        self.button.setEnabled(True)
        messages.show_problem(error, self)

    def _offer(self, rows: list[TemplateRow]) -> None:
        box = self.template.editor
        if isinstance(box, ComboBox):
            box.set_choices([(str(row.id), row.name) for row in rows])
        if rows:
            self.template.set_value(str(rows[0].id))
        self._read()

    def _ask(self) -> GreetingAsk:
        return GreetingAsk(
            CareKind.FESTIVAL,
            CareWay(self.way.value()),
            self._festival.name,
            self._festival.next_on,
            int(self.template.value()),
        )

    def _read(self) -> None:
        if not self.template.value():
            self.bar.say(Level.WARN, _("没有节日问候的模板，请先在设置里添加。"))
            return
        work = partial(plan_greetings, ask=self._ask(), now=self._around.now())
        self._around.jobs.read(work, then=self._show, failed=self._refuse, key="care.batch")

    def _show(self, plan: GreetingPlan) -> None:
        self.plan = plan
        self.model.show_rows(plan.recipients)
        self.out_model.show_rows(plan.left_out)
        who, out = len(plan.recipients), len(plan.left_out)
        said = ngettext("问候 {count} 户", "问候 {count} 户", who).format(count=f"{who:,}")
        if out:
            reasons = _("；").join(
                _("{reason} {count} 户").format(reason=reason.rstrip("。."), count=f"{count:,}")
                for reason, count in plan.reasons
            )
            said += _("，不问候 {count} 户：{reasons}").format(count=f"{out:,}", reasons=reasons)
        self.bar.say(Level.INFO if who else Level.WARN, said)
        self.button.setEnabled(bool(who))

    def _refuse(self, error: Exception) -> None:
        self.button.setEnabled(False)
        self.bar.say(messages.level_of(error), str(error))

    def _lay_out(self) -> None:
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "heart", _("不问候的先列在下面，发出后再记")))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.way, 1)
        row.addWidget(self.template, 2)
        whole.addLayout(row)
        whole.addWidget(self.bar)
        for title, table, stretch in (
            (_("会问候的客户"), self.table, 3),
            (_("不问候的客户"), self.out_table, 2),
        ):
            card = Card(title, margins=(0, 0, 0, 0))
            card.add(table, 1)
            whole.addWidget(card, stretch)
        whole.addLayout(dialog_foot(self, self.button))
        self.way.setMaximumWidth(theme.px(220))
