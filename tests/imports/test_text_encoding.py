"""Encodings of text files: the ladder, and the line that was cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.errors import ImportRejectedError
from advisorcrm.imports.text_encoding import decode_text

LINE = "客户姓名,资金账号\r\n样甲,990000000001\r\n样乙,990000000002\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (LINE.encode("utf-8"), "utf-8"),
        (LINE.encode("utf-8-sig"), "utf-8"),
        (LINE.encode("gb18030"), "gb18030"),
        (LINE.encode("utf-16"), "utf-16"),
        (LINE.encode("utf-16-le"), "utf-16-le"),
        (LINE.encode("utf-16-be"), "utf-16-be"),
        (LINE.encode("gb18030") + b"\x1a", "gb18030"),
    ],
)
def test_a_text_is_read_in_its_encoding(data: bytes, encoding: str) -> None:
    found = decode_text(data)
    assert (found.text, found.encoding, found.broken_lines) == (LINE, encoding, frozenset())


def test_a_line_cut_inside_a_character_is_told_and_the_rest_kept() -> None:
    data = LINE.encode("gb18030")
    cut = data.replace("样乙".encode("gb18030"), "样乙".encode("gb18030")[:3])
    found = decode_text(cut)
    assert found.encoding == "gb18030"
    assert found.broken_lines == {3}
    assert "样甲" in found.text


def test_a_cut_line_of_utf_8_does_not_make_the_file_gb18030() -> None:
    data = (LINE * 20).encode("utf-8") + "样丙".encode()[:-1] + b"\n"
    found = decode_text(data)
    assert found.encoding == "utf-8"
    assert len(found.broken_lines) == 1


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_each_line_of_a_file_joined_from_two_encodings_is_read_by_its_own(mark: bytes) -> None:
    names = ["样甲", "欧阳样乙", "翟婧", "王样", "样（丁）", "诸葛样戊", "李样·甲", "，"]
    for first, second in (("utf-8", "gbk"), ("gbk", "utf-8")):
        if mark and first != "utf-8":
            continue
        lines = [f"{name},{at},备注\n" for at, name in enumerate(names)]
        data = mark + b"".join(line.encode(first) for line in ["客户姓名,资金账号,备注\n", *lines])
        data += "".join(lines).encode(second) + b"\xd1,9\n"
        found = decode_text(data)
        assert found.text.split("\n")[1:17] == [line.rstrip() for line in lines * 2]
        assert found.broken_lines == {18}
    bare = "".join(f"{name}\n" for name in names)
    assert decode_text(bare.encode() + bare.encode("gbk")).text == bare * 2
    assert decode_text(bare.encode("gbk")).text == bare


def test_lines_of_big5_and_of_utf_8_in_one_file_are_each_read_by_their_own() -> None:
    names = ["張樣甲", "許功蓋", "歐陽樣乙", "翟婧", "陳樣（丁）", "鍾"]
    lines = [f"{name},{at},臺北市\n" for at, name in enumerate(names)]
    for first, second in (("utf-8", "big5"), ("big5", "utf-8")):
        data = b"".join(line.encode(first) for line in ["客戶姓名,資金賬號,聯絡地址\n", *lines])
        found = decode_text(data + "".join(lines).encode(second))
        assert found.text.split("\n")[1:13] == [line.rstrip() for line in lines * 2]
        assert not found.broken_lines


def test_stray_zeros_do_not_hide_a_text() -> None:
    found = decode_text((LINE * 50).encode("gb18030").replace(b"990000000001", b"9900\0", 1))
    assert "\0" not in found.text
    assert "样甲" in found.text


def test_binary_data_is_no_text() -> None:
    for data in (bytes(range(256)) * 40, bytes(4096), b"\x00\x01\x02\x03" * 999):
        with pytest.raises(ImportRejectedError):
            decode_text(data)


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=60))
def test_every_text_survives_utf_8_and_gb18030_with_a_mark_or_without(text: str) -> None:
    assert decode_text(text.encode("utf-8-sig")).text == text
    assert decode_text(text.encode("utf-8")).text == text


@pytest.mark.parametrize(
    ("line", "written", "read"),
    [
        ("姓名,電話,聯絡地址\n張樣甲,13900000001,臺北市許功蓋\n", "big5", "cp950"),
        ("姓名,電話\n張樣甲,1\n", "big5", "cp950"),
        ("姓名,電話,聯絡地址\n張樣甲,13900000001,臺北市許功蓋\n", "gbk", "gb18030"),
        ("客户姓名,资金账号\n样甲,990000000001\n", "gbk", "gb18030"),
        ("姓名,电话\n翟样甲,1\n", "gbk", "gb18030"),
    ],
)
def test_traditional_chinese_is_told_from_simplified(line: str, written: str, read: str) -> None:
    found = decode_text(line.encode(written))
    assert (found.encoding, found.text) == (read, line)
