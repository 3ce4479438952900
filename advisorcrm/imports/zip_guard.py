"""Workbooks are zip archives of XML: what is looked at before any parser may open one.

Declared sizes, number of parts and ratio (zip bombs), encryption, and document types in the XML
(entity bombs and references to other files).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import BinaryIO

from advisorcrm.errors import ImportRejectedError
from advisorcrm.i18n import _
from advisorcrm.imports.raw_table import ReadingLimits

_HEAD = 64 << 10
_ASIDE = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_ROOT = re.compile(r"<[^!?\s]")
_ENCRYPTED = 0x1


def open_archive(file: BinaryIO, limits: ReadingLimits) -> list[str]:
    """Names of the parts of a harmless workbook. Raises ImportRejectedError for any other."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _check_sizes(parts, limits)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_prolog(archive, part)
            return [part.filename.replace("\\", "/") for part in parts]
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise ImportRejectedError(
            _("文件不完整或已损坏，读不出来。请用表格软件打开后另存为 .xlsx 再导入。")
        ) from error


def _check_sizes(parts: list[zipfile.ZipInfo], limits: ReadingLimits) -> None:
    expanded = sum(part.file_size for part in parts)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise ImportRejectedError(password_sentence())
    if len(parts) > limits.parts or expanded > limits.expanded_bytes:
        raise ImportRejectedError(
            _("文件展开后有 {size} MB，超过 {limit} MB 的上限，没有读取。请分成几个文件。").format(
                size=expanded >> 20, limit=limits.expanded_bytes >> 20
            )
        )
    for part in parts:
        ratio = part.file_size / max(part.compress_size, 1)
        if part.file_size > limits.suspicious_bytes and ratio > limits.expansion_ratio:
            raise ImportRejectedError(
                _(
                    "文件展开后会膨胀 {ratio} 倍，不像客户资料，没有读取。"
                    "请确认来源，或另存为 .csv 再导入。"
                ).format(ratio=round(ratio))
            )


def password_sentence() -> str:
    """The answer to any encrypted file."""
    return _("文件有密码，无法读取。请在表格软件里取消密码后另存再导入。")


def _check_prolog(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a part that declares a document type before its root element."""
    with archive.open(part) as stream:
        head = _decoded(stream.read(_HEAD))
    text = _ASIDE.sub("", head)
    root = _ROOT.search(text)
    prolog = text[: root.start()] if root else text
    if "<!" in prolog or (root is None and len(head) >= _HEAD // 4):
        raise ImportRejectedError(
            _("文件里有可疑的内容（DOCTYPE 或实体定义），没有读取。请另存为新的 .xlsx 再导入。")
        )


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if data[:2] == b"\x00<":
        return data.decode("utf-16-be", "replace")
    if data[:2] == b"<\x00":
        return data.decode("utf-16-le", "replace")
    return data.decode("utf-8", "replace")
