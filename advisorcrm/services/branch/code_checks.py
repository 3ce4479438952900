"""Codes of the branch's lists, where a service is given some."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import CodeListEntry


def demand_codes(
    session: Session, list_name: str, codes: Iterable[str], *, field: str
) -> tuple[str, ...]:
    """The codes, each once, if the list has them all; else InvalidFieldError for ``field``."""
    wanted = tuple(dict.fromkeys(codes))
    known = set(
        session.scalars(
            select(CodeListEntry.code).where(
                CodeListEntry.list_name == list_name, CodeListEntry.code.in_(wanted)
            )
        )
    )
    unknown = [code for code in wanted if code not in known]
    if unknown:
        raise InvalidFieldError(field, _("没有“{code}”这个选项。").format(code=unknown[0]))
    return wanted
