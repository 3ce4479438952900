"""Whose client a row becomes: the file's 客服专员 by number or unique name, else the option."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.errors import InvalidFieldError, NotAllowedError
from advisorcrm.i18n import _
from advisorcrm.models import ClientGroup, User
from advisorcrm.services.access import Actor, sees_branch
from advisorcrm.terms import Role

_MAY_HAVE_CLIENTS = (Role.ADVISOR, Role.MANAGER)
_NUMBER_BESIDE = re.compile(r"[(（\[]\s*([0-9A-Za-z-]+)\s*[)）\]]")

_NUMBER_AT_END = re.compile(r"^\s*[0-9A-Za-z-]{2,}\d(?=\D)|(?<![0-9A-Za-z-])[0-9A-Za-z-]{2,}\d\s*$")
"""``K001 王专员``, ``王专员/K001``."""


@dataclass
class Staffing:
    """The branch's advisors and client groups, and who is importing."""

    actor: Actor
    default_id: int | None
    by_number: Mapping[str, int]
    by_name: Mapping[str, tuple[int, ...]]
    inactive: frozenset[int]
    names: Mapping[int, str]
    groups: Mapping[str, int]
    new_groups: dict[str, None] = field(default_factory=dict)
    _found: dict[tuple[str, str], int | None] = field(default_factory=dict)

    def advisor_of(self, values: Mapping[str, Any]) -> int | None:
        """The advisor a row names, None if it names nobody. Raises InvalidFieldError."""
        key = (values.get("advisor_no") or "", values.get("advisor") or "")
        if key == ("", ""):
            return None
        if key not in self._found:
            self._found[key] = self._look_up(*key)
        return self._found[key]

    def _look_up(self, number: str, name: str) -> int | None:
        bare = "".join(_NUMBER_BESIDE.sub("", name).split())
        for text in (number, *self._numbers_beside(name, bare), name):
            found = self.by_number.get("".join(text.split()).upper())
            if found is not None:
                self._demand_same(found, text, bare)
                return self._own(found)
        if number:
            raise InvalidFieldError(
                "advisor_no", _("没有工号 {number} 的客服专员，请核对。").format(number=number)
            )
        candidates = self.by_name.get(bare, ())
        active = [key for key in candidates if key not in self.inactive] or list(candidates)
        if len(active) == 1:
            return self._own(active[0])
        if not active:
            raise InvalidFieldError(
                "advisor", _("没有叫“{name}”的客服专员，请填工号或留空。").format(name=bare)
            )
        raise InvalidFieldError(
            "advisor",
            _("有 {count} 位客服专员叫“{name}”，请填工号。").format(count=len(active), name=bare),
        )

    def _demand_same(self, found: int, number: str, bare: str) -> None:
        """A number and a name that are two people's: one of them was changed by hand."""
        named = self.by_name.get(bare, ())
        if named and found not in named:
            raise InvalidFieldError(
                "advisor",
                _("工号 {number} 是{owner}，不是{name}，请核对。").format(
                    number=number.strip(), owner=self.names[found], name=bare
                ),
            )

    def _numbers_beside(self, name: str, bare: str) -> list[str]:
        """Numbers that stand in brackets, or before or behind a name that nobody has."""
        return [
            *_NUMBER_BESIDE.findall(name),
            *([] if bare in self.by_name else _NUMBER_AT_END.findall(name)),
        ]

    def _own(self, advisor_id: int) -> int:
        if advisor_id != self.actor.user_id and not sees_branch(self.actor):
            raise InvalidFieldError(
                "advisor", _("这一行写的是别的客服专员。您只能导入自己的客户。")
            )
        return advisor_id

    def group_of(self, name: str | None) -> int | None:
        """The id of a client group; an unknown one is remembered and made when storing."""
        if not name:
            return None
        found = self.groups.get(name)
        if found is None:
            self.new_groups[name] = None
        return found


def load_staffing(session: Session, actor: Actor, default_advisor_no: str | None) -> Staffing:
    """The branch's people as an import needs them.

    An advisor always imports for himself. Raises NotAllowedError for another number, and
    InvalidFieldError for an unknown one.
    """
    people = session.execute(
        select(User.id, User.employee_no, User.name, User.role, User.is_active)
    )
    rows = [row for row in people if row.role in _MAY_HAVE_CLIENTS]
    by_name: dict[str, tuple[int, ...]] = {}
    for row in rows:
        by_name[row.name] = (*by_name.get(row.name, ()), row.id)
    by_number = {row.employee_no.upper(): row.id for row in rows}
    groups = session.execute(
        select(ClientGroup.name, ClientGroup.id).where(ClientGroup.archived_at.is_(None))
    )
    return Staffing(
        actor=actor,
        default_id=_default(actor, default_advisor_no, by_number),
        by_number=by_number,
        by_name=by_name,
        inactive=frozenset(row.id for row in rows if not row.is_active),
        names={row.id: row.name for row in rows},
        groups=dict(groups.all()),
    )


def _default(actor: Actor, number: str | None, by_number: Mapping[str, int]) -> int | None:
    wanted = "".join((number or "").split()).upper()
    if not sees_branch(actor):
        if wanted and wanted != actor.employee_no.upper():
            raise NotAllowedError(_("您只能导入自己的客户；替别人导入请找客服经理。"))
        return actor.user_id
    if not wanted:
        return None
    if wanted not in by_number:
        raise InvalidFieldError(
            "advisor", _("没有工号 {number} 的客服专员，请核对。").format(number=wanted)
        )
    return by_number[wanted]
