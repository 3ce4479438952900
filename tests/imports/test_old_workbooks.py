"""Workbooks of Excel 95: Chinese in the bytes of the computer that wrote them."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

import pytest

from advisorcrm.imports import ole
from tests.imports.sheets import clients_of

_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def workbook_of_1995(rows: tuple[tuple[str, ...], ...], page: int, encoding: str) -> bytes:
    """The stream of a workbook with one sheet."""
    name = b"list"
    head = record(0x809, struct.pack("<4H", 0x500, 5, 0, 0)) + record(0x42, struct.pack("<H", page))
    start = len(head) + len(record(0x85, bytes(7) + name)) + len(record(0x0A, b""))
    sheet = record(0x809, struct.pack("<4H", 0x500, 0x10, 0, 0))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            text = cell.encode(encoding)
            sheet += record(0x204, struct.pack("<4H", row, column, 0, len(text)) + text)
    about = record(0x85, struct.pack("<IHB", start, 0, len(name)) + name)
    return head + about + record(0x0A, b"") + sheet + record(0x0A, b"")


def as_ole(stream: bytes, name: str) -> bytes:
    """A file with this one stream, of eight sectors."""
    header = bytearray(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504))
    struct.pack_into("<5H", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIII", header, 44, 1, 1, 0, 4096, _END, 0, _END, 0)
    struct.pack_into("<109I", header, 76, 0, *[_FREE] * 108)
    table = [_FAT, _END, *range(3, 10), _END, *[_FREE] * 118]
    entries = bytearray(512)
    for at, (called, kind, child, first, size) in enumerate(
        [("Root Entry", 5, 1, _END, 0), (name, 2, _FREE, 2, 4096)]
    ):
        text = called.encode("utf-16-le")
        entries[at * 128 : at * 128 + len(text)] = text
        struct.pack_into("<HBB", entries, at * 128 + 64, len(text) + 2, kind, 1)
        struct.pack_into("<III", entries, at * 128 + 68, _FREE, _FREE, child)
        struct.pack_into("<II", entries, at * 128 + 116, first, size)
    return bytes(header) + struct.pack("<128I", *table) + bytes(entries) + stream.ljust(4096, b"\0")


def as_large_ole(stream: bytes, name: str) -> bytes:
    """The same file with its directory behind seven megabytes, where the header's table ends."""
    tables, further, last = 110, 110, 14_000
    table = [_FAT] * tables + [0xFFFFFFFC, *range(further + 2, further + 9), _END]
    table += [_FREE] * (tables * 128 - len(table))
    table[last] = _END
    small = as_ole(stream, name)
    header = bytearray(small[:512])
    struct.pack_into("<I", header, 44, tables)
    struct.pack_into("<I", header, 48, last)
    struct.pack_into("<II", header, 68, further, 1)
    struct.pack_into("<109I", header, 76, *range(109))
    entries = bytearray(small[1024:1536])
    struct.pack_into("<I", entries, 128 + 116, further + 1)
    named = struct.pack("<128I", 109, *[_FREE] * 126, _END)
    used = struct.pack(f"<{len(table)}I", *table) + named + stream.ljust(4096, b"\0")
    return bytes(header) + used.ljust(last * 512, b"\0") + bytes(entries)


def test_a_large_workbook_is_followed_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "名单.xls"
    rows = (("客户姓名", "资金账号"), ("样甲", "990000000001"))
    path.write_bytes(as_large_ole(workbook_of_1995(rows, 936, "gb18030"), "Book"))
    assert path.stat().st_size > 7_000_000
    (row,) = clients_of(path).rows
    assert (row.values["name"], row.values["account"]) == rows[1]


@pytest.mark.parametrize(
    ("page", "encoding", "rows"),
    [
        (936, "gb18030", (("客户姓名", "资金账号"), ("样甲", "990000000001"))),
        (950, "cp950", (("姓名", "資金賬號"), ("張樣甲", "990000000001"))),
        (1252, "cp1252", (("name", "account"), ("Müller–É", "990000000001"))),
    ],
)
def test_a_workbook_of_1995_is_read_in_its_code_page(
    tmp_path: Path, page: int, encoding: str, rows: tuple[tuple[str, ...], ...]
) -> None:
    path = tmp_path / "名单.xls"
    path.write_bytes(as_ole(workbook_of_1995(rows, page, encoding), "Book"))
    (row,) = clients_of(path).rows
    assert (row.values["name"], row.values["account"]) == rows[1]


def test_a_small_workbook_shares_its_sectors_with_other_streams() -> None:
    stream = b"a workbook of some hundred bytes".ljust(300, b".")
    whole = bytearray(as_ole(stream, "Workbook"))
    struct.pack_into("<II", whole, 60, 10, 1)  # the table of small sectors: the tenth sector
    struct.pack_into("<I", whole, 512 + 10 * 4, _END)
    struct.pack_into("<II", whole, 1024 + 116, 2, 4096)  # the root holds the small sectors
    struct.pack_into("<II", whole, 1024 + 128 + 116, 0, 300)
    chain = struct.pack("<5I", *range(1, 5), _END)
    file = BytesIO(bytes(whole).ljust(11 * 512, b"\0") + chain.ljust(512, b"\xff"))
    assert ole.read_stream(file, ("Workbook",)) == stream
    looped = file.getvalue().replace(chain, struct.pack("<5I", 1, 0, 3, 4, _END))
    with pytest.raises(ole.DamagedOleError):
        ole.read_stream(BytesIO(looped), ("Workbook",))


def test_a_file_with_sectors_of_no_known_size_is_damaged() -> None:
    whole = bytearray(as_ole(workbook_of_1995((("姓名",),), 936, "gbk"), "Workbook"))
    struct.pack_into("<H", whole, 30, 200)
    with pytest.raises(ole.DamagedOleError):
        ole.read_stream(BytesIO(whole), ("Workbook",))
