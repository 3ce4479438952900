"""What a client's file lacks or leaves in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.rules.missing_fields import MissingField, completeness, missing_of
from advisorcrm.rules.weight_book import DEFAULT_BOOK, EVERYBODY, WeightBook
from advisorcrm.terms import ClientKind, PointKind, Validity

TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Point:
    kind: PointKind
    validity: Validity = Validity.VALID
    verified_on: date | None = date(2026, 11, 5)


BOTH = (Point(PointKind.MOBILE), Point(PointKind.EMAIL), Point(PointKind.LANDLINE))
FULL: dict[str, object] = {
    "kind": ClientKind.PERSON, "address": "历山路 1 号", "tier": "gold",
    "investment_preference": "稳健型", "trading_habit": "holding", "service_need": "accepts",
    "wealth_content": ("report",), "wealth_way": ("phone",), "trading_way": ("online",),
    "commission_ppm": 800, "commission_attitude": "accepts", "birthday": date(1968, 12, 4),
    "occupation": "教师", "hobbies": "广场舞", "personality": "谨慎", "family": "独居",
    "risk_level": "C3", "risk_expires_on": date(2027, 6, 14), "id_expires_on": date(2030, 1, 1),
    "contact_every_days": 14, "asked_sms": True, "asked_phone": True,
}  # fmt: skip


def gaps_of(file: dict[str, object], points: tuple[Point, ...] = BOTH) -> list[tuple[str, str]]:
    return [(gap.name, gap.reason) for gap in missing_of(file, points, today=TODAY)]


@pytest.mark.req("R71", "R146")
def test_a_full_file_lacks_nothing_and_an_empty_one_everything() -> None:
    assert gaps_of(FULL) == []
    assert completeness(FULL, BOTH, today=TODAY) == 100
    assert completeness({}, (), today=TODAY) == 0
    assert len(gaps_of({}, ())) == len(DEFAULT_BOOK.items)


@pytest.mark.req("R19", "R71")
@pytest.mark.parametrize(
    "name",
    ["tier", "investment_preference", "trading_habit", "service_need", "wealth_content",
     "wealth_way", "trading_way", "commission_ppm"],
)  # fmt: skip
def test_each_prescribed_need_is_asked_for(name: str) -> None:
    (gap,) = missing_of({**FULL, name: None}, BOTH, today=TODAY)
    assert (gap.name, gap.reason, gap.weight) == (name, "未填", 5)


def test_wealth_needs_are_one_item_that_wants_both_its_parts() -> None:
    (gap,) = missing_of({**FULL, "wealth_content": (), "wealth_way": ()}, BOTH, today=TODAY)
    assert (gap.label, gap.fields, gap.weight) == ("理财需求", ("wealth_content", "wealth_way"), 5)


@pytest.mark.req("R4")
@pytest.mark.parametrize(
    ("mobile", "reason"),
    [
        (Point(PointKind.MOBILE, Validity.UNVERIFIED, None), "待核"),
        (Point(PointKind.MOBILE, Validity.INVALID), "无效"),
        (Point(PointKind.MOBILE, Validity.VALID, date(2025, 11, 19)), "核实已超过 12 个月"),
    ],
)
def test_a_number_that_was_not_proven_within_a_year_is_a_doubt(mobile: Point, reason: str) -> None:
    (gap,) = missing_of(FULL, (mobile, *BOTH[1:]), today=TODAY)
    assert gap == MissingField("mobile", "手机", reason, 10, is_doubt=True, fields=("mobile",))


def test_a_number_proven_on_the_same_day_a_year_ago_still_counts() -> None:
    just = Point(PointKind.MOBILE, Validity.VALID, date(2025, 11, 20))
    assert gaps_of(FULL, (just, *BOTH[1:])) == []


@pytest.mark.req("R4")
def test_an_address_that_bounced_does_not_count_and_one_not_proven_does() -> None:
    for validity, gaps in ((Validity.INVALID, [("email", "无效")]), (Validity.UNVERIFIED, [])):
        email = Point(PointKind.EMAIL, validity, None)
        assert gaps_of(FULL, (BOTH[0], email, BOTH[2])) == gaps


def test_a_commission_of_zero_is_known() -> None:
    assert gaps_of({**FULL, "commission_ppm": 0}) == []


def test_what_is_wrong_comes_before_what_is_absent_and_the_heavier_first() -> None:
    file = {**FULL, "risk_expires_on": date(2026, 11, 1), "id_expires_on": date(2026, 11, 19),
            "hobbies": "", "tier": None}  # fmt: skip
    assert gaps_of(file) == [
        ("risk_expires_on", "2026-11-01 已过期"),
        ("id_expires_on", "2026-11-19 已过期"),
        ("tier", "未填"),
        ("hobbies", "未填"),
    ]


def test_a_test_that_ends_today_counts_today() -> None:
    assert gaps_of({**FULL, "risk_expires_on": TODAY}) == []


def test_an_address_leads_to_a_door() -> None:
    assert gaps_of({**FULL, "address": "济南市历下区"}) == [("address", "未到门牌")]
    masked = {**FULL, "address": "济南市历下区******"}
    assert gaps_of({**masked, "is_at_door": True}) == []
    assert gaps_of({**masked, "is_at_door": False}) == [("address", "未到门牌")]


def test_a_landline_or_kin_who_can_be_reached_is_the_second_way() -> None:
    assert gaps_of(FULL, BOTH[:2]) == [("landline", "未填")]
    assert gaps_of({**FULL, "has_reachable_kin": True}, BOTH[:2]) == []
    assert gaps_of({**FULL, "family": "", "has_kin": True}) == []
    assert gaps_of({**FULL, "family": ""}) == [("family", "未填")]


@pytest.mark.req("R117")
def test_a_client_who_was_not_asked_about_messages_is_a_gap() -> None:
    assert gaps_of({**FULL, "asked_sms": False}) == [("consent", "短信未问过")]
    assert gaps_of({**FULL, "asked_phone": False}) == [("consent", "电话未问过")]


@pytest.mark.req("R112")
def test_a_lunar_birthday_is_a_birthday() -> None:
    assert gaps_of({**FULL, "birthday": None, "lunar_month": 10, "lunar_day": 15}) == []


def test_an_identity_document_for_life_needs_no_date() -> None:
    assert gaps_of({**FULL, "id_expires_on": None, "id_is_permanent": True}) == []
    assert gaps_of({**FULL, "id_expires_on": None, "id_is_permanent": False}) == [
        ("id_expires_on", "未录")
    ]


def test_an_institution_has_no_hobbies_to_ask_for() -> None:
    file = {**FULL, "kind": ClientKind.INSTITUTION, "birthday": None, "hobbies": "",
            "occupation": "", "family": "", "personality": ""}  # fmt: skip
    assert gaps_of(file) == []


@pytest.mark.req("R3")
def test_a_type_with_weights_of_its_own_is_judged_by_them() -> None:
    general = [(EVERYBODY, name, weight) for name, weight in DEFAULT_BOOK.named(None).items()]
    book = WeightBook.of([*general, ("gold", "mobile", 50), ("gold", "risk", 50)])
    file = {**FULL, "hobbies": "", "risk_level": None}
    assert completeness(file, BOTH, today=TODAY, book=book) == 50
    gaps = missing_of(file, BOTH, today=TODAY, book=book)
    assert [(gap.name, gap.weight) for gap in gaps] == [("risk_level", 50)]
    assert completeness({**file, "tier": "silver"}, BOTH, today=TODAY, book=book) == 88


@given(st.sets(st.sampled_from(sorted(FULL))), st.lists(st.sampled_from(BOTH)))
def test_gaps_and_percentage_always_add_up(absent: set[str], points: list[Point]) -> None:
    file = {name: value for name, value in FULL.items() if name not in absent}
    gaps = missing_of(file, points, today=TODAY)
    assert completeness(file, points, today=TODAY) + sum(gap.weight for gap in gaps) == 100
    assert [(gap.is_doubt, gap.weight) for gap in gaps] == sorted(
        ((gap.is_doubt, gap.weight) for gap in gaps), reverse=True
    )
