"""Saved mappings: a file of a known layout is read as it was the last time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.imports.client_fields import FIELDS
from advisorcrm.imports.contact_fields import CONTACT_FIELDS
from advisorcrm.imports.storing import KIND
from advisorcrm.models import ImportScheme
from advisorcrm.services.access import Actor, Right, demand
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.services.files.own_values import is_own
from advisorcrm.terms import ImportRule

_FIELDS = frozenset(one.name for one in (*FIELDS, *CONTACT_FIELDS))


@dataclass(frozen=True, slots=True)
class Scheme:
    """One saved mapping: headings to fields where the guess was wrong, and the rules by field."""

    id: int
    name: str
    chosen: Mapping[str, str] = field(default_factory=dict)
    rule: ImportRule = ImportRule.FILL_BLANKS
    by_column: Mapping[str, ImportRule] = field(default_factory=dict)


def layout_of(headings: Sequence[str]) -> str:
    """What files of one layout have in common: their headings, in any order."""
    return hashlib.sha256("\n".join(sorted(set(headings))).encode()).hexdigest()


def find_scheme(session: Session, actor: Actor, headings: Sequence[str]) -> Scheme | None:
    """The newest saved mapping for files with these headings."""
    demand(actor, Right.IMPORT)
    row = session.scalar(_saved().where(ImportScheme.layout == layout_of(headings)).limit(1))
    return None if row is None else _scheme(row)


def save_scheme(
    session: Session, actor: Actor, headings: Sequence[str], scheme: Scheme, *, now: datetime
) -> int:
    """Keep a mapping for files with these headings; the one there was gives way.

    Raises InvalidFieldError for an empty or over-long name, or a field that does not exist.
    """
    demand(actor, Right.IMPORT)
    name = clean_text("name", scheme.name)
    if not name:
        raise InvalidFieldError("name", _("请给方案起个名字。"))
    unknown = {to for to in scheme.chosen.values() if not _is_field(to)}
    if unknown:
        raise InvalidFieldError("name", _("没有“{name}”这个字段。").format(name=min(unknown)))
    layout = layout_of(headings)
    row = session.scalar(_saved().where(ImportScheme.layout == layout).limit(1))
    if row is None:
        row = ImportScheme(kind=KIND, layout=layout)
        session.add(row)
    row.name, row.content = name, _content(scheme)
    row.user_id, row.saved_at = actor.user_id, now
    session.flush()  # the number of the scheme is the answer
    return row.id


def _is_field(name: str) -> bool:
    """Whether a column can be read so; an own field that is gone is passed over in reading."""
    return not name or name in _FIELDS or is_own(name)


def _saved() -> Select[ImportScheme]:
    return (
        select(ImportScheme)
        .where(ImportScheme.kind == KIND, ImportScheme.archived_at.is_(None))
        .order_by(ImportScheme.saved_at.desc(), ImportScheme.id.desc())
    )


def _content(scheme: Scheme) -> str:
    return json.dumps(
        {
            "chosen": dict(scheme.chosen),
            "rule": scheme.rule.value,
            "by_column": {name: rule.value for name, rule in scheme.by_column.items()},
        },
        ensure_ascii=False,
    )


def _scheme(row: ImportScheme) -> Scheme:
    content = json.loads(row.content)
    return Scheme(
        row.id,
        row.name,
        chosen={name: to for name, to in content["chosen"].items() if _is_field(to)},
        rule=ImportRule(content["rule"]),
        by_column={name: ImportRule(rule) for name, rule in content["by_column"].items()},
    )
