"""Cells that hold figures: assets, commission, how often a client is to be contacted."""

from __future__ import annotations

import re

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.imports.cell_values import UNCHANGED, Cleaner, ColumnContext, Values, text_of
from advisorcrm.imports.choices import folded
from advisorcrm.imports.client_fields import LABELS
from advisorcrm.imports.raw_table import Cell
from advisorcrm.rules.amounts import read_money, read_rate
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
_RATE_AMONG_WORDS = re.compile(  # chinese: data
    r"(?:[^\d.%‰‱万千]*)(?P<rate>(?:万分之|千分之|百分之|[万千w])\d+(?:\.\d+)?|\d+(?:\.\d+)?[%‰‱])"
    r"(?:[^\d%‰‱]|(?:免|最低|起点|保底)\d)*",
    re.IGNORECASE,
)
"""``万2.5免五``, ``净佣万1.5（含规费）``: one rate, and words about it."""
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
            found = _RATE_AMONG_WORDS.fullmatch(plain(text).replace(" ", ""))
            if found is None:
                raise
        note = _("佣金“{text}”里的说明没有导入，只导入了费率。").format(text=text.strip()[:40])
        return Values((("commission_ppm", read_rate(found["rate"], unit=unit)),), note)

    return clean


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
