"""What the branch's own fields hold for one client: checked, read, stored (R19).

In the file a value stands beside the others under ``own.`` and the name of its field, so that
one save stores all of them and a conflict is told for all of them alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from advisorcrm.columns import CodeBook, OwnFieldRow
from advisorcrm.db.engines import insert_rows
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import Client, OwnField, OwnValue
from advisorcrm.rules.masking import mask_words
from advisorcrm.services.branch.code_checks import demand_codes
from advisorcrm.services.files.client_checks import EARLIEST, clean_text
from advisorcrm.terms import OWN_PREFIX, OwnFieldKind

OWN = "own."
YES, NO = "yes", "no"
_LONGEST = 500
_KEY = 60
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CHUNK = 5_000
_HALF = Decimal(10) ** 15
"""Numbers are smaller than this, so that all of them sort as texts."""


def is_own(name: str) -> bool:
    """Whether a name of the file is that of an own field."""
    return name.startswith(OWN)


def clean_own(kind: OwnFieldKind, name: str, text: str | None) -> str:
    """A value as it is stored; empty is none. Raises InvalidFieldError for what is not one."""
    value = clean_text(name, text, limit=_LONGEST)
    if not value:
        return ""
    if kind is OwnFieldKind.NUMBER:
        return _clean_number(name, value)
    if kind is OwnFieldKind.DATE:
        return _clean_date(name, value)
    if kind is OwnFieldKind.YES_NO and value not in (YES, NO):
        raise InvalidFieldError(name, _("请选是或否。"))
    return value


def sort_key(kind: OwnFieldKind, value: str) -> str:
    """By what a list orders: numbers by size, dates by day, texts as they are."""
    if kind is OwnFieldKind.NUMBER and value:
        return f"{Decimal(value) + _HALF:023.6f}"
    return value.casefold()[:_KEY]


def say_own(field: OwnFieldRow, value: str, book: CodeBook) -> str:
    """A value in words."""
    if field.kind is OwnFieldKind.CHOICE:
        return book.label(field.list_name, value)
    if field.kind is OwnFieldKind.YES_NO and value:
        return _("是") if value == YES else _("否")
    return value


def mask_own(value: str) -> str:
    """A value without telephone and card numbers; a date is none of them."""
    return value if _DATE.fullmatch(value) else mask_words(value)


def holds_own(name: str) -> ColumnElement[bool]:
    """Whether a client's file holds something in a field (``own.f1``), as part of a query."""
    field = select(OwnField.id).where(OwnField.name == name.removeprefix(OWN)).scalar_subquery()
    return (
        select(OwnValue.id)
        .where(
            OwnValue.client_id == Client.id, OwnValue.own_field_id == field, OwnValue.value != ""
        )
        .correlate(Client)
        .exists()
    )


def own_values(session: Session, client_id: int) -> dict[str, str]:
    """What the file holds, by ``own.`` name; fields without a value are not there."""
    rows = session.execute(
        select(OwnField.name, OwnValue.value)
        .join(OwnValue, OwnValue.own_field_id == OwnField.id)
        .where(OwnValue.client_id == client_id)
    )
    return {OWN + name: value for name, value in rows}


def present_values(session: Session, client: Client, names: Iterable[str]) -> dict[str, Any]:
    """What a file holds now under these names, own fields among them."""
    wanted = list(names)
    own = own_values(session, client.id) if any(map(is_own, wanted)) else {}
    return {name: own.get(name, "") if is_own(name) else getattr(client, name) for name in wanted}


def store_own_values(session: Session, client_id: int, values: Mapping[str, Any]) -> None:
    """Store values of own fields; the caller has checked who may and merged both sides.

    Raises InvalidFieldError for a field that is not there or retired and for a wrong value.
    """
    fields = {OWN + field.name: field for field in session.scalars(select(OwnField))}
    rows = {
        row.own_field_id: row
        for row in session.scalars(select(OwnValue).where(OwnValue.client_id == client_id))
    }
    for name, given in values.items():
        field = fields.get(name)
        if field is None or field.is_retired:
            raise InvalidFieldError(name, _("这个字段已停用，请刷新后再填。"))
        value = clean_own(field.kind, name, given)
        if value and field.kind is OwnFieldKind.CHOICE:
            demand_codes(session, OWN_PREFIX + field.name, (value,), field=name)
        key, row = sort_key(field.kind, value), rows.get(field.id)
        if row is not None:
            row.value, row.sort_key = value, key
        elif value:
            session.add(
                OwnValue(client_id=client_id, own_field_id=field.id, value=value, sort_key=key)
            )


def parted(
    records: Iterable[Mapping[str, Any]],
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, str]]]:
    """Records of clients, and what they say about own fields apart."""
    plain: list[Mapping[str, Any]] = []
    own: list[Mapping[str, str]] = []
    for record in records:
        names = [name for name in record if is_own(name)]
        own.append({name: record[name] or "" for name in names})
        plain.append(
            {name: value for name, value in record.items() if not is_own(name)} if names else record
        )
    return plain, own


def store_imported(session: Session, changes: Iterable[tuple[int, Mapping[str, str]]]) -> None:
    """Store cleaned values of many clients at once; the files' versions were counted already."""
    wanted = [(key, name, value) for key, own in changes for name, value in own.items()]
    if not wanted:
        return
    fields = {OWN + field.name: field for field in session.scalars(select(OwnField))}
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        there = _present_rows(session, sorted({key for key, _name, _value in part}))
        added: list[dict[str, Any]] = []
        for key, name, value in part:
            field = fields[name]
            cells = {"value": value, "sort_key": sort_key(field.kind, value)}
            row_id = there.get((key, field.id))
            if row_id is not None:
                session.execute(
                    update(OwnValue)
                    .where(OwnValue.id == row_id)
                    .values(**cells, version=OwnValue.version + 1)
                )
            elif value:
                added.append({"client_id": key, "own_field_id": field.id, "version": 1, **cells})
        if added:
            insert_rows(session.connection(), OwnValue.__table__, added)


def _present_rows(session: Session, ids: list[int]) -> dict[tuple[int, int], int]:
    rows = session.execute(
        select(OwnValue.client_id, OwnValue.own_field_id, OwnValue.id).where(
            OwnValue.client_id.in_(ids)
        )
    )
    return {(row.client_id, row.own_field_id): row.id for row in rows}


def _clean_number(name: str, value: str) -> str:
    try:
        number = Decimal(value.replace(",", "").replace("，", ""))  # chinese: data
    except InvalidOperation:
        raise InvalidFieldError(name, _("请填数字，例如 12.5。")) from None
    if not number.is_finite() or abs(number) >= _HALF:
        raise InvalidFieldError(name, _("数字太大，请核对。"))
    rounded = round(number, 6)
    return f"{rounded.normalize():f}" if rounded else "0"


def _clean_date(name: str, value: str) -> str:
    try:
        on = date.fromisoformat(value)
    except ValueError:
        raise InvalidFieldError(name, _("请填日期，例如 2026-11-20。")) from None
    if on < EARLIEST:
        raise InvalidFieldError(name, _("日期早于 1880 年，请核对。"))
    return on.isoformat()
