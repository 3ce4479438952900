"""A file on its way into a client's file: read whole, or refused with a sentence."""

from __future__ import annotations

from pathlib import Path

from advisorcrm.errors import InvalidFieldError, SystemTroubleError
from advisorcrm.i18n import _
from advisorcrm.rules.file_kinds import is_runnable

MEGABYTE = 1024 * 1024
FIELD = "content"


def read_upload(path: Path, *, most_mb: int) -> bytes:
    """The content of a file that shall be attached; nothing large is read before it is refused.

    Raises InvalidFieldError for what is not accepted, SystemTroubleError for what cannot be read.
    """
    try:
        with path.open("rb") as file:
            content = file.read(most_mb * MEGABYTE + 1)
    except OSError as error:
        raise SystemTroubleError(
            _("读不到文件“{name}”，可能已移走或被别的程序占用，请关闭后再试。").format(
                name=path.name
            )
        ) from error
    demand_acceptable(path.name, content, most_mb=most_mb)
    return content


def demand_acceptable(name: str, content: bytes, *, most_mb: int) -> None:
    """Stop with a sentence for an empty, too large or runnable file."""
    if not content:
        raise InvalidFieldError(FIELD, _("文件是空的，请核对后重新选择。"))
    if len(content) > most_mb * MEGABYTE:
        raise InvalidFieldError(
            FIELD, _("文件超过 {most} MB，请压缩或拆分后再添加。").format(most=most_mb)
        )
    if is_runnable(name, content):
        raise InvalidFieldError(
            FIELD, _("这是可以运行的程序或脚本，不能作为附件；请改存为 PDF 或图片。")
        )
