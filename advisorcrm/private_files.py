"""Files that must not outlive the program: what is handed to other programs, copies to read from.

Each running program has a folder of its own, ``run-<pid>``, open to its owner alone and locked as
long as the program lives. It goes when the program ends; after a crash or a kill the next start
finds it unlocked and removes it, together with the half-written drafts that are noted in it
(fault 33 of the design). A folder of a program that still runs is never touched.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from advisorcrm import file_lock, paths
from advisorcrm.errors import SystemTroubleError
from advisorcrm.i18n import _

DRAFT_PREFIX = ".advisorcrm-"
"""How the drafts of reports begin; nothing else is ever swept outside our own folder."""

_OUR_DRAFTS = re.compile(r"\.advisorcrm-[^/\\]+|backup-\d{8}-\d{6}\.part")
_LOCK, _NOTES, _FOLDERS = "lock", "drafts", "run-*"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_DEVICE = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])( *\.|$)", re.IGNORECASE)
"""What begins so is no file on Windows, whatever follows."""
_LONGEST_NAME = 100
_BEING_MADE_SECONDS = 60
_one_at_a_time = threading.Lock()
_mine: dict[Path, int] = {}
_handed_out: set[Path] = set()


def place_for(name: str) -> Path:
    """A free path for a file that another program shall open, its name kept as far as it may be.

    Raises SystemTroubleError where no disk can be written.
    """
    inside = Path(tempfile.mkdtemp(dir=_my_folder()))
    allowed = _FORBIDDEN.sub("_", name).strip(" .") or "file"
    clean = Path(f"_{allowed}" if _DEVICE.match(allowed) else allowed)
    return inside / f"{clean.stem[:_LONGEST_NAME]}{clean.suffix[:20]}"


def hand_out(name: str, content: bytes) -> Path:
    """Write such a file, for its owner alone, and return where it lies."""
    path = place_for(name)
    _handed_out.add(path)
    with path.open("xb") as file:
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
        file.write(content)
    return path


def take_back() -> None:
    """Remove what was handed out: the screen is locked, and behind it nobody shall open it again.

    A program that shows one goes on showing it; where the system keeps what is open elsewhere, it
    goes at the next lock or at the end.
    """
    for path in tuple(_handed_out):
        remove(path)
        if not path.exists():
            _handed_out.discard(path)


def remove(path: Path) -> None:
    """Take a file of ``place_for`` away again; one that is open elsewhere goes at the end."""
    if path.parent.parent in _mine:
        shutil.rmtree(path.parent, ignore_errors=True)


@contextmanager
def noted_draft(draft: Path) -> Iterator[None]:
    """Remember a half-written file beside its target, so that it goes even after a kill.

    Where nothing can be noted the draft is written all the same.
    """
    note: Path | None = None
    with suppress(OSError, SystemTroubleError):
        notes = _my_folder() / _NOTES
        notes.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=notes)
        note = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(str(draft.absolute()))
    try:
        yield
    finally:
        if note is not None:
            with suppress(OSError):
                note.unlink()


def sweep() -> int:
    """Remove what programs that ended without a word left behind; returns how many had."""
    swept = 0
    for parent in _parents():
        with suppress(OSError):
            for folder in sorted(parent.glob(_FOLDERS)):
                swept += _remove_if_abandoned(folder)
    return swept


def clear() -> None:
    """Remove this program's own folder: the program ends."""
    _handed_out.clear()
    with _one_at_a_time:
        while _mine:
            folder, lock = _mine.popitem()
            os.close(lock)
            shutil.rmtree(folder, ignore_errors=True)


def _my_folder() -> Path:
    with _one_at_a_time:
        for parent in _parents():
            folder = parent / f"run-{os.getpid()}"
            if folder in _mine and folder.is_dir():
                return folder
            with suppress(OSError):
                _make(parent, folder)
                return folder
    raise SystemTroubleError(
        _("没有可以写入的临时文件夹，文件没有打开。请检查磁盘空间和权限后再试。")
    )


def _parents() -> tuple[Path, ...]:
    """The person's own cache, else the computer's folder for such files."""
    owner = os.geteuid() if sys.platform != "win32" else ""
    return paths.temp_dir(), Path(tempfile.gettempdir()) / f"advisorcrm-{owner}"


def _make(parent: Path, folder: Path) -> None:
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform != "win32" and parent.lstat().st_uid != os.geteuid():
        raise PermissionError(parent)  # somebody else made it to look inside
    parent.chmod(0o700)
    if folder.exists():
        _remove_if_abandoned(folder)  # an earlier program had the same number
    folder.mkdir(mode=0o700)
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    file_lock.hold(lock)
    atexit.unregister(clear)  # once, however often the folder was made
    atexit.register(clear)
    if folder in _mine:
        os.close(_mine[folder])  # somebody emptied the cache under us
    _mine[folder] = lock


def _remove_if_abandoned(folder: Path) -> bool:
    """Remove the folder unless its program still lives."""
    if folder in _mine or folder.is_symlink() or not folder.is_dir():
        return False
    try:
        with (folder / _LOCK).open("rb+") as lock:
            file_lock.hold(lock.fileno())
    except FileNotFoundError:
        if time.time() - folder.stat().st_mtime < _BEING_MADE_SECONDS:
            return False  # just being made
    except OSError:
        return False
    for note in (folder / _NOTES).glob("*"):
        with suppress(OSError, ValueError):
            _remove_draft(Path(note.read_text("utf-8")))
    shutil.rmtree(folder, ignore_errors=True)
    return True


def _remove_draft(draft: Path) -> None:
    if not _OUR_DRAFTS.fullmatch(draft.name):
        return
    for suffix in ("", "-wal", "-shm", "-journal"):
        left = draft.with_name(draft.name + suffix)
        if left.is_file() and not left.is_symlink():
            left.unlink()
