"""A person's data in Chinese words: codes, fields and names instead of what is stored (2.7d)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME, CodeBook
from advisorcrm.exports.callback_rows import scores_text
from advisorcrm.exports.own_lines import say_zh
from advisorcrm.exports.personal_labels import CHOICES, CODES, COLUMNS, SCORES, SKIPPED
from advisorcrm.models import (
    Base,
    CallbackCampaign,
    ClientGroup,
    Event,
    OwnField,
    Product,
    Seat,
    User,
)
from advisorcrm.rules.callback_records import unpack_scores
from advisorcrm.rules.masking import (
    mask_account,
    mask_address,
    mask_id_number,
    mask_phone,
    mask_words,
)
from advisorcrm.services.access import Actor
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.files.client_points import mask_point
from advisorcrm.services.files.own_values import OWN
from advisorcrm.services.histories.history_words import stored_value
from advisorcrm.terms import PointKind, Term

_CLIENT = Base.metadata.tables["client"]
_EMPTY = "空"
_YES_NO = {True: "是", False: "否"}
_FIELDS = frozenset(
    {("field_source", "field"), ("import_row", "fields"), ("access_log", "subject"),
     ("completeness_snapshot_row", "missing")}
)  # fmt: skip
"""Columns that hold names of the file's fields."""
_PACKED = frozenset(
    {("client_merge", "before"), ("import_row", "old"), ("import_doubt", "content")}
)
"""Columns that hold several values of the file as JSON."""
_MASKS = {
    "account": mask_account,
    "id_number": mask_id_number,
    "address": mask_address,
    "other_phone": mask_phone,
}
_NAMED = {"user": User.name, "client_group": ClientGroup.name, "own_field": OwnField.label,
          "product": Product.name, "seat": Seat.label, "event": Event.title,
          "callback_campaign": CallbackCampaign.name}  # fmt: skip

Facts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reader:
    """What turns stored values into words."""

    book: CodeBook
    names: Mapping[str, Mapping[int, str]]
    is_masked: bool

    def facts(self, table: Table, row: Mapping[str, Any]) -> Facts:
        """The filled cells of a row as label and words."""
        found = []
        for column in table.columns:
            value = row[column.name]
            if not self.knows(column) or value is None or value in ("", ()):
                continue
            said = self._said(column, value, row)
            if said:
                found.append((COLUMNS.get(column.name, column.name), said))
        return found

    def knows(self, column: Column[Any]) -> bool:
        """Whether a column says something about the person that can be told."""
        target = _target(column)
        return column.name not in SKIPPED and (not target or target in self.names)

    def cell(self, column: Column[Any], value: Any, row: Mapping[str, Any]) -> str:
        """What a column held: words, or that it held nothing."""
        if value is None or value in ("", ()):
            return _EMPTY
        return self._said(column, value, row) or _EMPTY

    def _said(self, column: Column[Any], value: Any, row: Mapping[str, Any]) -> str:
        target, place = _target(column), (column.table.name, column.name)
        if target:
            return self.names[target].get(value, "")
        if place in _FIELDS:
            many = value if isinstance(value, tuple) else (value,)
            return "、".join(self._field(str(name)) for name in many)
        if place in _PACKED:
            return "；".join(self._packed(value))
        if place in SCORES:
            return scores_text(unpack_scores(value), self.book)
        if place in CHOICES:
            return CHOICES[place](value).label_zh
        return self.words(*place, value, row)

    def words(self, table: str, name: str, value: Any, row: Mapping[str, Any]) -> str:
        """One value in Chinese, masked if it must be."""
        if table == "own_value" and name == "value":
            value = self._own_words(row["own_field_id"], value)
        codes = CODES.get((table, name))
        if codes:
            many = value if isinstance(value, tuple) else (value,)
            return "、".join(self.book.label_zh(codes, code) for code in many)
        if not isinstance(value, str) or isinstance(value, Term):
            return plain(name, value)
        if not self.is_masked:
            return value
        if table == "contact_point" and name == "value":
            return mask_point(PointKind(row["kind"]), value)
        return _MASKS.get(name, mask_words)(value)

    def _own_words(self, field_id: int, value: str) -> str:
        field = next((one for one in self.book.fields if one.id == field_id), None)
        return say_zh(field, value, self.book) if field else value

    def _field(self, name: str) -> str:
        """What a field of the file is called; what is none stays as it is."""
        own = next((one for one in self.book.fields if OWN + one.name == name), None)
        if own is not None:
            return own.label
        if name in list(PointKind):
            return PointKind(name).label_zh
        return COLUMNS.get(name, name) if name in _CLIENT.columns else name

    def _packed(self, text: str) -> Iterator[str]:
        """``称呼：老孙`` for each value of the file in a JSON text, however deep it lies."""
        try:
            found = json.loads(text)
        except ValueError:
            return
        yield from self._unpacked(found if isinstance(found, dict) else {})

    def _unpacked(self, values: Mapping[str, Any]) -> Iterator[str]:
        for name, value in values.items():
            if isinstance(value, dict):
                yield from self._unpacked(value)
            elif (column := _CLIENT.columns.get(name)) is not None and self.knows(column):
                raw = ",".join(value) if isinstance(value, list) else value
                said = self.cell(column, stored_value("client", name, raw), {})
                yield f"{self._field(name)}：{said}"


def read_words(session: Session, actor: Actor, *, is_masked: bool) -> Reader:
    """A reader with the branch's lists and the names of what rows point at."""
    names: dict[str, dict[int, str]] = {
        table: dict(session.execute(select(column.class_.id, column)).all())
        for table, column in _NAMED.items()
    }
    return Reader(load_code_book(session, actor), names, is_masked)


def plain(name: str, value: Any) -> str:
    """A value that is no text and no code of a list."""
    if isinstance(value, Term):
        return value.label_zh
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, datetime):
        return value.astimezone(BRANCH_TIME).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "、".join(str(part) for part in value)
    if name.endswith("_fen"):
        return f"{value / 100:,.2f}"
    if name.endswith("_ppm"):
        return f"{value / 1000:g}"
    return str(value)


def _target(column: Column[Any]) -> str:
    """The table a column points into; empty for one that holds its own value."""
    return next((key.column.table.name for key in column.foreign_keys), "")
