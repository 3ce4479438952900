"""Weights of completeness, snapshots, tiers: the manager sets, the leader reads."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.rules.weight_book import DEFAULT_BOOK
from advisorcrm.rules.weight_book import EVERYBODY as ALL_CLIENTS
from advisorcrm.services.branch import standard_changes, tiers
from advisorcrm.services.completeness import (
    completeness,
    completeness_snapshots,
    completeness_trends,
    completeness_weights,
    weekly_snapshots,
)
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client
from tests.services.roles import ENTER, EVERYBODY, MANAGE, Case, World

READ = frozenset({"manager", "leader"})
_GENERAL = DEFAULT_BOOK.named(ALL_CLIENTS)


def fill(session: Session, people: People, _client: int) -> dict[str, Any]:
    make_client(session, people.advisor, tier="silver", assets_fen=500_000_000)
    snapshot = completeness_snapshots.take_snapshot(session, people.manager, now=NOW, today=TODAY)
    proposals = tiers.list_tier_proposals(session, people.manager, now=NOW)
    tiers.decide_tiers(session, people.manager, proposals[:1], is_accepted=True, now=NOW)
    [line, *_] = tiers.list_tiers(session, people.manager, now=NOW)
    return {"snapshot": snapshot, "line": line}


def _of(world: World, name: str) -> Any:
    return world.more["standards"][name]


CASES: dict[str, Case] = {
    "completeness_trends.find_completeness_then": (
        lambda s, a, w: completeness_trends.find_completeness_then(s, a, before=TODAY) or True,
        ENTER,
    ),
    "completeness_trends.find_team_completeness_then": (
        lambda s, a, w: completeness_trends.find_team_completeness_then(s, a, before=TODAY) or True,
        frozenset({"manager", "leader"}),
    ),
    "completeness.count_completeness": (
        lambda s, a, w: completeness.count_completeness(s, a, today=TODAY),
        EVERYBODY - {"administrator"},
    ),
    "completeness_snapshots.iterate_snapshot": (
        lambda s, a, w: list(completeness_snapshots.iterate_snapshot(s, a, _of(w, "snapshot"))),
        READ,
    ),
    "completeness_snapshots.list_snapshots": (
        lambda s, a, w: completeness_snapshots.list_snapshots(s, a),
        READ,
    ),
    "completeness_snapshots.open_snapshot": (
        lambda s, a, w: completeness_snapshots.open_snapshot(s, a, _of(w, "snapshot")),
        READ,
    ),
    "weekly_snapshots.lacks_weekly_snapshot": (
        lambda s, a, w: weekly_snapshots.lacks_weekly_snapshot(s, a, today=TODAY) or True,
        MANAGE,
    ),
    "weekly_snapshots.take_weekly_snapshot": (
        lambda s, a, w: weekly_snapshots.take_weekly_snapshot(s, a, now=NOW, today=TODAY) or True,
        MANAGE,
    ),
    "completeness_snapshots.take_snapshot": (
        lambda s, a, w: completeness_snapshots.take_snapshot(s, a, now=NOW, today=TODAY),
        MANAGE,
    ),
    "completeness_weights.change_weights": (
        lambda s, a, w: completeness_weights.change_weights(s, a, _GENERAL),
        MANAGE,
    ),
    "completeness_weights.drop_own_weights": (
        lambda s, a, w: completeness_weights.drop_own_weights(s, a, "gold"),
        MANAGE,
    ),
    "completeness_weights.read_weight_book": (
        lambda s, a, w: completeness_weights.read_weight_book(s, a),
        READ,
    ),
    "completeness_weights.weigh_effect": (
        lambda s, a, w: completeness_weights.weigh_effect(
            s, a, DEFAULT_BOOK, DEFAULT_BOOK, today=TODAY
        ),
        READ,
    ),
    "standard_changes.list_standard_changes": (
        lambda s, a, w: standard_changes.list_standard_changes(s, a),
        READ,
    ),
    "tiers.add_tier": (lambda s, a, w: tiers.add_tier(s, a, "铜卡"), MANAGE),
    "tiers.change_tier": (
        lambda s, a, w: tiers.change_tier(s, a, _of(w, "line")) or True,
        MANAGE,
    ),
    "tiers.decide_tiers": (
        lambda s, a, w: [tiers.decide_tiers(s, a, (), is_accepted=True, now=NOW)],
        MANAGE,
    ),
    "tiers.last_decided": (lambda s, a, w: tiers.last_decided(s, a), READ),
    "tiers.list_tier_proposals": (
        lambda s, a, w: tiers.list_tier_proposals(s, a, now=NOW),
        READ,
    ),
    "tiers.list_tiers": (lambda s, a, w: tiers.list_tiers(s, a, now=NOW), READ),
}
