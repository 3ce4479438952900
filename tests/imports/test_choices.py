"""Words of foreign sheets for the branch's choices."""

from __future__ import annotations

from typing import Any

import pytest

from advisorcrm.terms import ClientKind, ClientStage, IdDocument, InvestorKind, RiskLevel, Sex
from tests.imports.sheets import only, reason, recognised


def cell(heading: str, text: object) -> Any:
    """What a client with this one cell besides has become."""
    return recognised(["客户姓名", "资金账号", heading], ["样甲", "990001", text])


@pytest.mark.parametrize(
    ("heading", "text", "field", "code"),
    [
        ("客户类型", "白金卡", "tier", "platinum"),
        ("客户类型", "白金", "tier", "platinum"),
        ("客户类型", "白金卡客户 ", "tier", "platinum"),
        ("客户类型", "金卡", "tier", "gold"),
        ("客户类型", "金", "tier", "gold"),
        ("客户类型", "Gold", "tier", "gold"),
        ("客户类型", "silver", "tier", "silver"),
        ("客户类型", "机构", "kind", ClientKind.INSTITUTION),
        ("交易习惯", "短线波段", "trading_habit", "swing"),
        ("交易习惯", "持仓", "trading_habit", "hold"),
        ("交易习惯", "短线", "trading_habit", "short_term"),
        ("服务需求", "不愿打扰", "service_need", "do_not_disturb"),
        ("是否愿意被打扰", "是", "service_need", "accepts"),
        ("是否愿意被打扰", "否", "service_need", "do_not_disturb"),
        ("是否愿意被打扰", "愿意", "service_need", "accepts"),
        ("免打扰", "是", "service_need", "do_not_disturb"),
        ("免打扰", "否", "service_need", "accepts"),
        ("交易方式", "网上交易", "trading_way", ("online",)),
        ("交易方式", "场外电话委托为主", "trading_way", ("phone_order",)),
        ("交易方式", "手机、现场", "trading_way", ("mobile", "on_site")),
        ("理财需求（内容）", "研究报告；个股推荐/研究报告", "wealth_content", ("research", "stock_picks")),
        ("理财需求（方式）", "即时短信，邮件资料", "wealth_way", ("sms", "mail")),
        ("性别", "女士", "sex", Sex.FEMALE),
        ("性别", "M", "sex", Sex.MALE),
        ("性别", "未指定", "sex", None),
        ("Gender", "Unspecified", "sex", None),
        ("证件类型", "居民身份证", "id_document", IdDocument.ID_CARD),
        ("证件类型", "统一社会信用代码", "id_document", IdDocument.BUSINESS_LICENCE),
        ("投资者类型", "专业投资者", "investor_kind", InvestorKind.PROFESSIONAL),
        ("投资者类别", "普通", "investor_kind", InvestorKind.ORDINARY),
        ("投资者类型", "机构", "kind", ClientKind.INSTITUTION),
        ("风险等级", "C3 稳健型", "risk_level", RiskLevel.C3),
        ("风险等级", "稳健型", "risk_level", RiskLevel.C3),
        ("风险等级", "稳健型(C3)", "risk_level", RiskLevel.C3),
        ("客户级别", "普通客户", "tier", "other"),
        ("风险等级", "c4", "risk_level", RiskLevel.C4),
        ("风险等级", "Ｃ５（激进）", "risk_level", RiskLevel.C5),
        ("状态", "潜在", "stage", ClientStage.PROSPECT),
        ("客户类型", "", "tier", None),
        ("交易习惯", "无", "trading_habit", None),
    ],
)  # fmt: skip
def test_a_word_is_understood(heading: str, text: str, field: str, code: object) -> None:
    assert only(cell(heading, text))[field] == code


def test_an_unknown_word_is_refused_with_the_known_ones() -> None:
    said = reason(cell("客户类型", "钻石卡"))
    assert "钻石卡" in said
    assert "白金卡、金卡、银卡、其他" in said


def test_a_word_that_may_mean_two_things_is_refused() -> None:
    assert "场外" in reason(cell("交易方式", "场外"))


def test_a_refusal_is_not_taken_for_its_opposite() -> None:
    assert "不愿打扰" in reason(cell("服务需求", "愿打扰"))
    assert only(cell("服务需求", "不接受服务"))["service_need"] == "do_not_disturb"


def test_a_foreign_state_says_nothing_about_the_stage() -> None:
    assert "stage" not in only(cell("状态", "正常"))


@pytest.mark.parametrize(
    ("text", "days"),
    [("30", 30), (30.0, 30), ("30天", 30), ("每月", 30), ("每季度一次", 90), ("每两周", 14),
     ("每周", 7), ("半年", 180), ("", None)],
)  # fmt: skip
def test_a_frequency_is_days(text: object, days: int | None) -> None:
    assert only(cell("约定联系频率", text))["contact_every_days"] == days


@pytest.mark.parametrize("text", ["偶尔", "0", "400"])
def test_a_frequency_beyond_reason_is_refused(text: str) -> None:
    assert reason(cell("约定联系频率", text))
