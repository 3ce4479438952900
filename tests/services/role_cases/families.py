"""Households and relations: who reads and who changes them."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.files import households, relations
from advisorcrm.services.workplace import sample_files
from advisorcrm.terms import Role
from tests.factories import NOW, People, make_client
from tests.services.roles import ACCOUNT, EDIT, ENTER, NAME, SEE, Case, World


def fill(session: Session, people: People, client: int) -> dict[str, Any]:
    def single(name: str) -> int:
        return make_client(session, people.advisor, name=name)

    def note(**values: Any) -> int:
        new = relations.NewRelation(str(uuid.uuid4()), client, "friend", **values)
        return relations.add_relation(session, people.advisor, new, now=NOW)

    kept = note(other_name="李建业", note=f"账号 {ACCOUNT}")
    away = note(other_client_id=single("李小满"))
    relations.archive_relation(session, people.advisor, away, now=NOW)
    households.make_household(session, people.advisor, client, f"{NAME}家庭", now=NOW)
    return {"kept": kept, "away": away, "single": single("单身"), "joiner": single("来者")}


def made(world: World, name: str) -> int:
    key: int = world.more["families"][name]
    return key


def add(session: Session, actor: Actor, world: World) -> int:
    new = relations.NewRelation(str(uuid.uuid4()), world.client, "spouse", other_name="李建业")
    return relations.add_relation(session, actor, new, now=NOW)


def archive(session: Session, actor: Actor, world: World) -> bool:
    relations.archive_relation(session, actor, made(world, "kept"), now=NOW)
    return True


def restore(session: Session, actor: Actor, world: World) -> bool:
    relations.restore_relation(session, actor, made(world, "away"))
    return True


def leave(session: Session, actor: Actor, world: World) -> bool:
    households.leave_household(session, actor, world.client, now=NOW)
    return True


def lead(session: Session, actor: Actor, world: World) -> bool:
    households.set_household_head(session, actor, world.client, now=NOW)
    return True


def fill_samples(session: Session, actor: Actor, world: World) -> bool:
    owner = actor if actor.role is Role.ADVISOR else None
    ids = [make_client(session, owner) for _one in range(35)]
    sample_files.fill_relations(session, actor, ids, now=NOW)
    return True


def rename(session: Session, actor: Actor, world: World) -> bool:
    households.rename_household(session, actor, world.client, "新家", now=NOW)
    return True


def change(session: Session, actor: Actor, world: World) -> bool:
    told = relations.RelationChange(note="常来电")
    relations.change_relation(session, actor, made(world, "kept"), told)
    return True


CASES: dict[str, Case] = {
    "households.find_household": (lambda s, a, w: households.find_household(s, a, w.client), SEE),
    "households.join_household": (
        lambda s, a, w: households.join_household(s, a, made(w, "joiner"), w.client, now=NOW),
        EDIT,
    ),
    "households.leave_household": (leave, EDIT),
    "households.make_household": (
        lambda s, a, w: households.make_household(s, a, made(w, "single"), "单家", now=NOW),
        EDIT,
    ),
    "households.rename_household": (rename, EDIT),
    "households.set_household_head": (lead, EDIT),
    "relations.add_relation": (add, EDIT),
    "relations.archive_relation": (archive, EDIT),
    "relations.change_relation": (change, EDIT),
    "relations.open_family": (lambda s, a, w: relations.open_family(s, a, w.client), SEE),
    "relations.restore_relation": (restore, EDIT),
    "sample_files.fill_relations": (fill_samples, ENTER),
}
