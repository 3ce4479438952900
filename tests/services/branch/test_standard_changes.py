"""The change record of tiers and weights reads like sentences."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from advisorcrm.db.database import Database
from advisorcrm.rules.weight_book import DEFAULT_BOOK, EVERYBODY
from advisorcrm.services.branch.standard_changes import list_standard_changes
from advisorcrm.services.branch.tiers import change_tier, list_tiers
from advisorcrm.services.completeness.completeness_weights import change_weights
from tests.factories import NOW, People


def test_each_change_is_told_with_old_and_new_and_who_made_it(
    database: Database, people: People
) -> None:
    boss = database.acting_as(people.manager)
    [first] = boss.read(list_standard_changes)
    assert (first.who, first.what) == ("", ("初次设定",))

    weights = DEFAULT_BOOK.named(EVERYBODY) | {"occupation": 5, "personality": 1}
    boss.write(partial(change_weights, weights=weights))
    gold = next(line for line in boss.read(partial(list_tiers, now=NOW)) if line.tier == "gold")
    wanted = replace(gold, contact_every_days=21, assets_from_fen=50_000_000, is_high_end=False)
    boss.write(partial(change_tier, line=wanted))

    told = [part for change in boss.read(list_standard_changes) for part in change.what]
    assert set(told) == {
        "职业 权重 4 → 5", "性格 权重 2 → 1", "金卡 约定联系 14 天 → 21 天",
        "金卡 总资产不低于 80.0 万 → 50.0 万", "高端客户：白金卡", "初次设定",
    }  # fmt: skip
    assert {change.who for change in boss.read(list_standard_changes)} == {"方静", ""}
