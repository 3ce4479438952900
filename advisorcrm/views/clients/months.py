"""Months to narrow birthdays by: of the calendar, and lunar ones, in both languages."""

from __future__ import annotations

from advisorcrm.i18n import _
from advisorcrm.services.clients.client_matters import LUNAR

# chinese: data (how lunar months are called)
_LUNAR_NAMES = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


def month_choices() -> list[tuple[int, str]]:
    """All months with their labels, the calendar's first."""
    months = [(month, _("{month} 月").format(month=month)) for month in range(1, 13)]
    lunar = [
        (LUNAR + month, _("农历{name}月（{month} 月）").format(name=name, month=month))
        for month, name in enumerate(_LUNAR_NAMES, start=1)
    ]
    return months + lunar


def month_spellings() -> list[tuple[int, str]]:
    """Every word by which a month may be typed."""
    found: list[tuple[int, str]] = []
    for month, (lunar, english) in enumerate(zip(_LUNAR_NAMES, _ENGLISH, strict=True), start=1):
        solar = (f"{month}", f"{month}月", english)  # chinese: data
        moon = (f"农历{lunar}月", f"农历{month}月", f"lunar{month}")  # chinese: data
        found += [(month, word) for word in solar]
        found += [(LUNAR + month, word) for word in moon]
    return found
