"""Steps that fail, are killed, rebuild tables, come from the future or run several at once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from advisorcrm.db import upgrade
from advisorcrm.db.copies import make_copy
from advisorcrm.db.database import Database, create_file, open_file
from advisorcrm.db.history import missing_triggers
from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.errors import DatabaseDamagedError, NewerDatabaseError
from tests.conftest import CHEAP, NOW, rows
from tests.factories import KEY, People, make_client, make_log

ROOT = Path(__file__).resolve().parents[2]
Steps = Callable[[str], Path]

NEW_TABLE = 'op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))'
REBUILD = """
    with op.batch_alter_table("client", recreate="auto") as batch:
        batch.add_column(sa.Column("nickname", sa.String(20), nullable=True))
        batch.alter_column("hobbies", type_=sa.String(200))
"""
BOOM = f"""
    {NEW_TABLE}
    op.execute("UPDATE client SET remark = 'half'")
    raise RuntimeError("boom")
"""
KILL = f"""
    import os, signal
    {NEW_TABLE}
    op.execute("UPDATE client SET remark = 'half'")
    os.kill(os.getpid(), signal.SIGKILL)
"""
ORPHAN = """
    op.execute("UPDATE client SET advisor_id = 4711")
"""


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Steps:
    """Real steps and one more, ``next``, with the body given."""

    def with_step(body: str) -> Path:
        folder = tmp_path / "steps"
        shutil.rmtree(folder, ignore_errors=True)
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "advisorcrm" / "db" / "migrations", folder, ignore=ignored)
        (folder / "versions" / "next_step.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n"
            f"revision = 'next'\ndown_revision = '{upgrade.HEAD}'\n\n\n"
            f"def upgrade():\n    {body.strip()}\n",
            "utf-8",
        )
        monkeypatch.setattr(upgrade, "MIGRATIONS", folder)
        return folder

    return with_step


@pytest.fixture
def client(database: Database, people: People) -> int:
    def work(session, actor):  # type: ignore[no-untyped-def]
        key = make_client(session, people.advisor, name="欧阳文静", remark="原样")
        make_log(session, people.advisor, key)
        make_log(session, people.advisor, key)
        return key

    return database.write(work)


def contents(database: Database) -> dict[str, list[object]]:
    tables = ("client", "contact_log", "contact_point", "change_history", "alembic_version")
    return {table: rows(database, f"SELECT * FROM {table}") for table in tables}


def triggers_are_complete(database: Database) -> bool:
    with database.writing_engine.connect() as connection:
        return missing_triggers(connection) == set()


def has_table(database: Database, name: str) -> bool:
    with database.reading_engine.connect() as connection:
        return bool(connection.dialect.has_table(connection, name))


def address(database: Database) -> str:
    if database.path is not None:
        return str(database.path)
    return database.writing_engine.url.set(drivername="postgresql").render_as_string(
        hide_password=False
    )


def start_child(database: Database, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.db.upgrade_child", address(database), str(folder)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def test_the_newest_step_is_the_one_the_program_knows() -> None:
    assert ScriptDirectory(str(upgrade.MIGRATIONS)).get_current_head() == upgrade.HEAD


@pytest.mark.req("F19")
def test_a_step_that_fails_leaves_everything_as_it_was(
    database: Database, client: int, steps: Steps
) -> None:
    before = contents(database)
    steps(BOOM)
    with pytest.raises(RuntimeError, match="boom"):
        upgrade.upgrade(database)
    assert not has_table(database, "half")
    assert contents(database) == before
    assert triggers_are_complete(database)

    steps(NEW_TABLE)
    upgrade.upgrade(database)
    assert has_table(database, "half")


@pytest.mark.req("F19")
def test_a_step_killed_half_way_leaves_everything_as_it_was(
    database: Database, client: int, steps: Steps
) -> None:
    before = contents(database)
    child = start_child(database, steps(KILL))
    child.communicate("go\n", timeout=60)
    assert child.returncode == -9
    assert not has_table(database, "half")
    assert contents(database) == before
    assert triggers_are_complete(database)

    steps(NEW_TABLE)
    upgrade.upgrade(database)
    assert upgrade.current_revision(database) == "next"


@pytest.mark.req("F20")
def test_a_table_built_anew_keeps_its_children_and_its_triggers(
    database: Database, client: int, steps: Steps
) -> None:
    before = contents(database)
    steps(REBUILD)
    upgrade.upgrade(database)
    after = contents(database)

    assert [row[:5] for row in after["client"]] == [row[:5] for row in before["client"]]
    for children in ("contact_log", "contact_point", "change_history"):
        assert after[children] == before[children]
    assert triggers_are_complete(database)
    database.write(lambda s, a: s.execute(text("UPDATE client SET nickname = '小静'")))
    [(old, new)] = rows(
        database,
        "SELECT old, new FROM change_history WHERE operation = 'update' AND table_name = 'client'",
    )
    assert "小静" in new
    assert "小静" not in old


def test_a_step_that_breaks_the_keys_is_taken_back(
    database: Database, client: int, steps: Steps
) -> None:
    before = contents(database)
    steps(ORPHAN)
    with pytest.raises(DatabaseDamagedError if database.path else DBAPIError):
        upgrade.upgrade(database)
    assert contents(database) == before


def test_foreign_keys_are_watched_again_after_an_upgrade(
    database: Database, client: int, steps: Steps
) -> None:
    steps(NEW_TABLE)
    upgrade.upgrade(database)
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        database.write(lambda s, a: s.execute(text("UPDATE client SET advisor_id = 4711")))


def test_a_copy_made_before_a_step_does_not_spoil_its_way_back(
    file_database: Database, steps: Steps
) -> None:
    assert file_database.path is not None
    Vault.create(vault_path(file_database.path), secret=KEY, cost=CHEAP)
    make_copy(file_database, now=NOW)
    steps(BOOM)
    with pytest.raises(RuntimeError, match="boom"):
        upgrade.upgrade(file_database)
    assert not has_table(file_database, "half")


@pytest.mark.req("F21")
def test_a_database_from_a_newer_program_is_refused_and_not_touched(
    database: Database, client: int
) -> None:
    database.write(lambda s, a: s.execute(text("UPDATE alembic_version SET version_num = '0999'")))
    before = contents(database)
    with pytest.raises(NewerDatabaseError, match="请升级程序"):
        upgrade.needs_upgrade(database)
    assert contents(database) == before


@pytest.mark.req("F21")
def test_a_file_from_a_newer_program_keeps_every_byte(file_database: Database) -> None:
    path = file_database.path
    assert path is not None
    file_database.write(
        lambda s, a: s.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    )
    file_database.close()
    before = path.read_bytes()
    again = open_file(path, KEY)
    with pytest.raises(NewerDatabaseError):
        upgrade.needs_upgrade(again)
    again.close()
    assert path.read_bytes() == before


@pytest.mark.req("F22")
def test_several_programs_upgrade_at_once_and_one_does_the_work(
    database: Database, client: int, steps: Steps
) -> None:
    folder = steps(NEW_TABLE + "\n    op.execute('INSERT INTO half (id) VALUES (1)')")
    children = [start_child(database, folder) for _n in range(3)]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    ends = [(child.communicate(timeout=60)[1], child.returncode) for child in children]

    assert [status for _words, status in ends] == [0, 0, 0], ends
    assert len(rows(database, "SELECT id FROM half")) == 1
    assert triggers_are_complete(database)


def test_the_people_of_a_running_branch_owe_no_duty_from_before_the_record_of_duties(
    tmp_path: Path,
) -> None:
    database = create_file(tmp_path / "old.db", KEY)
    upgrade.upgrade(database, "0015")
    add = "INSERT INTO user (employee_no, name, role, is_active) VALUES ('1', '方', 'manager', 1)"
    database.write(lambda s, a: s.execute(text(add)))
    [(before,)] = rows(database, "SELECT date('now')")
    upgrade.upgrade(database)
    since = f"SELECT since_on BETWEEN '{before}' AND date('now') FROM user"  # midnight may pass
    assert rows(database, since) == [(1,)]
    assert has_table(database, "duty_done")
    assert has_table(database, "absence")
    database.close()


def test_a_running_branch_gets_the_tag_of_sleeping_accounts_and_keeps_its_own(
    tmp_path: Path,
) -> None:
    database = create_file(tmp_path / "old.db", KEY)
    upgrade.upgrade(database, "0021")
    add = (
        "INSERT INTO code_list (list_name, code, label, label_en, position, is_retired, version)"
        " VALUES ('tag', 'own', '自家', '', 7, 0, 1)"
    )
    database.write(lambda s, a: s.execute(text(add)))
    upgrade.upgrade(database)
    tags = "SELECT code, position FROM code_list WHERE list_name = 'tag' ORDER BY position"
    assert rows(database, tags) == [("own", 7), ("dormant", 8)]
    database.close()


def test_a_new_file_is_brought_to_the_newest_step(tmp_path: Path) -> None:
    database = create_file(tmp_path / "new.db", KEY)
    assert upgrade.current_revision(database) is None
    assert upgrade.needs_upgrade(database)
    upgrade.upgrade(database)
    assert not upgrade.needs_upgrade(database)
    database.close()
