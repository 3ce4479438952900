"""Code lists: the manager changes them, the leader reads, for others only their labels."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.models import CodeListEntry
from advisorcrm.services.branch import code_list_changes, code_lists
from tests.factories import People
from tests.services.roles import MANAGE, Case, World

READ = frozenset({"manager", "leader"})


def fill(session: Session, people: People, _client: int) -> dict[str, Any]:
    label = select(CodeListEntry.id).where(CodeListEntry.label == "银卡")
    code_lists.add_code(session, people.manager, terms.TIER, "铁卡")
    return {"entry": session.scalar(label)}


def _entry(world: World) -> int:
    found: int = world.more["code_lists"]["entry"]
    return found


CASES: dict[str, Case] = {
    "code_list_changes.list_code_changes": (
        lambda s, a, w: code_list_changes.list_code_changes(s, a, terms.TIER),
        READ,
    ),
    "code_lists.add_code": (
        lambda s, a, w: code_lists.add_code(s, a, terms.TAG, "新标签"),
        MANAGE,
    ),
    "code_lists.list_code_lists": (lambda s, a, w: code_lists.list_code_lists(s, a), READ),
    "code_lists.list_codes": (lambda s, a, w: code_lists.list_codes(s, a, terms.TAG), READ),
    "code_lists.order_codes": (
        lambda s, a, w: code_lists.order_codes(s, a, terms.TIER, [_entry(w)]) or True,
        MANAGE,
    ),
    "code_lists.rename_code": (
        lambda s, a, w: code_lists.rename_code(s, a, _entry(w), "银星卡", "") or True,
        MANAGE,
    ),
    "code_lists.retire_code": (
        lambda s, a, w: code_lists.retire_code(s, a, _entry(w), is_retired=True) or True,
        MANAGE,
    ),
}
