"""Columns of a file for the branch's own fields: known by their label, read by their kind (R19).

A heading that is exactly the label of an own field means that field, whatever foreign sheets may
call so; those of our own list stay ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from advisorcrm.columns import CodeBook, OwnFieldRow
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.imports.cell_dates import date_cleaner
from advisorcrm.imports.cell_texts import clean_remark
from advisorcrm.imports.cell_values import UNCHANGED, Cleaner, ColumnContext, Values, text_of
from advisorcrm.imports.choices import Choices, folded, listed_choices
from advisorcrm.imports.client_fields import ImportField
from advisorcrm.imports.header_search import Header
from advisorcrm.imports.headings import Heading
from advisorcrm.imports.raw_table import Cell
from advisorcrm.rules.masking import holds_word_masks
from advisorcrm.rules.written_text import is_nothing
from advisorcrm.services.files.own_values import NO, OWN, YES, clean_own, is_own
from advisorcrm.terms import OwnFieldKind

# chinese: data (words of sheets for yes and no)
_YES_NO = {
    **dict.fromkeys(("是", "有", "y", "yes", "1", "true", "√", "✓", "对"), YES),
    **dict.fromkeys(("否", "无", "没有", "n", "no", "0", "false", "×", "x", "不是"), NO),
}


def header_with_own(header: Header, book: CodeBook, chosen: Mapping[str, str]) -> Header:
    """The head with the headings understood that name fields of the branch."""
    if not book.fields:
        return header
    by_label = {
        folded(label): field
        for field in reversed(book.own_fields())
        for label in (field.label_en, field.label)
        if label
    }
    understood = (_understood(one, by_label, book, chosen) for one in header.headings)
    return replace(header, headings=tuple(understood))


def own_fields_to_map(book: CodeBook) -> list[ImportField]:
    """The own fields as a mapping offers them, behind the program's."""
    return [ImportField(OWN + field.name, field.title, ()) for field in book.own_fields()]


def own_label(name: str, book: CodeBook) -> str:
    """What an own field is called."""
    field = own_field(name, book)
    return field.title if field else name


def own_field(name: str, book: CodeBook) -> OwnFieldRow | None:
    """The field behind ``own.f1``."""
    return next((field for field in book.fields if OWN + field.name == name), None)


def own_cleaner(name: str, context: ColumnContext) -> Cleaner:
    """What makes stored values of the cells of a field's column."""
    field = own_field(name, context.book)
    if field is None:
        return lambda _cell: None
    makers: Mapping[OwnFieldKind, Callable[[OwnFieldRow, ColumnContext], Cleaner]] = {
        OwnFieldKind.TEXT: _text_cleaner,
        OwnFieldKind.NUMBER: _number_cleaner,
        OwnFieldKind.DATE: _date_cleaner,
        OwnFieldKind.CHOICE: _choice_cleaner,
        OwnFieldKind.YES_NO: _yes_no_cleaner,
    }
    return makers[field.kind](field, context)


def _understood(
    heading: Heading,
    by_label: Mapping[str, OwnFieldRow],
    book: CodeBook,
    chosen: Mapping[str, str],
) -> Heading:
    if heading.text in chosen:
        name = chosen[heading.text]
        is_there = is_own(name) and own_field(name, book) is not None
        return replace(heading, field=name) if is_there else heading
    field = by_label.get(folded(heading.text))
    if field is None:
        return heading
    return replace(heading, field=OWN + field.name, is_known=True, full=heading.text)


def _text_cleaner(field: OwnFieldRow, _context: ColumnContext) -> Cleaner:
    """A text; one in which we have masked a number means unchanged."""

    def clean(cell: Cell) -> object:
        found = clean_remark(cell)
        text = str(found.fields[0][1]) if isinstance(found, Values) else found
        if not isinstance(text, str) or is_nothing(text):
            return None
        if holds_word_masks(text):
            return UNCHANGED
        return clean_own(field.kind, OWN + field.name, text) or None

    return clean


def _number_cleaner(field: OwnFieldRow, _context: ColumnContext) -> Cleaner:
    def clean(cell: Cell) -> object:
        text = text_of(cell).strip()
        if "*" in text:
            return UNCHANGED
        return None if is_nothing(text) else clean_own(field.kind, OWN + field.name, text)

    return clean


def _date_cleaner(field: OwnFieldRow, context: ColumnContext) -> Cleaner:
    read = date_cleaner(OWN + field.name, context)

    def clean(cell: Cell) -> object:
        found = read(cell)
        if not isinstance(found, date):
            return found
        return clean_own(field.kind, OWN + field.name, found.isoformat())

    return clean


def _choice_cleaner(field: OwnFieldRow, context: ColumnContext) -> Cleaner:
    choices: Choices = listed_choices(OWN + field.name, field.title, field.list_name, context.book)
    return lambda cell: choices.one(text_of(cell).strip())


def _yes_no_cleaner(field: OwnFieldRow, _context: ColumnContext) -> Cleaner:
    def clean(cell: Cell) -> object:
        text = folded(text_of(cell))
        if not text or text == "-":
            return None
        if text not in _YES_NO:
            raise InvalidFieldError(OWN + field.name, _("请选是或否。"))
        return _YES_NO[text]

    return clean
