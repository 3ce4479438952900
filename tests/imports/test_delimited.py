"""Text tables: separators, quotes that close and quotes that do not."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.imports.delimited import read_delimited
from advisorcrm.imports.raw_table import RawTable
from advisorcrm.imports.text_encoding import DecodedText

# A tab inside a cell of several lines may look like the separator: nobody could tell.
CELLS = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\0\t"), max_size=12
)


def table_of(text: str) -> RawTable:
    return read_delimited(DecodedText(text, "utf-8"), "名单")


@pytest.mark.parametrize("separator", [",", "\t", ";", "|", "，"])
def test_the_separator_is_found(separator: str) -> None:
    rows = ["客户姓名 资金账号 备注", "样甲 9901 一", "样乙 9902 二,三"]
    table = table_of("\r\n".join(row.replace(" ", separator) for row in rows) + "\r\n")
    assert table.separator == separator
    assert table.rows[1] == ["样甲", "9901", "一"]


def test_columns_padded_with_blanks_are_cut_where_the_head_begins() -> None:
    table = table_of(
        "客户名单\n\n客户姓名    资金账号      手机         备注\n"
        "样甲        0001          13900000001  好  人\n"
        "欧阳样乙                  13900000002  \n"
        "John Smith  0003          13900000003  hi\n"
    )
    assert table.rows[2:] == [
        ["客户姓名", "资金账号", "手机", "备注"],
        ["样甲", "0001", "13900000001", "好  人"],
        ["欧阳样乙", "", "13900000002", ""],
        ["John Smith", "0003", "13900000003", "hi"],
    ]


def test_a_title_above_the_table_does_not_hide_the_separator() -> None:
    table = table_of("客户名单，2026年\n\n姓名\t账号\n样甲\t9901\n样乙\t9902\n")
    assert table.separator == "\t"


def test_a_told_separator_is_believed_and_no_row() -> None:
    table = table_of("sep=;\n姓名;账号\n样,甲;9901\n")
    assert table.rows == [["姓名", "账号"], ["样,甲", "9901"]]
    assert table.row_number(0) == 2


def test_the_wrapper_of_terminals_comes_off() -> None:
    table = table_of('="资金账号"\t="姓名"\t数\n="000123"\t="样甲"\t="0.000"\n')
    assert table.rows[1] == ["000123", "样甲", "0.000"]


def test_a_cell_of_several_lines_is_one_row() -> None:
    table = table_of('姓名,备注\n样甲,"一\r\n二，""三"""\n样乙,短\n')
    assert table.rows[1:] == [["样甲", '一\r\n二，"三"'], ["样乙", "短"]]
    assert table.faults == ()


def test_a_lone_carriage_return_inside_a_cell_is_content() -> None:
    assert table_of('姓名,备注\r\n样甲,"\r=1+1"\r\n').rows[1] == ["样甲", "\r=1+1"]


def test_a_file_with_old_line_ends_has_rows() -> None:
    assert table_of("姓名,账号\r样甲,9901\r").rows == [["姓名", "账号"], ["样甲", "9901"]]


def test_no_row_is_lost_where_both_kinds_of_line_ends_stand() -> None:
    rows = [["姓名", "账号", "备\n注"], ["样甲", "9901", "一\n二"], ["样乙", "9902", "短"]]
    old = table_of('姓名,账号,"备\n注"\r样甲,9901,"一\n二"\r样乙,9902,短\r')
    assert (old.rows, old.faults) == (rows, ())
    joined = table_of("姓名,账号,备注\n样甲,9901,一\r样乙,9902,短\n样丙,9903,写\r了\n")
    assert joined.rows[1:] == [
        ["样甲", "9901", "一"], ["样乙", "9902", "短"], ["样丙", "9903", "写\r了"],
    ]  # fmt: skip


def test_an_open_quote_costs_its_own_row_only() -> None:
    table = table_of('姓名,账号,备注\n样甲,1,"没有收尾\n样乙,2,短\n样丙,3,"长"\n')
    assert [row[0] for row in table.rows] == ["姓名", "样甲", "样乙", "样丙"]
    (fault,) = table.faults
    assert (fault.row, "第 2 行" in fault.reason) == (2, True)


def test_a_quote_that_closes_rows_later_does_not_swallow_them() -> None:
    table = table_of('姓名,账号,备注\n样甲,1,"开\n样乙,2,中\n样丙,3,合"\n')
    assert [row[0] for row in table.rows] == ["姓名", "样甲", "样乙", "样丙"]
    assert [fault.row for fault in table.faults] == [2]


def test_quotes_that_follow_no_rule_stay_in_the_text() -> None:
    table = table_of('姓名,账号,备注\n样甲,1,"他说"好"的"\n样乙,2,5"屏\n')
    assert table.rows[1:] == [["样甲", "1", '他说"好"的'], ["样乙", "2", '5"屏']]


def test_a_damaged_line_is_told_with_its_row() -> None:
    decoded = DecodedText("姓名,账号\n样\ufffd,1\n样乙,2\n", "gb18030", frozenset({2}))
    table = read_delimited(decoded, "名单")
    assert [fault.row for fault in table.faults] == [2]
    assert len(table.rows) == 3


def test_a_cell_longer_than_any_limit_of_the_library_is_read() -> None:
    table = table_of("姓名,备注\n样甲," + "长" * 200_000 + "\n样乙,短\n")
    assert [len(str(row[1])) for row in table.rows] == [2, 200_000, 1]


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6))
def test_what_a_spreadsheet_writes_is_read_as_it_was(rows: list[tuple[str, str, str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(["甲", "乙", "丙"])
    writer.writerows(rows)
    table = table_of(text.getvalue())
    wrapped = any(cell.startswith('="') for row in rows for cell in row)
    if not wrapped:
        assert [tuple(row) for row in table.rows[1:]] == rows
        assert table.faults == ()
