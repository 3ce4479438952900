"""Web archives that are named .xls."""

from __future__ import annotations

import quopri
from pathlib import Path

import pytest

from advisorcrm.errors import ImportRejectedError
from advisorcrm.imports.reading import read_tables
from tests.imports.sheets import clients_of

HEAD = (
    "From: <Saved by a counter>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
    '\tboundary="=_part"\r\n\r\n--=_part\r\nContent-Location: file:///C:/book.htm\r\n'
    "Content-Type: text/html\r\n\r\n<html><frameset></frameset></html>\r\n"
)
PAGE = (
    "<html><body><table><tr><td>客户姓名<td>资金账号<td>手机<tr><td>样甲<td>000123"
    "<td>13900000001</table></body></html>"
)


@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
def test_the_tables_of_all_pages_inside_are_read(tmp_path: Path, charset: str) -> None:
    page = quopri.encodestring(PAGE.encode(charset)).decode("ascii")
    part = (
        f'--=_part\r\nContent-Type: text/html; charset="{charset}"\r\n'
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{page}\r\n--=_part--\r\n"
    )
    path = tmp_path / "名单.xls"
    path.write_bytes((HEAD + part).encode("ascii"))
    (row,) = clients_of(path).rows
    assert (row.row, row.values["name"], row.values["account"]) == (2, "样甲", "000123")


def test_an_archive_without_a_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "名单.xls"
    path.write_bytes(f"{HEAD}--=_part--\r\n".encode("ascii"))
    with pytest.raises(ImportRejectedError, match="没有任何内容"):
        read_tables(path)
