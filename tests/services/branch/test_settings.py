from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError
from advisorcrm.services.branch.settings import Settings, load_settings, save_setting
from tests.conftest import rows
from tests.factories import People


def save(database: Database, **values: Any) -> None:
    for name, value in values.items():
        database.write(partial(save_setting, name=name, value=value))


def test_whoever_chose_nothing_has_the_defaults(database: Database, people: People) -> None:
    for person in people.all:
        assert database.acting_as(person).read(load_settings) == Settings()


def test_a_person_chooses_for_oneself(database: Database, people: People) -> None:
    mine = database.acting_as(people.advisor)
    save(mine, language="en", font_percent=125, list_columns=("name", "tier"), single_keys=False)
    chosen = mine.read(load_settings)
    assert (chosen.language, chosen.font_percent, chosen.single_keys) == ("en", 125, False)
    assert chosen.list_columns == ("name", "tier")
    assert database.acting_as(people.colleague).read(load_settings) == Settings()


def test_who_runs_the_branch_chooses_for_all(database: Database, people: People) -> None:
    save(database.acting_as(people.manager), lock_after_minutes=10, high_end_tiers=("platinum",))
    save(database.acting_as(people.administrator), lock_after_minutes=15)
    for person in people.all:
        chosen = database.acting_as(person).read(load_settings)
        assert (chosen.lock_after_minutes, chosen.high_end_tiers) == (15, ("platinum",))
    branch = "SELECT value FROM setting WHERE name = 'lock_after_minutes'"
    assert rows(database, branch) == [("15",)]


def test_nobody_else_loosens_the_lock(database: Database, people: People) -> None:
    for person in (people.advisor, people.leader, people.desk, people.office):
        with pytest.raises(NotAllowedError):
            save(database.acting_as(person), lock_after_minutes=30)
    assert rows(database, "SELECT id FROM setting") == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("colour", "red"),
        ("lock_after_minutes", 0),
        ("lock_after_minutes", 31),
        ("font_percent", 89),
        ("font_percent", 201),
        ("font_percent", "150"),
    ],
)
def test_an_unknown_name_or_a_value_out_of_bounds_is_refused(
    file_database: Database, file_people: People, name: str, value: Any
) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        save(file_database.acting_as(file_people.manager), **{name: value})
    assert caught.value.field == name


def test_a_setting_of_a_later_program_does_no_harm(database: Database, people: People) -> None:
    mine = database.acting_as(people.advisor)
    save(mine, theme="dark")

    def leave(session, actor):  # type: ignore[no-untyped-def]
        from advisorcrm.models import Setting

        session.add(Setting(user_id=actor.user_id, name="from_the_future", value="[1]"))

    mine.write(leave)
    assert mine.read(load_settings) == Settings(theme="dark")
