"""Disks that are small or cannot be written, real ones where the person may mount them."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

NOBODY = 65_534


@dataclass(frozen=True)
class SmallDisk:
    """A folder on a disk with little room, and a way to make more."""

    folder: Path
    make_room: Callable[[], object]
    tighten: Callable[[], object]
    """Where no disk could be mounted: from now on no file may grow at all."""


def _mount(*arguments: str) -> bool:
    command = ["mount", *arguments]
    return os.geteuid() == 0 and not subprocess.run(command, capture_output=True).returncode  # noqa: PLW1510


@contextmanager
def small_disk(folder: Path, kib: int) -> Iterator[SmallDisk]:
    """A disk of ``kib``; where nobody may mount one, no file may grow beyond that."""
    folder.mkdir()
    if _mount("-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", str(folder)):
        try:
            more = ("-o", "remount,size=64m", str(folder))
            yield SmallDisk(folder, lambda: _mount(*more), lambda: None)
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        return
    size, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE)
    limit((kib * 1024, hard))
    try:
        yield SmallDisk(folder, partial(limit, (size, hard)), partial(limit, (256, hard)))
    finally:
        limit((size, hard))


@contextmanager
def read_only_disk(files: dict[str, bytes]) -> Iterator[Path]:
    """A folder with these files that nobody may write to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "disk"
        folder.mkdir()
        is_mounted = _mount("-t", "tmpfs", "tmpfs", str(folder))
        for file, content in files.items():
            (folder / file).write_bytes(content)
        if is_mounted:
            _mount("-o", "remount,ro", str(folder))
        try:
            with _as_somebody_else(folder, is_needed=not is_mounted):
                yield folder
        finally:
            if is_mounted:
                subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def _as_somebody_else(folder: Path, *, is_needed: bool) -> Iterator[None]:
    """Take the permission away; from the administrator by working as nobody meanwhile."""
    if not is_needed:
        yield
        return
    folder.parent.chmod(0o755)
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)
    myself = os.geteuid()
    if myself == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(myself)
        folder.chmod(0o755)


@contextmanager
def read_only_file(files: dict[str, bytes]) -> Iterator[Path]:
    """A folder that takes everything, with files that nobody may change."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in files.items():
            (folder / file).write_bytes(content)
            (folder / file).chmod(0o444)
        folder.chmod(0o777)
        myself = os.geteuid()
        if myself == 0:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(myself)
