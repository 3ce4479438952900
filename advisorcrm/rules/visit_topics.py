"""What to talk about on a visit: 日常生活, 盘面看法, 投资理念, 客户意见 (R118, R119).

The hints stand on a prescribed Chinese page; they come from the file, nothing is invented.
"""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_FACT = 20


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """What the file offers for a talk; empty where nothing is known."""

    hobbies: str = ""
    family: str = ""
    occupation: str = ""
    birthday: str = ""
    preference: str = ""
    habit: str = ""
    wants: str = ""
    attitude: str = ""
    last_step: str = ""
    last_reaction: str = ""
    test_is_over: bool = False


def visit_topics(facts: ClientFacts) -> list[tuple[str, str]]:
    """The four aspects in the order of the rule, each with its hint.

    Where the file is empty the hint says what to ask, so that the gap is closed by the visit.
    """
    life = _said(("爱好", facts.hobbies), ("家人", facts.family), ("生日", facts.birthday))
    market = _said(("偏好", facts.preference), ("想了解", facts.wants))
    ideas = _said(("交易习惯", facts.habit), ("职业", facts.occupation))
    if facts.test_is_over:
        ideas = "；".join(part for part in (ideas, "风险测评已过期，请约时间续做") if part)
    opinion = _said(
        ("上次约定", facts.last_step), ("上次反映", facts.last_reaction), ("对佣金", facts.attitude)
    )
    return [
        ("日常生活", life or "请问问爱好、家人，补进档案"),
        ("盘面看法", market or "请问问关注哪些品种，补进档案"),
        ("投资理念", ideas or "请问问交易习惯和期限，补进档案"),
        ("客户意见", opinion or "请问问对服务的意见"),
    ]


def _said(*parts: tuple[str, str]) -> str:
    return "；".join(f"{label}：{_short(text)}" for label, text in parts if text)


def _short(text: str) -> str:
    """The beginning of a fact: the page is one, and above it stands the whole."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_FACT else f"{text[: LONGEST_FACT - 1]}…"
