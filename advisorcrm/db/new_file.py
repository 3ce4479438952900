"""A new branch's file takes its name when it is whole, so that a stopped set-up bars no second one.

Until then it lies beside it as ``branch.db.advisorcrm-new``, where nobody signs in: it never holds
a record, and its recovery key was never shown. A vault beside such a draft, without a database,
belongs to it. The vault is removed first: a draft alone tells what is left to do, a vault alone is
precious.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from advisorcrm.db.durable import alone_with, flush_folder, take_place
from advisorcrm.errors import DatabaseDamagedError
from advisorcrm.i18n import _

_BEING_MADE = ".advisorcrm-new"
_FILE_AND_LOG = ("", "-wal")
_ALL = (*_FILE_AND_LOG, "-shm")


@contextmanager
def being_made(path: Path, vault: Path) -> Iterator[Path]:
    """Where the file is to be made meanwhile; it gets its name when all went well.

    What an earlier set-up left is removed before, and all of this one when it fails. Raises
    DatabaseDamagedError for a place that is taken.
    """
    if path.exists():
        raise _taken(path)
    draft = path.with_name(path.name + _BEING_MADE)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    with alone_with(draft):
        if draft.is_file() and not path.exists():
            _remove(draft, vault)
        for there in (vault, *_files(path, _FILE_AND_LOG)):
            if there.exists():
                raise _taken(there)
        try:
            yield draft
            _give_name(draft, path)
        except BaseException:
            _remove(draft, vault)
            raise


def _taken(path: Path) -> DatabaseDamagedError:
    return DatabaseDamagedError(_("{path} 已经存在，没有覆盖。请另选位置。").format(path=path))


def _files(path: Path, suffixes: tuple[str, ...]) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in suffixes]


def _give_name(draft: Path, path: Path) -> None:
    """The log first, should a closed file have kept one: without it the file is not whole."""
    for suffix in reversed(_FILE_AND_LOG):
        made = draft.with_name(draft.name + suffix)
        if made.exists():
            take_place(made, path.with_name(path.name + suffix))
    flush_folder(path.parent)


def _remove(draft: Path, vault: Path) -> None:
    for path in (vault, *reversed(_files(draft, _ALL))):
        with suppress(OSError):
            path.unlink(missing_ok=True)
