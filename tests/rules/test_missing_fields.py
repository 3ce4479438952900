"""What a client's file lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.rules.missing_fields import WEIGHTS, completeness, missing_of
from advisorcrm.terms import ClientKind, PointKind, Validity

TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Point:
    kind: PointKind
    validity: Validity = Validity.VALID


BOTH = (Point(PointKind.MOBILE), Point(PointKind.EMAIL))
FULL: dict[str, object] = {
    "kind": ClientKind.PERSON, "address": "历山路 1 号", "tier": "gold",
    "investment_preference": "稳健型", "trading_habit": "holding", "service_need": "accepts",
    "wealth_content": ("report",), "wealth_way": ("phone",), "trading_way": ("online",),
    "commission_ppm": 800, "birthday": date(1968, 12, 4), "occupation": "教师",
    "hobbies": "广场舞", "personality": "谨慎", "risk_level": "C3",
    "risk_expires_on": date(2027, 6, 14), "id_expires_on": date(2030, 1, 1),
    "contact_every_days": 14,
}  # fmt: skip


def test_the_weights_make_one_hundred() -> None:
    assert sum(item.weight for item in WEIGHTS) == 100
    assert len({item.name for item in WEIGHTS}) == len(WEIGHTS)


@pytest.mark.req("R71", "R146")
def test_a_full_file_lacks_nothing_and_an_empty_one_everything() -> None:
    assert missing_of(FULL, BOTH, today=TODAY) == []
    assert completeness(FULL, BOTH) == 100
    assert completeness({}, ()) == 0
    assert len(missing_of({}, ())) == len(WEIGHTS)


@pytest.mark.req("R71")
@pytest.mark.parametrize(
    "name",
    ["tier", "investment_preference", "trading_habit", "service_need", "wealth_content",
     "wealth_way", "trading_way", "commission_ppm"],
)  # fmt: skip
def test_each_prescribed_need_is_asked_for(name: str) -> None:
    (gap,) = missing_of({**FULL, name: None}, BOTH)
    assert (gap.name, gap.reason) == (name, "未填")


@pytest.mark.req("R4")
def test_a_number_that_was_not_proven_to_work_is_a_gap() -> None:
    doubtful = (
        Point(PointKind.MOBILE, Validity.UNVERIFIED),
        Point(PointKind.EMAIL, Validity.INVALID),
    )
    assert [(gap.name, gap.reason) for gap in missing_of(FULL, doubtful)] == [
        ("mobile", "待核"),
        ("email", "无效"),
    ]


def test_a_commission_of_zero_is_known() -> None:
    assert missing_of({**FULL, "commission_ppm": 0}, BOTH) == []


def test_an_expired_test_is_named_first_though_the_date_is_filled() -> None:
    file = {**FULL, "risk_expires_on": date(2026, 11, 1), "hobbies": ""}
    gaps = missing_of(file, BOTH, today=TODAY)
    assert [(gap.name, gap.reason) for gap in gaps] == [
        ("risk_expires_on", "2026-11-01 已过期"),
        ("hobbies", "未填"),
    ]


@pytest.mark.req("R112")
def test_a_lunar_birthday_is_a_birthday() -> None:
    assert completeness({**FULL, "birthday": None, "lunar_month": 10, "lunar_day": 15}, BOTH) == 100


def test_an_identity_document_for_life_needs_no_date() -> None:
    assert completeness({**FULL, "id_expires_on": None, "id_is_permanent": True}, BOTH) == 100
    assert completeness({**FULL, "id_expires_on": None, "id_is_permanent": False}, BOTH) == 95


def test_an_institution_has_no_hobbies_to_ask_for() -> None:
    file = {
        **FULL,
        "kind": ClientKind.INSTITUTION,
        "birthday": None,
        "hobbies": "",
        "occupation": "",
    }
    assert missing_of(file, BOTH) == []


@given(st.sets(st.sampled_from(sorted(FULL))), st.lists(st.sampled_from(BOTH)))
def test_gaps_and_percentage_always_add_up(absent: set[str], points: list[Point]) -> None:
    file = {name: value for name, value in FULL.items() if name not in absent}
    gaps = missing_of(file, points)
    assert completeness(file, points) + sum(gap.weight for gap in gaps) == 100
    assert [gap.weight for gap in gaps] == sorted((gap.weight for gap in gaps), reverse=True)
