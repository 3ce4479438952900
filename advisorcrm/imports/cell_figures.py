"""Cells that hold figures: assets, commission, how often a client is to be contacted."""

from __future__ import annotations

import re
from contextlib import suppress

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.imports.cell_values import UNCHANGED, Cleaner, ColumnContext, Values, text_of
from advisorcrm.imports.choices import folded
from advisorcrm.imports.client_fields import LABELS
from advisorcrm.imports.raw_table import Cell
from advisorcrm.rules.amounts import RateUnit, read_money, read_rate
from advisorcrm.rules.traditional import simplified
from advisorcrm.rules.written_text import is_nothing, plain
from advisorcrm.services.files import client_checks

_NEARLY = re.compile(r"^(?:大?约|近)|(?:左右|上下)$|\((?:估|约|估计|估算)\)$")  # chinese: data
_FIGURE = r"(?!0\d)[\d,.一二三四五六七八九十百千万亿w元]+"  # chinese: data
_VAGUE = re.compile(  # chinese: data
    rf"[<>≥≤]=?{_FIGURE}|{_FIGURE}(?:以上|以下|以内|上下|不等|起|[+~-]+|[多余几][万亿]?元?)|"
    rf"{_FIGURE}(?:[~至到—–-]|--){_FIGURE}|[上数近几好][十百千万亿]+元?"
)
"""``50-100万``, ``100万以上``, ``上百万``: a size, and no figure to compute with."""
_LEAST_FEE = re.compile(  # chinese: data
    r"不?免[五5]元?|(?:最低|起点|起步|保底|不足)[^\d%‰‱]{0,3}\d+(?:\.\d+)?[元块]?(?:按\d+元?)?收?"
)
"""``免五``, ``最低5元``: what is charged for a small order, and no rate."""
_RATE = re.compile(  # chinese: data
    r"(?:万分之|千分之|百分之|[万千]|(?<![a-z])w)"
    r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九](?:点[零〇一二三四五六七八九]+)?)|\d+(?:\.\d+)?[%‰‱]",
    re.IGNORECASE,
)
_FIGURE_OF_RATE = re.compile(r"[\d%‰‱]")
_IN_BRACKETS = re.compile(r"\([^()%‰‱]*\)")
_NO_RATE = re.compile(  # chinese: data
    r"(?:默认|标准|正常|普通|优惠|待定|未定|未谈|待谈|面议|单议|另议|协商|协议|按协议|净佣金?|全佣金?|"
    r"已[降调]|未[降调]|不变|见备注|见合同|[\s,;、，。()（）])*"
)
"""Words of an agreement that name no figure."""
_NUMBER_OF_DAYS = re.compile(r"(?:每)?(\d{1,4})(?:天|日)?(?:一次)?")
_PERIODS = (  # chinese: data
    (re.compile(r"每?(?:天|日|工作日)(?:一次)?"), 1),
    (re.compile(r"每?(?:两|二|2|双)(?:周|星期)(?:一次)?|半月|每半(?:个)?月"), 14),
    (re.compile(r"每?(?:一|1)?(?:周|星期)(?:一次)?"), 7),
    (re.compile(r"每?(?:两|二|2|双)(?:个)?月(?:一次)?"), 60),
    (re.compile(r"每?(?:一|1)?(?:个)?月(?:度)?(?:一次)?"), 30),
    (re.compile(r"每?(?:一|1)?(?:个)?季(?:度)?(?:一次)?|每?(?:三|3)(?:个)?月(?:一次)?"), 90),
    (re.compile(r"每?半年(?:度)?(?:一次)?"), 180),
    (re.compile(r"每?(?:一|1)?年(?:度)?(?:一次)?"), 365),
)


def money_cleaner(field: str, context: ColumnContext) -> Cleaner:
    """An amount in 分, in the unit of the heading or of the sheet's title."""
    unit = context.heading.money_unit or context.money_unit

    def clean(cell: Cell) -> object:
        if isinstance(cell, float):
            return read_money(cell, unit=unit, field=field)
        text = simplified(text_of(cell))
        if is_nothing(text):
            return None
        if "**" in text:
            return UNCHANGED
        about = _NEARLY.sub("", plain(text))
        try:
            found = read_money(about, unit=unit, field=field)
        except InvalidFieldError:
            if not _VAGUE.fullmatch(about.replace(" ", "")):
                raise
            return Values((), _not_one_figure(text, field))
        if about == plain(text):
            return found
        return Values(((field, found),), _("“{text}”是约数，已按所写的数导入。").format(text=text))

    return clean


def _not_one_figure(text: str, field: str) -> str:
    return _("“{text}”不是一个确定的数，“{title}”没有导入，请补填。").format(
        text=text.strip()[:20], title=_(LABELS[field])
    )


def rate_cleaner(context: ColumnContext) -> Cleaner:
    """A commission in parts per million, in the unit of the heading."""
    unit = context.heading.rate_unit

    def clean(cell: Cell) -> object:
        if isinstance(cell, float):
            return read_rate(cell, unit=unit)
        text = text_of(cell)
        if "*" in text:
            return UNCHANGED
        try:
            return read_rate(text, unit=unit)
        except InvalidFieldError:
            found = _rates_among_words(plain(text).replace(" ", ""), unit)
            if found is None:
                raise
        if len(found) == 1:
            note = _("佣金“{text}”里的说明没有导入，只导入了费率。")
        elif found:
            note = _("佣金“{text}”不是一个费率，没有导入，请补填。")
        else:
            note = _("佣金“{text}”没有写费率，没有导入，请补填。")
        told = note.format(text=text.strip()[:40])
        return Values((("commission_ppm", found[0]),) if len(found) == 1 else (), told)

    return clean


def _rates_among_words(text: str, unit: RateUnit | None) -> list[int | None] | None:
    """The different rates a text names; None for one with a figure that cannot be understood."""
    told = _LEAST_FEE.sub("", text)
    named = _RATE.findall(told)
    if named:
        words = _IN_BRACKETS.sub("", _RATE.sub("", told))
        is_clear = _FIGURE_OF_RATE.search(words) is None
        return list(dict.fromkeys(read_rate(one, unit=unit) for one in named)) if is_clear else None
    if _NO_RATE.fullmatch(told):
        return []
    bare = _IN_BRACKETS.sub("", told).rstrip(",;、")
    with suppress(InvalidFieldError):
        return [read_rate(bare, unit=unit)] if bare else None
    return None


def clean_first_year(cell: Cell) -> object:
    """Since which year somebody invests: ``2007``, ``2007年``."""
    text = folded(text_of(cell)).removesuffix("年").removesuffix(".0")
    if is_nothing(text):
        return None
    if not text.isdecimal():
        raise InvalidFieldError("invests_since", _("请填年份，例如 2007。"))
    return client_checks.clean_first_year(int(text))


def clean_frequency(cell: Cell) -> object:
    """Days between two contacts: ``30``, ``30天``, ``每月``, ``每季度一次``."""
    text = folded(text_of(cell))
    if is_nothing(text):
        return None
    number = _NUMBER_OF_DAYS.fullmatch(text)
    if number is not None:
        return client_checks.clean_frequency(int(number[1]))
    days = next((days for form, days in _PERIODS if form.fullmatch(text)), None)
    if days is None:
        raise InvalidFieldError(
            "contact_every_days",
            _("看不懂联系频率“{text}”。可以写 30 或 每月。").format(text=text[:20]),
        )
    return days
