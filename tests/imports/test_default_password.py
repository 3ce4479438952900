"""Workbooks encrypted under the password that Excel itself gives: nobody is asked for it."""

from __future__ import annotations

import io
import struct
from hashlib import md5
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method import rc4

from advisorcrm.errors import ImportRejectedError
from advisorcrm.imports.default_password import opened
from advisorcrm.imports.raw_table import ReadingLimits
from advisorcrm.imports.sniffing import sniff
from tests.imports.sheets import clients_of, only, workbook
from tests.imports.test_old_workbooks import as_ole, record

DEFAULT = "VelvetSweatshop"
ROWS = (("客户姓名", "资金账号"), ("样甲", "0990000000001"))


def old_workbook(password: str) -> bytes:
    """A workbook of 1997 with one sheet, its records encrypted (RC4) as Excel does."""
    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    key = rc4.DocumentRC4.decrypt(password, salt, io.BytesIO(verifier + md5(verifier).digest()))
    locked = record(0x2F, struct.pack("<3H", 1, 1, 1) + salt + key.read())
    head = record(0x809, struct.pack("<4HII", 0x600, 5, 0, 0, 0, 0)) + locked
    name = struct.pack("<BB", 2, 1) + "名单".encode("utf-16-le")
    start = len(head) + 4 + 6 + len(name) + 4
    sheet = record(0x809, struct.pack("<4HII", 0x600, 0x10, 0, 0, 0, 0))
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            about = struct.pack("<4HB", row, column, 0, len(cell), 1)
            sheet += record(0x204, about + cell.encode("utf-16-le"))
    about = record(0x85, struct.pack("<IH", start, 0) + name)
    plain = head + about + record(0x0A, b"") + sheet + record(0x0A, b"")
    return as_ole(_encrypted(plain, password, salt), "Workbook")


def _encrypted(plain: bytes, password: str, salt: bytes) -> bytes:
    """Every byte but the heads of the records, and what has to stay readable."""
    stays = {0x809: 10**6, 0x2F: 10**6, 0x85: 4}
    mixed = rc4.DocumentRC4.decrypt(password, salt, io.BytesIO(plain), blocksize=1024).read()
    at, out = 0, bytearray(mixed)
    while at < len(plain):
        kind, length = struct.unpack_from("<HH", plain, at)
        readable = 4 + min(stays.get(kind, 0), length)
        out[at : at + readable] = plain[at : at + readable]
        at += 4 + length
    return bytes(out)


def new_workbook(tmp_path: Path, password: str) -> bytes:
    target = io.BytesIO()
    with workbook(tmp_path / "plain.xlsx", ROWS).open("rb") as plain:
        OOXMLFile(plain).encrypt(password, target)
    return target.getvalue()


@pytest.mark.req("R80")
def test_a_workbook_under_the_password_of_excel_itself_is_read(tmp_path: Path) -> None:
    path = tmp_path / "受保护的名单.xls"
    for content in (old_workbook(DEFAULT), new_workbook(tmp_path, DEFAULT)):
        path.write_bytes(content)
        values = only(clients_of(path))
        assert (values["name"], values["account"]) == ROWS[1]


def test_a_password_that_somebody_chose_is_told(tmp_path: Path) -> None:
    for content, words in (
        (old_workbook("zhang1234"), "文件有密码"),
        (new_workbook(tmp_path, "zhang1234"), "文件有密码"),
        (old_workbook(DEFAULT)[:4000], "损坏|文件有密码"),
        (new_workbook(tmp_path, DEFAULT)[:6000], "损坏|文件有密码"),
    ):
        with pytest.raises(ImportRejectedError, match=words):
            sniff(opened(io.BytesIO(content)), ReadingLimits())


def test_what_lies_under_the_password_is_held_to_the_same_limits(tmp_path: Path) -> None:
    file = opened(io.BytesIO(new_workbook(tmp_path, DEFAULT)))
    with pytest.raises(ImportRejectedError, match="展开后"):
        sniff(file, ReadingLimits(expanded_bytes=1_000))
