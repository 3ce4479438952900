"""Headings of foreign sheets: made comparable, with the unit some of them carry."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from advisorcrm.imports.client_fields import DERIVED, FIELD_OF, REASON_HEADING
from advisorcrm.rules.amounts import RateUnit
from advisorcrm.rules.traditional import simplified

LONGEST_HEADING = 40
_NOISE = re.compile(r"[\s*★☆●■▲※:：#\"'“”_\ufeff\u200b]+|^\d{1,2}[.、]|\.+$")
_BRACKETS = re.compile(r"[(（\[【<《]([^)）\]】>》]*)[)）\]】>》]")
_ROUND_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_BRACKET_SIGNS = re.compile(r"[()（）\[\]【】<>《》]")
_MONEY_UNITS = (
    ("亿", 10**8), ("百万", 10**6), ("million", 10**6), ("万", 10**4), ("wan", 10**4),
    ("10k", 10**4), ("10,000", 10**4), ("千元", 10**3), ("元", 1),
)  # fmt: skip
_RATE_UNITS = (
    (re.compile(r"‱|万分之|万分|bp|^万$"), RateUnit.PER_MYRIAD),
    (re.compile(r"‰|千分之|千分"), RateUnit.PER_MILLE),
    (re.compile(r"%|百分"), RateUnit.PERCENT),
)
_NUMBERED = (
    (re.compile(r"(?:e-?mail\d*-?(?:value|address)|电子邮件\d*(?:地址))"), "email"),
    (re.compile(r"phone\d*-?value"), "phone"),
    (re.compile(r"(?:联系|常用|备用|预留)?(?:手机|移动电话|手机号码?)[\d一二三四]"), "mobile"),
    (re.compile(r"(?:联系|备用|预留)?电话(?:号码)?[\d一二三四]"), "phone"),
    (re.compile(r"联[系络]方式[\d一二三四]"), "phone"),
    (re.compile(r"address\d*-?formatted"), "address"),
)
_UNIT_AT_END = re.compile(r"[/\-—|]?(?:[亿百千]?万?元|[亿万]|[万千百]分之|[‰‱%]|(?<=[/\-—|])bp)$")
_NAMED_UNIT = re.compile(r"(?:亿元|百万元|万元|千元|[亿万]|[万千百]分之|[‰‱%]|bp)\s*$")
"""``总资产/万元``, ``佣金：万分之``: the unit without brackets."""
_UNIT_ALONE = re.compile(
    r"(?:单位:?)?(?:人民币)?(?:(?:亿|百万|万|千)?元|[亿万]|[万千百]分之|[‰‱%]|bp)"
)
AMOUNTS = frozenset({"assets_fen", "commission_year_fen"})
"""Fields that count money, in the unit of their heading, of the group or of the sheet."""
_UNITS_ABOVE = {
    **dict.fromkeys(AMOUNTS, re.compile(r"(?:人民币)?(?:亿|百万|万|千)?元|[亿万]")),
    "commission_ppm": re.compile(r"[万千百]分之|[‰‱%]|bp"),
}
_FURTHER = re.compile(r"信用|融资|两融|期权|理财|[辅副次旧原]|其他|备用")
UNIT_LINE = re.compile(r"单位\s*[:：]?\s*(?:人民币)?\s*(亿元|百万元|万元|千元|元)")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of a sheet and what it stands for; no field means it is left alone."""

    text: str
    field: str = ""
    is_known: bool = False
    unit: str = ""
    full: str = ""
    """The heading so that it is understood without the one above it."""

    @property
    def money_unit(self) -> int | None:
        """What 1 means in the column, in 元; None where the heading does not say."""
        return money_unit(self.unit)

    @property
    def is_of_another(self) -> bool:
        """Whether it is a further one of its kind: ``资金账号（信用）``, ``账号（辅）``."""
        return _FURTHER.search(self.unit) is not None

    @property
    def rate_unit(self) -> RateUnit | None:
        """What 1 means in a column of rates; None where the heading does not say."""
        return next((unit for form, unit in _RATE_UNITS if form.search(self.unit)), None)


def money_unit(text: str) -> int | None:
    """The factor to 元 that a unit names."""
    return next((factor for word, factor in _MONEY_UNITS if word in text), None)


def unit_name(factor: int) -> str:
    """The unit of amounts with this factor to 元."""
    return next(
        word if word.endswith("元") else f"{word}元"
        for word, known in _MONEY_UNITS
        if known == factor
    )


@lru_cache(maxsize=4096)
def read_heading(text: str, group: str = "") -> Heading:
    """What a heading means; ``group`` is the heading above it in a two-level head."""
    words = _narrow(text)
    if len(words) > LONGEST_HEADING or not words.strip():
        return Heading(text)
    units = "".join(_BRACKETS.findall(words))
    if group and _says_unit_alone(words):
        found = read_heading(group)
        unit = units or _squeezed(words)
        return replace(found, unit=unit, full=f"{group}（{unit}）") if found.is_known else found
    for key in _keys(words, _narrow(group)):
        field = FIELD_OF.get(key) or next(
            (name for form, name in _NUMBERED if form.fullmatch(key)), ""
        )
        if field or key in DERIVED or key == REASON_HEADING:
            full = text if key in _keys(words, "") else f"{group}（{text}）"
            unit = units or _trailing_unit(words)
            above = "" if unit else _unit_of_group(field, _narrow(group))
            if above and full == text:
                full = f"{text}（{above}）"
            return Heading(text, field, True, unit or above, full)
    return Heading(text)


def _says_unit_alone(words: str) -> bool:
    """``万元`` or ``（‰）`` in the line below the headings."""
    return _UNIT_ALONE.fullmatch(_squeezed(_BRACKET_SIGNS.sub("", words))) is not None


def _unit_of_group(field: str, words: str) -> str:
    """The unit for all columns below a heading: ``资产（万元）`` above 总资产 and 市值."""
    form = _UNITS_ABOVE.get(field)
    if form is None:
        return ""
    found = [*_BRACKETS.findall(words), _trailing_unit(words)]
    return next((unit for unit in found if form.fullmatch(unit.removeprefix("单位:"))), "")


def key_of(text: str) -> str:
    """A heading as it is looked up: narrow, small, without blanks and brackets."""
    words = _narrow(text)
    return _squeezed(_BRACKET_SIGNS.sub("", words)) if len(words) <= LONGEST_HEADING else ""


def _keys(words: str, group: str) -> list[str]:
    """What to look up, the most telling first: with the group, with brackets, without."""
    whole = _squeezed(_BRACKET_SIGNS.sub("", words))
    bare = _squeezed(_BRACKETS.sub("", words))
    unwrapped = _squeezed(_BRACKET_SIGNS.sub("", _ROUND_BRACKETS.sub("", words)))
    without_unit = _UNIT_AT_END.sub("", bare)
    found = [whole, bare, without_unit, unwrapped]
    above = _squeezed(_BRACKETS.sub("", group))
    if above and above != bare:
        found = [above + whole, above + bare, *found]
    return [key for key in dict.fromkeys(found) if key]


def _narrow(text: str) -> str:
    narrow = simplified(unicodedata.normalize("NFKC", text)).lower()
    return narrow.replace("帐", "账")  # chinese: data


def _squeezed(words: str) -> str:
    return _NOISE.sub("", words)


def _trailing_unit(words: str) -> str:
    found = _NAMED_UNIT.search(words)
    return found[0].strip() if found else ""
