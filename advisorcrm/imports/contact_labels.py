"""What address books call a number or a person, in the words of the branch."""
# The words are those of address books.  # chinese: data

from __future__ import annotations

import re
from collections.abc import Mapping

from advisorcrm.terms import Sex

_APPLE = re.compile(r"_\$!<(.*)>!\$_")
_LABELS: Mapping[str, str] = {
    "spouse": "配偶", "partner": "伴侣", "domesticpartner": "伴侣", "child": "子女", "son": "儿子",
    "daughter": "女儿", "mother": "母亲", "father": "父亲", "parent": "父母", "brother": "兄弟",
    "sister": "姐妹", "friend": "朋友", "relative": "亲属", "kin": "亲属", "sibling": "兄弟姐妹",
    "manager": "上级", "assistant": "助理",
    "referredby": "介绍人", "anniversary": "纪念日", "homefax": "传真", "workfax": "传真",
    "otherfax": "传真", "fax": "传真", "pager": "寻呼机", "home": "", "work": "", "mobile": "",
    "workmobile": "", "main": "", "other": "", "iphone": "", "googlevoice": "", "手机": "",
    "住宅": "", "家庭": "", "工作": "", "单位": "", "主要": "", "其他": "", "住宅传真": "传真",
    "工作传真": "传真", "单位传真": "传真", "家庭传真": "传真",
}  # fmt: skip
"""Labels that programs write by themselves; empty where the column says the same."""

FAMILY = frozenset({"配偶", "伴侣", "子女", "儿子", "女儿", "母亲", "父亲", "父母", "兄弟", "姐妹",
                    "兄弟姐妹", "亲属"})  # fmt: skip
"""Labels of relatives."""

SEX_OF_COURTESY: Mapping[str, Sex] = {
    "先生": Sex.MALE, "mr": Sex.MALE, "女士": Sex.FEMALE, "小姐": Sex.FEMALE, "太太": Sex.FEMALE,
    "夫人": Sex.FEMALE, "mrs": Sex.FEMALE, "ms": Sex.FEMALE, "miss": Sex.FEMALE,
}  # fmt: skip
"""How people are addressed, where that tells their sex."""


def label_shown(text: str) -> str:
    """A label as it is kept; empty for one that says nothing (Mobile, Home)."""
    wrapped = _APPLE.fullmatch(text.strip())
    label = (wrapped[1] if wrapped else text).strip().removeprefix("*").strip()
    return _LABELS.get(re.sub(r"[\s_-]+", "", label).lower(), label)
