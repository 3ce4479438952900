"""The attachments themselves, beside the copy of personal data: each as added (2.7d).

They show numbers in full, so they leave only with the copy in full; what was put away is still
held and goes along, also from files that were merged into this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.errors import DatabaseDamagedError
from advisorcrm.exports.files import write_whole
from advisorcrm.exports.imprint import Imprint
from advisorcrm.i18n import _
from advisorcrm.models import Attachment, AttachmentContent, Client
from advisorcrm.services.access import any_client

ORIGINAL, WITH_FULL_COPY = "原件", "只随完整号码的副本交付"
_OWNER_READS = 0o600 << 16


def files_of(session: Session, client_id: int) -> list[int]:
    """The file, and those that were merged into it: what stayed behind with them is his too."""
    files = [client_id]
    while inner := session.scalars(
        select(Client.id).where(Client.merged_into_id.in_(files), Client.id.not_in(files))
    ).all():
        files.extend(inner)
    return files


def archive_beside(path: Path) -> Path:
    """Where the attachments lie that belong to a copy."""
    return path.with_name(f"{path.stem}-附件.zip")


def original_names(rows: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """How each attachment is called in the archive: its number there and its own name."""
    return {
        row["id"]: f"{number:03d}-{row['file_name']}" for number, row in enumerate(rows, start=1)
    }


def count_originals(session: Session, client_id: int) -> int:
    """How many attachments would go along."""
    return len(_rows(session, client_id))


def export_personal_files(
    session: Session, actor: Actor, client_id: int, imprint: Imprint, path: Path
) -> Path | None:
    """Write the attachments beside the copy at ``path``; answers where, or None for none.

    Raises DatabaseDamagedError for a file that is no longer what was added: then there is no
    archive at all.
    """
    any_client(session, actor, client_id)
    rows = _rows(session, client_id)
    if imprint.is_masked or not rows:
        return None
    target = archive_beside(path)

    def pack(draft: Path) -> None:
        with ZipFile(draft, "w", ZIP_DEFLATED) as archive:
            names = original_names(rows)
            for row in rows:
                archive.writestr(_entry(names[row["id"]], row["added_at"]), _content(session, row))

    write_whole(target, pack)
    return target


def _rows(session: Session, client_id: int) -> list[Mapping[str, Any]]:
    table = Attachment.__table__
    statement = (
        select(table)
        .where(table.c.client_id.in_(files_of(session, client_id)))
        .order_by(table.c.id)
    )
    return [dict(row) for row in session.execute(statement).mappings()]


def _content(session: Session, row: Mapping[str, Any]) -> bytes:
    content: bytes | None = session.scalar(
        select(AttachmentContent.content).where(AttachmentContent.attachment_id == row["id"])
    )
    if content is None or sha256(content).hexdigest() != row["sha256"]:
        raise DatabaseDamagedError(
            _(
                "附件“{name}”与登记时的校验值不一致，附件没有写出。请告诉系统管理员，用备份核对。"
            ).format(name=row["file_name"])
        )
    return content


def _entry(name: str, added_at: datetime) -> ZipInfo:
    entry = ZipInfo(name, added_at.astimezone(BRANCH_TIME).timetuple()[:6])
    entry.compress_type, entry.external_attr = ZIP_DEFLATED, _OWNER_READS
    return entry
