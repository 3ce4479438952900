"""Workbooks under the password that Excel itself gives and knows.

A workbook whose structure is protected is saved encrypted, though nobody chose a password: Excel,
WPS and LibreOffice open it without asking. So does the import; any other password is the
branch's own, and the file is refused with its sentence.
"""

from __future__ import annotations

import io
import struct
from typing import BinaryIO
from xml.parsers.expat import ExpatError

from advisorcrm.imports import ole

_DEFAULT = "VelvetSweatshop"
PACKAGE = "EncryptedPackage"
_FIRST_RECORDS = 4 << 20


def is_encrypted(file: BinaryIO) -> bool:
    """Whether an OLE file is a workbook that only a password opens.

    Raises DamagedOleError for a file whose directory cannot be followed.
    """
    file.seek(0)
    return PACKAGE in ole.stream_names(file) or is_locked_inside(file)


def is_locked_inside(file: BinaryIO) -> bool:
    """Whether an old workbook is encrypted record by record."""
    file.seek(0)
    return ole.has_password(file.read(_FIRST_RECORDS))


def opened(file: BinaryIO) -> BinaryIO:
    """The workbook as it lies under Excel's own password, or the file as it is.

    What another password protects comes back locked: who reads on will refuse it.
    """
    head = file.read(len(ole.MAGIC))
    try:
        is_locked = head == ole.MAGIC and is_encrypted(file)
    except ole.DamagedOleError:
        is_locked = False
    found = _unlocked(file) if is_locked else None
    file.seek(0)
    return file if found is None else found


def _unlocked(file: BinaryIO) -> BinaryIO | None:
    """The plain workbook, in memory alone; None where the password is another one."""
    from msoffcrypto import OfficeFile, exceptions

    plain = io.BytesIO()
    try:
        workbook = OfficeFile(file)
        if workbook.format == "ooxml":
            workbook.load_key(password=_DEFAULT, verify_password=True)
        else:
            workbook.load_key(password=_DEFAULT)
        workbook.decrypt(plain)
    except (
        exceptions.DecryptionError, exceptions.ParseError, exceptions.FileFormatError, ExpatError,
        OSError, ValueError, LookupError, AssertionError, struct.error, NotImplementedError,
    ):  # fmt: skip
        return None  # of a damaged one nobody could tell under which password it was
    plain.seek(0)
    return plain
