"""Amounts and commission rates as sheets write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.errors import InvalidFieldError
from advisorcrm.rules.amounts import RateUnit, read_money, read_rate

WAN = 10_000


@pytest.mark.parametrize(
    ("value", "unit", "fen"),
    [
        ("256.34", WAN, 256_340_000),
        (524.23, WAN, 524_230_000),
        ("５６２．４９", WAN, 562_490_000),
        ("504.16万", 1, 504_160_000),
        ("504.16万", WAN, 504_160_000),
        ("100元", WAN, 10_000),
        ("1亿2000万", 1, 12_000_000_000),
        ("1亿2千万", 1, 12_000_000_000),
        ("123万4567", 1, 123_456_700),
        ("五十万", 1, 50_000_000),
        ("五十", WAN, 50_000_000),
        ("三万五", 1, 3_500_000),
        ("两百零五万", 1, 205_000_000),
        ("三点五万", 1, 3_500_000),
        ("人民币壹拾贰万叁仟元伍角整", 1, 12_300_050),
        ("1.234,56", 1, 123_456),
        ("1 234,5", 1, 123_450),
        ("100,00", 1, 10_000),
        ("1.234.567", 1, 123_456_700),
        ("12,3456", 1, 12_345_600),
        ("2054.83亿", 1, 20_548_300_000_000),
        ("1,234,567.89", 1, 123_456_789),
        ("1，234", 1, 123_400),
        ("¥1,234.5", 1, 123_450),
        ("人民币 100 元整", 1, 10_000),
        ("-5", 1, -500),
        ("(12.5)", 1, -1_250),
        (0, 1, 0),
        (1.005, 1, 101),
        ("1.005", 1, 101),
        ("", 1, None),
        ("-", 1, None),
    ],
)
def test_an_amount_is_read_to_the_fen(value: str | float, unit: int, fen: int | None) -> None:
    assert read_money(value, unit=unit) == fen


@pytest.mark.parametrize(
    "text", ["--", "约五百万", "1.2E+11", "US$100", "1e400", "万", "一三九", "1,23,4", "50-100万"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(InvalidFieldError):
        read_money(text)


def test_an_amount_beyond_measure_is_a_mistaken_unit() -> None:
    with pytest.raises(InvalidFieldError):
        read_money(1e20)
    with pytest.raises(InvalidFieldError):
        read_money(float("inf"))


@pytest.mark.req("R77")
@pytest.mark.parametrize(
    ("value", "unit", "ppm"),
    [
        ("万2.5", None, 250),
        ("0.25‰", None, 250),
        ("0.08%", None, 800),
        ("千0.8", None, 800),
        ("万分之2.5", None, 250),
        ("万分之二点五", None, 250),
        ("万三", None, 300),
        ("2.5‱", None, 250),
        ("2.5/10000", None, 250),
        ("w2.5", None, 250),
        ("1.5%%", None, 150),
        ("0.3%o", None, 300),
        ("１．５‰", None, 1_500),
        ("0,25‰", None, 250),
        ("佣金万2", None, 200),
        (0.15, RateUnit.PER_MILLE, 150),
        ("3", RateUnit.PER_MILLE, 3_000),
        (2.5, RateUnit.PER_MYRIAD, 250),
        (0.08, RateUnit.PERCENT, 800),
        (0.0008, RateUnit.PER_MILLE, 800),
        (0.0010, None, 1_000),
        (0.00025, None, 250),
        (0.3, None, 300),
        (2.5, None, 250),
        (0, None, 0),
        ("", None, None),
        ("无", None, None),
    ],
)
def test_a_rate_is_read_in_its_unit_or_by_its_size(
    value: str | float, unit: RateUnit | None, ppm: int | None
) -> None:
    assert read_rate(value, unit=unit) == ppm


@pytest.mark.parametrize("value", ["5%", "默认", "万", 90.0])
def test_a_rate_beyond_reason_is_refused(value: str | float) -> None:
    with pytest.raises(InvalidFieldError):
        read_rate(value, unit=RateUnit.PER_MILLE)


@given(st.integers(-(10**12), 10**12))
def test_every_whole_fen_survives_as_text_and_as_number(fen: int) -> None:
    assert read_money(f"{fen / 100:.2f}") == fen
    assert read_money(fen / 100) == fen


@given(st.integers(0, 30_000))
def test_every_rate_survives_the_sheet_of_the_program(ppm: int) -> None:
    assert read_rate(f"{ppm / 1000:g}‰") == ppm
