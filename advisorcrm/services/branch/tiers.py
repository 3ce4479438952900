"""客户类型 by the branch's own rule: the rules, what they propose, what people decide (R72).

A rule gives a type from certain assets or from a certain commission of twelve months; the type
without thresholds is for everybody else. Nothing changes a client before a person confirms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.db.history import because
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import Client, CodeListEntry, TierDecision, TierRule, User
from advisorcrm.rules.amounts import MOST_FEN
from advisorcrm.services.access import Right, demand
from advisorcrm.services.branch.code_lists import add_code
from advisorcrm.services.branch.compliance_parameters import load_compliance
from advisorcrm.services.branch.settings import load_settings, save_setting
from advisorcrm.services.files.client_checks import clean_frequency, clean_text
from advisorcrm.terms import ClientStage

_WAN = 1_000_000
SEEDS: dict[str, tuple[int | None, int | None, int | None]] = {
    terms.TIER_PLATINUM: (300 * _WAN, 3 * _WAN, 14),
    terms.TIER_GOLD: (80 * _WAN, 800_000, 14),
    terms.TIER_SILVER: (20 * _WAN, 200_000, 30),
    "other": (None, None, 90),
}
"""Assets from, commission of twelve months from (分), agreed contact in days."""

_SERVED = (ClientStage.ACTIVE, ClientStage.AT_RISK)


@dataclass(frozen=True, slots=True)
class TierLine:
    """One 客户类型: its thresholds, how many clients it has, how many would leave or join."""

    tier: str
    assets_from_fen: int | None
    commission_from_fen: int | None
    is_high_end: bool
    contact_every_days: int | None
    clients: int = 0
    up: int = 0
    down: int = 0


@dataclass(frozen=True, slots=True)
class TierProposal:
    """A client whom the rules see in another type."""

    client_id: int
    name: str
    advisor_name: str
    old_tier: str | None
    proposed_tier: str
    is_up: bool
    assets_fen: int | None
    commission_year_fen: int | None


def seed_tier_rules(session: Session) -> None:
    """Enter the first rules, if the branch has none."""
    if session.scalar(select(TierRule.id).limit(1)) is None:
        session.add_all(_seeded(tier) for tier in SEEDS)


def list_tiers(session: Session, actor: Actor, *, now: datetime) -> list[TierLine]:
    """The rules in the order of the types, with what they would change today."""
    demand(actor, Right.SEE_STANDARDS)
    lines = _lines(session, actor)
    found = session.execute(
        select(Client.tier, func.count()).where(_served()).group_by(Client.tier)
    )
    counts: dict[str | None, int] = {row[0]: row[1] for row in found}
    ups: dict[str, int] = {}
    downs: dict[str, int] = {}
    for proposal in list_tier_proposals(session, actor, now=now):
        moved = ups if proposal.is_up else downs
        moved[proposal.proposed_tier] = moved.get(proposal.proposed_tier, 0) + 1
    return [
        replace(
            line,
            clients=counts.get(line.tier, 0),
            up=ups.get(line.tier, 0),
            down=downs.get(line.tier, 0),
        )
        for line in lines
    ]


def change_tier(session: Session, actor: Actor, line: TierLine) -> None:
    """Set the rule of one type; clients stay as they are until somebody confirms.

    Raises InvalidFieldError for thresholds that do not fall from type to type.
    """
    demand(actor, Right.SET_STANDARDS)
    clean_frequency(line.contact_every_days)
    lines = _lines(session, actor)
    if line.tier not in {known.tier for known in lines}:
        raise InvalidFieldError("tier", _("没有“{code}”这个选项。").format(code=line.tier))
    wanted = [line if known.tier == line.tier else known for known in lines]
    _demand_falling(wanted, "assets_from_fen")
    _demand_falling(wanted, "commission_from_fen")
    with because(session, _("客户分级")):
        rule = session.scalar(select(TierRule).where(TierRule.tier == line.tier))
        if rule is None:
            rule = TierRule(tier=line.tier)
            session.add(rule)
        rule.assets_from_fen = line.assets_from_fen
        rule.commission_from_fen = line.commission_from_fen
        rule.contact_every_days = line.contact_every_days
        high_end = [known.tier for known in wanted if known.is_high_end]
        if high_end != [known.tier for known in lines if known.is_high_end]:
            save_setting(session, actor, "high_end_tiers", high_end)


def add_tier(session: Session, actor: Actor, label: str) -> str:
    """Add a type before the one for everybody else, without thresholds yet; returns its code.

    Raises InvalidFieldError as ``add_code`` does.
    """
    entry_id = add_code(session, actor, terms.TIER, label)
    code = session.get_one(CodeListEntry, entry_id).code
    with because(session, _("客户分级")):
        session.add(TierRule(tier=code))
    return code


def list_tier_proposals(session: Session, actor: Actor, *, now: datetime) -> list[TierProposal]:
    """The clients whom the rules see in another type, the largest first (R72).

    Clients of whom neither assets nor commission are known are left alone, and so is a proposal
    that somebody refused lately (90 days, unless the branch has decided otherwise).
    """
    demand(actor, Right.SEE_STANDARDS)
    lines = _lines(session, actor)
    places = {line.tier: place for place, line in enumerate(lines)}
    proposed = _proposed(lines)
    if proposed is None:
        return []
    since = now - timedelta(days=load_compliance(session).tier_rest_days)
    statement: AnySelect = (
        select(
            Client.id,
            Client.name,
            func.coalesce(User.name, ""),
            Client.tier,
            proposed.label("proposed"),
            Client.assets_fen,
            Client.commission_year_fen,
        )
        .outerjoin(User, User.id == Client.advisor_id)
        .where(
            _served(),
            or_(Client.assets_fen.is_not(None), Client.commission_year_fen.is_not(None)),
            or_(Client.tier.is_(None), Client.tier != proposed),
            proposed.is_not(None),
            ~_was_refused(proposed, since),
        )
        .order_by(Client.assets_fen.desc().nulls_last(), Client.id)
    )
    below = len(lines)
    return [
        TierProposal(key, name, advisor, old, new, places[new] < places.get(old, below),
                     assets, commission)
        for key, name, advisor, old, new, assets, commission in session.execute(statement)
    ]  # fmt: skip


def decide_tiers(
    session: Session,
    actor: Actor,
    proposals: Sequence[TierProposal],
    *,
    is_accepted: bool,
    reason: str = "",
    now: datetime,
) -> int:
    """Confirm or refuse proposals; returns how many still stood as they were shown.

    A confirmed one changes the file, with the reason in its history; every decision is kept.
    """
    demand(actor, Right.SET_STANDARDS)
    standing = {
        (proposal.client_id, proposal.proposed_tier)
        for proposal in list_tier_proposals(session, actor, now=now)
    }
    wanted = [one for one in proposals if (one.client_id, one.proposed_tier) in standing]
    words = clean_text("reason", reason)
    days = {line.tier: line.contact_every_days for line in _lines(session, actor)}
    with because(session, words or _("按客户分级规则，经确认")):
        for proposal in wanted:
            session.add(
                TierDecision(
                    client_id=proposal.client_id,
                    old_tier=proposal.old_tier,
                    proposed_tier=proposal.proposed_tier,
                    is_accepted=is_accepted,
                    reason=words,
                    user_id=actor.user_id,
                    at=now,
                )
            )
            if is_accepted:
                _move(session.get_one(Client, proposal.client_id), proposal, days, now)
        return len(wanted)


def last_decided(session: Session, actor: Actor) -> tuple[datetime, int] | None:
    """When proposals were last decided on, and how many were confirmed that day."""
    demand(actor, Right.SEE_STANDARDS)
    last = session.scalar(select(func.max(TierDecision.at)))
    if last is None:
        return None
    count = session.scalar(
        select(func.count()).where(
            TierDecision.at > last - timedelta(days=1), TierDecision.is_accepted
        )
    )
    return last, count or 0


def _move(
    client: Client, proposal: TierProposal, days: dict[str, int | None], now: datetime
) -> None:
    """Put a client into the new type; the agreed frequency follows unless it is his own."""
    if client.contact_every_days in (None, days.get(proposal.old_tier or "")):
        client.contact_every_days = days.get(proposal.proposed_tier) or client.contact_every_days
    client.tier = proposal.proposed_tier
    client.updated_at = now


def _lines(session: Session, actor: Actor) -> list[TierLine]:
    """The rules of the types that are offered, in the branch's order."""
    high_end = load_settings(session, actor).high_end_tiers
    stored = {rule.tier: rule for rule in session.scalars(select(TierRule))}
    codes = session.scalars(
        select(CodeListEntry.code)
        .where(CodeListEntry.list_name == terms.TIER, CodeListEntry.is_retired.is_(False))
        .order_by(CodeListEntry.position, CodeListEntry.id)
    )
    lines = []
    for code in codes:
        rule = stored.get(code) or (TierRule(tier=code) if stored else _seeded(code))
        lines.append(
            TierLine(code, rule.assets_from_fen, rule.commission_from_fen, code in high_end,
                     rule.contact_every_days)
        )  # fmt: skip
    return lines


def _seeded(tier: str) -> TierRule:
    assets, commission, days = SEEDS.get(tier, (None, None, None))
    return TierRule(
        tier=tier, assets_from_fen=assets, commission_from_fen=commission, contact_every_days=days
    )


def _served() -> ColumnElement[bool]:
    return and_(Client.archived_at.is_(None), Client.stage.in_(_SERVED))


def _proposed(lines: Sequence[TierLine]) -> ColumnElement[str | None] | None:
    """The type the rules see a client in: the first whose threshold is met, else the last."""
    cases = [(_meets(line), literal(line.tier)) for line in lines if _has_threshold(line)]
    rest = [line.tier for line in lines[-1:] if not _has_threshold(line)]
    if not cases:
        return None
    return case(*cases, else_=rest[0] if rest else None)


def _has_threshold(line: TierLine) -> bool:
    return line.assets_from_fen is not None or line.commission_from_fen is not None


def _meets(line: TierLine) -> ColumnElement[bool]:
    reached = []
    if line.assets_from_fen is not None:
        reached.append(Client.assets_fen >= line.assets_from_fen)
    if line.commission_from_fen is not None:
        reached.append(Client.commission_year_fen >= line.commission_from_fen)
    return or_(*reached)


def _was_refused(proposed: ColumnElement[str | None], since: datetime) -> ColumnElement[bool]:
    return exists().where(
        TierDecision.client_id == Client.id,
        TierDecision.proposed_tier == proposed,
        TierDecision.is_accepted.is_(False),
        TierDecision.at > since,
    )


def _demand_falling(lines: Sequence[TierLine], name: str) -> None:
    values = [value for line in lines if (value := getattr(line, name)) is not None]
    if any(value < 0 or value >= MOST_FEN for value in values):
        raise InvalidFieldError(name, _("金额太大，请核对单位。"))
    if any(lower >= higher for higher, lower in pairwise(values)):
        raise InvalidFieldError(name, _("上一类的数须大于下一类的数，请核对。"))
