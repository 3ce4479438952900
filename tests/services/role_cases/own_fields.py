"""Own fields: the manager defines them, the leader reads what is defined."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.services.branch import code_list_changes
from advisorcrm.services.files import own_fields
from advisorcrm.services.files.own_fields import NewOwnField
from tests.factories import People
from tests.services.roles import MANAGE, Case, World

READ = frozenset({"manager", "leader"})


def fill(session: Session, people: People, _client: int) -> dict[str, Any]:
    return {"field": own_fields.add_own_field(session, people.manager, NewOwnField("宠物"))}


def _field(world: World) -> int:
    found: int = world.more["own_fields"]["field"]
    return found


CASES: dict[str, Case] = {
    "code_list_changes.list_own_field_changes": (
        lambda s, a, w: code_list_changes.list_own_field_changes(s, a),
        READ,
    ),
    "own_fields.add_own_field": (
        lambda s, a, w: own_fields.add_own_field(s, a, NewOwnField("车型")),
        MANAGE,
    ),
    "own_fields.change_own_field": (
        lambda s, a, w: own_fields.change_own_field(s, a, _field(w), "爱宠", "", "") or True,
        MANAGE,
    ),
    "own_fields.list_own_fields": (lambda s, a, w: own_fields.list_own_fields(s, a), READ),
    "own_fields.order_own_fields": (
        lambda s, a, w: own_fields.order_own_fields(s, a, [_field(w)]) or True,
        MANAGE,
    ),
    "own_fields.retire_own_field": (
        lambda s, a, w: own_fields.retire_own_field(s, a, _field(w), is_retired=True) or True,
        MANAGE,
    ),
}
