"""One person on several cards: one client, nothing lost."""

from __future__ import annotations

from pathlib import Path

from advisorcrm.terms import PointKind
from tests.imports.cards import card, saved
from tests.imports.sheets import clients_of


def test_two_cards_with_a_number_in_common_become_one(tmp_path: Path) -> None:
    first, other, second = clients_of(
        saved(
            tmp_path,
            card("FN:样甲", "TEL;CELL:13900000301", "NOTE:旧手机"),
            card("FN:样甲", "TEL;CELL:13900000309"),
            card("FN:样 甲", "TEL;CELL:13900000301", "TEL;HOME:02163210003", "BDAY:19680415",
                 "EMAIL:a@example.cn", "NOTE:新手机"),
        )
    ).rows  # fmt: skip
    assert (first.same_as, other.same_as, second.same_as) == (0, 0, 1)
    assert [value for _kind, value in first.values["points"]] == [
        "13900000301", "021-63210003", "a@example.cn",
    ]  # fmt: skip
    assert first.values["remark"] == "旧手机\n新手机"
    assert str(first.values["birthday"]) == "1968-04-15"


def test_a_third_card_may_show_that_two_are_the_same(tmp_path: Path) -> None:
    rows = clients_of(
        saved(
            tmp_path,
            card("FN:样乙", "TEL:13900000302"),
            card("FN:样乙", "TEL:13900000303"),
            card("FN:样乙", "TEL:13900000302", "TEL:13900000303"),
        )
    ).rows
    assert [row.same_as for row in rows] == [0, 1, 1]


def test_another_name_with_the_same_number_is_another_person(tmp_path: Path) -> None:
    rows = clients_of(
        saved(tmp_path, card("FN:样丙", "TEL:02163210004"), card("FN:样丁", "TEL:02163210004"))
    ).rows
    assert [row.same_as for row in rows] == [0, 0]


def test_two_identical_cards_without_number_are_one(tmp_path: Path) -> None:
    rows = clients_of(saved(tmp_path, card("FN:样戊"), card("FN:样戊"), card("FN:样己"))).rows
    assert [row.same_as for row in rows] == [0, 1, 0]


def test_notes_of_numbers_come_along(tmp_path: Path) -> None:
    first, _second = clients_of(
        saved(
            tmp_path,
            card("FN:样庚", "TEL:13900000304"),
            card("FN:样庚", "TEL:13900000304", "TEL;FAX:02163210005"),
        )
    ).rows
    assert (PointKind.LANDLINE, "021-63210005") in first.values["points"]
    assert first.values["point_notes"] == {"021-63210005": "传真"}


def test_a_number_without_a_name_is_about_the_one_person_who_has_it(tmp_path: Path) -> None:
    rows = clients_of(
        saved(
            tmp_path,
            card("TEL:13900000306", "NOTE:在SIM卡上"),
            card("FN:Li Yang", "TEL:13900000306"),
            card("FN:LI YANG", "TEL:13900000306", "TEL:02163210006"),
            card("FN:样辛", "TEL:02163210006"),
            card("TEL:02163210006"),
            card("TEL:13900000307"),
        )
    ).rows
    assert [row.same_as for row in rows] == [2, 0, 2, 0, 0, 0]
    assert rows[1].values["remark"] == "在SIM卡上"
    assert [bool(row.faults) for row in rows] == [False, False, False, False, True, True]
