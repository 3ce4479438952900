"""A row type declares its columns once: for screen, sheet and import alike.

``Annotated[str, Column("客户姓名", width=14)]`` on a field of a frozen dataclass is the whole
declaration. Labels are Chinese and translated when they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_type_hints
from zoneinfo import ZoneInfo

from advisorcrm.i18n import _, language
from advisorcrm.terms import OWN_PREFIX, OwnFieldKind, Term

BRANCH_TIME = ZoneInfo("Asia/Shanghai")


class Form(StrEnum):
    """How a value is written; what is stored stays exact."""

    PLAIN = "plain"
    MONEY = "money"  # stored 分; a list shows 万, a sheet yuan with two decimals
    PERMILLE = "permille"  # stored parts per million; shown ‰
    PERCENT = "percent"  # whole percent
    DAYS = "days"  # days since


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its Chinese label and how it is shown."""

    label: str
    width: int = 12  # characters of a sheet; about 8 px each on screen
    form: Form = Form.PLAIN
    codes: str = ""  # name of the code list the value belongs to
    align: str = "left"  # left, right, centre
    explain: str = ""  # one sentence for the column chooser
    shown: bool = True  # on screen from the start
    sensitive: bool = False  # masked unless the right and a purpose are given
    derived: bool = False  # computed: an import ignores it
    aliases: tuple[str, ...] = ()  # other headings an import accepts


@dataclass(frozen=True, slots=True)
class BoundColumn:
    """A column together with the field of the row that feeds it."""

    name: str
    column: Column

    @property
    def label(self) -> str:
        """Heading in the language of the person."""
        return _(self.column.label)


@cache
def columns_of(row_type: type[Any]) -> tuple[BoundColumn, ...]:
    """The declared columns of a row type, in the order of its fields."""
    hints = get_type_hints(row_type, include_extras=True)
    return tuple(
        BoundColumn(item.name, extra)
        for item in fields(row_type)
        for extra in get_args(hints[item.name])[1:]
        if isinstance(extra, Column)
    )


@dataclass(frozen=True, slots=True)
class OwnFieldRow:
    """A field the branch added to the client's file itself, as pages and sheets show it."""

    id: int
    name: str
    label: str
    label_en: str
    kind: OwnFieldKind
    explain: str
    is_retired: bool
    kept_for: str = ""

    @property
    def title(self) -> str:
        """What it is called in the language of the person."""
        return self.label_en or self.label if language() == "en" else self.label

    @property
    def list_name(self) -> str:
        """Name of the code list that holds its choices."""
        return OWN_PREFIX + self.name


@dataclass
class CodeBook:
    """What the branch calls things: labels by list and code (Chinese, English), its own fields.

    Pages of a window hold the same book; ``take`` brings a newer snapshot to all of them.
    """

    lists: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)
    retired: frozenset[tuple[str, str]] = frozenset()
    fields: tuple[OwnFieldRow, ...] = ()
    edition: str = ""  # another one as soon as anything of it was changed, on whatever computer

    def take(self, newer: CodeBook) -> None:
        """Hold what a newer book holds."""
        self.lists, self.retired, self.fields = newer.lists, newer.retired, newer.fields
        self.edition = newer.edition

    def own_fields(self) -> tuple[OwnFieldRow, ...]:
        """The branch's own fields that are in use, in its order."""
        return tuple(field for field in self.fields if not field.is_retired)

    def label(self, list_name: str, code: str | None) -> str:
        """Label of one code in the language of the person; an unknown code shows itself."""
        if not code:
            return ""
        chinese, english = self.lists.get(list_name, {}).get(code, (code, code))
        return english or chinese if language() == "en" else chinese

    def label_zh(self, list_name: str, code: str | None) -> str:
        """Chinese label of one code, for sheets and prescribed forms."""
        return self.lists.get(list_name, {}).get(code or "", (code or "", ""))[0]

    def codes(self, list_name: str) -> tuple[str, ...]:
        """Codes of a list that are offered, in the branch's order."""
        return tuple(
            code for code in self.lists.get(list_name, {}) if (list_name, code) not in self.retired
        )


def show(value: object, column: Column, book: CodeBook) -> str:
    """The text of a cell as lists, tooltips and the clipboard show it."""
    if value is None or value == ():
        return ""
    if column.codes:
        codes = value if isinstance(value, tuple) else (value,)
        return "、".join(book.label(column.codes, str(code)) for code in codes)
    if isinstance(value, Term):
        return value.label
    if isinstance(value, datetime):
        return show_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, int) and column.form is not Form.PLAIN:
        return show_number(value, column.form)
    return str(value)


def show_number(value: int, form: Form) -> str:
    """An amount, rate or count in the unit people read."""
    if form is Form.MONEY:
        return show_money(value)
    if form is Form.PERMILLE:
        return f"{value / 1000:.3f}".rstrip("0").ljust(4, "0")
    if form is Form.PERCENT:
        return f"{value}%"
    if value == 0:
        return _("今日")
    return _("{count} 天").format(count=value)


def show_money(fen: int) -> str:
    """分 as ``628.4 万``, in English ``¥6.28 m``."""
    if language() == "en":
        return f"¥{fen / 100_000_000:,.2f} m"
    return _("{amount} 万").format(amount=f"{fen / 1_000_000:,.1f}")


def show_yuan(fen: int) -> str:
    """A small amount to the 分, as ``320.00 元``, in English ``¥320.00``."""
    written = f"{fen // 100:,}.{fen % 100:02d}"
    return f"¥{written}" if language() == "en" else _("{amount} 元").format(amount=written)


def branch_date(at: datetime) -> date:
    """The day on which an instant falls at the branch."""
    return at.astimezone(BRANCH_TIME).date()


def show_instant(at: datetime) -> str:
    """An instant as the branch's clock shows it, to the minute."""
    # Not strftime: it imports a module on every call, which Qt's import hook makes slow.
    return at.astimezone(BRANCH_TIME).replace(tzinfo=None).isoformat(" ", "minutes")
