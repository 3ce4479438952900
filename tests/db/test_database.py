"""The one door: what goes through it, what does not, and what it says when it is shut."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from advisorcrm.db import engines
from advisorcrm.db.actor import Actor
from advisorcrm.db.copies import check_database
from advisorcrm.db.database import Database, create_file, open_file, open_server
from advisorcrm.db.prepared import Prepared
from advisorcrm.db.stop import Stop
from advisorcrm.errors import (
    CancelledError,
    ConflictError,
    DatabaseBusyError,
    DatabaseDamagedError,
    DatabaseReadOnlyError,
    ServerGoneError,
)
from advisorcrm.models import Branch
from tests.conftest import rows
from tests.factories import KEY, People, make_client

ROOT = Path(__file__).resolve().parents[2]


def phone(database: Database) -> str:
    [(number,)] = rows(database, "SELECT phone FROM branch")
    return str(number)


def with_phone(number: str):  # type: ignore[no-untyped-def]
    def work(session: Session, actor: Actor) -> str:
        session.execute(text("UPDATE branch SET phone = :number"), {"number": number})
        return number

    return work


def test_what_is_written_is_there_and_its_result_comes_back(database: Database) -> None:
    assert database.write(with_phone("1")) == "1"
    assert phone(database) == "1"


def test_reading_cannot_write(database: Database) -> None:
    before = phone(database)
    with pytest.raises(DatabaseReadOnlyError):
        database.read(with_phone("1"))
    assert phone(database) == before


def test_a_record_changed_while_reading_is_not_saved(database: Database) -> None:
    def change(session: Session, actor: Actor) -> None:
        session.get_one(Branch, 1).phone = "1"

    before = phone(database)
    database.read(change)
    assert phone(database) == before


def test_a_long_read_answers_like_any_other(database: Database) -> None:
    database.write(with_phone("1"))
    ask = "SELECT phone FROM branch"
    assert database.read(lambda session, _actor: session.scalar(text(ask)), is_long=True) == "1"
    with pytest.raises(DatabaseReadOnlyError):
        database.read(with_phone("2"), is_long=True)


def test_a_window_of_a_file_does_not_load_the_words_of_the_server(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from advisorcrm.views import branch_window; "
        "from sqlalchemy.orm import configure_mappers; configure_mappers(); "
        "from advisorcrm.db.database import create_file; "
        f"create_file(Path({str(tmp_path / 'branch.db')!r}), bytes(32)).close(); "
        "print('sqlalchemy.dialects.sqlite' in sys.modules, "
        "'sqlalchemy.dialects.postgresql' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_a_server_does_not_compile_what_is_asked(database: Database) -> None:
    told = database.read(lambda session, _actor: session.scalar(text("SHOW jit")))
    assert told == "off"


def test_a_long_read_leaves_the_pages_of_the_search_in_their_cache(
    file_database: Database,
) -> None:
    def cache_of(*, is_long: bool) -> int:
        ask = text("PRAGMA cache_size")
        return file_database.read(lambda s, _actor: s.scalar(ask), is_long=is_long) or 0

    assert cache_of(is_long=False) == -engines.READ_CACHE_KIB
    assert cache_of(is_long=True) == -engines.SCAN_CACHE_KIB
    # What docs/performance.md states; 4 bare windows leave room for no more.
    assert engines.READ_CACHE_KIB + engines.SCAN_CACHE_KIB <= 20 * 1024


def test_the_check_of_the_file_gives_its_room_for_pages_back(file_database: Database) -> None:
    asked: list[str] = []

    @event.listens_for(file_database.scanning_engine, "before_cursor_execute")
    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    assert check_database(file_database) == []
    room = asked.index(f"PRAGMA cache_size = -{engines.CHECK_CACHE_KIB}")
    given_back = asked.index(f"PRAGMA cache_size = -{engines.SCAN_CACHE_KIB}")
    assert room < asked.index("PRAGMA integrity_check(20)") < given_back
    assert "PRAGMA shrink_memory" in asked[given_back:]


def test_of_many_readings_at_once_one_connection_is_kept(file_database: Database) -> None:
    def within(session: Session, _actor: Actor) -> str:
        session.execute(text("SELECT 1"))
        return file_database.read(lambda inner, _: str(inner.scalar(text("SELECT 2"))))

    assert file_database.read(within) == "2"
    pool = file_database.reading_engine.pool
    assert isinstance(pool, QueuePool)
    assert pool.checkedin() == 1


def test_a_read_that_nobody_waits_for_asks_nothing_more(database: Database) -> None:
    stop, asked = Stop(), []

    def work(session: Session, _actor: Actor) -> None:
        asked.append(session.scalar(text("SELECT phone FROM branch")))
        stop.now()
        asked.append(session.scalar(text("SELECT name FROM branch")))

    with pytest.raises(CancelledError):
        database.read(work, stop)
    assert len(asked) == 1
    assert database.read(lambda session, _actor: session.scalar(text("SELECT 1")), Stop()) == 1


def test_a_read_of_the_file_ends_in_the_midst_of_a_statement(file_database: Database) -> None:
    stop = Stop()
    numbers = text(
        "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number LIMIT 3000000)"
        " SELECT n FROM number"
    )

    def work(session: Session, _actor: Actor) -> None:
        found = session.execute(numbers)
        found.fetchone()
        stop.now()
        found.fetchall()

    with pytest.raises(CancelledError):
        file_database.read(work, stop)
    stop.now()  # too late: the connection serves others
    assert phone(file_database)


def test_a_prepared_question_ends_with_its_read(database: Database) -> None:
    stop, named = Stop(), Prepared(select(Branch.name))

    def work(session: Session, _actor: Actor) -> None:
        assert named.ask(session)
        stop.now()
        named.ask(session)

    with pytest.raises(CancelledError):
        database.read(work, stop)
    assert database.read(lambda session, _actor: named.ask(session))


def test_work_that_fails_leaves_nothing_behind(database: Database, people: People) -> None:
    def half(session: Session, actor: Actor) -> None:
        make_client(session, people.advisor)
        with_phone("1")(session, actor)
        raise RuntimeError("half way")

    before = phone(database)
    with pytest.raises(RuntimeError, match="half way"):
        database.write(half)
    assert phone(database) == before
    assert rows(database, "SELECT id FROM client") == []
    assert database.write(with_phone("2")) == "2"


def test_a_record_saved_by_somebody_else_meanwhile_is_a_conflict(database: Database) -> None:
    def overtaken(session: Session, actor: Actor) -> None:
        branch = session.get_one(Branch, 1)
        session.execute(text("UPDATE branch SET version = version + 1"))
        branch.phone = "1"

    before = phone(database)
    with pytest.raises(ConflictError, match="已被他人保存"):
        database.write(overtaken)
    assert phone(database) == before


def test_two_clients_of_one_account_are_a_conflict_and_not_a_crash(
    database: Database, people: People
) -> None:
    database.write(lambda s, a: make_client(s, people.advisor, account="010000007715"))
    with pytest.raises(ConflictError):
        database.write(lambda s, a: make_client(s, people.colleague, account="010000007715"))


@pytest.mark.req("F10")
def test_a_database_held_by_another_program_is_said_to_be_busy(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_MS", 100)
    if database.path is not None:
        other = open_file(database.path, KEY)
    else:
        url = database.writing_engine.url.render_as_string(hide_password=False)
        other = open_server(url, "other")

    def held(session: Session, actor: Actor) -> None:
        with_phone("1")(session, actor)
        other.read(lambda s, a: s.execute(text("SELECT phone FROM branch")))
        with pytest.raises(DatabaseBusyError, match="占用"):
            other.write(with_phone("2"))

    database.write(held)
    assert other.write(with_phone("3")) == "3"
    other.close()


def test_a_closed_database_has_forgotten_its_key(file_database: Database) -> None:
    assert file_database.key == KEY
    file_database.close()
    assert file_database.key == b""


# --- files ----------------------------------------------------------------------------------


@pytest.mark.req("F7")
@pytest.mark.parametrize("size", [None, 0, 1, 511, 4095, 4096, 60_000])
def test_a_lost_or_cut_file_is_said_so_and_no_new_one_is_made(
    file_template: Path, tmp_path: Path, size: int | None
) -> None:
    path = tmp_path / "branch.db"
    if size is not None:
        path.write_bytes(file_template.read_bytes()[:size])
    with pytest.raises(DatabaseDamagedError):
        open_file(path, KEY)
    left = {file.name: file.stat().st_size for file in tmp_path.glob("branch.db*")}
    assert left.pop("branch.db", None) == size
    assert left.get("branch.db-wal", 0) == 0


@pytest.mark.req("F7")
def test_an_empty_encrypted_file_is_not_taken_for_the_branch(tmp_path: Path) -> None:
    empty = create_file(tmp_path / "branch.db", KEY)
    with empty.writing_engine.begin() as connection:
        connection.execute(text("CREATE TABLE other (id INTEGER)"))
    empty.close()
    with pytest.raises(DatabaseDamagedError, match="没有新建任何文件"):
        open_file(tmp_path / "branch.db", KEY)


@pytest.mark.req("F7")
def test_a_file_that_vanishes_while_open_is_not_made_anew(file_database: Database) -> None:
    path = file_database.path
    assert path is not None
    file_database.reading_engine.dispose()
    path.unlink()
    with pytest.raises(DatabaseReadOnlyError, match="无法打开"):
        phone(file_database)
    assert not path.exists()


@pytest.mark.req("F8")
def test_a_wrong_key_changes_no_byte(file_template: Path, tmp_path: Path) -> None:
    path = Path(shutil.copyfile(file_template, tmp_path / "branch.db"))
    with pytest.raises(DatabaseDamagedError, match="保持原样"):
        open_file(path, b"w" * 32)
    assert path.read_bytes() == file_template.read_bytes()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.req("F8")
def test_a_wrong_key_leaves_what_a_killed_program_had_saved(
    file_template: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copyfile(file_template, tmp_path / "branch.db"))
    killed = (
        "import os, sys; from pathlib import Path; from tests.db.test_database import *\n"
        f"open_file(Path({str(path)!r}), KEY).write(with_phone('4711')); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", killed], cwd=ROOT, check=False).returncode == 9
    log = path.with_name("branch.db-wal")
    before = path.read_bytes(), log.read_bytes()

    with pytest.raises(DatabaseDamagedError):
        open_file(path, b"w" * 32)
    assert (path.read_bytes(), log.read_bytes()) == before
    database = open_file(path, KEY)
    assert phone(database) == "4711"
    database.close()


def test_a_new_file_never_overwrites_another(tmp_path: Path) -> None:
    path = tmp_path / "branch.db"
    path.write_bytes(b"somebody's")
    with pytest.raises(DatabaseDamagedError, match="没有覆盖"):
        create_file(path, KEY)
    assert path.read_bytes() == b"somebody's"


def test_a_place_that_cannot_hold_a_file_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(DatabaseReadOnlyError, match="磁盘"):
        create_file(tmp_path / "file" / "branch.db", KEY)


def test_nothing_personal_can_be_read_from_the_file(
    file_database: Database, file_people: People
) -> None:
    file_database.write(lambda s, a: make_client(s, file_people.advisor, name="欧阳文静"))
    path = file_database.path
    assert path is not None
    stored = b"".join(Path(f"{path}{end}").read_bytes() for end in ("", "-wal"))
    for plain in ("SQLite format 3", "client", "LSL0042", "欧阳文静", "1390000"):
        assert plain.encode() not in stored


def test_a_server_that_is_not_there_is_said_so() -> None:
    address = f"postgresql+psycopg://nobody@127.0.0.1:9/none?application_name={os.getpid()}"
    with pytest.raises(ServerGoneError, match="没有应答"):
        open_server(address, "none").read(lambda s, a: s.execute(text("SELECT 1")))
