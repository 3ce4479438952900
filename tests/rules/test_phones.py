"""Telephone numbers, as they are written and as we keep them."""

from __future__ import annotations

import csv
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.errors import InvalidFieldError
from advisorcrm.rules.phones import PhoneKind, read_phone, read_phones
from advisorcrm.terms import PointKind

CASES = Path(__file__).parents[1] / "data" / "realdata" / "names_ids" / "phones.csv"
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


def phone_cases() -> list[tuple[str, str, str]]:
    with CASES.open(encoding="utf-8-sig", newline="") as file:
        return [(row["input"], row["kind"], row["normalised"]) for row in csv.DictReader(file)]


@pytest.mark.req("R146")
@pytest.mark.parametrize(("text", "kind", "normalised"), phone_cases())
def test_a_number_is_understood_or_refused(text: str, kind: str, normalised: str) -> None:
    if kind == "bad":
        with pytest.raises(InvalidFieldError):
            read_phones(text)
        return
    found = read_phones(text)
    assert ";".join(phone.value for phone in found) == normalised
    if kind not in ("none", "two"):
        assert [phone.kind for phone in found] == [PhoneKind(kind)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("+86 139 0003 0000 ::: 010-00000000", ["13900030000", "010-00000000"]),
        ("86-13900000001", ["13900000001"]),
        ("013900000001", ["13900000001"]),
        ("13900000001.00", ["13900000001"]),
        ("1.3900000001E+10", ["13900000001"]),
        ("tel:+86-21-63210000;ext=801", ["021-63210000-801"]),
        ("13900000001 13900000002", ["13900000001", "13900000002"]),
        ("13900000001；13900000001", ["13900000001"]),
        ("021-63210000/13900000001", ["021-63210000", "13900000001"]),
        ("02163210000", ["021-63210000"]),
        ("（0755）8200 0000 转 801", ["0755-82000000-801"]),
        ("021－63210000－12", ["021-63210000-12"]),
        ("400-800-1234", ["4008001234"]),
        ("tel:+86-139-0000-0008", ["13900000008"]),
        ("电话：13900000001", ["13900000001"]),
        ("手机13900000001", ["13900000001"]),
        ('="13900000001"', ["13900000001"]),
        ("139\u200b00000001", ["13900000001"]),
        ("无", []),
        ("17951 13900000001", ["13900000001"]),
        ("+86 12593 13900000001", ["13900000001"]),
        ("17911021-63210000", ["021-63210000"]),
        ("02163210000（分機801）", ["021-63210000-801"]),
        ("95013123456", ["95013123456"]),
        ("106575258192144", ["106575258192144"]),
    ],
)
def test_numbers_are_found_in_what_people_write(text: str, values: list[str]) -> None:
    assert [phone.value for phone in read_phones(text)] == values


@pytest.mark.parametrize(
    "text", ["1390000000", "1795113", "1390000000x", "0100-12345678", "1.39E+10", "张三"]
)
def test_what_is_no_number_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        read_phones(text)
    assert text not in caught.value.reason
    assert caught.value.reason.endswith("。")


def test_a_field_for_one_number_takes_one() -> None:
    assert read_phone("139 0000 0001").value == "13900000001"
    for text in ("", "13900000001、13900000002"):
        with pytest.raises(InvalidFieldError):
            read_phone(text)


def test_a_foreign_mobile_can_be_texted_and_a_foreign_landline_not() -> None:
    assert read_phone("+852 5000 0000").point_kind is PointKind.MOBILE
    assert read_phone("+852 2888 8888").point_kind is PointKind.LANDLINE


@given(MOBILES, st.sampled_from(["{0}", "+86{0}", "0086 {0}", " {0} ", "'{0}", '="{0}"', "{0}.0"]))
def test_every_mobile_keeps_its_digits_however_it_is_dressed(number: str, dress: str) -> None:
    assert read_phone(dress.format(number)).value == number


@given(st.text(max_size=30))
def test_any_text_is_numbers_or_a_sentence(text: str) -> None:
    with suppress(InvalidFieldError):
        assert all(read_phones(phone.value) == (phone,) for phone in read_phones(text))


def test_a_foreign_number_keeps_its_extension() -> None:
    [found] = read_phones("+44 20 7946 0000 ext 12")
    assert (found.value, found.can_text) == ("+442079460000-12", False)
