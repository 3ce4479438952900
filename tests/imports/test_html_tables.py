"""HTML tables that are named .xls."""

from __future__ import annotations

from advisorcrm.imports.html_tables import decode_html, read_html
from advisorcrm.imports.raw_table import ReadingLimits

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<style>td {mso-number-format:"\\@"}</style></head><body><table border=1>
<tr><td rowspan=2>序号<td colspan="2">基本信息</tr>
<tr><td>客户&nbsp;姓名</td><td>资金账号</td></tr>
<tr><td>1</td><td>样甲<br>（本人）</td><td>000123&lt;</td></tr>
</table><p>制表人</p></body></html>"""


def test_a_page_is_read_with_its_spans_and_its_own_encoding() -> None:
    decoded = decode_html(PAGE.encode("gb18030"))
    (table,) = read_html(decoded, ReadingLimits())
    assert table.rows == [
        ["序号", "基本信息", "基本信息"],
        ["序号", "客户 姓名", "资金账号"],
        ["1", "样甲\n（本人）", "000123<"],
    ]
    assert table.encoding == "gb18030"


def test_a_list_inside_a_table_of_layout_is_a_table_and_a_small_one_is_text() -> None:
    inner = "<table><tr><td>内</td><td>里</td></tr></table>"
    rows = f"<tr><td>姓名<td>备注<tr><td>样甲<td>见{inner}后<tr><td>样乙<td>无</tr>"
    page = f"<table><tr><td>导航</td></tr><tr><td><table>{rows}</table></td></tr></table>"
    layout, found = read_html(decode_html(page.encode()), ReadingLimits())
    assert layout.rows[0] == ["导航"]
    assert found.rows == [["姓名", "备注"], ["样甲", "见 内 里 后"], ["样乙", "无"]]


def test_tables_that_are_never_closed_are_read_one_by_one() -> None:
    page = "<table><tr><td>姓名<td>备注<tr><td>样<td>甲" * 30
    tables = read_html(decode_html(page.encode()), ReadingLimits())
    assert len(tables) == 30
    assert tables[-1].rows == [["姓名", "备注"], ["样", "甲"]]


def test_a_false_declaration_is_not_believed() -> None:
    decoded = decode_html(PAGE.replace("gb2312", "big5-none").encode("utf-8"))
    assert decoded.encoding == "utf-8"
    assert "客户" in decoded.text


def test_a_span_beyond_measure_does_not_grow_the_table() -> None:
    page = "<table><tr><td colspan=999999999>a</td></tr><tr><td>b</td></tr></table>"
    (table,) = read_html(decode_html(page.encode()), ReadingLimits())
    assert len(table.rows) == 2
    assert len(table.rows[0]) <= 1_000
