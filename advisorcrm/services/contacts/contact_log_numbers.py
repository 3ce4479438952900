"""Numbers inside the texts of a conversation: shown with a reason, kept through a correction.

A list shows them masked. Who corrects a text edits the masked one, as in every other place; a
mask left standing means the number it stands for, so that no star is ever stored (decision 015).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import ContactLog
from advisorcrm.rules.masking import holds_word_masks, numbers_behind, restore_words
from advisorcrm.services.access_logs import record_access
from advisorcrm.services.contacts.contact_log_rows import ContactLogRow
from advisorcrm.services.files.client_points import client_to_reveal, reveal_purpose
from advisorcrm.terms import AccessKind, RevealReason

# chinese: data - the words of the access log, as in 手机
REVEALED = "沟通内容"


def complete_content(session: Session, original_id: int, content: str) -> str:
    """A corrected text with the numbers its masks stand for, the latest version asked first.

    Raises InvalidFieldError for a mask that fits no number of the conversation, or two.
    """
    versions = session.scalars(
        select(ContactLog.content)
        .where(or_(ContactLog.id == original_id, ContactLog.corrects_id == original_id))
        .order_by(ContactLog.id.desc())
    )
    return complete_text(versions.all(), content)


def complete_text(versions: Sequence[str], text: str, *, field: str = "content") -> str:
    """A text with the numbers its masks stand for in its versions, the latest asked first.

    Raises InvalidFieldError for a mask that fits no number there, or two.
    """
    return restore_words(text, partial(_number_of, versions, field))


def reveal_contact_log(
    session: Session,
    actor: Actor,
    log_id: int,
    reason: RevealReason,
    *,
    note: str = "",
    now: datetime,
) -> str:
    """All texts of a conversation with their numbers in full; logged with the reason (R16, R148).

    Raises NotFoundError for a conversation with a client whom the actor may not see.
    """
    original = session.get(ContactLog, log_id)
    if original is None:
        raise NotFoundError(_("找不到这条沟通记录。"))
    client = client_to_reveal(session, actor, original.client_id, reason, note)
    record_access(
        session, actor, AccessKind.REVEAL, subject=REVEALED,
        purpose=reveal_purpose(reason, note), now=now, client_id=client.id, was_masked=False,
    )  # fmt: skip
    family = session.scalars(
        select(ContactLog)
        .where(or_(ContactLog.id == log_id, ContactLog.corrects_id == log_id))
        .order_by(ContactLog.id)
    )
    parts = [(log.content, log.correction_reason, log.basis, log.next_note) for log in family]
    return "\n".join(text for texts in parts for text in texts if text)


def holds_masks(row: ContactLogRow) -> bool:
    """Whether a text of the conversation, or of its corrections, has a number to reveal."""
    texts = [row.content, row.basis, row.next_note]
    for correction in row.corrections:
        texts += [correction.content, correction.reason]
    return any(map(holds_word_masks, texts))


def _number_of(versions: Sequence[str], field: str, mask: str) -> str:
    for text in versions:
        found = numbers_behind(mask, text)
        if len(found) == 1:
            return found.pop()
        if found:
            break
    raise InvalidFieldError(
        field, _("“{mask}”是掩码，不知道是哪个号码，请写出完整号码。").format(mask=mask)
    )
