"""Identity numbers: the right one in eighteen places, the wrong one with its place."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.errors import InvalidFieldError
from advisorcrm.rules.id_numbers import demand_born, read_id_number
from advisorcrm.terms import IdDocument

CASES = Path(__file__).parents[1] / "data" / "realdata" / "names_ids" / "id_numbers.csv"
SAMPLE = "11010519491231002X"  # the example printed in GB 11643-1999


def id_cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.req("R146")
@pytest.mark.parametrize("case", id_cases(), ids=lambda case: case["why"] or case["input"])
def test_a_number_is_judged_as_the_standard_says(case: dict[str, str]) -> None:
    if case["valid"] == "no":
        with pytest.raises(InvalidFieldError):
            read_id_number(case["input"])
        return
    found = read_id_number(case["input"])
    assert found is not None
    assert (found.document is IdDocument.ID_CARD) == (case["valid"] == "yes")
    if case["normalised"]:
        assert found.value == case["normalised"]
    assert (found.birthday.isoformat() if found.birthday else "") == case["birthday"]
    assert (found.sex.value[0].upper() if found.sex else "") == case["sex"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("110105194912310021", "第 18 位不对，请核对（校验码应为 X）"),
        ("1101O519491231002X", "第 5 位不是数字"),
        ("11010519491231002A", "第 18 位应为数字或 X"),
        ("110105194913310028", "第 11–12 位不对：没有 13 月"),
        ("310101051332001", "第 9–10 位不对"),
        ("110105194902300024", "第 13–14 位不对"),
        ("990101190404010012", "第 1–2 位不对"),
        ("111111111111111111", "第 7–10 位不对"),
        ("111111111111111", "没有这个地区"),
        ("1101051949123100", "有 16 位"),
        ("1.10105194912310e+17", "科学计数"),
    ],
)
def test_a_refusal_names_the_place(number: str, words: str) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        read_id_number(number)
    assert words in caught.value.reason
    assert number not in caught.value.reason


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("E12345678", IdDocument.PASSPORT),
        ("H12345678", IdDocument.HK_MACAO_PERMIT),
        ("A123456(7)", IdDocument.OTHER),
        ("1234567(8)", IdDocument.OTHER),
        ("91110000100000123X", IdDocument.BUSINESS_LICENCE),
        ("53100000500021676K", IdDocument.BUSINESS_LICENCE),
        ("12100000400010208Q", IdDocument.BUSINESS_LICENCE),
        ("911124198108030024", IdDocument.OTHER),
    ],
)
def test_other_documents_are_told_by_their_form(text: str, document: IdDocument) -> None:
    found = read_id_number(text)
    assert found is not None
    assert (found.value, found.document) == (text, document)


@pytest.mark.parametrize(
    "text",
    ["110105-19491231-002X", "11010519491231002X.", f'"{SAMPLE}"', f"证件号码：{SAMPLE}"],
)
def test_signs_around_and_within_a_number_are_none_of_it(text: str) -> None:
    found = read_id_number(text)
    assert found is not None
    assert (found.value, found.document) == (SAMPLE, IdDocument.ID_CARD)


@pytest.mark.parametrize(
    "text", [f"{SAMPLE}/310101190002280013", SAMPLE * 2, "53100000500021676L", "911124198108030025"]
)
def test_what_is_nearly_a_number_is_no_other_document(text: str) -> None:
    with pytest.raises(InvalidFieldError):
        read_id_number(text)


def test_nobody_is_born_tomorrow() -> None:
    found = read_id_number("110105202611280020")
    assert found is not None
    demand_born(found, date(2026, 11, 28))
    with pytest.raises(InvalidFieldError, match="第 7–14 位不对"):
        demand_born(found, date(2026, 11, 27))


def test_the_kind_beside_the_number_decides() -> None:
    with pytest.raises(InvalidFieldError):
        read_id_number("E12345678", document=IdDocument.ID_CARD)
    found = read_id_number("12345678901234", document=IdDocument.BUSINESS_LICENCE)
    assert found is not None
    assert found.value == "12345678901234"


@pytest.mark.parametrize("text", ["", "-", "无", "  "])
def test_nothing_is_no_number(text: str) -> None:
    assert read_id_number(text) is None


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(place: int, step: int) -> None:
    wrong = f"{SAMPLE[:place]}{(int(SAMPLE[place]) + step) % 10}{SAMPLE[place + 1 :]}"
    with pytest.raises(InvalidFieldError):
        read_id_number(wrong)


@given(st.dates(date(1901, 1, 1), date(1999, 12, 31)), st.integers(0, 999))
def test_an_old_number_becomes_a_new_one_that_stands(born: date, serial: int) -> None:
    found = read_id_number(f"310101{born:%y%m%d}{serial:03}")
    assert found is not None
    assert found.birthday == born
    assert read_id_number(found.value) == found
