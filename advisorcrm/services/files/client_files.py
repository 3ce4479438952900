"""The file of one client: read it, enter a new one, complete it (R15, R19, R71, R112)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from advisorcrm.columns import OwnFieldRow, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import Client, ClientGroup, User
from advisorcrm.rules.file_conditions import AtDoor, FileFacts
from advisorcrm.rules.masking import MASKED_FIELDS, hide_name, mask_name, mask_words
from advisorcrm.rules.missing_fields import MissingField, completeness, missing_of
from advisorcrm.rules.weight_book import WeightBook
from advisorcrm.services.access import (
    COMMISSION,
    Right,
    any_client,
    demand,
    may,
    names_are_masked,
    own_client,
    reads_commission,
    sees_branch,
)
from advisorcrm.services.allocations.handovers import note_handover
from advisorcrm.services.branch.compliance_parameters import load_compliance
from advisorcrm.services.clients.client_rows import days_since
from advisorcrm.services.clients.client_store import insert_clients, readings_of, reindex
from advisorcrm.services.clients.own_columns import mask_values
from advisorcrm.services.completeness.completeness_columns import FACTS, facts_of_client
from advisorcrm.services.completeness.completeness_weights import load_weight_book
from advisorcrm.services.consents.consents import ConsentBook, read_consents
from advisorcrm.services.files import client_checks
from advisorcrm.services.files.client_points import PointRow, list_points
from advisorcrm.services.files.conflicts import Change, ClientConflictError, merge
from advisorcrm.services.files.own_fields import load_own_fields
from advisorcrm.services.files.own_values import (
    is_own,
    own_values,
    present_values,
    store_own_values,
)
from advisorcrm.services.suitability.risk_tests import demand_valid_term
from advisorcrm.terms import (
    BirthdayKept,
    ClientKind,
    ClientStage,
    IdDocument,
    InvestorKind,
    RiskLevel,
    Sex,
)


@dataclass(frozen=True, slots=True)
class ClientFile:
    """Everything the file of one client holds; account, document and address are masked."""

    id: int
    version: int
    client_no: str
    account: str
    name: str
    alias: str
    pinyin: str
    initials: str
    kind: ClientKind
    stage: ClientStage
    sex: Sex | None
    advisor_id: int | None
    client_group_id: int | None
    address: str
    convenient_time: str
    contact_every_days: int | None
    tier: str | None
    investment_preference: str
    trading_habit: str | None
    service_need: str | None
    wealth_content: tuple[str, ...]
    wealth_way: tuple[str, ...]
    trading_way: tuple[str, ...]
    commission_ppm: int | None
    commission_attitude: str | None
    commission_year_fen: int | None
    assets_fen: int | None
    risk_level: RiskLevel | None
    risk_tested_on: date | None
    risk_expires_on: date | None
    id_document: IdDocument | None
    id_number: str
    id_expires_on: date | None
    id_is_permanent: bool
    birthday: date | None
    birthday_month_day: str | None
    lunar_month: int | None
    lunar_day: int | None
    lunar_is_leap: bool
    birthday_kept: BirthdayKept
    occupation: str
    hobbies: str
    personality: str
    family: str
    education: str
    employer: str
    invests_since: int | None
    opened_on: date | None
    remark: str
    last_contact_at: datetime | None
    updated_at: datetime
    advisor_name: str
    group_name: str
    days_since: int | None
    completeness: int
    missing: tuple[MissingField, ...]
    points: tuple[PointRow, ...]
    weights: WeightBook
    has_kin: bool
    has_reachable_kin: bool
    asked_sms: bool
    asked_phone: bool
    is_at_door: bool
    is_mine: bool
    may_edit: bool
    investor_kind: InvestorKind | None
    is_lowest_risk: bool
    is_restricted: bool
    consents: ConsentBook
    own_fields: tuple[OwnFieldRow, ...] = ()
    own_values: Mapping[str, str] = field(default_factory=dict)
    id_warning_days: int = 60
    risk_warning_days: int = 60


_COMPUTED = frozenset(
    {"advisor_name", "group_name", "days_since", "completeness", "missing", "points", "weights",
     "is_at_door", "is_mine", "may_edit", "consents", "own_fields", "own_values",
     "id_warning_days", "risk_warning_days", *FACTS}
)  # fmt: skip
_STORED = tuple(item.name for item in fields(ClientFile) if item.name not in _COMPUTED)


@dataclass(frozen=True, slots=True)
class NewClient:
    """What is needed for a new client; the rest is completed in the file."""

    uuid: str
    name: str
    account: str = ""
    mobile: str = ""
    kind: ClientKind = ClientKind.PERSON
    tier: str | None = None
    advisor_id: int | None = None
    client_group_id: int | None = None
    stage: ClientStage = ClientStage.ACTIVE


def open_client_file(session: Session, actor: Actor, client_id: int, *, today: date) -> ClientFile:
    """The file for its page. Raises NotFoundError for a client the person may not see."""
    client = any_client(session, actor, client_id)
    points = tuple(list_points(session, actor, client_id))
    stored: dict[str, Any] = {name: getattr(client, name) for name in _STORED}
    facts: dict[str, Any] = {
        name: bool(value)
        for name, value in session.execute(facts_of_client(client_id)).mappings().one().items()
    }
    own = own_values(session, client_id)
    file, book = stored | facts | own, load_weight_book(session)
    facts["is_at_door"] = AtDoor("address").holds(FileFacts.of(file, points, today))
    missing = missing_of(file, points, today=today, book=book)
    for name, mask in MASKED_FIELDS.items():
        stored[name] = mask(stored[name] or "")
    for name in ("wealth_content", "wealth_way", "trading_way"):
        stored[name] = stored[name] or ()
    if not reads_commission(actor):
        stored |= dict.fromkeys(COMMISSION)
    if names_are_masked(actor):
        remark = mask_words(hide_name(client.remark, client.name))
        stored |= {"name": mask_name(client.name), "pinyin": "", "initials": "", "alias": ""}
        stored["remark"] = remark
    rules = load_compliance(session)
    return ClientFile(
        **stored,
        advisor_name=_name_of(session, User, client.advisor_id),
        group_name=_name_of(session, ClientGroup, client.client_group_id),
        days_since=days_since(client.last_contact_at, today),
        completeness=completeness(file, points, today=today, book=book),
        missing=tuple(missing),
        points=points,
        weights=book,
        **facts,
        is_mine=client.advisor_id == actor.user_id,
        may_edit=may(actor, Right.EDIT_CLIENTS) and not client.is_restricted,
        consents=read_consents(session, actor, client_id),
        own_fields=load_own_fields(session),
        id_warning_days=rules.id_warning_days,
        risk_warning_days=rules.risk_warning_days,
        own_values=mask_values(own, client.name) if names_are_masked(actor) else own,
    )


_KNOWN = select(Client.__table__.c.id).where(Client.__table__.c.uuid == bindparam("uuid"))


def register_client(session: Session, actor: Actor, new: NewClient, *, now: datetime) -> int:
    """Enter a new client; a repeated attempt with the same uuid answers the same id.

    An advisor's new client is his own. Raises InvalidFieldError for an empty name or a taken
    account.
    """
    demand(actor, Right.EDIT_CLIENTS)
    session.flush()  # Core does not see what is still to be written
    known: int | None = session.connection().scalar(_KNOWN, {"uuid": new.uuid})
    if known is not None:
        return known
    record: dict[str, Any] = {
        "uuid": new.uuid,
        "name": client_checks.clean(session, "name", new.name),
        "account": client_checks.clean(session, "account", new.account),
        "kind": new.kind,
        "tier": client_checks.clean(session, "tier", new.tier),
        "stage": new.stage,
        "advisor_id": new.advisor_id if sees_branch(actor) else actor.user_id,
        "client_group_id": new.client_group_id,
        **client_checks.clean_noted_phones(new.mobile),
    }
    if record["account"] is not None:
        client_checks.demand_free_account(session, record["account"])
    return insert_clients(session, [record], now=now)[0]


def update_client(
    session: Session,
    actor: Actor,
    client_id: int,
    changes: Mapping[str, Change],
    *,
    now: datetime,
) -> int:
    """Save changed fields of a file; returns the new version.

    ``changes`` names per field what the person saw and what it shall be. What somebody else
    changed meanwhile in other fields stays; a field changed by both raises
    ClientConflictError with both sides.
    """
    client = own_client(session, actor, client_id)
    _demand_known(changes)
    current = present_values(session, client, changes)
    merged, collisions = merge(changes, current, masks=MASKED_FIELDS)
    if collisions:
        raise ClientConflictError(client.name, collisions, *_last_change(session, client))
    if "advisor_id" in merged:
        demand(actor, Right.SEE_BRANCH)  # nobody gives clients away but who sees them all
        note_handover(session, actor, client, merged["advisor_id"], now=now)
    store_own_values(session, client_id, {n: v for n, v in merged.items() if is_own(n)})
    for name, value in merged.items():
        if not is_own(name):
            _store(session, client, name, value)
    if "name" in merged and "pinyin" not in merged:
        client.pinyin, client.initials = readings_of(client.name).values()
    today = branch_date(now)
    if merged.keys() & {"id_number", "id_document"}:
        client_checks.check_document(client, today=today)
    client_checks.check_dates(client, today=today)
    tested_on, expires_on = client.risk_tested_on, client.risk_expires_on
    if tested_on and expires_on and merged.keys() & {"risk_tested_on", "risk_expires_on"}:
        demand_valid_term(session, tested_on, expires_on, field="risk_expires_on")
    client.updated_at = now
    session.flush()  # the search text is read from the saved row
    reindex(session, [client_id])
    return client.version


def _store(session: Session, client: Client, name: str, value: Any) -> None:
    if name in MASKED_FIELDS:
        client_checks.demand_unmasked(name, value)
    cleaned = client_checks.clean(session, name, value)
    if name == "account" and cleaned is not None and cleaned != client.account:
        client_checks.demand_free_account(session, str(cleaned), except_id=client.id)
    setattr(client, name, cleaned)


def _demand_known(changes: Mapping[str, Change]) -> None:
    unknown = {name for name in changes if not is_own(name)} - client_checks.EDITABLE
    if unknown:
        raise InvalidFieldError(
            min(unknown), _("字段 {name} 不能在档案里修改。").format(name=min(unknown))
        )


def _last_change(session: Session, client: Client) -> tuple[str, datetime]:
    from advisorcrm.services.histories.histories import last_change

    return last_change(session, "client", client.id) or ("", client.updated_at)


def _name_of(session: Session, table: type[User] | type[ClientGroup], key: int | None) -> str:
    if key is None:
        return ""
    return session.scalar(select(table.name).where(table.id == key)) or ""
