"""Standard phrases (常用语): ``;qx`` typed in a text becomes a sentence.

A code is ``;`` and two letters, the initials of what it is about. No code begins another, so
a phrase expands with its last letter and costs no further key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_CODE = re.compile(r"[;；]([a-z]{2})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A code and its sentences, the most used one first. They stay Chinese, as records do."""

    code: str
    topic: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """How many characters before the cursor go and what comes in their place."""

    length: int
    text: str


PHRASES = (  # chinese: data
    Phrase(
        "qx",
        "情绪",
        ("客户情绪平稳，对目前持仓没有异议。", "客户对近期亏损不满，已安抚并约定再联系。"),
    ),
    Phrase("hf", "回访", ("回访，了解想法有无变化。", "节日问候，顺便回访。")),
    Phrase(
        "pm", "盘面", ("交流了近期盘面看法，客户倾向观望。", "提示大盘波动风险，建议控制仓位。")
    ),
    Phrase("cc", "持仓", ("逐一核对持仓，客户暂无调仓打算。", "提示持仓公告，客户表示知道。")),
    Phrase("cp", "测评", ("提醒风险测评将到期，客户同意近期来续做。",)),
    Phrase("gh", "柜台", ("提醒客户携带证件到柜台更新资料。",)),
    Phrase("yj", "佣金", ("客户询问佣金，已说明现行标准。", "客户希望下调佣金，已记录并上报。")),
    Phrase("xg", "新股", ("提醒新股申购安排，客户表示会参与。",)),
    Phrase("bg", "报告", ("已发送研究报告，客户表示会看。",)),
    Phrase("wj", "未接", ("电话未接通，稍后再拨。",)),
    Phrase("yy", "预约", ("预约到营业部面谈，时间已与客户确认。",)),
    Phrase("xq", "需求", ("了解理财需求，客户希望定期收到资讯。",)),
    Phrase("zj", "资金", ("客户近期有资金安排，暂不加仓。",)),
    Phrase("th", "同行", ("客户提到其他券商来联系过，暂无转户打算。",)),
)
"""What the program brings along; a person's own phrases come before these."""


def expand_phrase(text_before_cursor: str, phrases: Iterable[Phrase] = PHRASES) -> Expansion | None:
    """The sentence for a code that ends just before the cursor, or nothing."""
    match = _CODE.search(text_before_cursor)
    if match is None:
        return None
    code = match[1].lower()
    for phrase in phrases:
        if phrase.code == code:
            return Expansion(len(match[0]), phrase.sentences[0])
    return None
