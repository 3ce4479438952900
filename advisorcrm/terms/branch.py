"""Who works in a branch, what may be seen with which reason, and its own fields."""

from __future__ import annotations

from advisorcrm.i18n import N_
from advisorcrm.terms.term import Term


class Role(Term):
    """What a person is in the branch."""

    ADVISOR = "advisor", N_("客服专员")
    MANAGER = "manager", N_("客服经理")
    LEADER = "leader", N_("营业部负责人")
    FRONT_DESK = "front-desk", N_("前台/打印")
    HEAD_OFFICE = "head-office", N_("总部只读")
    ADMINISTRATOR = "administrator", N_("系统管理员")


class OwnFieldKind(Term):
    """What a branch's own field holds."""

    TEXT = "text", N_("文字")
    NUMBER = "number", N_("数字")
    DATE = "date", N_("日期")
    CHOICE = "choice", N_("选项")
    YES_NO = "yes_no", N_("是/否")


class RevealReason(Term):
    """Why a masked value was shown."""

    CALL = "call", N_("拨打电话")
    CHECK = "check", N_("核对资料")
    REQUEST = "request", N_("客户要求")
    OTHER = "other", N_("其他原因")


class AccessKind(Term):
    """What was done with client data without changing it."""

    VIEW = "view", N_("查看")
    REVEAL = "reveal", N_("显示")
    PRINT = "print", N_("打印")
    EXPORT = "export", N_("导出")
