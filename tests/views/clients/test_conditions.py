"""Typed conditions of the client list."""

from __future__ import annotations

from typing import Any

import pytest

from advisorcrm.columns import CodeBook
from advisorcrm.services.branch.code_list_seeds import SEEDS
from advisorcrm.services.clients.clients import ClientFilter
from advisorcrm.terms import ClientKind, ClientMatter, ClientStage, RiskLevel
from advisorcrm.views.clients.conditions import (
    ConditionReader,
    with_condition,
    without_condition,
)

BOOK = CodeBook(
    {
        name: {code: (label, english) for code, label, english in rows}
        for name, rows in SEEDS.items()
    }
)
READER = ConditionReader(
    BOOK,
    7,
    advisors=((7, "LSL0042", "林若溪"), (8, "LSL0043", "周岚")),
    groups=((3, "第二客户组"),),
)


@pytest.mark.req("R246")
@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("类型 金", "tiers", ("gold",)),
        ("类型 金、白金", "tiers", ("gold", "platinum")),
        ("tier gold", "tiers", ("gold",)),
        ("风险 C3", "risk_levels", (RiskLevel.C3,)),
        ("同意 短信", "consents", ("sms-given",)),
        ("同意 短信未询问、电话未同意", "consents", ("sms-not_asked", "phone-refused")),
        ("状态 在户", "stages", (ClientStage.ACTIVE,)),
        ("距上次 >14", "not_contacted_days", 15),
        ("距上次 ≥14", "not_contacted_days", 14),
        ("距上次>14天", "not_contacted_days", 15),
        ("last >14", "not_contacted_days", 15),
        ("测评 <60天", "risk_expires_within", 60),
        ("资产 >100万", "assets_from_fen", 100_000_000),
        ("资产 >100", "assets_from_fen", 100_000_000),
        ("assets >1.5m", "assets_from_fen", 150_000_000),
        ("完备率 <85", "completeness_below", 85),
        ("服务 不愿", "service_needs", ("do_not_disturb",)),
        ("所属 本人", "advisor_ids", (7,)),
        ("所属 周岚", "advisor_ids", (8,)),
        ("客户组 第二", "group_ids", (3,)),
        ("标签 重点", "tags", ("focus",)),
        ("tag watch", "tags", ("focus",)),
        ("名单 无可用", "matters", (ClientMatter.NO_CHANNEL,)),
        ("类别 机构", "kinds", (ClientKind.INSTITUTION,)),
        ("方式 现场", "trading_ways", ("on_site",)),
        ("生日 11月", "birthday_months", (11,)),
        ("生日 11 月", "birthday_months", (11,)),
        ("birthday nov", "birthday_months", (11,)),
        ("生日 农历十月", "birthday_months", (110,)),
        ("证件 <90天", "id_expires_within", 90),
        ("未更新 >30", "not_updated_days", 30),
        ("资产 <50万", "assets_below_fen", 50_000_000),
        ("assets <1m", "assets_below_fen", 100_000_000),
    ],
)
def test_a_condition_is_understood_as_it_is_typed(typed: str, field: str, value: Any) -> None:
    reading = READER.read(typed)
    assert reading is not None
    assert (reading.kind.field, reading.value) == (field, value)


@pytest.mark.parametrize("typed", ["", "王秀兰", "wxl 5586", "13800006612", "金"])
def test_anything_else_is_a_text_to_search(typed: str) -> None:
    assert READER.read(typed) is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("类型", "可选：白金卡、金卡、银卡、其他"),
        ("类型 铜", "可选：白金卡、金卡、银卡、其他"),
        ("距上次 <3", "例如 距上次 >14"),
        ("测评 多久", "例如 测评 <60天"),
    ],
)
def test_an_unfinished_condition_says_what_is_missing(typed: str, said: str) -> None:
    reading = READER.read(typed)
    assert reading is not None
    assert not reading.is_whole
    assert reading.problem == said


def test_active_conditions_are_said_back() -> None:
    query = ClientFilter(text="欧阳", tiers=("platinum", "gold"), not_contacted_days=14,
                         assets_from_fen=100_000_000, advisor_ids=(7,))  # fmt: skip
    assert [text for _field, text in READER.say(query)] == [
        "类型：白金卡、金卡",
        "14 天未联系",
        "总资产 ≥ 100.0 万",
        "所属：本人",
        "包含“欧阳”",
    ]


def test_what_a_saved_view_asks_for_is_said_in_words_when_it_is_no_longer_offered() -> None:
    book = CodeBook(BOOK.lists, retired=frozenset({("tier", "gold"), ("tag", "focus")}))
    reader = ConditionReader(book, 7, advisors=((8, "LSL0043", "周岚"),))
    query = ClientFilter(tiers=("gold",), tags=("focus",), advisor_ids=(7, 9), group_ids=(3,))
    assert [said for _name, said in reader.say(query)] == [
        "类型：金卡", "标签：重点关注", "所属：本人、已停用", "客户组：已停用",
    ]  # fmt: skip
    offered = [code for kind in reader.kinds() for code, _label in reader.choices(kind)]
    assert "gold" not in offered
    typed = reader.read("类型 金卡")  # files that hold it are found by it, not those of 白金卡
    assert typed is not None
    assert typed.value == ("gold",)


def test_choices_of_one_list_add_up_and_numbers_replace_each_other() -> None:
    query = with_condition(ClientFilter(tiers=("gold",)), "tiers", ("silver",))
    query = with_condition(query, "not_contacted_days", 14)
    query = with_condition(query, "not_contacted_days", 30)
    assert query == ClientFilter(tiers=("gold", "silver"), not_contacted_days=30)
    assert without_condition(query, "tiers") == ClientFilter(not_contacted_days=30)


def test_what_a_person_may_not_ask_for_is_not_offered() -> None:
    reader = ConditionReader(BOOK, 7, hidden=frozenset({"advisor_ids", "group_ids"}))
    assert reader.read("所属 周岚") is None
    assert "advisor_ids" not in [kind.field for kind in reader.kinds()]
