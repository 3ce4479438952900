"""How the fields of a client's file are called."""

from __future__ import annotations

from collections.abc import Mapping

from advisorcrm.i18n import N_, _
from advisorcrm.terms import PointKind

LABELS: Mapping[str, str] = {
    "name": N_("客户姓名"),
    "pinyin": N_("拼音"),
    "initials": N_("首字母"),
    "alias": N_("称呼或别名"),
    "account": N_("资金账号"),
    "kind": N_("个人或机构"),
    "sex": N_("性别"),
    "stage": N_("状态"),
    "advisor_id": N_("客服专员"),
    "client_group_id": N_("客户组"),
    "opened_on": N_("开户日期"),
    "remark": N_("备注"),
    "address": N_("联系地址"),
    "convenient_time": N_("方便时间"),
    "tier": N_("客户类型"),
    "investment_preference": N_("投资偏好"),
    "trading_habit": N_("交易习惯"),
    "service_need": N_("服务需求"),
    "wealth_content": N_("理财需求（内容）"),
    "wealth_way": N_("理财需求（方式）"),
    "trading_way": N_("交易方式"),
    "commission_ppm": N_("佣金现状（‰）"),
    "contact_every_days": N_("约定联系频率（天）"),
    "commission_attitude": N_("对佣金态度"),
    "birthday": N_("生日（公历）"),
    "birthday_month_day": N_("生日（月日）"),
    "lunar_month": N_("农历生日"),
    "lunar_day": N_("农历日"),
    "lunar_is_leap": N_("闰月"),
    "birthday_kept": N_("过哪个生日"),
    "occupation": N_("职业"),
    "hobbies": N_("爱好"),
    "personality": N_("性格"),
    "family": N_("家庭成员"),
    "education": N_("学历"),
    "employer": N_("工作单位"),
    "invests_since": N_("入市年份"),
    "investor_kind": N_("投资者类别"),
    "risk_level": N_("风险等级"),
    "risk_tested_on": N_("测评日期"),
    "risk_expires_on": N_("测评到期日"),
    "id_document": N_("证件类型"),
    "id_number": N_("证件号码"),
    "id_expires_on": N_("证件有效期"),
    "id_is_permanent": N_("长期有效"),
}


def label_of(name: str) -> str:
    """What a field is called; a number is called by its kind."""
    if name in LABELS:
        return _(LABELS[name])
    return PointKind(name).label if name in list(PointKind) else name
