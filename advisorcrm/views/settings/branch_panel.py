"""The branch as it is printed on forms (R68)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import N_, _
from advisorcrm.views import messages
from advisorcrm.views.attachments.limit_card import LimitCard
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.level import Level

if TYPE_CHECKING:
    from advisorcrm.services.branch.branches import BranchInfo
    from advisorcrm.views.jobs import Jobs

_FIELDS = (
    ("name", N_("营业部名称"), True),
    ("company", N_("公司名称"), False),
    ("code", N_("营业部代码"), False),
    ("short_name", N_("简称"), False),
    ("address", N_("地址"), False),
    ("postcode", N_("邮政编码"), False),
    ("phone", N_("营业部电话"), False),
    ("complaint_phone", N_("投诉电话"), False),
    ("national_phone", N_("全国客服"), False),
    ("manager_name", N_("客户服务部经理"), False),
    ("business_hours", N_("营业时间"), False),
    ("form_footer", N_("页脚说明"), False),
)


class BranchPanel(QWidget):
    """Name, address, telephones and the foot of forms."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self.fields = {
            name: Field(_(label), QLineEdit(), required=required)
            for name, label, required in _FIELDS
        }
        self.save_button = primary(_("保存"), key="Ctrl+S")
        self.save_button.setShortcut("Ctrl+S")
        self.save_button.clicked.connect(self._save)
        card = Card(_("营业部信息"), sub=_("印在表头、信封和页脚上"))
        grid = QGridLayout()
        grid.setSpacing(10)
        for place, field in enumerate(self.fields.values()):
            grid.addWidget(field, place // 2, place % 2)
        card.body.addLayout(grid)
        card.body.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        self.limit = LimitCard(jobs)
        whole.addWidget(card)
        whole.addWidget(self.limit)
        whole.addStretch(1)

    def reload(self) -> None:
        """Read the branch again."""
        from advisorcrm.services.branch.branches import get_branch

        self._jobs.read(get_branch, then=self._show, key="settings.branch")
        self.limit.reload()

    def _show(self, info: BranchInfo) -> None:
        for name, field in self.fields.items():
            field.set_value(getattr(info, name))

    def _save(self) -> None:
        from advisorcrm.services.branch.branches import BranchInfo, update_branch

        checked = [field.check() for field in self.fields.values()]
        if not all(checked):
            return
        info = BranchInfo(**{name: field.value() for name, field in self.fields.items()})
        self._jobs.write(partial(update_branch, info=info), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, InvalidFieldError) and error.field in self.fields:
            self.fields[error.field].show_message(Level.ERROR, error.reason)
        else:
            messages.show_problem(error, self)
