"""Files kept with a client's file: contracts, recordings, screenshots, with a hash each (R78)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath
from typing import Annotated

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.errors import DatabaseDamagedError, InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Attachment, AttachmentContent, ContactLog, User
from advisorcrm.rules.file_kinds import shortened
from advisorcrm.rules.masking import mask_words
from advisorcrm.services.access import Right, any_client, demand, names_are_masked, own_client
from advisorcrm.services.access_logs import record_access
from advisorcrm.services.branch.code_checks import demand_codes
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.files.attachment_files import demand_acceptable
from advisorcrm.services.files.client_checks import SHORT_TEXT, clean_text
from advisorcrm.terms import AccessKind

KIND = "附件"  # chinese: data
"""How the access log calls what was opened."""


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """One file as the tab lists it; the content is read when it is opened."""

    id: int
    file_name: Annotated[str, Column("文件名", width=30)]
    kind: Annotated[str, Column("类别", codes=terms.ATTACHMENT_KIND, width=21)]
    size: Annotated[str, Column("大小", width=9, align="right")]
    note: Annotated[str, Column("说明", width=22)]
    contact_at: Annotated[datetime | None, Column("所证沟通", width=16)]
    user_name: Annotated[str, Column("添加人", width=9)]
    added_at: Annotated[datetime, Column("添加时间", width=16)]
    sha256: Annotated[str, Column("校验值 SHA-256", width=18)]


@dataclass(frozen=True, slots=True)
class NewAttachment:
    """A file to be kept; the form makes the ``uuid``, so that a retry adds it once."""

    uuid: str
    client_id: int
    kind: str
    file_name: str
    content: bytes
    note: str = ""
    contact_log_id: int | None = None


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file as it was added, proven by its hash."""

    file_name: str
    content: bytes


def add_attachment(session: Session, actor: Actor, new: NewAttachment, *, now: datetime) -> int:
    """Keep a file with a client's file; a repeated call adds it once.

    Raises InvalidFieldError for an unknown kind, another client's conversation and a file that is
    empty, too large or a program.
    """
    own_client(session, actor, new.client_id)
    known = session.scalar(select(Attachment.id).where(Attachment.uuid == new.uuid))
    if known is not None:
        return known
    name = _clean_name(new.file_name)
    demand_acceptable(name, new.content, most_mb=load_settings(session, actor).attachment_mb)
    if not new.kind:
        raise InvalidFieldError("kind", _("请选附件类别。"))
    demand_codes(session, terms.ATTACHMENT_KIND, (new.kind,), field="kind")
    _demand_own_log(session, new)
    attachment = Attachment(
        uuid=new.uuid,
        client_id=new.client_id,
        contact_log_id=new.contact_log_id,
        kind=new.kind,
        file_name=name,
        size=len(new.content),
        sha256=sha256(new.content).hexdigest(),
        note=clean_text("note", new.note),
        user_id=actor.user_id,
        added_at=now,
    )
    session.add(attachment)
    session.flush()  # the content hangs on the id
    session.add(AttachmentContent(attachment_id=attachment.id, content=new.content))
    return attachment.id


def add_attachments(
    session: Session, actor: Actor, news: Sequence[NewAttachment], *, now: datetime
) -> list[int]:
    """Keep several files at once: all of them, or with one refused none."""
    demand(actor, Right.EDIT_CLIENTS)
    return [add_attachment(session, actor, new, now=now) for new in news]


def list_attachments(session: Session, actor: Actor, client_id: int) -> list[AttachmentRow]:
    """The files of a client, the newest first; numbers in names and notes are masked.

    Not for the front desk, which has the card (NotAllowedError).
    """
    demand(actor, Right.READ_FILES)
    any_client(session, actor, client_id)
    rows = session.execute(
        select(Attachment, User.name, ContactLog.contacted_at)
        .join(User, User.id == Attachment.user_id)
        .outerjoin(ContactLog, ContactLog.id == Attachment.contact_log_id)
        .where(Attachment.client_id == client_id, Attachment.archived_at.is_(None))
        .order_by(Attachment.added_at.desc(), Attachment.id.desc())
    )
    hide = names_are_masked(actor)
    return [
        AttachmentRow(
            one.id, _shown_name(one.file_name, hide=hide), one.kind, said_size(one.size),
            "" if hide else mask_words(one.note), contacted_at, adder, one.added_at, one.sha256,
        )
        for one, adder, contacted_at in rows
    ]  # fmt: skip


def count_attachments(session: Session, actor: Actor, client_id: int) -> int:
    """How many files hang on a client's file."""
    demand(actor, Right.READ_FILES)
    any_client(session, actor, client_id)
    kept = Attachment.archived_at.is_(None)
    return session.scalar(
        select(func.count(Attachment.id)).where(Attachment.client_id == client_id, kept)
    ) or 0  # fmt: skip


def read_attachment(
    session: Session, actor: Actor, attachment_id: int, *, now: datetime
) -> AttachedFile:
    """The file itself, for whoever may see unmasked values; the look is logged (2.7f).

    Raises DatabaseDamagedError if it is no longer what was added.
    """
    demand(actor, Right.REVEAL)
    attachment = _seen(session, actor, attachment_id)
    content = session.scalar(
        select(AttachmentContent.content).where(AttachmentContent.attachment_id == attachment_id)
    )
    if content is None or sha256(content).hexdigest() != attachment.sha256:
        raise DatabaseDamagedError(
            _(
                "附件“{name}”与登记时的校验值不一致，内容可能已损坏或被改动，没有打开。"
                "请告诉系统管理员，用备份核对。"
            ).format(name=mask_words(attachment.file_name))
        )
    record_access(
        session, actor, AccessKind.VIEW, subject=f"{KIND}：{mask_words(attachment.file_name)}",
        purpose="", now=now, client_id=attachment.client_id, was_masked=False,
    )  # fmt: skip
    return AttachedFile(attachment.file_name, content)


def archive_attachment(
    session: Session, actor: Actor, attachment_id: int, *, now: datetime
) -> None:
    """Put a file away; its content and hash stay, and it can come back (2.1)."""
    _own(session, actor, attachment_id, is_archived=False).archived_at = now


def archive_attachments(
    session: Session, actor: Actor, attachment_ids: Sequence[int], *, now: datetime
) -> None:
    """Put several files away at once: all of them, or with one refused none."""
    for attachment_id in attachment_ids:
        archive_attachment(session, actor, attachment_id, now=now)


def restore_attachment(session: Session, actor: Actor, attachment_id: int) -> None:
    """Bring back a file that was put away."""
    _own(session, actor, attachment_id, is_archived=True).archived_at = None


def said_size(size: int) -> str:
    """A number of bytes as people read it."""
    for unit, much in (("MB", 1024 * 1024), ("KB", 1024)):
        if size >= much:
            return f"{size / much:,.1f} {unit}"
    return f"{size} B"


def _clean_name(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    cleaned = clean_text("file_name", last, limit=len(last)).replace("\n", " ").rstrip(" .")
    if not cleaned:
        raise InvalidFieldError("file_name", _("文件没有名字，请改名后再添加。"))
    return shortened(cleaned, SHORT_TEXT)


def _shown_name(name: str, *, hide: bool) -> str:
    return f"*{PurePath(name).suffix}" if hide else mask_words(name)


def _demand_own_log(session: Session, new: NewAttachment) -> None:
    if new.contact_log_id is None:
        return
    log = session.get(ContactLog, new.contact_log_id)
    if log is None or log.client_id != new.client_id:
        raise InvalidFieldError("contact_log_id", _("请选这位客户的沟通记录。"))


def _seen(session: Session, actor: Actor, attachment_id: int) -> Attachment:
    attachment = session.get(Attachment, attachment_id)
    if attachment is None or attachment.archived_at is not None:
        raise _not_found()
    any_client(session, actor, attachment.client_id)
    return attachment


def _own(session: Session, actor: Actor, attachment_id: int, *, is_archived: bool) -> Attachment:
    attachment = session.get(Attachment, attachment_id)
    if attachment is None or (attachment.archived_at is not None) is not is_archived:
        raise _not_found()
    own_client(session, actor, attachment.client_id)
    return attachment


def _not_found() -> NotFoundError:
    return NotFoundError(_("这份附件已不在档案里，或不在您的权限内。"))
