from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from advisorcrm.db.copies import make_copy
from advisorcrm.db.database import open_file
from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.errors import (
    DatabaseBusyError,
    DatabaseDamagedError,
    NotFoundError,
    SignInError,
    UserError,
)
from advisorcrm.services.workplace.restoring import restore_copy, restore_newest
from tests.conftest import CHEAP
from tests.factories import KEY, NOW, PASSWORD

ADVISOR = "LSL0042"


@pytest.fixture
def place(file_template: Path, tmp_path: Path) -> Path:
    """A branch with one copy, whose advisor can sign in."""
    path = tmp_path / "branch.db"
    shutil.copyfile(file_template, path)
    vault, _recovery_key = Vault.create(vault_path(path), secret=KEY, cost=CHEAP)
    vault.set_password(ADVISOR, PASSWORD, KEY)
    database = open_file(path, KEY)
    make_copy(database, now=NOW)
    database.close()
    return path


def test_only_a_password_that_opens_the_copy_puts_it_back(place: Path) -> None:
    place.write_bytes(b"broken" * 4000)
    before = {path.name for path in place.parent.iterdir()}
    with pytest.raises(SignInError):
        restore_newest(place, ADVISOR, "wrong-horse", now=NOW, cost=CHEAP)
    assert {path.name for path in place.parent.iterdir()} == before


def test_todays_passwords_hold_after_a_copy_is_put_back(place: Path) -> None:
    Vault.load(vault_path(place), CHEAP).set_password(ADVISOR, "newer-horse-1", KEY)
    place.write_bytes(b"broken" * 4000)
    done = restore_newest(place, ADVISOR, "newer-horse-1", now=NOW, cost=CHEAP)
    assert place.read_bytes() == done.copy.read_bytes()
    assert (done.aside / "branch.db").read_bytes() == b"broken" * 4000
    assert Vault.load(vault_path(place), CHEAP).unlock(ADVISOR, "newer-horse-1", now=NOW) == KEY


@pytest.mark.parametrize("name", ["营业部 二.sqlite", "branch"])
def test_a_database_of_any_name_is_put_aside_whole(place: Path, name: str) -> None:
    named = place.rename(place.with_name(name))
    vault_path(place).rename(vault_path(named))
    log = named.with_name(f"{name}-wal")
    named.write_bytes(b"broken" * 4000)
    log.write_bytes(b"saved since")
    done = restore_newest(named, ADVISOR, PASSWORD, now=NOW, cost=CHEAP)
    assert named.read_bytes() == done.copy.read_bytes()
    assert not log.exists(), "the log of another file would spoil the copy"
    assert (done.aside / name).read_bytes() == b"broken" * 4000
    assert (done.aside / log.name).read_bytes() == b"saved since"
    assert (done.aside / vault_path(named).name).exists()


@pytest.mark.parametrize("fails_at", [0, 1])
def test_where_the_names_cannot_be_changed_everything_is_as_it_was(
    place: Path, fails_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write_bytes(b"broken" * 4000)
    place.with_name("branch.db-wal").write_bytes(b"saved since")
    before = {path.name: path.read_bytes() for path in place.parent.iterdir() if path.is_file()}
    places = {0: place.with_name("branch.db-wal"), 1: place.with_name(".advisorcrm-branch.db")}
    replace = Path.replace

    def refused(path: Path, target: Path) -> Path:
        if path == places[fails_at]:
            raise PermissionError(path)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(UserError, match="没有恢复"):
        restore_newest(place, ADVISOR, PASSWORD, now=NOW, cost=CHEAP)
    after = {path.name: path.read_bytes() for path in place.parent.iterdir() if path.is_file()}
    assert after == before


def test_a_copy_that_a_clock_far_ahead_has_named_is_not_taken_for_the_newest(place: Path) -> None:
    database = open_file(place, KEY)
    made = []
    for phone, days in (("1", 9_000), ("2", 1), ("3", 2)):
        database.write(
            lambda s, _a, phone=phone: s.execute(text("UPDATE branch SET phone = :p"), {"p": phone})
        )
        made.append(make_copy(database, now=NOW + timedelta(days=days)))
    database.close()
    place.write_bytes(b"broken" * 4000)
    assert restore_newest(place, ADVISOR, PASSWORD, now=NOW, cost=CHEAP).copy == made[-1]


def test_what_is_put_aside_twice_within_a_second_lies_in_two_folders(place: Path) -> None:
    place.write_bytes(b"broken once" * 400)
    first = restore_newest(place, ADVISOR, PASSWORD, now=NOW, cost=CHEAP)
    place.write_bytes(b"broken twice" * 400)
    second = restore_newest(place, ADVISOR, PASSWORD, now=NOW, cost=CHEAP)
    assert (first.aside / place.name).read_bytes().startswith(b"broken once")
    assert (second.aside / place.name).read_bytes().startswith(b"broken twice")


def test_a_chosen_copy_goes_where_nothing_lies_and_a_broken_one_nowhere(place: Path) -> None:
    (copy,) = (place.parent / "backups").glob("*.db")
    elsewhere = place.parent / "new" / "branch.db"
    elsewhere.parent.mkdir()
    done = restore_copy(elsewhere, ADVISOR, PASSWORD, now=NOW, copy=copy, cost=CHEAP)
    assert elsewhere.read_bytes() == done.copy.read_bytes() == copy.read_bytes()
    assert Vault.load(vault_path(elsewhere), CHEAP).unlock(ADVISOR, PASSWORD, now=NOW) == KEY

    place.unlink()
    with pytest.raises(NotFoundError, match="找不到备份"):
        restore_copy(place, ADVISOR, PASSWORD, now=NOW, copy=place.parent / "x.db", cost=CHEAP)
    copy.write_bytes(b"broken" * 4000)
    with pytest.raises(DatabaseDamagedError, match="完整性检查"):
        restore_copy(place, ADVISOR, PASSWORD, now=NOW, copy=copy, cost=CHEAP)
    assert not place.exists()


def test_where_no_copy_is_sound_nothing_is_touched(place: Path) -> None:
    (copy,) = (place.parent / "backups").glob("*.db")
    copy.write_bytes(b"broken" * 4000)
    before = place.read_bytes()
    with pytest.raises(NotFoundError, match="没有一份备份"):
        restore_newest(place, ADVISOR, PASSWORD, now=NOW, cost=CHEAP)
    assert place.read_bytes() == before
    assert not list(place.parent.glob("branch-replaced-*"))


def test_a_database_that_a_window_has_open_is_not_exchanged_under_it(place: Path) -> None:
    before = {path.name for path in place.parent.iterdir()}
    window = subprocess.Popen(
        [sys.executable, "-c", _WINDOW, str(place), KEY.hex()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert window.stdout is not None
    assert window.stdout.readline() == "open\n"
    with pytest.raises(DatabaseBusyError, match="关闭所有窗口"):
        restore_newest(place, ADVISOR, PASSWORD, now=NOW, cost=CHEAP)
    window.communicate("close\n", timeout=60)
    assert {path.name for path in place.parent.iterdir()} == before, "nothing was begun"
    done = restore_newest(place, ADVISOR, PASSWORD, now=NOW, cost=CHEAP)
    assert (done.aside / place.name).exists()


_WINDOW = """
import sys
from pathlib import Path
from sqlalchemy import text
from advisorcrm.db.database import open_file
database = open_file(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
database.read(lambda session, _actor: session.execute(text("SELECT count(*) FROM client")).all())
print("open", flush=True)
sys.stdin.readline()
database.close()
"""
