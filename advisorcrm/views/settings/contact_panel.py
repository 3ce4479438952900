"""When clients may be disturbed, how long a test is valid, which level suits which grade."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.suitability import LOWEST
from advisorcrm.terms import ProductRisk, RiskLevel
from advisorcrm.views import messages
from advisorcrm.views.clients.file_field import set_read_only
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from advisorcrm.services.branch.settings import Settings
    from advisorcrm.views.jobs import Jobs


class ContactPanel(QWidget):
    """Hours and months are read here, a cell of the matrix is saved at once."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self.hours = Field(_("可联系时段"), QLineEdit())
        self.months = Field(_("风险测评有效期（月）"), QLineEdit())
        for field in (self.hours, self.months):
            set_read_only(field.editor)
        self.cells: dict[tuple[str, ProductRisk], CheckBox] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self._limits())
        whole.addWidget(self._matrix())
        whole.addStretch(1)

    def reload(self) -> None:
        """Read what is in force."""
        from advisorcrm.services.branch.settings import load_settings
        from advisorcrm.services.suitability.suitability import load_matrix

        self._jobs.read(load_settings, then=self._show_settings, key="settings.contact")
        self._jobs.read(load_matrix, then=self._show_matrix, key="settings.matrix")

    def _limits(self) -> Card:
        card = Card(_("联系与测评"), sub=_("在合规参数里由两人修改；邮件不受时段限制"))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.hours, 2)
        row.addWidget(self.months, 1)
        card.body.addLayout(row)
        return card

    def _matrix(self) -> Card:
        card = Card(_("适当性匹配"), sub=_("勾选的可以推荐；最低类别只限 R1，不得放宽"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        for place, grade in enumerate(ProductRisk, 1):
            grid.addWidget(Label(grade.label, "text2", "caption"), 0, place)
        rows = [(level.value, level.label) for level in RiskLevel]
        rows.insert(0, (LOWEST, _("C1 最低类别")))
        for line, (level, label) in enumerate(rows, 1):
            grid.addWidget(Label(label), line, 0)
            for place, grade in enumerate(ProductRisk, 1):
                grid.addWidget(self._cell(level, label, grade), line, place)
        grid.setColumnStretch(len(ProductRisk) + 1, 1)
        card.body.addLayout(grid)
        return card

    def _cell(self, level: str, label: str, grade: ProductRisk) -> CheckBox:
        cell = CheckBox("")
        cell.setAccessibleName(_("{level} 对 {grade}").format(level=label, grade=grade.label))
        cell.setEnabled(level != LOWEST or grade is ProductRisk.R1)
        cell.clicked.connect(partial(self._set, cell, level, grade))
        self.cells[level, grade] = cell
        return cell

    def _show_settings(self, settings: Settings) -> None:
        self.hours.set_value(_("，").join(settings.contact_hours))
        self.months.set_value(str(settings.risk_test_months))

    def _show_matrix(self, matrix: Mapping[tuple[str, ProductRisk], bool]) -> None:
        for cell, box in self.cells.items():
            box.setChecked(matrix.get(cell, False))

    def _set(self, cell: CheckBox, level: str, grade: ProductRisk, _checked: object = None) -> None:
        from advisorcrm.services.suitability.suitability import set_match

        work = partial(set_match, level=level, grade=grade, is_match=cell.isChecked())
        self._jobs.write(work, failed=self._refuse)

    def _refuse(self, error: Exception) -> None:
        messages.show_problem(error, self)
        self.reload()
