"""Telephone numbers with words beside them."""

from __future__ import annotations

import pytest

from advisorcrm.errors import InvalidFieldError
from advisorcrm.rules.noted_phones import read_noted_phones


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("13900000901（儿子）", [("13900000901", "儿子")]),
        ("手机：+86 139‑0000‑0901（微信同号）", [("13900000901", "微信同号")]),
        ("13900000901 转 8001", [("13900000901", "转 8001")]),
        ("021-63210000转801（办）", [("021-63210000-801", "办")]),
        ("儿子13900000901", [("13900000901", "儿子")]),
        ("13900000901，停机", [("13900000901", "停机")]),
        ("手机：13900000901 家：021-63210000", [("13900000901", ""), ("021-63210000", "家")]),
        ("本人:13900000901;配偶:13900000902", [("13900000901", "本人"), ("13900000902", "配偶")]),
        ("13900000901本人 13900000902妻子", [("13900000901", "本人"), ("13900000902", "妻子")]),
        ("13900000901（本人）、13900000902", [("13900000901", "本人"), ("13900000902", "")]),
        ("13900000901 张女士（女儿）", [("13900000901", "张女士 女儿")]),
        ("H:021-63210000", [("021-63210000", "H")]),
        ("+852 5000 0000（香港）", [("+85250000000", "香港")]),
        ("无", []),
    ],
)
def test_words_beside_a_number_become_its_remark(text: str, found: list[tuple[str, str]]) -> None:
    assert [(phone.value, note) for phone, note in read_noted_phones(text)] == found


@pytest.mark.parametrize(
    "text",
    ["张三", "1390000（儿子）", "13900000901abc", "13900000901;86", "13900000901 儿子 123456"],
)
def test_words_do_not_make_a_number_of_what_is_none(text: str) -> None:
    with pytest.raises(InvalidFieldError):
        read_noted_phones(text)
