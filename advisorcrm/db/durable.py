"""Files that change whole and last: flushed to the disk with their names, one program at a time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from advisorcrm.file_lock import hold

_PATIENCE_SECONDS = 10.0
_LOOK_EACH_SECONDS = 0.02
_SCAN_SECONDS = 1.0
_REFUSES_WHILE_READ = os.name == "nt"
"""Windows exchanges no file that another program is reading, a virus scanner above all."""


def flush_file(path: Path) -> None:
    """Bring what a file holds to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def take_place(draft: Path, target: Path) -> None:
    """Give a finished draft its name; what was there goes.

    Raises OSError as ``Path.replace``, on Windows only when it is refused for a second.
    """
    until = time.monotonic() + _SCAN_SECONDS
    while True:
        try:
            draft.replace(target)
        except PermissionError:
            if not _REFUSES_WHILE_READ or time.monotonic() > until:
                raise
            time.sleep(_LOOK_EACH_SECONDS)
        else:
            return


def flush_folder(folder: Path) -> None:
    """Bring names that were changed to the disk, where the system lets a folder be flushed."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Keep every other program from changing a file that is read, changed and put back whole.

    The mark is a file beside it, held by the operating system, so that a killed program bars
    nobody. Where none can be made or held, or a program hangs that holds it, nothing is waited
    for any longer.
    """
    mark = path.with_name(path.name + ".lock")
    held: int | None = None
    with suppress(OSError):
        held = _hold(mark)
    try:
        yield
    finally:
        if held is not None:
            try:
                with suppress(OSError):  # Windows keeps a file that somebody waits for
                    mark.unlink()
            finally:
                os.close(held)


def _hold(mark: Path) -> int:
    """Wait for the mark; whoever had it before has removed the file that was waited for."""
    while True:
        held = os.open(mark, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _wait_for(held)
            if _is_at(held, mark):
                return held
        except BaseException:
            os.close(held)
            raise
        os.close(held)


def _is_at(held: int, mark: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(held), mark.stat())
    except FileNotFoundError:
        return False


def _wait_for(held: int) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            hold(held)
        except BlockingIOError:
            if time.monotonic() > until:
                raise
            time.sleep(_LOOK_EACH_SECONDS)
        else:
            return
