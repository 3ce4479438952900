from __future__ import annotations

import errno
import resource
from pathlib import Path

import pytest

from advisorcrm.errors import DiskFullError, FileBusyError, UserError
from advisorcrm.exports.files import error_number, write_bytes, write_whole

OLD = b"the old report"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "客户明细表.xlsx"
    path.write_bytes(OLD)
    return path


def test_a_report_takes_the_place_of_the_old_one(target: Path) -> None:
    write_bytes(target, b"the new report")

    assert target.read_bytes() == b"the new report"
    assert list(target.parent.iterdir()) == [target]


def test_a_full_disk_leaves_the_old_file_and_no_draft(target: Path) -> None:
    """A real short write: no file of this process may grow beyond 4 KB."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(DiskFullError, match=r"磁盘空间不足.*保持原样"):
            write_bytes(target, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


def test_a_write_that_ends_short_without_a_word_counts_as_a_full_disk(target: Path) -> None:
    def produce(draft: Path) -> int:
        draft.write_bytes(b"half")
        return 8

    with pytest.raises(DiskFullError):
        write_whole(target, produce)
    assert target.read_bytes() == OLD


def test_a_report_that_fails_half_way_leaves_nothing_behind(target: Path) -> None:
    def produce(draft: Path) -> None:
        draft.write_bytes(b"half")
        raise KeyError("bug")

    with pytest.raises(KeyError):
        write_whole(target, produce)
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("mark", [".~lock.客户明细表.xlsx#", "~$客户明细表.xlsx"])
def test_a_file_that_is_open_elsewhere_is_said_so(target: Path, mark: str) -> None:
    target.with_name(mark).write_bytes(b"somebody")

    with pytest.raises(FileBusyError, match="正在别的程序中打开"):
        write_bytes(target, b"new")
    assert target.read_bytes() == OLD


def test_a_file_that_the_system_will_not_replace_is_busy(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_draft: Path, _path: Path) -> None:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FileBusyError):
        write_bytes(target, b"new")
    assert list(target.parent.iterdir()) == [target]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"找不到文件夹.*没有"):
        write_bytes(tmp_path / "没有" / "a.xlsx", b"new")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="是文件夹"):
        write_bytes(tmp_path, b"new")


def test_a_name_longer_than_the_disk_takes_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="文件名太长"):
        write_bytes(tmp_path / ("客" * 200 + ".xlsx"), b"new")


def test_the_number_of_a_failure_is_read_from_its_text_where_there_is_no_other() -> None:
    assert error_number(RuntimeError("No space left on device (os error 28)")) == errno.ENOSPC
    assert error_number(RuntimeError("boom")) is None
