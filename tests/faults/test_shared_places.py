"""Fault 11: a database on a network's disk or in a synchronised folder is refused, with a reason."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from advisorcrm.db import shared_places
from advisorcrm.db.copies import make_copy
from advisorcrm.db.database import Database, create_file, open_file
from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.errors import SharedPlaceError
from tests.conftest import CHEAP, NOW
from tests.factories import KEY

pytestmark = pytest.mark.req("F11")


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the system says is a disk of another computer."""
    folder = tmp_path / "公共盘 一"
    folder.mkdir()
    mounts = tmp_path / "mountinfo"
    place = str(folder).replace(" ", "\\040")
    mounts.write_text(
        "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"
        f"90 22 0:41 / {place} rw,relatime shared:7 - cifs //server/branch rw,vers=3.1.1\n"
        f"91 90 0:42 / {place}/own rw,relatime - ext4 /dev/vdb rw\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(shared_places, "_MOUNTS", mounts)
    return folder


def moved(database: Database, folder: Path) -> Path:
    assert database.path is not None
    database.close()
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(database.path, folder / "branch.db"))


def test_on_a_disk_of_the_network_none_is_opened_and_none_made(
    share: Path, file_database: Database
) -> None:
    path = moved(file_database, share)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(SharedPlaceError, match="网络共享盘"):
        open_file(path, KEY)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    with pytest.raises(SharedPlaceError, match="数据库服务器"):
        create_file(share / "deep" / "new.db", KEY)
    assert [file.name for file in share.iterdir()] == ["branch.db"]


def test_a_disk_of_ones_own_below_a_shared_one_is_taken(
    share: Path, file_database: Database
) -> None:
    open_file(moved(file_database, share / "own"), KEY).close()


@pytest.mark.parametrize("name", ["OneDrive - 某某证券", "我的坚果云", "Dropbox"])
def test_a_synchronised_folder_is_named_in_the_refusal(
    name: str, tmp_path: Path, file_database: Database
) -> None:
    path = moved(file_database, tmp_path / name / "客户")
    with pytest.raises(SharedPlaceError, match=name):
        open_file(path, KEY)


def test_who_answers_for_it_may_use_it_all_the_same(
    share: Path, file_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(shared_places.ALLOWED, "1")
    open_file(moved(file_database, share), KEY).close()


def test_copies_may_lie_on_the_network(share: Path, file_database: Database) -> None:
    assert file_database.path is not None
    Vault.create(vault_path(file_database.path), secret=KEY, cost=CHEAP)
    copy = make_copy(file_database, now=NOW, folder=share)
    assert copy.parent == share
