"""How tables and columns are called in the copy of a person's data (2.7d)."""

from __future__ import annotations

from collections.abc import Mapping

from advisorcrm import terms

TABLES: Mapping[str, str] = {
    "client": "客户档案",
    "client_account": "资金账号",
    "contact_point": "联系方式",
    "own_value": "自定义项目",
    "relation": "家庭与关系",
    "consent": "同意记录",
    "risk_test": "风险测评",
    "privacy_request": "个人信息请求",
    "contact_log": "沟通记录",
    "attachment": "附件",
    "product_sale": "产品销售",
    "seat_use": "现场机位",
    "counter_notice": "柜台更新通知",
    "field_source": "资料来源",
    "tier_decision": "客户类型调整",
    "handover_client": "服务交接",
    "import_row": "导入记录",
    "import_doubt": "导入待定",
    "client_merge": "档案合并",
    "duplicate_decision": "重复判断",
    "completeness_snapshot_row": "完备率快照",
    "change_history": "修改历史",
    "access_log": "查看与导出日志",
}
"""In the order of the copy; a table that is not here comes at the end under its own name."""

COLUMNS: Mapping[str, str] = {
    "client_no": "客户号", "account": "资金账号", "name": "姓名", "alias": "称呼", "pinyin": "拼音",
    "initials": "首字母", "kind": "类别", "stage": "状态", "sex": "性别", "address": "联系地址",
    "advisor_id": "客服专员", "client_group_id": "客户组", "convenient_time": "方便时间",
    "contact_every_days": "约定联系频率（天）", "tier": "客户类型",
    "investment_preference": "投资偏好", "trading_habit": "交易习惯", "service_need": "服务需求",
    "wealth_content": "理财需求（内容）", "wealth_way": "理财需求（方式）",
    "trading_way": "交易方式",
    "commission_ppm": "佣金（‰）", "assets_fen": "总资产（元）",
    "commission_year_fen": "年佣金（元）",
    "commission_attitude": "对佣金态度", "investor_kind": "投资者类别", "risk_level": "风险等级",
    "is_lowest_risk": "最低风险类别", "risk_tested_on": "测评日期", "risk_expires_on": "测评到期日",
    "id_document": "证件类型", "id_number": "证件号码", "id_expires_on": "证件有效期",
    "id_is_permanent": "证件长期有效", "birthday": "生日", "birthday_month_day": "生日（月日）",
    "lunar_month": "农历月", "lunar_day": "农历日", "lunar_is_leap": "农历闰月",
    "birthday_kept": "过哪个生日", "occupation": "职业", "hobbies": "爱好", "personality": "性格",
    "family": "家庭成员", "education": "学历", "employer": "服务单位",
    "invests_since": "何时开始投资",
    "household_id": "家庭", "is_household_head": "户主", "tags": "标签",
    "is_restricted": "限制处理",
    "opened_on": "开户日期", "remark": "备注", "last_contact_at": "最近沟通",
    "created_at": "建立时间", "updated_at": "更新时间", "archived_at": "存档时间",
    "value": "内容", "validity": "有效性", "verified_on": "核实日期", "position": "次序",
    "note": "备注", "own_field_id": "项目", "other_name": "对方姓名", "other_phone": "对方电话",
    "decides": "为其作决定", "channel": "渠道", "purpose": "用途", "state": "答复",
    "answered_at": "答复时间", "user_id": "登记人", "how": "怎样答复", "wording": "告知的内容",
    "tested_on": "测评日期", "expires_on": "到期日期", "level": "风险等级", "is_lowest": "最低类别",
    "score": "得分", "questionnaire": "问卷", "tester": "测评人", "asked_on": "提出日期",
    "way": "方式", "answered_by_id": "答复人", "answer": "答复", "author_id": "记录人",
    "topics": "沟通主题", "contacted_at": "沟通时间", "minutes": "分钟", "content": "内容",
    "reaction": "客户反映", "is_advice": "属于投资建议", "basis": "依据", "next_on": "下一步日期",
    "next_at": "下一步时间", "next_way": "下一步方式", "next_note": "下一步",
    "was_reminded_of_counter": "已提醒到柜台更新", "correction_reason": "更正原因",
    "file_name": "文件名", "size": "大小（字节）", "sha256": "校验值", "added_at": "添加时间",
    "product_id": "产品", "sold_on": "日期", "amount_fen": "金额（元）", "is_match": "适当性匹配",
    "match_reason": "匹配说明", "seat_id": "机位", "pass_no": "入室凭证", "entered_on": "入室日期",
    "meets_conditions": "符合条件", "transition_since": "过渡期起",
    "transition_ends_on": "过渡期止",
    "left_on": "离开日期", "matter": "事项", "noted_at": "登记时间", "notified_on": "通知日期",
    "notified_way": "通知方式", "renewed_on": "柜台更新日期", "field": "字段", "source": "来源",
    "at": "时间", "old_tier": "原类型", "proposed_tier": "建议类型", "is_accepted": "采纳",
    "reason": "原因", "from_advisor_id": "原专员", "to_advisor_id": "新专员",
    "first_contact_due_on": "首次联系期限", "row": "行号", "result": "结果", "fields": "改动的字段",
    "old": "原值", "sheet": "工作表", "decision": "决定", "decided_at": "决定时间",
    "decided_by_id": "决定人", "before": "合并前", "moved": "移入的记录", "undone_at": "撤销时间",
    "undone_by_id": "撤销人", "verdict": "判断", "percent": "完备率％", "missing": "缺项",
    "subject": "内容", "was_masked": "已掩码", "client_count": "涉及户数",
}  # fmt: skip
"""A column that is not here is called by its own name."""

CODES: Mapping[tuple[str, str], str] = {
    ("client", "tier"): terms.TIER,
    ("client", "trading_habit"): terms.TRADING_HABIT,
    ("client", "service_need"): terms.SERVICE_NEED,
    ("client", "wealth_content"): terms.WEALTH_CONTENT,
    ("client", "wealth_way"): terms.WEALTH_WAY,
    ("client", "trading_way"): terms.TRADING_WAY,
    ("client", "commission_attitude"): terms.COMMISSION_ATTITUDE,
    ("client", "tags"): terms.TAG,
    ("contact_log", "way"): terms.CONTACT_WAY,
    ("contact_log", "next_way"): terms.CONTACT_WAY,
    ("contact_log", "topics"): terms.TOPIC,
    ("attachment", "kind"): terms.ATTACHMENT_KIND,
    ("relation", "kind"): terms.RELATION,
    ("tier_decision", "old_tier"): terms.TIER,
    ("tier_decision", "proposed_tier"): terms.TIER,
    ("completeness_snapshot_row", "tier"): terms.TIER,
    ("privacy_request", "way"): terms.CONTACT_WAY,
    ("counter_notice", "notified_way"): terms.CONTACT_WAY,
}
"""Columns that hold codes of the branch's lists."""

SKIPPED = frozenset({"id", "uuid", "version", "hash", "sort_key", "client_id"})
"""What says nothing about the person."""
