"""Step 3: the branch as forms, envelopes and receipts show it."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLineEdit

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.phones import read_phone
from advisorcrm.services.branch.branches import BranchInfo
from advisorcrm.views.first_run.step import Step, grid
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.field import Field, Verdict
from advisorcrm.views.widgets.level import Level

_FOOTER_ROOM = 40
_CODE = re.compile(r"[A-Za-z]{2,6}")


class BranchStep(Step):
    """Name, address, telephones, foot of forms."""

    def __init__(self) -> None:
        super().__init__()
        self.title = _("营业部信息")
        self.remark = _(
            "这些内容印在表头、信封和受理回执上，以后可在 设置 › 营业部 修改，已打印的表不变。"
        )
        self._add_names()
        self._add_address()
        self._add_footer()
        self.body.addStretch(1)

    def info(self) -> BranchInfo:
        """The branch as typed."""
        return BranchInfo(**{name: field.value() for name, field in self.fields.items()})

    def summary(self) -> str:
        """The name, or what it is for."""
        return self.fields["name"].value() or _("印在每张表上")

    def _add_names(self) -> None:
        card = Card(_("名称"))
        company = self._line("company", _("公司名称"), required=True)
        code = self._line("code", _("营业部代码"), required=True, hint=_("2–6 位字母"))
        name = self._line("name", _("营业部名称"), required=True)
        short = self._line("short_name", _("简称"))
        card.body.addLayout(grid(((company, 8), (code, 4)), ((name, 8), (short, 4))))
        self.body.addWidget(card)

    def _add_address(self) -> None:
        card = Card(_("地址与电话"), sub=_("投诉电话会印在受理回执上"))
        address = self._line("address", _("地址"))
        postcode = self._line("postcode", _("邮政编码"))
        phone = self._line("phone", _("营业部电话"))
        complaint = self._line("complaint_phone", _("投诉电话"))
        national = self._line("national_phone", _("全国客服"))
        manager = self._line("manager_name", _("客户服务经理"))
        hours = self._line("business_hours", _("营业时间"))
        card.body.addLayout(
            grid(
                ((address, 8), (postcode, 4)),
                ((phone, 4), (complaint, 4), (national, 4)),
                ((manager, 4), (hours, 4)),
            )
        )
        self.body.addWidget(card)

    def _add_footer(self) -> None:
        card = Card(_("表格页脚"))
        footer = self._line("form_footer", _("页脚说明"), hint=_("最多 40 字"))
        card.body.addLayout(grid(((footer, 12),)))
        self.body.addWidget(card)

    def _line(self, name: str, label: str, *, required: bool = False, hint: str = "") -> Field:
        judge = _JUDGES.get(name)
        return self.add_field(
            name, Field(label, QLineEdit(), required=required, hint=hint, judge=judge)
        )


def judge_phone(text: str) -> Verdict | None:
    """A number that nobody can dial is said at once: it will be printed."""
    if not text:
        return None
    try:
        read_phone(text)
    except InvalidFieldError as error:
        return Verdict(Level.ERROR, error.reason)
    return None


def judge_code(text: str) -> Verdict | None:
    """The prefix of client numbers."""
    if text and not _CODE.fullmatch(text):
        return Verdict(Level.ERROR, _("请填 2–6 位字母。"))
    if text:
        return Verdict(Level.INFO, _("编号前缀，如 {code}-0231").format(code=text.upper()))
    return None


def judge_postcode(text: str) -> Verdict | None:
    """Six digits."""
    if text and not re.fullmatch(r"\d{6}", text):
        return Verdict(Level.ERROR, _("邮政编码是 6 位数字。"))
    return None


def judge_footer(text: str) -> Verdict | None:
    """One line of the form."""
    over = len(text) - _FOOTER_ROOM
    if over > 0:
        told = ngettext("超出 {count} 字，印不下。", "超出 {count} 字，印不下。", over)
        return Verdict(Level.ERROR, told.format(count=over))
    return None


_JUDGES = {
    "phone": judge_phone,
    "complaint_phone": judge_phone,
    "code": judge_code,
    "postcode": judge_postcode,
    "form_footer": judge_footer,
}
