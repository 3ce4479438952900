"""Product sales: the log, its totals by product, seller and month, and a new entry (R11)."""

from __future__ import annotations

import uuid
from datetime import date
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm.columns import show_money
from advisorcrm.errors import InvalidFieldError
from advisorcrm.exports.record_list import RecordList
from advisorcrm.exports.record_lists import sale_totals, sales_log
from advisorcrm.i18n import _, pgettext
from advisorcrm.rules.amounts import read_money
from advisorcrm.rules.suitability import Fit, Suitability
from advisorcrm.services.access import Right
from advisorcrm.services.suitability.product_sales import (
    NewSale,
    SaleFilter,
    SaleRow,
    SaleTotal,
    archive_sale,
    record_sale,
    restore_sale,
)
from advisorcrm.services.suitability.products import ProductRow, list_products
from advisorcrm.services.suitability.suitability import find_match
from advisorcrm.terms import SalesBy
from advisorcrm.views import messages
from advisorcrm.views.lists.products_dialog import ProductsDialog
from advisorcrm.views.lists.record_list_dialog import RecordListDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import plain, primary, quiet
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.date_line import DateLine
from advisorcrm.views.widgets.label import Label

_LOG, _ALWAYS, _MONTH, _YEAR = "log", "always", "month", "year"
_LEAST_LETTERS = 10


class SalesDialog(RecordListDialog):
    """With a client at hand first his sales, and a line to enter one; else everybody's."""

    def __init__(
        self, around: Surroundings, client_id: int | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, pgettext("list", "产品销售"), "package", SaleRow, parent)
        self._client_id = client_id
        self._attempt = str(uuid.uuid4())
        self._log_model = self.model
        self._totals_model = RecordTableModel(SaleTotal)
        kinds = [(choice.value, choice.label) for choice in SalesBy]
        self.kind = ComboBox([(_LOG, _("逐笔")), *kinds])
        self.kind.setAccessibleName(_("怎样看"))
        periods = [(_YEAR, _("今年")), (_MONTH, _("本月")), (_ALWAYS, _("全部"))]
        self.period = ComboBox(periods)
        self.period.setAccessibleName(_("期间"))
        self.product = ComboBox()
        self.product.setAccessibleName(_("产品名称"))
        self.sold_on, self.amount, self.note = DateLine(), QLineEdit(), QLineEdit()
        self.match = Label("", "text2", "caption")
        self._products: dict[str, ProductRow] = {}
        self.only = CheckBox(_("只看这位客户"))
        self.only.setChecked(client_id is not None)
        self.only.setVisible(client_id is not None)
        self.only.toggled.connect(self.reload)
        self.enter = primary(_("登记"), key="⏎")
        self.remove = plain(_("去掉这笔"), icon="x")
        self._arrange()
        self.name_client(client_id)
        self.reload()

    def listed(self) -> RecordList:
        """The list as it leaves the program."""
        client_id = self._client_id if self.only.isChecked() else None
        query = SaleFilter(from_on=self._from_on(), client_id=client_id)
        if self.kind.code() == _LOG:
            return sales_log(query)
        return sale_totals(query, SalesBy(self.kind.code()))

    def nothing(self) -> str:
        """Nothing was sold."""
        return _("这段时间没有产品销售")

    def nothing_hint(self) -> str:
        """How something would come to stand there."""
        return _("在客户页打开本清单登记销售，或换个期间")

    def save(self) -> None:
        """Enter the sale that was typed."""
        try:
            fen = read_money(self.amount.text()) or 0
        except InvalidFieldError as error:
            messages.show_problem(error, self)
            return
        if self._client_id is None:
            return
        new = NewSale(
            self._attempt,
            self._client_id,
            int(self.product.code() or 0),
            self.sold_on.day() or self._around.today(),
            fen,
            self.note.text(),
        )
        self._around.jobs.write(
            partial(record_sale, new=new, now=self._around.now()), then=partial(self._saved, new)
        )

    def remove_sale(self) -> None:
        """Take a wrong entry out; it can be brought back."""
        row = self.current()
        if isinstance(row, SaleRow):
            self._around.jobs.write(
                partial(archive_sale, sale_id=row.id, now=self._around.now()),
                then=partial(self._removed, row),
            )

    def manage_products(self) -> ProductsDialog:
        """What is sold (manager)."""
        dialog = ProductsDialog(self._around, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _from_on(self) -> date | None:
        today = self._around.today()
        return {_YEAR: today.replace(month=1, day=1), _MONTH: today.replace(day=1)}.get(
            self.period.code()
        )

    def _turn(self) -> None:
        """Show single sales or totals."""
        is_log = self.kind.code() == _LOG
        self.model = self._log_model if is_log else self._totals_model
        self.table.setModel(self.model)
        self.remove.setEnabled(is_log)
        self.reload()

    def _arrange(self) -> None:
        self.kind.currentIndexChanged.connect(self._turn)
        self.period.currentIndexChanged.connect(self.reload)
        for box in (self.kind, self.period):
            box.setMinimumContentsLength(_LEAST_LETTERS)
            self.top.addWidget(box)
        self.top.addWidget(self.only)
        self.top.addStretch(3)
        may_edit = self._around.may(Right.EDIT_CLIENTS)
        if may_edit and self._client_id is not None:
            self._arrange_entry()
        if may_edit:
            self.add_button(self.remove).clicked.connect(self.remove_sale)
        if self._around.may(Right.LEAD_LISTS):
            products = quiet(_("产品目录"), icon="package")
            self.add_button(products).clicked.connect(self.manage_products)

    def _arrange_entry(self) -> None:
        self.sold_on.set_day(self._around.today())
        for editor, name in (
            (self.sold_on, _("销售日期")), (self.amount, _("金额（元）")), (self.note, _("备注")),
        ):  # fmt: skip
            editor.setAccessibleName(name)
            editor.setPlaceholderText(name)
        for widget in (self.product, self.sold_on, self.amount, self.note):
            self.entry.addWidget(widget, 2 if widget is self.product else 1)
        self.entry.addWidget(self.enter)
        self.enter.clicked.connect(self.save)
        self.product.currentIndexChanged.connect(self._ask_match)
        self.top.insertWidget(3, self.match, 3)
        for line in (self.amount, self.note):
            line.returnPressed.connect(self.save)
        self._around.jobs.changed.connect(self._read_products)
        self._read_products()

    def _read_products(self) -> None:
        self._around.jobs.read(list_products, then=self._offer)

    def _ask_match(self) -> None:
        """Say at once whether the chosen product suits the client."""
        row = self._products.get(self.product.code())
        self.match.setText("")
        if row is not None and row.risk is not None and self._client_id is not None:
            work = partial(
                find_match,
                client_id=self._client_id,
                grade=row.risk,
                today=self._around.today(),
            )
            self._around.jobs.read(work, then=self._show_match, key="sales.match")

    def _show_match(self, found: Suitability) -> None:
        self.match.set_tone("ok" if found.fit is Fit.MATCH else "crit")
        self.match.setText(found.sentence)

    def _offer(self, products: list[ProductRow]) -> None:
        self._products = {str(item.id): item for item in products}
        choices = [(str(item.id), f"{item.name} {item.code}") for item in products]
        self.product.set_choices(choices, empty=_("选产品"))

    def _saved(self, new: NewSale, sale_id: int) -> None:
        self._attempt = str(uuid.uuid4())
        self.amount.clear()
        self.note.clear()
        told = _("已登记销售 {amount}").format(amount=show_money(new.amount_fen))
        inverse = partial(archive_sale, sale_id=sale_id, now=self._around.now())
        self._around.undo.done(told, inverse)

    def _removed(self, row: SaleRow, _answer: object) -> None:
        told = _("已去掉一笔{product}").format(product=row.product_name)
        self._around.undo.done(told, partial(restore_sale, sale_id=row.id))
