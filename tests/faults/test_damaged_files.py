"""Faults 6, 7 and 8: files that are damaged, cut off, lost or not ours meet a sentence."""

from __future__ import annotations

import hashlib
import random
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from advisorcrm.db.copies import check_database, check_file
from advisorcrm.db.database import Database, open_file
from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.errors import DatabaseDamagedError
from advisorcrm.services.clients.client_search import find_clients
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder, list_client_page
from advisorcrm.services.workplace import desk
from tests.conftest import CHEAP, NOW, TODAY
from tests.factories import KEY, PASSWORD, People, make_client, make_log, people_of

DAMAGED = Path(__file__).parents[1] / "data" / "damaged"
PAGE = 4096


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if not file.name.endswith(("-wal", "-shm"))
    }


@pytest.mark.parametrize("name", sorted(file.name for file in DAMAGED.glob("*.db")))
def test_a_damaged_file_of_another_program_is_refused_in_words(name: str, tmp_path: Path) -> None:
    path = Path(shutil.copyfile(DAMAGED / name, tmp_path / "branch.db"))
    vault, _key = Vault.create(vault_path(path), secret=KEY, cost=CHEAP)
    vault.set_password("LSL0042", PASSWORD, KEY)
    before = fingerprint(tmp_path)
    with pytest.raises(DatabaseDamagedError, match="备份"):
        desk.sign_in(str(path), "LSL0042", PASSWORD, now=NOW)
    with pytest.raises(DatabaseDamagedError):
        check_file(path, KEY)
    assert fingerprint(tmp_path) == before


def test_there_are_damaged_files_to_try() -> None:
    assert len(list(DAMAGED.glob("*.db"))) >= 10


@pytest.fixture(scope="module")
def filled_branch(
    file_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[bytes, People]:
    path = Path(shutil.copyfile(file_template, tmp_path_factory.mktemp("filled") / "branch.db"))
    database = open_file(path, KEY)

    def work(session, actor):  # type: ignore[no-untyped-def]
        people = people_of(session)
        for _n in range(60):
            client = make_client(session, people.advisor, name="欧阳文静")
            make_log(session, people.advisor, client, content="客户认为短期过热。" * 30)
        return people

    people = database.write(work)
    database.close()
    return path.read_bytes(), people


@pytest.fixture
def filled(filled_branch: tuple[bytes, People], tmp_path: Path) -> Path:
    path = tmp_path / "branch.db"
    path.write_bytes(filled_branch[0])
    return path


@pytest.fixture
def file_people(filled_branch: tuple[bytes, People]) -> People:
    return filled_branch[1]


def use(database: Database, people: People) -> None:
    """A little of everything a person does."""
    boss = database.acting_as(people.manager)
    boss.read(
        lambda s, a: list_client_page(s, a, ClientFilter(text="静"), ClientOrder(), today=TODAY)
    )
    boss.read(lambda s, a: find_clients(s, a, "欧阳"))
    boss.read(lambda s, a: s.execute(text("SELECT * FROM contact_log")).fetchall())
    boss.write(lambda s, a: make_log(s, a, make_client(s, people.advisor)))


def survives(path: Path, people: People, hurt: bytes) -> None:
    """Whatever is done with a hurt file gives an answer or a sentence, never a crash."""
    path.write_bytes(hurt)
    try:
        database = open_file(path, KEY)
    except DatabaseDamagedError:
        return
    with suppress(DatabaseDamagedError):
        use(database, people)
    assert check_database(database) != []
    database.close()


@pytest.mark.req("F6")
@pytest.mark.parametrize("seed", range(8))
def test_work_on_a_damaged_page_ends_in_a_sentence(
    filled: Path, file_people: People, seed: int
) -> None:
    chance, whole = random.Random(seed), bytearray(filled.read_bytes())
    for _wound in range(seed + 1):
        whole[chance.randrange(PAGE, len(whole))] ^= 1 << chance.randrange(8)
    survives(filled, file_people, bytes(whole))


@pytest.mark.req("F6")
@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_any_damaged_page_ends_in_a_sentence(filled: Path, file_people: People) -> None:
    whole = filled.read_bytes()
    for page in range(1, len(whole) // PAGE):
        hurt = bytearray(whole)
        hurt[page * PAGE + 2000] ^= 4
        survives(filled, file_people, bytes(hurt))


@pytest.mark.req("F7")
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_cut_off_is_refused_and_keeps_its_length(filled: Path, share: float) -> None:
    length = int(filled.stat().st_size * share)
    with filled.open("rb+") as file:
        file.truncate(length)
    with pytest.raises(DatabaseDamagedError):
        open_file(filled, KEY)
    assert filled.stat().st_size == length


@pytest.mark.req("F6")
def test_a_last_page_cut_off_in_the_middle_is_found_by_the_check(
    filled: Path, file_people: People
) -> None:
    survives(filled, file_people, filled.read_bytes()[:-1_000])


@pytest.mark.req("F7")
def test_a_lost_log_loses_at_most_what_was_in_it(filled: Path) -> None:
    filled.with_name("branch.db-wal").unlink(missing_ok=True)
    database = open_file(filled, KEY)
    assert check_database(database) == []
    database.close()


@pytest.mark.req("F8")
def test_another_branchs_vault_opens_nothing_and_changes_nothing(
    filled: Path, tmp_path: Path
) -> None:
    vault, _key = Vault.create(vault_path(filled), secret=b"o" * 32, cost=CHEAP)
    vault.set_password("LSL0042", PASSWORD, b"o" * 32)
    before = fingerprint(tmp_path)
    with pytest.raises(DatabaseDamagedError, match="密钥不符"):
        desk.sign_in(str(filled), "LSL0042", PASSWORD, now=NOW)
    assert fingerprint(tmp_path) == before


@pytest.mark.req("F8")
def test_a_lost_vault_is_said_so_and_the_database_stays(filled: Path, tmp_path: Path) -> None:
    before = fingerprint(tmp_path)
    with pytest.raises(DatabaseDamagedError, match="密钥文件"):
        desk.sign_in(str(filled), "LSL0042", PASSWORD, now=NOW)
    assert fingerprint(tmp_path) == before
