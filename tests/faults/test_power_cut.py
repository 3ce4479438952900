"""Fault 1: the power goes while the program saves.

A recorder writes down all that reaches the disk. A cut keeps what was flushed, and of the rest
a random part, some of it torn in the middle of a page.
"""

from __future__ import annotations

import random
import shutil
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.branch_file import accounts_kept, start

pytestmark = [pytest.mark.req("F1"), pytest.mark.soak, pytest.mark.timeout(1800)]

HEAD = struct.Struct("<ccqi")
FILES = (b"\x01", b"\x02")
SECTOR = 512
SAVES = 250
CUTS = 300


@dataclass(frozen=True)
class Entry:
    """One write, cut, flush or confirmation."""

    operation: bytes
    file: bytes
    at: int
    data: bytes


@dataclass(frozen=True)
class Recording:
    """What the disk held at the start, what was done to it, and what was confirmed when."""

    before: bytes
    entries: tuple[Entry, ...]
    accounts: tuple[str, ...]


@pytest.fixture(scope="module")
def recording(file_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    folder = tmp_path_factory.mktemp("power")
    recorder, log = folder / "power_cut.so", folder / "power.log"
    source = Path(__file__).with_name("power_cut.c")
    build = ["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", recorder, source, "-ldl"]
    subprocess.run(build, check=True)
    path = Path(shutil.copyfile(file_template, folder / "branch.db"))
    environment = {"LD_PRELOAD": str(recorder), "POWER_LOG": str(log), "POWER_FILE": str(path)}
    writer = start("tests.faults.writer", str(path), str(SAVES), **environment)
    told, errors = writer.communicate(timeout=300)
    assert errors == ""
    return Recording(file_template.read_bytes(), tuple(entries(log)), tuple(told.split()))


def entries(log: Path) -> list[Entry]:
    raw, found, at = log.read_bytes(), [], 0
    while at < len(raw):
        operation, file, offset, length = HEAD.unpack_from(raw, at)
        at += HEAD.size
        found.append(Entry(operation, file, offset, raw[at : at + length]))
        at += length
    return found


def apply(disk: bytearray, entry: Entry) -> None:
    if entry.operation == b"T":
        del disk[entry.at :]
        disk.extend(bytes(entry.at - len(disk)))
        return
    end = entry.at + len(entry.data)
    disk.extend(bytes(max(0, end - len(disk))))
    disk[entry.at : end] = entry.data


def torn(entry: Entry, chance: random.Random) -> Entry:
    """Only some of the sectors of a write got through."""
    sectors = len(entry.data) // SECTOR
    kept = SECTOR * chance.randrange(1, sectors) if sectors > 1 else len(entry.data)
    return Entry(entry.operation, entry.file, entry.at, entry.data[:kept])


def cut(recording: Recording, moment: int, path: Path, chance: random.Random) -> int:
    """Leave on ``path`` what a power cut at this moment would; returns what was confirmed."""
    disks = {FILES[0]: bytearray(recording.before), FILES[1]: bytearray()}
    waiting: dict[bytes, list[Entry]] = {file: [] for file in FILES}
    confirmed = 0
    for entry in recording.entries[:moment]:
        if entry.operation == b"C":
            confirmed = entry.at
        elif entry.operation == b"S":
            for written in waiting[entry.file]:
                apply(disks[entry.file], written)
            waiting[entry.file] = []
        else:
            waiting[entry.file].append(entry)
    for file in FILES:
        for written in waiting[file]:
            fate = chance.random()
            if fate >= 0.4:
                apply(disks[file], torn(written, chance) if fate < 0.6 else written)
    path.write_bytes(disks[FILES[0]])
    path.with_name(path.name + "-wal").write_bytes(disks[FILES[1]])
    path.with_name(path.name + "-shm").unlink(missing_ok=True)
    return confirmed


def test_the_recorder_sees_saves_flushes_and_the_log_being_emptied(recording: Recording) -> None:
    kinds = {(entry.operation, entry.file) for entry in recording.entries}
    assert {(b"W", FILES[0]), (b"W", FILES[1]), (b"S", FILES[0]), (b"S", FILES[1])} <= kinds
    assert len(recording.accounts) == SAVES
    assert sum(entry.operation == b"S" for entry in recording.entries) >= SAVES


def test_no_power_cut_loses_a_confirmed_save_or_tears_one(
    recording: Recording, tmp_path: Path
) -> None:
    chance = random.Random(7)
    for number in range(CUTS):
        path = tmp_path / f"cut{number}.db"
        moment = chance.randrange(1, len(recording.entries))
        confirmed = cut(recording, moment, path, chance)
        kept = accounts_kept(path)
        assert set(recording.accounts[:confirmed]) <= kept <= set(recording.accounts), moment
        assert len(kept) <= confirmed + 1, moment
        for left in tmp_path.iterdir():
            left.unlink()
