"""Which sheets of a workbook are taken: those that look like client lists, or those named."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from advisorcrm.columns import CodeBook
from advisorcrm.errors import ImportRejectedError
from advisorcrm.i18n import _
from advisorcrm.imports.birthday_parts import with_birthdays
from advisorcrm.imports.contact_fields import header_of_contacts
from advisorcrm.imports.foreign_kinds import foreign_kind
from advisorcrm.imports.header_search import Header
from advisorcrm.imports.label_pairs import with_labels
from advisorcrm.imports.list_parts import list_parts
from advisorcrm.imports.own_headings import header_with_own
from advisorcrm.imports.raw_table import RawTable
from advisorcrm.imports.sheet_kinds import SheetKind, sheet_kind


class FoundList(NamedTuple):
    """One list of a file, as its kind has to be read; ``sheet`` is where it stands."""

    sheet: str
    table: RawTable
    header: Header
    kind: SheetKind


class KnownBeforehand(Protocol):
    """What is known about a file before it is looked at."""

    @property
    def book(self) -> CodeBook:
        """The branch's lists and own fields."""

    @property
    def chosen(self) -> Mapping[str, str]:
        """Headings mapped by hand."""

    @property
    def as_contacts(self) -> bool:
        """Whether it holds contacts in any case."""


def found_lists(tables: Sequence[RawTable], known: KnownBeforehand) -> list[FoundList]:
    """Every list of a file, hidden ones too."""
    return [
        _by_kind(table.sheet_name, part, header, known)
        for table in tables
        for part, header in list_parts(table, known.chosen)
        if part.is_cards or not foreign_kind(part.rows)
    ]


def chosen_lists(
    found: Sequence[FoundList], tables: Sequence[RawTable], named: Collection[str]
) -> list[FoundList]:
    """The lists on the named sheets; where none is named the visible ones, else the hidden.

    Raises ImportRejectedError for a name that no sheet bears: a typing error takes nothing in.
    """
    if not named:
        return [one for one in found if not one.table.is_hidden] or list(found)
    there = {_key(table.sheet_name): table.sheet_name for table in tables}
    for name in named:
        if _key(name) not in there:
            raise ImportRejectedError(
                _("文件里没有工作表“{name}”，只有：{names}。请核对名称。").format(
                    name=name, names=_("、").join(there.values())
                )
            )
    wanted = {_key(name) for name in named}
    return [one for one in found if _key(one.sheet) in wanted]


def _key(name: str) -> str:
    """Spreadsheets do not tell capital letters apart, nor do people see blanks at the end."""
    return name.strip().casefold()


def _by_kind(sheet: str, table: RawTable, header: Header, known: KnownBeforehand) -> FoundList:
    """The table as its kind has to be read."""
    kind = sheet_kind(table, header, as_contacts=known.as_contacts)
    if kind.is_contacts:
        header = header_of_contacts(header, known.chosen)
        table = with_labels(table, header)
    header = header_with_own(header, known.book, known.chosen)
    table, header = with_birthdays(table, header)
    return FoundList(sheet, table, header, kind)
