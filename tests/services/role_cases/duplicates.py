"""Duplicates: found, judged, merged and parted by the manager alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.merges import client_merges, duplicates, merge_previews
from advisorcrm.services.merges.client_merges import MergeOrder
from advisorcrm.terms import DuplicateVerdict
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client
from tests.services.roles import MANAGE, Case, World

HERE = "duplicates"


def fill(session: Session, people: People, client_id: int) -> dict[str, int]:
    def nobodys(name: str, account: str) -> int:
        return make_client(
            session, people.manager, name=name, account=account, mobile="13800000071",
            advisor_id=None,
        )  # fmt: skip

    pair = nobodys("周桂芳", "990071"), nobodys("周桂芬", "990072")
    merged = nobodys("单玉梅", "990073"), nobodys("单玉眉", "990074")
    order = MergeOrder(*merged, reason="重复录入")
    merge = client_merges.merge_clients(session, people.manager, order, now=NOW)
    return {"first": pair[0], "twin": pair[1], "merge": merge}


def _pair(world: World) -> tuple[int, int]:
    return world.more[HERE]["first"], world.more[HERE]["twin"]


def judge(session: Session, actor: Actor, world: World) -> bool:
    ids = _pair(world)
    duplicates.judge_pair(session, actor, ids, DuplicateVerdict.LATER, now=NOW)
    return True


def merge(session: Session, actor: Actor, world: World) -> int:
    order = MergeOrder(*_pair(world), reason="同一人")
    return client_merges.merge_clients(session, actor, order, now=NOW)


def undo(session: Session, actor: Actor, world: World) -> bool:
    client_merges.undo_merge(session, actor, world.more[HERE]["merge"], now=NOW)
    return True


def preview(session: Session, actor: Actor, world: World) -> Any:
    return merge_previews.preview_merge(session, actor, *_pair(world), today=TODAY)


CASES: dict[str, Case] = {
    "duplicates.list_duplicate_pairs": (
        lambda s, a, w: duplicates.list_duplicate_pairs(s, a), MANAGE),
    "duplicates.judge_pair": (judge, MANAGE),
    "duplicates.compare_clients": (
        lambda s, a, w: duplicates.compare_clients(s, a, *_pair(w)).facts,
        MANAGE),
    "merge_previews.preview_merge": (preview, MANAGE),
    "client_merges.merge_clients": (merge, MANAGE),
    "client_merges.list_merges": (
        lambda s, a, w: client_merges.list_merges(s, a, now=NOW), MANAGE),
    "client_merges.undo_merge": (undo, MANAGE),
}  # fmt: skip
