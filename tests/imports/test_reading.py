"""Any file at all: a table or a sentence, in seconds, the program alive."""

from __future__ import annotations

import multiprocessing
import os
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from advisorcrm.errors import CancelledError, ImportRejectedError, NotFoundError
from advisorcrm.imports import reading
from advisorcrm.imports.raw_table import ReadingLimits
from advisorcrm.imports.reading import read_tables
from tests.imports.sheets import EXPECTED, REAL, rezipped, workbook

SECONDS = 10
"""Of work: how long one waits for it depends on what else the machine does."""

REFUSED = {
    "OOM_alloc3.xls": "已损坏",
    "empty_sheet.xlsx": "没有任何内容",
    "oleloop.xls": "已损坏",
    "pass_protected.xlsx": "文件有密码",
    "password_rc4.xls": "文件有密码",
    "utf8_entity.xlsx": "DOCTYPE",
    "word_doc_as.xls": "Word 文档",
    "xmlbomb_billion_laughs.xlsx": "DOCTYPE",
    "zipbomb_rows_120MB.xlsx": "膨胀",
}
"""Files of ``bad/`` that must be refused, and what the sentence has to say."""

READ = {
    "strict_iso.xlsx": 76,
    "zip_backslash.xlsx": 3,
    "row_6000000_2x6m.xlsx": 1,
    "hyperlink_javascript.xlsx": 1,
    "html_table_gb18030.xls": 1,
    "formula_clients_gbk.csv": 11,
    "huge_cell.csv": 3,
    "quotes_unbalanced.csv": 4,
    "csv_injection_payloads.txt": 6,
    "too_small.xls": 1,
}
"""Files of ``bad/`` that hold a table after all, and how many rows it has."""


def effort() -> float:
    """The seconds that this program and the readers it ended have worked."""
    return sum(os.times()[:4])


@pytest.mark.parametrize(("name", "words"), REFUSED.items())
def test_a_bad_file_is_refused_within_seconds_in_plain_words(name: str, words: str) -> None:
    before = effort()
    with pytest.raises(ImportRejectedError) as caught:
        read_tables(REAL / "bad" / name)
    assert words in str(caught.value)
    assert effort() - before < SECONDS
    assert not multiprocessing.active_children()


@pytest.mark.parametrize(("name", "count"), READ.items())
def test_a_strange_file_that_holds_a_table_is_read(name: str, count: int) -> None:
    (table,) = read_tables(REAL / "bad" / name)
    assert len(table.rows) == count


def test_every_bad_table_file_is_accounted_for() -> None:
    tables = {path.name for path in (REAL / "bad").iterdir() if path.suffix != ".json"}
    assert tables == {*REFUSED, *READ, "leading_blank_rows.xlsx"}


def excel_sheets() -> list[tuple[str, str, int, list[str]]]:
    """File, sheet, rows and first cells, as the truth has them."""
    return [
        (name, sheet, facts["rows"], facts["first"])
        for name, about in EXPECTED.items()
        if name.startswith(("excel/", "bank/")) and name.endswith((".xls", ".xlsx"))
        for sheet, facts in about["facts"].items()
        if isinstance(facts, dict) and facts.get("rows")
    ]


@pytest.mark.parametrize(("name", "sheet", "count", "first"), excel_sheets())
def test_a_workbook_gives_its_rows(name: str, sheet: str, count: int, first: list[str]) -> None:
    (table,) = [table for table in read_tables(REAL / name) if table.sheet_name == sheet]
    assert len(table.rows) == count
    for cell, expected in zip(table.rows[0], first, strict=False):
        assert str(cell).removesuffix(".0").startswith(expected.removesuffix(".0")[:20])


def test_row_numbers_are_those_of_the_sheet() -> None:
    tables = read_tables(REAL / "bad" / "leading_blank_rows.xlsx")
    places = [(table.sheet_name, table.row_number(0), table.rows[0][0]) for table in tables]
    assert places == [("Sheet1", 1, "CellLink"), ("Sheet2", 48, "hello")]


@pytest.mark.parametrize("name", ["date_1904.xlsx", "date_1904.xls"])
def test_dates_of_the_1904_system_are_dates(name: str) -> None:
    (table,) = read_tables(REAL / "excel" / name)
    assert table.rows[1][0] == date(2021, 1, 2)


def test_every_format_of_a_date_gives_the_same_moment() -> None:
    for name in ("dataformat.xlsx", "dataformat.xls"):
        (table,) = read_tables(REAL / "excel" / name)
        moments = {row[0] for row in table.rows[1:]}
        assert moments == {datetime(2020, 1, 1, 1, 1, 1)}  # noqa: DTZ001 - no zone in a sheet


@pytest.mark.req("F26")
def test_cells_keep_their_types(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["名", 1.5, True, None, date(2026, 11, 20), "007"]])
    (table,) = read_tables(path)
    assert list(table.rows[0]) == ["名", 1.5, True, "", date(2026, 11, 20), "007"]


def test_an_ending_says_nothing(tmp_path: Path) -> None:
    made = workbook(tmp_path / "a.xlsx", [["甲", "乙"]])
    renamed = made.rename(tmp_path / "名单.csv")
    assert list(read_tables(renamed)[0].rows[0]) == ["甲", "乙"]


def test_rows_of_uneven_length_are_filled_up(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = ["a,b,c,d", *["x,y"] * 5_000]
    path.write_text("\n".join(lines), encoding="utf-8")
    (table,) = read_tables(path)
    assert {len(row) for row in table.rows} == {4}
    assert list(table.rows[-1]) == ["x", "y", "", ""]


def test_progress_is_told_and_can_stop_the_reading(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [[number] for number in range(9_000)])
    told: list[tuple[int, int]] = []
    read_tables(path, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (9_000, 9_000)

    def stop(_done: int, _total: int) -> None:
        raise CancelledError("停")

    with pytest.raises(CancelledError):
        read_tables(path, progress=stop)
    assert not multiprocessing.active_children()


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a"]])
    limits = ReadingLimits(seconds=-1, seconds_per_megabyte=0)
    with pytest.raises(ImportRejectedError, match="时限"):
        read_tables(path, limits=limits)
    assert not multiprocessing.active_children()


def _cannot_begin(*_given: object) -> None:
    """A reader whose program is damaged."""
    sys.exit(1)


def test_a_reader_that_does_not_start_does_not_blame_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "parse_file", _cannot_begin)
    with pytest.raises(ImportRejectedError, match="文件没有问题"):
        read_tables(workbook(tmp_path / "a.xlsx", [["a"]]))
    assert not multiprocessing.active_children()


@pytest.mark.req("F24")
def test_a_reader_that_eats_memory_is_stopped(tmp_path: Path) -> None:
    source = workbook(tmp_path / "a.xlsx", [["甲"]])
    far = (
        b'<?xml version="1.0"?><worksheet '
        b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    before = effort()
    with pytest.raises(ImportRejectedError):
        read_tables(rezipped(source, tmp_path / "far.xlsx", sheet1=far))
    assert effort() - before < SECONDS


@pytest.mark.req("F24")
def test_a_cell_beyond_all_measure_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    source = workbook(tmp_path / "a.xlsx", [["甲"]])
    bomb = (
        b'<?xml version="1.0"?><worksheet '
        b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"A" * (60 << 20) + b"</t></is></c></row>"
        b"</sheetData></worksheet>"
    )
    with pytest.raises(ImportRejectedError, match="膨胀"):
        read_tables(rezipped(source, tmp_path / "bomb.xlsx", sheet1=bomb))


@pytest.mark.req("F25")
def test_a_reference_to_another_file_is_refused(tmp_path: Path) -> None:
    source = workbook(tmp_path / "a.xlsx", [["甲"]])
    styles = (
        b'<?xml version="1.0"?><!-- <a> --><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    )
    with pytest.raises(ImportRejectedError, match="DOCTYPE"):
        read_tables(rezipped(source, tmp_path / "xxe.xlsx", styles=styles))


def test_parts_in_utf_16_are_read_by_the_other_reader(tmp_path: Path) -> None:
    source = workbook(tmp_path / "a.xlsx", [["甲", "乙"], ["丙", 1]])
    with zipfile.ZipFile(source) as archive:
        cells = archive.read("xl/worksheets/sheet1.xml").decode("utf-8")
    wide = ('<?xml version="1.0" encoding="UTF-16"?>' + cells).encode("utf-16")
    (table,) = read_tables(rezipped(source, tmp_path / "wide.xlsx", sheet1=wide))
    assert [list(row) for row in table.rows] == [["甲", "乙"], ["丙", 1]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"\r\n  \n", "空的"),
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "图片"),
        (b"SQLite format 3\0" + bytes(84), "数据库文件"),
        (b"PK\x03\x04 cut off", "已损坏"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(40), "已损坏"),
        (bytes(range(256)) * 64, "不是表格"),
        (b"{\\rtf1\\ansi}", "RTF"),
        (b"<?xml version='1.0'?><note/>", "XML"),
        (b"<?xml version='1.0'?><office:document xmlns:office='x'><office:body/>", "fods"),
        (b"ID;PWXL;N;E\r\nC;Y1;X1;K1", "slk"),
    ],
)
def test_what_is_no_table_is_told_by_its_name(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "名单.xls"
    path.write_bytes(content)
    with pytest.raises(ImportRejectedError, match=words):
        read_tables(path)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="找不到"):
        read_tables(tmp_path / "没有.xlsx")


def test_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(ImportRejectedError, match="文件夹"):
        read_tables(tmp_path)


def test_a_file_beyond_all_measure_is_not_opened(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a"]])
    with pytest.raises(ImportRejectedError, match="上限"):
        read_tables(path, limits=ReadingLimits(file_bytes=10))
