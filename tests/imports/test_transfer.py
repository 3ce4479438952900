"""Rows survive the way from the parsing process."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.imports.transfer import pack_rows, unpack_rows

CELLS = st.one_of(
    st.text(max_size=8),
    st.just(""),
    st.just("a\0b"),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
)


@given(st.integers(1, 5).flatmap(lambda width: st.lists(st.tuples(*[CELLS] * width), min_size=1)))
def test_any_block_of_rows_arrives_as_it_was(rows: list[tuple[Any, ...]]) -> None:
    found = unpack_rows(pack_rows(rows))
    assert [tuple(row) for row in found] == rows
    assert [list(map(type, row)) for row in found] == [list(map(type, row)) for row in rows]


def test_columns_with_gaps_keep_them() -> None:
    moment = datetime(2026, 11, 20, 9, 30)  # noqa: DTZ001 - a sheet knows no zone
    rows = [
        ("甲", 1.0, date(2026, 11, 20), moment, time(9)),
        ("", "", "", "", ""),
        ("乙\0丙", 2.5, date(1, 1, 1), moment, time(10)),
    ]
    assert unpack_rows(pack_rows(rows)) == rows
