"""What the condition line offers while somebody types, in both languages."""

from __future__ import annotations

import pytest

from advisorcrm import i18n
from advisorcrm.terms import ClientMatter
from advisorcrm.views.clients.condition_offers import offers_for
from advisorcrm.views.clients.conditions import ConditionReader
from tests.views.clients.test_conditions import BOOK, READER


def offered(typed: str) -> list[tuple[str, str]]:
    return [(offer.text, offer.label) for offer in offers_for(READER, typed)]


@pytest.mark.req("R246")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("客户", [("客户类型 ", "类型"), ("客户组 ", "客户组")]),
        ("ti", [("tier ", "类型")]),
        (
            "标签 ",
            [("标签 重点关注", "重点关注"), ("标签 愿转介绍", "愿转介绍"), ("标签 QQ群成员", "QQ群成员"),
             ("标签 休眠或中止交易", "休眠或中止交易")],
        ),
        ("标签 重", [("标签 重点关注", "重点关注")]),
        ("类型 金、白", [("客户类型 金、白金卡", "白金卡")]),
        ("距上次 >1", [("距上次 >14", "15 天未联系")]),
        ("证件 ", [("证件 <0", "证件已到期"), ("证件 <30", "证件 30 天内到期"),
                 ("证件 <90", "证件 90 天内到期")]),
        ("生日 11", [("生日 11", "11 月")]),
        ("", []),
        ("欧阳", []),
    ],
)  # fmt: skip
def test_words_and_values_are_completed(typed: str, expected: list[tuple[str, str]]) -> None:
    assert offered(typed) == expected


@pytest.mark.req("R246")
def test_english_words_are_completed_in_english() -> None:
    i18n.use_language("en")
    assert offered("own") == [("owner ", "Owner")]
    assert offered("tier g") == [("tier Gold", "Gold")]


def test_every_whole_offer_is_a_condition() -> None:
    for kind in READER.kinds():
        for offer in offers_for(READER, f"{kind.words[0]} "):
            reading = READER.read(offer.text)
            assert reading is not None, offer
            assert reading.is_whole, offer
            assert reading.kind is kind, offer


def test_own_clients_are_never_unassigned() -> None:
    mine = ConditionReader(BOOK, 7, hidden=frozenset({"advisor_ids", "group_ids"}))
    labels = [offer.label for offer in offers_for(mine, "名单 ")]
    assert ClientMatter.UNASSIGNED.label not in labels
    assert ClientMatter.NO_CHANNEL.label in labels
