"""What happened to the tour's client since the file was made: versions, a correction, a no."""
# chinese: data (of an invented client)

from __future__ import annotations

import uuid
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.models import Client
from advisorcrm.services.clients.client_search import find_clients
from advisorcrm.services.consents.consents import Withdrawal, withdraw_consents
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter, ContactLogRow
from advisorcrm.services.contacts.contact_logs import list_contact_logs, log_contact
from advisorcrm.services.contacts.new_contact_log import NewContactLog
from advisorcrm.services.files.client_files import update_client
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.workplace.workplace import Workplace
from advisorcrm.terms import Channel

FOUND_BY = "oywj"
_EDITS = (
    ("客户要求", {"convenient_time": "工作日 15:00 后", "personality": "谨慎、健谈"}),
    ("电话补充", {"hobbies": "羽毛球、旅游"}),
)


def change_file(workplace: Workplace, now: datetime) -> None:
    """Two edits with their reasons, short messages withdrawn, a conversation put right."""
    database = workplace.database
    client_id = database.read(partial(find_clients, text=FOUND_BY)).clients[0].id
    for why, wanted in _EDITS:
        database.write(partial(_edit, client_id=client_id, why=why, wanted=wanted, now=now))
    withdrawal = Withdrawal(str(uuid.uuid4()), client_id, Channel.SMS, how="客户来电")
    database.write(partial(withdraw_consents, withdrawal=withdrawal, now=now))
    logs = database.read(
        partial(list_contact_logs, query=ContactLogFilter(client_id=client_id), limit=1)
    )
    database.write(partial(log_contact, entry=_correction(logs[0]), now=now))


def _edit(
    session: Session, actor: Actor, client_id: int, *, why: str, wanted: dict[str, str],
    now: datetime,
) -> None:  # fmt: skip
    file = session.get_one(Client, client_id)
    changes = {name: Change(getattr(file, name), text) for name, text in wanted.items()}
    with because(session, why):
        update_client(session, actor, client_id, changes, now=now)


def _correction(log: ContactLogRow) -> NewContactLog:
    return NewContactLog(
        str(uuid.uuid4()), log.client_id, log.topics, log.contacted_at, log.way,
        "认为电气设备短期过热，计划反弹到前高减一半。", minutes=log.minutes, reaction=log.reaction,
        corrects_id=log.id, correction_reason="复听录音，当时听错",
    )  # fmt: skip
