"""客户类型 proposed by the branch's rule and confirmed by a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError
from advisorcrm.services.branch.code_lists import list_codes, order_codes, retire_code
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.branch.tiers import (
    TierLine,
    TierProposal,
    add_tier,
    change_tier,
    decide_tiers,
    last_decided,
    list_tier_proposals,
    list_tiers,
)
from advisorcrm.services.files.client_files import ClientFile, open_client_file
from advisorcrm.terms import TIER, ClientStage
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client, set_parameter

WAN = 1_000_000


@pytest.fixture
def boss(database: Database, people: People) -> Database:
    return database.acting_as(people.manager)


def proposed(database: Database, at: Any = NOW) -> list[TierProposal]:
    return database.read(partial(list_tier_proposals, now=at))


def moves(database: Database) -> list[tuple[str | None, str, bool]]:
    return [(one.old_tier, one.proposed_tier, one.is_up) for one in proposed(database)]


def decide(
    database: Database,
    proposals: list[TierProposal],
    *,
    is_accepted: bool = True,
    reason: str = "",
    at: Any = NOW,
) -> int:
    return database.write(
        partial(decide_tiers, proposals=proposals, is_accepted=is_accepted, reason=reason, now=at)
    )


def line_of(database: Database, tier: str) -> TierLine:
    lines = database.read(partial(list_tiers, now=NOW))
    return next(line for line in lines if line.tier == tier)


def file_of(database: Database, client: int) -> ClientFile:
    return database.read(partial(open_client_file, client_id=client, today=TODAY))


@pytest.mark.req("R72")
@pytest.mark.parametrize(
    ("assets", "commission", "tier"),
    [
        (300 * WAN, None, "platinum"),
        (300 * WAN - 1, None, "gold"),
        (80 * WAN - 1, 800_000, "gold"),
        (None, 3 * WAN, "platinum"),
        (20 * WAN, 0, "silver"),
        (0, None, "other"),
    ],
)
def test_assets_or_commission_of_a_year_decide_the_type(
    boss: Database, people: People, assets: int | None, commission: int | None, tier: str
) -> None:
    boss.write(
        lambda s, a: make_client(
            s, people.advisor, assets_fen=assets, commission_year_fen=commission
        )
    )
    assert moves(boss) == [(None, tier, True)]


@pytest.mark.req("R72")
def test_up_and_down_are_proposed_and_what_fits_is_left_alone(
    boss: Database, people: People
) -> None:
    for tier, assets in (("gold", 400), ("gold", 100), ("platinum", 30), ("silver", None)):
        boss.write(
            lambda s, a, tier=tier, assets=assets: make_client(
                s, people.advisor, tier=tier, assets_fen=assets and assets * WAN
            )
        )
    assert moves(boss) == [("gold", "platinum", True), ("platinum", "silver", False)]
    assert (line_of(boss, "platinum").up, line_of(boss, "silver").down) == (1, 1)
    assert [line_of(boss, tier).clients for tier in ("platinum", "gold", "silver")] == [1, 2, 1]


@pytest.mark.req("R72")
def test_nobody_is_moved_before_a_person_confirms_and_then_with_a_reason(
    boss: Database, people: People
) -> None:
    client = boss.write(
        lambda s, a: make_client(
            s, people.advisor, tier="silver", assets_fen=100 * WAN, contact_every_days=30
        )
    )
    offers = proposed(boss)
    assert file_of(boss, client).tier == "silver"

    assert decide(boss, offers, reason="十月末重算") == 1
    file = file_of(boss, client)
    assert (file.tier, file.contact_every_days) == ("gold", 14)  # 30 was the old type's
    why = rows(
        boss,
        "SELECT actor, why FROM change_history WHERE table_name = 'client'"
        " AND operation = 'update'",
    )
    assert [tuple(row) for row in why] == [("LSL0010", "十月末重算")]
    assert proposed(boss) == []
    assert boss.read(last_decided) == (NOW, 1)


@pytest.mark.req("R72")
def test_a_frequency_agreed_with_the_client_himself_stays(boss: Database, people: People) -> None:
    client = boss.write(
        lambda s, a: make_client(
            s, people.advisor, tier="silver", assets_fen=100 * WAN, contact_every_days=7
        )
    )
    decide(boss, proposed(boss))
    assert file_of(boss, client).contact_every_days == 7


@pytest.mark.req("R72")
def test_a_refused_proposal_rests_and_comes_back_later(boss: Database, people: People) -> None:
    client = boss.write(
        lambda s, a: make_client(s, people.advisor, tier="silver", assets_fen=100 * WAN)
    )
    offers = proposed(boss)
    assert decide(boss, offers, is_accepted=False, reason="资金短期停留") == 1
    assert file_of(boss, client).tier == "silver"
    assert proposed(boss) == []
    assert proposed(boss, NOW + timedelta(days=89)) == []
    assert len(proposed(boss, NOW + timedelta(days=91))) == 1
    set_parameter(boss, people, "tier_rest_days", "30")
    assert len(proposed(boss, NOW + timedelta(days=31))) == 1
    kept = rows(boss, "SELECT old_tier, proposed_tier, reason FROM tier_decision")
    assert [tuple(row) for row in kept] == [("silver", "gold", "资金短期停留")]


@pytest.mark.req("R72")
def test_a_refusal_of_one_type_does_not_stop_another(boss: Database, people: People) -> None:
    client = boss.write(
        lambda s, a: make_client(s, people.advisor, tier="silver", assets_fen=100 * WAN)
    )
    decide(boss, proposed(boss), is_accepted=False)
    boss.write(
        lambda s, a: change_tier(s, a, replace(line_of(boss, "platinum"), assets_from_fen=90 * WAN))
    )
    assert [(one.client_id, one.proposed_tier) for one in proposed(boss)] == [(client, "platinum")]


def test_a_proposal_that_no_longer_stands_is_passed_over(boss: Database, people: People) -> None:
    boss.write(lambda s, a: make_client(s, people.advisor, tier="silver", assets_fen=100 * WAN))
    offers = proposed(boss)
    assert decide(boss, offers) == 1
    assert decide(boss, offers) == 0


def test_clients_who_left_and_prospects_are_not_graded(boss: Database, people: People) -> None:
    for stage in (ClientStage.CHURNED, ClientStage.PROSPECT):
        boss.write(
            lambda s, a, stage=stage: make_client(
                s, people.advisor, stage=stage, assets_fen=500 * WAN
            )
        )
    assert proposed(boss) == []


@pytest.mark.req("R72")
def test_a_rule_can_be_changed_and_what_it_would_move_is_told(
    boss: Database, people: People
) -> None:
    boss.write(lambda s, a: make_client(s, people.advisor, tier="silver", assets_fen=60 * WAN))
    assert line_of(boss, "gold").up == 0
    wanted = replace(
        line_of(boss, "gold"), assets_from_fen=50 * WAN, contact_every_days=21, is_high_end=False
    )
    boss.write(partial(change_tier, line=wanted))
    changed = line_of(boss, "gold")
    assert (changed.assets_from_fen, changed.contact_every_days) == (50 * WAN, 21)
    assert (changed.is_high_end, changed.up) == (False, 1)
    assert boss.read(load_settings).high_end_tiers == ("platinum",)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"assets_from_fen": 300 * WAN}, "上一类的数须大于"),
        ({"assets_from_fen": 20 * WAN}, "上一类的数须大于"),
        ({"commission_from_fen": -1}, "金额太大"),
        ({"contact_every_days": 0}, "1 到 366"),
        ({"tier": "diamond"}, "diamond"),
    ],
)
def test_a_rule_that_contradicts_its_neighbours_is_refused(
    boss: Database, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(InvalidFieldError, match=words):
        boss.write(partial(change_tier, line=replace(line_of(boss, "gold"), **changes)))


def test_a_type_is_added_before_the_one_for_everybody_else(boss: Database) -> None:
    code = boss.write(partial(add_tier, label="铜卡"))
    lines = boss.read(partial(list_tiers, now=NOW))
    assert [line.tier for line in lines] == ["platinum", "gold", "silver", code, "other"]
    with pytest.raises(InvalidFieldError):
        boss.write(partial(add_tier, label="铜卡"))
    boss.write(partial(change_tier, line=replace(lines[3], assets_from_fen=10 * WAN)))
    assert line_of(boss, code).assets_from_fen == 10 * WAN


@pytest.mark.req("R72")
def test_a_type_that_is_offered_no_more_does_not_come_between(boss: Database) -> None:
    old = boss.write(partial(add_tier, label="铜卡"))
    entries = {entry.code: entry.id for entry in boss.read(partial(list_codes, list_name=TIER))}
    boss.write(partial(retire_code, entry_id=entries[old], is_retired=True))
    order = [entries[code] for code in ("platinum", "gold", "silver", "other")]
    boss.write(partial(order_codes, list_name=TIER, entry_ids=order))

    new = boss.write(partial(add_tier, label="红卡"))

    lines = boss.read(partial(list_tiers, now=NOW))
    assert [line.tier for line in lines] == ["platinum", "gold", "silver", new, "other"]


@pytest.mark.req("R72", "R16")
def test_only_the_manager_decides_and_only_the_leader_may_look_besides(
    database: Database, people: People
) -> None:
    database.write(lambda s, a: make_client(s, people.advisor, assets_fen=500 * WAN))
    offers = proposed(database.acting_as(people.manager))
    for actor in people.all:
        if actor is people.manager:
            continue
        door = database.acting_as(actor)
        with pytest.raises(NotAllowedError):
            decide(door, offers)
        if actor is people.leader:
            assert proposed(door) == offers
        else:
            with pytest.raises(NotAllowedError):
                proposed(door)
