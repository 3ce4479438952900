"""First conversations that are due after a hand-over: within a week, with a report (R218)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from advisorcrm import terms
from advisorcrm.columns import Column, Form, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.models import Client, Handover, HandoverClient, User
from advisorcrm.rules.masking import mask_account, mask_name
from advisorcrm.services.access import names_are_masked, visible_clients
from advisorcrm.services.clients.client_matters import spoken_since_handover


@dataclass(frozen=True, slots=True)
class FirstContactRow:
    """One client to whom the new advisor has not spoken yet."""

    id: int
    client_id: int
    client_name: Annotated[str, Column("客户", width=12)]
    account: Annotated[str, Column("资金账号", width=10, sensitive=True)]
    tier: Annotated[str | None, Column("类型", codes=terms.TIER, width=10)]
    advisor_name: Annotated[str, Column("客服专员", width=10)]
    from_name: Annotated[str, Column("原客服专员", width=10)]
    handed_on: Annotated[date, Column("移交日期", width=12)]
    due_on: Annotated[date, Column("应在此前沟通", width=12)]
    days_late: Annotated[int, Column("逾期天数", form=Form.PLAIN, align="right", width=8)]
    reason: Annotated[str, Column("移交原因", width=20)]


def list_first_contacts_due(
    session: Session, actor: Actor, *, today: date, only_late: bool = False
) -> list[FirstContactRow]:
    """Those still to come, the latest first; a hand-over that was undone asks for nothing.

    Only the last hand-over of a client counts: the one to the advisor who has him now.
    """
    before = aliased(User)
    statement = (
        select(
            HandoverClient.id, Client.id, Client.name, Client.account, Client.tier, User.name,
            before.name, Handover.at, HandoverClient.first_contact_due_on, Handover.reason,
        )
        .join(Handover, Handover.id == HandoverClient.handover_id)
        .join(Client, Client.id == HandoverClient.client_id)
        .join(User, User.id == HandoverClient.to_advisor_id)
        .outerjoin(before, before.id == HandoverClient.from_advisor_id)
        .where(
            Handover.undone_at.is_(None),
            Client.archived_at.is_(None),
            Client.is_restricted.is_(False),
            Client.advisor_id == HandoverClient.to_advisor_id,
            visible_clients(actor),
            ~spoken_since_handover(),
        )
        .order_by(HandoverClient.first_contact_due_on, HandoverClient.id)
    )  # fmt: skip
    if only_late:
        statement = statement.where(HandoverClient.first_contact_due_on < today)
    hide = names_are_masked(actor)
    newest: dict[int, FirstContactRow] = {}
    for key, client, name, account, tier, advisor, was, at, due, reason in session.execute(
        statement
    ):
        newest[client] = FirstContactRow(
            key, client, mask_name(name) if hide else name, mask_account(account or ""), tier,
            advisor, was or "", branch_date(at), due,
            max(0, (today - due).days), reason,
        )  # fmt: skip
    return list(newest.values())
