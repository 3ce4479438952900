"""What a table cell says and how it is drawn: tone, second line, badges, bar, icon."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from advisorcrm.columns import BoundColumn, CodeBook, show
from advisorcrm.i18n import _
from advisorcrm.rules.masking import mask_name
from advisorcrm.views.widgets.badge import BadgeText

PENDING = "…"
_GOOD_PERCENT = 85


@dataclass(frozen=True, slots=True)
class Heading:
    """A row of its own that heads the rows below (a day); it is not selected."""

    text: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How a column is drawn; each callable gets the whole row.

    An icon is ``name`` or ``name/tone``; a bar has the tone of its value unless ``bar_tone`` says
    another.
    """

    tone: str | Callable[[Any], str] = "text"
    weight: int = 400
    text: Callable[[Any], str] | None = None
    second: Callable[[Any], str] | None = None
    badges: Callable[[Any], Sequence[BadgeText]] | None = None
    percent: Callable[[Any], int | None] | None = None
    icon: Callable[[Any], str] | None = None
    good: int = _GOOD_PERCENT
    bar_tone: str = ""
    is_name: bool = False


PLAIN = Look()
QUIET = Look(tone="text2")


class Cell:
    """One cell, formatted once; ``fits`` remembers the text cut to the column's width."""

    __slots__ = ("badges", "cut", "cut_second", "fits", "icon", "percent", "second", "text",
                 "tone", "wide")  # fmt: skip

    def __init__(self, text: str, tone: str) -> None:
        self.text = text
        self.tone = tone
        self.second = ""
        self.icon = ""
        self.percent = -1
        self.badges: tuple[BadgeText, ...] = ()
        self.fits = -1
        self.cut = text
        self.cut_second = ""
        self.wide = 0

    def full_text(self) -> str:
        """Everything the cell says, for tooltip, clipboard and screen readers."""
        return f"{self.text} {self.second}" if self.second else self.text


def make_cell(
    row: object, bound: BoundColumn, look: Look, book: CodeBook, *, is_private: bool = False
) -> Cell:
    """Format one field of a row; in private mode (F9) names are masked too."""
    if look.badges:
        badges = tuple(look.badges(row))
        cell = Cell(_("、").join(badge.text for badge in badges), "text")
        cell.badges = badges
        return cell
    text = look.text(row) if look.text else show(getattr(row, bound.name), bound.column, book)
    if is_private and look.is_name:
        text = mask_name(text)
    cell = Cell(text, look.tone if isinstance(look.tone, str) else look.tone(row))
    if look.percent:
        percent = look.percent(row)
        if percent is not None:
            cell.percent = percent
            cell.tone = look.bar_tone or ("ok" if percent >= look.good else "warn")
    if look.second:
        cell.second = look.second(row)
    if look.icon:
        cell.icon = look.icon(row)
    return cell


def badge_look(name: str, book: CodeBook, list_name: str = "") -> Look:
    """A column of one code drawn as a badge whose kind is the code (tiers)."""

    def badges(row: object) -> tuple[BadgeText, ...]:
        code = getattr(row, name)
        if not code:
            return ()
        label = book.label(list_name, str(code)) if list_name else code.label
        return (BadgeText(label, str(code)),)

    return Look(badges=badges)


def bar_look(name: str, *, good: int = _GOOD_PERCENT) -> Look:
    """A column of percent drawn as a bar; amber below ``good``."""
    return Look(percent=lambda row: getattr(row, name), good=good)
