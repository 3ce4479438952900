"""Files are whole or absent: a draft beside the target takes its place only when it is complete."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from advisorcrm.db.durable import flush_folder, take_place
from advisorcrm.errors import AdvisorCrmError, DiskFullError, FileBusyError, UserError
from advisorcrm.i18n import _
from advisorcrm.private_files import DRAFT_PREFIX, noted_draft

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_WINDOWS = {
    112: errno.ENOSPC,
    39: errno.ENOSPC,
    5: errno.EACCES,
    32: errno.EACCES,
    33: errno.EACCES,
}
_FOREIGN_LOCKS = (".~lock.{name}#", "~${name}")
_NUMBER_IN_TEXT = re.compile(r"os error (\d+)")


def write_whole(path: Path, produce: Callable[[Path], int | None]) -> None:
    """Let ``produce`` write a draft in the same folder, then put it in the place of ``path``.

    ``produce`` may return the length it wrote: a shorter file on the disk is a full disk. The
    old file stays untouched until the new one is complete and on the disk. Raises
    DiskFullError, FileBusyError when the target is open elsewhere, UserError for a folder that
    is missing or closed to the person.
    """
    try:
        _refuse_open_target(path)
    except OSError as error:
        raise trouble_from_file(path, error) from error
    draft = _draft_beside(path)
    try:
        with noted_draft(draft):
            length = produce(draft)
            _settle(draft, length)
            take_place(draft, path)
    except OSError as error:
        raise trouble_from_file(path, error) from error
    finally:
        draft.unlink(missing_ok=True)
    flush_folder(path.parent)


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file that was made in memory."""
    write_whole(path, lambda draft: draft.write_bytes(data))


def _draft_beside(path: Path) -> Path:
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=DRAFT_PREFIX, suffix=path.suffix)
    except OSError as error:
        if error.errno in _FULL:
            raise trouble_from_file(path, error) from error
        raise UserError(_folder_sentence(path.parent)) from error
    os.close(handle)
    return Path(name)


def _settle(draft: Path, length: int | None) -> None:
    """Bring the draft from the system's memory to the disk and compare its length."""
    with draft.open("r+b") as file:
        os.fsync(file.fileno())
        actual = os.fstat(file.fileno()).st_size
    if actual == 0 or (length is not None and actual != length):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _refuse_open_target(path: Path) -> None:
    """LibreOffice and Excel leave a mark beside a file that they have open."""
    if path.is_dir():
        raise UserError(_("“{name}”是文件夹。请给文件换一个名字。").format(name=path.name))
    for pattern in _FOREIGN_LOCKS:
        if path.exists() and path.with_name(pattern.format(name=path.name)).exists():
            raise FileBusyError(_busy_sentence(path))


def trouble_from_file(path: Path, error: OSError) -> AdvisorCrmError:
    """What a failed write means to the person; an unknown failure keeps the system's words."""
    number = error_number(error)
    if number in _FULL:
        return DiskFullError(
            _("未写出：磁盘空间不足。“{name}”保持原样，腾出空间后再导出。").format(name=path.name)
        )
    if number in {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY}:
        return FileBusyError(_busy_sentence(path))
    if number in {errno.ENAMETOOLONG, errno.EINVAL}:
        return UserError(_("文件名太长或含有不能用的字符。请换一个名字。"))
    if number in {errno.ENOENT, errno.ENOTDIR, errno.EROFS}:
        return UserError(_folder_sentence(path.parent))
    return DiskFullError(
        _("未写出：磁盘没有写成（{reason}）。“{name}”保持原样，请换一个位置再试。").format(
            reason=error.strerror or str(error), name=path.name
        )
    )


def error_number(error: BaseException) -> int | None:
    """The system's number of a failure, also where a library hands on only its text."""
    number = getattr(error, "errno", None)
    if number is None and (found := _NUMBER_IN_TEXT.search(str(error))):
        number = int(found[1])
        number = _WINDOWS.get(number, number) if os.name == "nt" else number
    return number


def _busy_sentence(path: Path) -> str:
    return _("“{name}”正在别的程序中打开。请关闭后再导出，或换一个文件名。").format(name=path.name)


def _folder_sentence(folder: Path) -> str:
    if not folder.is_dir():
        return _("找不到文件夹“{folder}”。请选一个已有的文件夹。").format(folder=folder)
    return _("不能写入文件夹“{folder}”。请换一个有写入权限的文件夹。").format(folder=folder)
