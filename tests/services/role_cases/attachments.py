"""Files of a client: who lists, adds, opens and puts away."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.files import attachments
from advisorcrm.services.workplace import sample_files
from tests.factories import NOW, People
from tests.services.roles import ACCOUNT, EDIT, NAME, READ_FILES, Case, World


def fill(session: Session, people: People, client: int) -> dict[str, Any]:
    kept, away = attachments.add_attachments(
        session, people.advisor, [new_file(client), new_file(client)], now=NOW
    )
    attachments.archive_attachment(session, people.advisor, away, now=NOW)
    return {"kept": kept, "away": away}


def new_file(client: int) -> attachments.NewAttachment:
    name = f"{NAME}{ACCOUNT}.pdf"
    return attachments.NewAttachment(
        str(uuid.uuid4()), client, "contract", name, b"%PDF", f"账号 {ACCOUNT}"
    )


def made(world: World, name: str) -> int:
    key: int = world.more["attachments"][name]
    return key


def archive_several(session: Session, actor: Actor, world: World) -> bool:
    attachments.archive_attachments(session, actor, [made(world, "kept")], now=NOW)
    return True


def archive(session: Session, actor: Actor, world: World) -> bool:
    attachments.archive_attachment(session, actor, made(world, "kept"), now=NOW)
    return True


def restore(session: Session, actor: Actor, world: World) -> bool:
    attachments.restore_attachment(session, actor, made(world, "away"))
    return True


SHOWS_IN_FULL = {"attachments.read_attachment"}


def fill_samples(session: Session, actor: Actor, world: World) -> bool:
    sample_files.fill_files(session, actor, [world.client] * 4, now=NOW)
    return True


CASES: dict[str, Case] = {
    "attachments.add_attachment": (
        lambda s, a, w: attachments.add_attachment(s, a, new_file(w.client), now=NOW), EDIT),
    "attachments.add_attachments": (
        lambda s, a, w: attachments.add_attachments(s, a, [new_file(w.client)], now=NOW), EDIT),
    "attachments.archive_attachment": (archive, EDIT),
    "attachments.archive_attachments": (archive_several, EDIT),
    "attachments.count_attachments": (
        lambda s, a, w: attachments.count_attachments(s, a, w.client), READ_FILES),
    "attachments.list_attachments": (
        lambda s, a, w: attachments.list_attachments(s, a, w.client), READ_FILES),
    "attachments.read_attachment": (
        lambda s, a, w: attachments.read_attachment(s, a, made(w, "kept"), now=NOW), EDIT),
    "attachments.restore_attachment": (restore, EDIT),
    "sample_files.fill_files": (fill_samples, EDIT),
}  # fmt: skip
