"""Fault 5: the disk cannot be written."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from advisorcrm.db.copies import make_copy
from advisorcrm.db.database import Database, create_file, open_file
from advisorcrm.db.keys import Vault
from advisorcrm.errors import DatabaseReadOnlyError, SignInError, UserError
from advisorcrm.services import desk
from tests.conftest import BRANCH, CHEAP, NOW
from tests.factories import KEY, PASSWORD, PEOPLE
from tests.faults.disks import read_only_disk


@pytest.fixture
def files(file_template: Path, tmp_path: Path) -> dict[str, bytes]:
    """A branch as it lies on a disk."""
    vault, _key = Vault.create(tmp_path / "branch.vault", secret=KEY, cost=CHEAP)
    vault.set_password("LSL0042", PASSWORD, KEY)
    return {
        "branch.db": file_template.read_bytes(),
        "branch.vault": (tmp_path / "branch.vault").read_bytes(),
    }


def test_a_database_on_a_read_only_disk_is_said_so_and_not_touched(
    files: dict[str, bytes],
) -> None:
    with read_only_disk(files) as folder:
        with pytest.raises(DatabaseReadOnlyError, match="只读"):
            desk.sign_in(str(folder / "branch.db"), "LSL0042", PASSWORD, now=NOW).write(
                lambda s, a: s.execute(text("UPDATE branch SET phone = '1'"))
            )
        assert {file.name: file.read_bytes() for file in folder.iterdir()} == files


def test_a_wrong_password_is_not_forgiven_because_it_cannot_be_counted(
    files: dict[str, bytes],
) -> None:
    with read_only_disk(files) as folder, pytest.raises((SignInError, DatabaseReadOnlyError)):
        desk.sign_in(str(folder / "branch.db"), "LSL0042", "wrong-password", now=NOW)


def test_a_new_database_on_a_read_only_disk_is_refused_in_words() -> None:
    with read_only_disk({}) as folder:
        for place in (folder / "branch.db", folder / "new" / "branch.db"):
            with pytest.raises(DatabaseReadOnlyError, match="磁盘"):
                create_file(place, KEY)
            with pytest.raises(DatabaseReadOnlyError, match="磁盘"):
                desk.set_up(str(place), BRANCH, PEOPLE, cost=CHEAP)


def test_a_copy_onto_a_read_only_disk_is_refused_in_words(file_database: Database) -> None:
    with read_only_disk({}) as folder, pytest.raises(UserError, match="无法写入"):
        make_copy(file_database, now=NOW, folder=folder)


def test_a_file_alone_that_is_read_only_is_said_so(files: dict[str, bytes]) -> None:
    with read_only_disk(files) as folder:
        try:
            database = open_file(folder / "branch.db", KEY)
        except DatabaseReadOnlyError:
            return  # nothing can be read without the log beside it
        with pytest.raises(DatabaseReadOnlyError):
            database.write(lambda s, a: s.execute(text("UPDATE branch SET phone = '1'")))
        database.close()
