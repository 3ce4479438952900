from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from advisorcrm.db.database import Database
from advisorcrm.db.history import expected_triggers
from tools import check_schema

DRIFTS = {
    "sqlite": (
        "ALTER TABLE client ADD COLUMN extra VARCHAR(10)",
        "DROP INDEX ix_client_name",
        "CREATE TABLE extra (id INTEGER PRIMARY KEY)",
        "DROP TRIGGER record_client_update",
        "DROP TRIGGER keep_contact_log_delete",
    ),
    "postgresql": (
        "ALTER TABLE client ADD COLUMN extra VARCHAR(10)",
        "ALTER TABLE client ALTER COLUMN name TYPE VARCHAR(60)",
        "ALTER TABLE client ALTER COLUMN name DROP NOT NULL",
        "ALTER TABLE contact_log DROP CONSTRAINT uq_contact_log_uuid",
        "DROP INDEX ix_client_name",
        "CREATE TABLE extra (id INTEGER PRIMARY KEY)",
        "DROP TRIGGER record_client ON client",
        "DROP TRIGGER keep_contact_log_truncate ON contact_log",
    ),
}


def test_the_migrations_build_what_the_models_say(database: Database) -> None:
    assert check_schema.differences_of(database) == []


def test_a_schema_that_drifts_is_noticed(database: Database) -> None:
    with database.writing_engine.connect() as connection:
        for statement in DRIFTS[database.engine_name]:
            connection.execute(text(statement))
            assert check_schema.differences(connection), statement
            connection.rollback()


def test_an_index_of_other_rows_than_the_model_says_is_noticed(database: Database) -> None:
    with database.writing_engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_reminder_user_id_snoozed_until"))
        connection.execute(
            text(
                "CREATE INDEX ix_reminder_user_id_snoozed_until ON reminder (user_id, snoozed_until)"
            )
        )
        found = check_schema.differences(connection)
        assert found == ["index ix_reminder_user_id_snoozed_until is of rows where anything"]
        connection.rollback()


def test_every_table_of_record_has_its_triggers(database: Database) -> None:
    with database.writing_engine.connect() as connection:
        names = expected_triggers(connection)
    for table in ("client", "contact_log", "contact_point", "user", "access_log"):
        assert f"keep_{table}_delete" in names


def test_the_check_prints_one_line_and_fails_the_build(
    file_database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @contextmanager
    def at_hand() -> Iterator[Database]:
        yield file_database

    monkeypatch.setattr(check_schema, "fresh_file", at_hand)
    monkeypatch.setattr(check_schema, "fresh_server", at_hand)
    assert check_schema.main() == 0
    with file_database.writing_engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_client_name"))
    assert check_schema.main() == 1

    fine, faulty = capsys.readouterr().out.splitlines()
    assert fine == "The schema equals the models on both engines."
    assert "ix_client_name" in faulty
