"""What an OLE file (old Office format) holds, by the names in its directory and no further."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_END_MARKS = 0xFFFFFFFA  # from here on: no sector
_HEADER = 512
_ENTRY = 128
_MOST_SECTORS = 4_096
_SMALL = 4_096  # what is shorter lies among other small things, as LibreOffice writes workbooks
_SMALL_SECTOR = 64
_ROOT = 5
_BEGINNING = bytes.fromhex("09081000000605")  # the first record of a workbook of 1997 and later
_FILEPASS = 0x2F
_FIRST_RECORDS = 8


class DamagedOleError(Exception):
    """The directory cannot be followed to its end."""


class _Directory(NamedTuple):
    """Where a file's own tables begin, and how long a sector is."""

    table: list[int]
    first: int
    smalls_table: int
    size: int


def stream_names(file: BinaryIO) -> set[str]:
    """Names of streams and storages. Raises DamagedOleError for loops and cut files."""
    table, sector, _smalls_table, size = _directory(file)
    names: set[str] = set()
    seen: set[int] = set()
    while sector < _END_MARKS:
        if sector in seen or len(seen) > _MOST_SECTORS or sector >= len(table):
            raise DamagedOleError
        seen.add(sector)
        names |= _names_in(_sector(file, sector, size))
        sector = table[sector]
    return names


def read_stream(file: BinaryIO, names: tuple[str, ...]) -> bytes:
    """The first stream of one of these names, whole; nothing where it is not there.

    Raises DamagedOleError for loops and cut files.
    """
    directory = _directory(file)
    table, size = directory.table, directory.size
    smalls = _END_MARKS
    for entries in _chain(file, table, directory.first, size):
        for start in range(0, len(entries), _ENTRY):
            length, kind = struct.unpack_from("<HB", entries, start + 64)
            name = entries[start : start + max(length - 2, 0)].decode("utf-16-le", "replace")
            first, long = struct.unpack_from("<II", entries, start + 116)
            if kind == _ROOT:
                smalls = first
            elif name in names and long >= _SMALL:
                return b"".join(_chain(file, table, first, size))[:long]
            elif name in names:
                return _small_stream(file, directory, smalls, first)[:long]
    return b""


def _small_stream(file: BinaryIO, directory: _Directory, smalls: int, first: int) -> bytes:
    """A stream that shares its sectors with other small ones, by their own allocation table."""
    table, size = directory.table, directory.size
    whole = b"".join(_chain(file, table, smalls, size))
    chains = b"".join(_chain(file, table, directory.smalls_table, size))
    found, seen, at = [], set(), first
    while at < _END_MARKS:
        if at in seen or at * 4 + 4 > len(chains):
            raise DamagedOleError
        seen.add(at)
        found.append(whole[at * _SMALL_SECTOR : (at + 1) * _SMALL_SECTOR])
        (at,) = struct.unpack_from("<I", chains, at * 4)
    return b"".join(found)


def _directory(file: BinaryIO) -> _Directory:
    """What the header says; it is read once, from where the file stands."""
    header = file.read(_HEADER)
    if len(header) < _HEADER or not header.startswith(MAGIC):
        raise DamagedOleError
    (shift,) = struct.unpack_from("<H", header, 30)
    if shift not in (9, 12):
        raise DamagedOleError
    (first,) = struct.unpack_from("<I", header, 48)
    (smalls_table,) = struct.unpack_from("<I", header, 60)
    size = 1 << shift
    return _Directory(_sector_table(file, header, size), first, smalls_table, size)


def _chain(file: BinaryIO, table: list[int], sector: int, size: int) -> Iterator[bytes]:
    seen = bytearray(len(table))
    while sector < _END_MARKS:
        if sector >= len(table) or seen[sector]:
            raise DamagedOleError
        seen[sector] = 1
        yield _sector(file, sector, size)
        sector = table[sector]


def _sector_table(file: BinaryIO, header: bytes, size: int) -> list[int]:
    """The file allocation table; the header names its first 109 sectors, lists the further ones."""
    table: list[int] = []
    for sector in _table_sectors(file, header, size):
        if sector >= _END_MARKS:
            break
        table.extend(struct.unpack(f"<{size // 4}I", _sector(file, sector, size)))
    return table


def _table_sectors(file: BinaryIO, header: bytes, size: int) -> Iterator[int]:
    yield from struct.unpack_from("<109I", header, 76)
    following, count = struct.unpack_from("<II", header, 68)
    for _number in range(min(count, _MOST_SECTORS)):
        if following >= _END_MARKS:
            return
        *named, following = struct.unpack(f"<{size // 4}I", _sector(file, following, size))
        yield from named


def _sector(file: BinaryIO, number: int, size: int) -> bytes:
    file.seek((number + 1) * size)
    data = file.read(size)
    if len(data) < size:
        raise DamagedOleError
    return data


def _names_in(sector: bytes) -> set[str]:
    names = set()
    for start in range(0, len(sector), _ENTRY):
        (length,) = struct.unpack_from("<H", sector, start + 64)
        if 2 <= length <= 64:
            names.add(sector[start : start + length - 2].decode("utf-16-le", "replace"))
    return names


def has_password(data: bytes) -> bool:
    """Whether the workbook inside is encrypted: a FILEPASS record among its first records."""
    start = data.find(_BEGINNING)
    for _record in range(_FIRST_RECORDS):
        if start < 0 or start + 4 > len(data):
            return False
        kind, length = struct.unpack_from("<HH", data, start)
        if kind == _FILEPASS:
            return True
        start += 4 + length
    return False
