"""Invented things that hang on the sample clients' files."""
# chinese: data (invented names)

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.access import Right, demand
from advisorcrm.services.attachments import NewAttachment, add_attachment

_WITH_FILES = 1
_FILES = (
    ("contract", "客户服务合同 2024.pdf", "双方签字，共 6 页", 214_000),
    ("risk_test", "风险测评问卷 C3.pdf", "柜台纸质问卷扫描", 88_400),
    ("consent", "电话服务同意书.pdf", "签于营业部", 61_300),
    ("id_copy", "身份证正反面.jpg", "", 342_000),
    ("recording", "回访录音 佣金.mp3", "6 分钟", 1_460_000),
    ("screenshot", "微信沟通截图.png", "约定只打电话", 174_000),
)


def fill_files(session: Session, actor: Actor, ids: Sequence[int], *, now: datetime) -> None:
    """Hang files on one of the sample clients."""
    demand(actor, Right.EDIT_CLIENTS)
    client_id = ids[_WITH_FILES]
    for place, (kind, name, note, size) in enumerate(_FILES):
        key = str(uuid.uuid5(uuid.NAMESPACE_OID, f"sample-{place}"))
        new = NewAttachment(key, client_id, kind, name, name.encode() + bytes(size), note)
        add_attachment(session, actor, new, now=now - timedelta(days=40 - 6 * place))
