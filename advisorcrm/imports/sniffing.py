"""What a file is, by its content and never by its ending."""

from __future__ import annotations

import re
from enum import Enum
from typing import BinaryIO

from advisorcrm.errors import ImportRejectedError
from advisorcrm.i18n import _
from advisorcrm.imports import ole
from advisorcrm.imports.default_password import PACKAGE, is_locked_inside
from advisorcrm.imports.raw_table import ReadingLimits
from advisorcrm.imports.spreadsheet_ml import NAMESPACE
from advisorcrm.imports.zip_guard import open_archive, password_sentence

_HEAD = 8 << 10
_HTML = re.compile(r"<\s*(?:!doctype\s+html|html|table|head|body|meta|style)\b", re.IGNORECASE)
_CARDS = re.compile(r"^\s*BEGIN\s*:\s*VCARD\s*$", re.IGNORECASE | re.MULTILINE)
_ARCHIVE = re.compile(r"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE)
_LDIF = re.compile(rb"(?:version:\s*1\s+)?(?:#[^\n]*\n)*dn::?\s", re.IGNORECASE)
_OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00",
             b"\x09\x08\x10\x00")  # fmt: skip


class FileKind(Enum):
    """How a file has to be read."""

    WORKBOOK = "workbook"
    DELIMITED = "delimited"
    HTML = "html"
    SPREADSHEET_ML = "spreadsheet_ml"
    CARDS = "cards"
    WEB_ARCHIVE = "web_archive"


def sniff(file: BinaryIO, limits: ReadingLimits) -> FileKind:
    """How to read a file. Raises ImportRejectedError with what it is if it is no table."""
    head = file.read(_HEAD)
    file.seek(0)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        _check_archive(open_archive(file, limits), head)
        return FileKind.WORKBOOK
    if head.startswith(ole.MAGIC):
        try:
            _check_streams(ole.stream_names(file))
            if is_locked_inside(file):
                raise ImportRejectedError(password_sentence())
        except ole.DamagedOleError as error:
            raise damaged() from error
        return FileKind.WORKBOOK
    _refuse_known(head)
    return _text_kind(head)


def damaged() -> ImportRejectedError:
    """The refusal of a file whose kind is known and whose content is not readable."""
    return ImportRejectedError(
        _("文件不完整或已损坏，读不出来。请用表格软件打开后另存为 .xlsx 再导入。")
    )


def _check_archive(names: list[str], head: bytes) -> None:
    lower = {name.lower() for name in names}
    if any(name.startswith("xl/") for name in lower):
        return
    if "content.xml" in lower and "mimetype" in lower:
        _demand_spreadsheet(head)
        return
    if any(name.startswith("word/") for name in lower):
        raise _other_kind(_("Word 文档"))
    if any(name.startswith("ppt/") for name in lower):
        raise _other_kind(_("演示文稿"))
    if any(name.endswith(".iwa") for name in lower):
        raise _other_kind(_("Numbers 表格"))
    if any(name.endswith((".xlsx", ".xls", ".csv")) for name in lower):
        raise ImportRejectedError(_("这是压缩包。请先解压，再导入里面的表格。"))
    if "workbook.xml" in lower or "[content_types].xml" in lower:
        return
    raise _other_kind(_("压缩包"))


def _demand_spreadsheet(head: bytes) -> None:
    """Of the open formats only the spreadsheet."""
    for kind, name in ((b"text", _("文字文档")), (b"presentation", _("演示文稿"))):
        if b"opendocument." + kind in head:
            raise _other_kind(name)


def _check_streams(names: set[str]) -> None:
    if PACKAGE in names:
        raise ImportRejectedError(password_sentence())
    if {"Workbook", "Book", "WORKBOOK", "BOOK"} & names:
        return
    if "WordDocument" in names:
        raise _other_kind(_("Word 文档"))
    if "PowerPoint Document" in names:
        raise _other_kind(_("演示文稿"))
    raise damaged()


def _refuse_known(head: bytes) -> None:
    if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise ImportRejectedError(_("文件是空的，没有可以导入的内容。"))
    known = (
        (b"%PDF", _("PDF 文件")),
        (b"{\\rtf", _("RTF 文档")),
        (b"ID;PWXL", _("SYLK 表格（.slk）")),
        (b"ID;PCALCOOO32", _("SYLK 表格（.slk）")),
        (b"TABLE\r\n0,1", _("DIF 表格（.dif）")),
        (b"TABLE\n0,1", _("DIF 表格（.dif）")),
        (b"SQLite format 3\0", _("数据库文件")),
        (b"\x89PNG", _("图片")),
        (b"\xff\xd8\xff", _("图片")),
        (b"GIF8", _("图片")),
        (b"Rar!", _("压缩包")),
        (b"7z\xbc\xaf", _("压缩包")),
        (b"\x1f\x8b", _("压缩包")),
        (b"MZ", _("程序文件")),
    )
    for magic, name in known:
        if head.startswith(magic):
            raise _other_kind(name)
    if _LDIF.match(head.removeprefix(b"\xef\xbb\xbf").lstrip()):
        raise ImportRejectedError(
            _("这是 LDIF 通讯录，不能直接导入。请在原来的程序里导出为 vCard（.vcf）再导入。")
        )
    if head.startswith(_OLD_BIFF):
        raise ImportRejectedError(_("这是很旧的 Excel 文件。请用表格软件打开后另存为 .xlsx。"))
    if head.startswith(b"MIME-Version:") and b"multipart/" not in head:
        raise _other_kind(_("网页存档"))


def _other_kind(name: str) -> ImportRejectedError:
    return ImportRejectedError(
        _("这是“{kind}”，不能导入。请选 .xlsx、.xls 或 .csv 文件，或先另存为其中一种。").format(
            kind=name
        )
    )


def _text_kind(head: bytes) -> FileKind:
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if wide else "latin-1", "ignore").replace("\0", "")
    text = text.lstrip("ï»¿ \t\r\n").replace("\r\n", "\n").replace("\r", "\n")
    if _CARDS.search(text):
        return FileKind.CARDS
    if _ARCHIVE.match(text) and "multipart/" in text:
        return FileKind.WEB_ARCHIVE
    if not text.startswith("<"):
        return FileKind.DELIMITED
    if NAMESPACE in text:
        return FileKind.SPREADSHEET_ML
    if "<office:document" in text:
        raise _other_kind(_("单个 XML 文件的 OpenDocument 表格（.fods）"))
    if _HTML.search(text):
        return FileKind.HTML
    if text.startswith("<?xml"):
        raise _other_kind(_("XML 文件"))
    return FileKind.DELIMITED
