"""How the records that hang on a file are called, and how many there are."""

from __future__ import annotations

from collections.abc import Mapping

from advisorcrm.i18n import N_, _

NAMES: Mapping[str, str] = {
    "contact_log": N_("沟通"),
    "contact_point": N_("电话和地址"),
    "consent": N_("同意记录"),
    "risk_test": N_("风险测评"),
    "attachment": N_("附件"),
    "relation": N_("家庭与关系"),
    "product_sale": N_("产品销售"),
    "counter_notice": N_("柜台更新"),
    "task": N_("任务"),
    "callback": N_("回访"),
    "seat_use": N_("机位"),
    "own_value": N_("自定义字段"),
    "privacy_request": N_("个人信息请求"),
    "client_account": N_("其他账号"),
    "appointment": N_("预约"),
    "event_guest": N_("活动邀请"),
    "import_doubt": N_("待决定的导入行"),
}
"""In the order of the table of moving records; tables that are not here are told by none."""


def record_counts(counts: Mapping[str, int]) -> str:
    """``沟通 46 · 附件 3``."""
    return " · ".join(
        f"{_(label)} {counts[name]}" for name, label in NAMES.items() if counts.get(name)
    )
