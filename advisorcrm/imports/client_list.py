"""The client list: from any table file to cleaned rows, every faulty cell named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from advisorcrm.collector import collector_paused
from advisorcrm.columns import CodeBook
from advisorcrm.errors import ImportRejectedError
from advisorcrm.i18n import _
from advisorcrm.imports.cell_values import ColumnContext, text_of
from advisorcrm.imports.client_assembly import clean_rows
from advisorcrm.imports.client_columns import read_columns
from advisorcrm.imports.client_fields import LABELS
from advisorcrm.imports.client_sheet import ClientSheet, ClientSheetRow, MappedColumn, SheetOffer
from advisorcrm.imports.contact_fields import CONTACT_LABELS
from advisorcrm.imports.foreign_kinds import foreign_kind
from advisorcrm.imports.header_search import Header, has_head_alone
from advisorcrm.imports.headings import Heading
from advisorcrm.imports.own_headings import own_label
from advisorcrm.imports.raw_table import Cell, RawTable
from advisorcrm.imports.reading import Progress, read_tables
from advisorcrm.imports.repeated_cards import merge_repeated
from advisorcrm.imports.samples import sample_of
from advisorcrm.imports.sheet_choice import FoundList, chosen_lists, found_lists
from advisorcrm.imports.sheet_kinds import SheetKind
from advisorcrm.imports.text_encoding import readable_name
from advisorcrm.services.files.own_values import is_own


@dataclass(frozen=True, slots=True)
class ClientListFile:
    """Which file, and what is known about it beforehand."""

    path: Path
    book: CodeBook
    today: date | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    """Headings mapped by hand to fields of ``client_fields`` (empty: leave alone)."""
    as_contacts: bool = False
    """Whether the person says that the file holds contacts, whatever its headings."""
    sheets: frozenset[str] = frozenset()
    """The sheets to take; none named: every visible one that looks like a client list."""


def read_client_list(
    file: ClientListFile,
    *,
    progress: Progress = lambda _done, _total: None,
) -> ClientSheet:
    """Read, recognise and clean a client list.

    Raises ImportRejectedError for a file that is not understood or holds no client, and what
    ``progress`` raises (CancelledError).
    """
    with collector_paused():
        tables = read_tables(file.path, progress=progress, meanwhile=_load_ahead)
        return recognise_clients(tables, file)


def recognise_clients(tables: Sequence[RawTable], file: ClientListFile) -> ClientSheet:
    """Find the clients in raw tables.

    Of sheets that nobody named, hidden ones count only where no visible one has any clients.
    Raises ImportRejectedError, also for a named sheet that is not there.
    """
    found = found_lists(tables, file)
    chosen = chosen_lists(found, tables, file.sheets)
    if not chosen:
        raise _not_understood(tables, file)
    columns: list[MappedColumn] = []
    rows: list[ClientSheetRow] = []
    layouts: dict[str, tuple[str, ...]] = {}
    for one in chosen:
        table, header = one.table, one.header
        columns = columns or _mapped(table, header, file.book)
        sheet_name = table.sheet_name if len(chosen) > 1 else ""
        layouts[sheet_name] = header.layout
        context = _context(table, header, one.kind, file)
        rows.extend(clean_rows(table, header, context, sheet_name))
    if not rows:
        raise _without_rows()
    first = chosen[0]
    return ClientSheet(
        file_name=readable_name(file.path),
        sheet_names=tuple(one.table.sheet_name for one in chosen),
        columns=columns,
        rows=merge_repeated(rows) if first.kind.is_contacts else rows,
        encoding=first.table.encoding,
        separator=first.table.separator,
        layouts=layouts,
        kind=first.kind,
        left_out=_left_out(tables, chosen),
        offers=_offers(found, chosen),
    )


def _context(
    table: RawTable, header: Header, kind: SheetKind, file: ClientListFile
) -> ColumnContext:
    """What holds for every column of a list."""
    return ColumnContext(
        Heading(""),
        file.book,
        file.today,
        header.money_unit,
        is_from_1904=table.is_from_1904,
        is_contacts=kind.is_contacts,
    )


def _left_out(tables: Sequence[RawTable], chosen: Sequence[FoundList]) -> tuple[str, ...]:
    read = {one.sheet for one in chosen}
    return tuple(table.sheet_name for table in tables if table.sheet_name not in read)


def _offers(found: Sequence[FoundList], chosen: Sequence[FoundList]) -> tuple[SheetOffer, ...]:
    read = {one.sheet for one in chosen}
    offered = {one.sheet: one.table.is_hidden for one in found}
    return tuple(SheetOffer(name, name in read, hidden) for name, hidden in offered.items())


def _not_understood(tables: Sequence[RawTable], file: ClientListFile) -> ImportRejectedError:
    for table in tables:
        kind = foreign_kind(table.rows)
        if kind:
            return ImportRejectedError(
                _("这是{kind}，不是客户表，没有导入任何内容。请选客户明细表。").format(kind=kind)
            )
    if any(has_head_alone(table, file.chosen) for table in tables):
        return _without_rows()
    seen = _first_words(tables)
    return ImportRejectedError(
        _(
            "没有找到客户表的表头（至少要有“客户姓名”或“资金账号”，再加一栏）。"
            "文件开头是：{words}。请核对文件，或先把表头改成系统认识的名称。"
        ).format(words=seen)
    )


def _without_rows() -> ImportRejectedError:
    return ImportRejectedError(_("表头下面没有客户，没有可以导入的行。"))


def _first_words(tables: Sequence[RawTable]) -> str:
    for table in tables:
        for row in table.rows:
            cells = [text_of(cell).strip()[:12] for cell in row if cell not in ("", None)]
            if cells:
                return "、".join(cells[:6])
    return ""


def _mapped(table: RawTable, header: Header, book: CodeBook) -> list[MappedColumn]:
    below = table.rows[header.last_row + 1 :]
    read = set(read_columns(header))
    found = []
    for at, heading in enumerate(header.headings):
        if heading.text:
            name = heading.field if at in read else ""
            label = _label(name, book)
            sample = sample_of(heading.field, _first_filled(below, at))
            found.append(MappedColumn(heading.text, name, label, sample))
    return found


def _label(name: str, book: CodeBook) -> str:
    if is_own(name):
        return own_label(name, book)
    return _(CONTACT_LABELS.get(name) or LABELS[name]) if name else ""


def _first_filled(rows: Sequence[Sequence[Cell]], column: int) -> Cell:
    return next(
        (row[column] for row in rows if column < len(row) and row[column] not in ("", None)), None
    )


def _load_ahead() -> None:
    """What cleaning and storing need, loaded while the child parses."""
    from advisorcrm.rules import pinyin

    pinyin.preload()
