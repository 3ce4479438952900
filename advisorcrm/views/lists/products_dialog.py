"""The products the branch sells: enter one, correct it, take it off sale (manager, R11)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.i18n import _
from advisorcrm.services.suitability.products import (
    ProductData,
    ProductRow,
    add_product,
    change_product,
    list_products,
)
from advisorcrm.terms import ProductRisk
from advisorcrm.views import messages, theme
from advisorcrm.views.clients.code_editors import CodeBox
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_foot import close_button
from advisorcrm.views.widgets.dialog_head import dialog_head
from advisorcrm.views.widgets.dialog_room import open_large
from advisorcrm.views.widgets.field import Field, show_at_field
from advisorcrm.views.widgets.fixed_size import FixedSize

_SIZE = (820, 520)


class ProductsDialog(QDialog):
    """The row at the cursor fills the fields; 新产品 empties them."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._product_id: int | None = None
        self.setWindowTitle(_("产品目录"))
        self.model = RecordTableModel(ProductRow, book=around.book)
        self.table = RecordTable(self.model, _("产品目录"))
        risks = [(risk.value, risk.label) for risk in ProductRisk]
        self.code = Field(_("产品代码"), QLineEdit(), required=True)
        self.name = Field(_("产品名称"), QLineEdit(), required=True)
        self.kind = Field(_("类别"), CodeBox(around.book, terms.PRODUCT_KIND), required=True)
        self.risk = Field(_("风险等级"), ComboBox(risks, empty=_("未定")))
        self.retired = CheckBox(_("停售"))
        self.new = plain(_("新产品"), icon="plus")
        self.save_button = primary(_("保存"), key="Ctrl+S")
        self._rows: list[ProductRow] = []
        self._lay_out()
        self.table.chosen.connect(self._choose)
        self.new.clicked.connect(self.begin)
        self.save_button.clicked.connect(self.save)
        self.save_button.setShortcut("Ctrl+S")
        around.jobs.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Read the products again."""
        self._around.jobs.read(partial(list_products, with_retired=True), then=self._show)

    def begin(self) -> None:
        """Empty the fields for a new product."""
        self._product_id = None
        for field in (self.code, self.name, self.kind, self.risk):
            field.set_value("")
        self.retired.setChecked(False)
        self.code.focus()

    def save(self) -> None:
        """Store what stands in the fields."""
        wrong = [field for field in (self.code, self.name, self.kind) if not field.check()]
        if wrong:
            wrong[0].focus()
            return
        risk = self.risk.value()
        data = ProductData(
            self.code.value(), self.name.value(), self.kind.value(),
            ProductRisk(risk) if risk else None, is_retired=self.retired.isChecked(),
        )  # fmt: skip
        if self._product_id is None:
            self._around.jobs.write(
                partial(add_product, data=data), then=self._added, failed=self.show_problem
            )
        else:
            work = partial(change_product, product_id=self._product_id, data=data)
            self._around.jobs.write(work, failed=self.show_problem)

    def show_problem(self, error: Exception) -> None:
        """The product was not stored: say why at its field."""
        fields = {"code": self.code, "name": self.name, "kind": self.kind}
        if not show_at_field(error, fields):
            messages.show_problem(error, self)

    def _added(self, product_id: int) -> None:
        self._product_id = product_id

    def _show(self, rows: list[ProductRow]) -> None:
        self._rows = rows
        self.model.show_rows(rows)

    def _choose(self, line: int) -> None:
        if 0 <= line < len(self._rows):
            row = self._rows[line]
            self._product_id = row.id
            self.code.set_value(row.code)
            self.name.set_value(row.name)
            self.kind.set_value(row.kind)
            self.risk.set_value(row.risk or "")
            self.retired.setChecked(row.is_retired)

    def _lay_out(self) -> None:
        card = Card(margins=(0, 0, 0, 0), spacing=0)
        card.add(self.table, 1)
        fields = QHBoxLayout()
        fields.setSpacing(10)
        for field in (self.code, self.name, self.kind, self.risk):
            fields.addWidget(field, 1)
        FixedSize(self.retired, height=theme.CONTROL_PX)  # on one line with the fields
        fields.addWidget(self.retired, 0, Qt.AlignmentFlag.AlignBottom)
        foot = QHBoxLayout()
        foot.addWidget(self.new)
        foot.addStretch(1)
        close = close_button(self)
        foot.addWidget(close)
        foot.addWidget(self.save_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 14)
        whole.setSpacing(10)
        whole.addLayout(dialog_head(self, "package"))
        whole.addWidget(card, 1)
        whole.addLayout(fields)
        whole.addLayout(foot)
        open_large(self, *_SIZE)
