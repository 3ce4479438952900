"""三访与贡献度: what a contribution is made of, and by which ways a talk is a visit (R33, R34)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm.columns import CodeBook
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.terms import CONTACT_WAY
from advisorcrm.views import messages
from advisorcrm.views.clients.file_field import set_read_only
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

if TYPE_CHECKING:
    from advisorcrm.services.visits.visit_standards import VisitStandards
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.jobs import Jobs

_IN_A_ROW = 4


class VisitsPanel(QWidget):
    """A change is saved at once; ``told(sentence, undo)`` after each."""

    told = Signal(str, object)

    def __init__(self, jobs: Jobs, workplace: Workplace) -> None:
        super().__init__()
        from advisorcrm.services.access import Right, may

        self._jobs = jobs
        self._codes = CodeBook()
        self._shown: VisitStandards | None = None
        self.may_edit = may(workplace.actor, Right.SET_STANDARDS) and not workplace.is_read_only
        self.commission = Field(_("佣金权重（%）"), QLineEdit())
        self.assets = Field(_("资产权重（%）"), QLineEdit(), hint=_("两项合计 100"))
        self.visits = Field(_("每日访问客户数"), QLineEdit(), hint=_("在合规参数里由两人修改"))
        self.boxes: dict[str, CheckBox] = {}
        self._grid = QGridLayout()
        self._lay_out()
        for field in (self.assets, self.visits):
            set_read_only(field.editor)
        if not self.may_edit:
            set_read_only(self.commission.editor)
        self._line().editingFinished.connect(self._weigh)

    def reload(self) -> None:
        """Read what is in force."""
        from advisorcrm.services.branch.code_lists import load_code_book

        self._jobs.read(load_code_book, then=self._take_codes, key="visits.codes")

    def _take_codes(self, codes: CodeBook) -> None:
        from advisorcrm.services.visits.visit_standards import open_visit_standards

        self._codes = codes
        self._jobs.read(open_visit_standards, then=self._show, key="visits.standards")

    def _show(self, found: VisitStandards) -> None:
        self._shown = found
        for field, value in (
            (self.commission, found.weight_commission), (self.assets, found.weight_assets),
            (self.visits, found.visits_a_day),
        ):  # fmt: skip
            field.set_value(str(value))
        if tuple(self.boxes) != found.known_ways:
            self._offer(found.known_ways)
        for way, box in self.boxes.items():
            box.setChecked(way in found.ways)

    def _offer(self, ways: tuple[str, ...]) -> None:
        empty_layout(self._grid)
        self.boxes = {}
        for place, way in enumerate(ways):
            box = CheckBox(self._codes.label(CONTACT_WAY, way))
            box.setEnabled(self.may_edit)
            box.clicked.connect(self._choose)
            self.boxes[way] = box
            self._grid.addWidget(box, place // _IN_A_ROW, place % _IN_A_ROW)

    def _weigh(self) -> None:
        """Saved when the line is left; what is no number is told beside it."""
        text, old = self.commission.value().strip(), self._shown
        if old is None or not self.may_edit or text == str(old.weight_commission):
            return
        from advisorcrm.services.visits.visit_standards import weigh_contribution

        weight = int(text) if text.isdecimal() else -1
        said = _("贡献度权重已改：佣金 {commission}%、资产 {assets}%").format(
            commission=weight, assets=100 - weight
        )
        back = partial(weigh_contribution, weight_commission=old.weight_commission)
        self._write(partial(weigh_contribution, weight_commission=weight), said, back)

    def _choose(self) -> None:
        from advisorcrm.services.visits.visit_standards import choose_visit_ways

        if self._shown is not None:
            ways = [way for way, box in self.boxes.items() if box.isChecked()]
            before = [way for way in self._shown.ways if way in self._shown.known_ways]
            back = partial(choose_visit_ways, ways=before)
            self._write(partial(choose_visit_ways, ways=ways), _("算作访问的方式已改"), back)

    def _write(self, work: Any, said: str, back: Any) -> None:
        undo = partial(self._jobs.write, back, then=self._undone, failed=self._failed)
        self._jobs.write(work, then=partial(self._done, said, undo), failed=self._failed)

    def _done(self, said: str, undo: Callable[[], None], _nothing: object) -> None:
        self.told.emit(said, undo)
        self.reload()

    def _undone(self, _nothing: object) -> None:
        self.reload()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, InvalidFieldError) and error.field == "visit_weight_commission":
            self.commission.show_message(Level.ERROR, error.reason)
            return
        messages.show_problem(error, self)
        self.reload()

    def _line(self) -> QLineEdit:
        editor = self.commission.editor
        if not isinstance(editor, QLineEdit):
            raise TypeError("the weight is typed in a line")
        return editor

    def _lay_out(self) -> None:
        weights = Card(_("贡献度"), sub=_("今日三访按贡献度名次 × 逾期天数排序"))
        row = QHBoxLayout()
        row.setSpacing(10)
        for field in (self.commission, self.assets, self.visits):
            row.addWidget(field, 1)
        weights.body.addLayout(row)
        told = _("各与本人客户中最大者相比；成交量有数据后加入。")
        weights.add(Label(told, "text2", "caption", wrap=True))
        ways = Card(_("算作访问的沟通方式"), sub=_("群发的相同文字不算访问"))
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(8)
        ways.body.addLayout(self._grid)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(weights)
        whole.addWidget(ways)
        whole.addStretch(1)
