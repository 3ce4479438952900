from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from sqlalchemy.sql.compiler import SQLCompiler

from advisorcrm.db.database import Database, open_file
from advisorcrm.db.engines import rehearsing_engine
from advisorcrm.services.branch.settings import Settings, save_setting
from advisorcrm.services.workplace.start import FirstDay, load_start, prepare
from advisorcrm.terms import TIER, Role
from tests.factories import KEY, NOW, People, make_client, make_log


@pytest.mark.parametrize(
    "role", ["advisor", "manager", "leader", "desk", "office", "administrator"]
)
def test_everybody_starts_with_branch_labels_and_settings(
    database: Database, people: People, role: str
) -> None:
    start = database.acting_as(getattr(people, role)).read(load_start)
    assert start.branch.name == "历山路证券营业部"
    assert start.book.label_zh(TIER, "gold") == "金卡"
    assert start.settings == Settings()


def test_a_person_starts_with_the_own_choices(database: Database, people: People) -> None:
    advisor = database.acting_as(people.advisor)
    advisor.write(lambda s, a: save_setting(s, a, "language", "en"))
    assert advisor.read(load_start).settings.language == "en"
    assert database.acting_as(people.manager).read(load_start).settings.language == "zh_CN"


@pytest.mark.req("R16")
def test_the_clients_seen_first_are_those_the_person_may_see(
    database: Database, people: People
) -> None:
    database.write(lambda s, a: make_client(s, people.advisor, name="欧阳文静"))
    database.write(lambda s, a: make_client(s, people.colleague, name="王秀兰"))
    ask = partial(load_start, now=NOW)

    def top(role: str) -> list[str] | None:
        found = database.acting_as(getattr(people, role)).read(ask).top
        return None if found is None else sorted(row.name for row in found)

    assert top("office") == ["欧*", "王*"]
    for who in ("advisor", "manager", "leader", "desk"):
        assert top(who) is None, "they begin with their day"
    assert top("administrator") is None
    assert database.read(load_start).top is None, "nobody looks"


@pytest.mark.req("R22", "R33")
def test_the_day_comes_along_for_those_who_begin_with_it(
    database: Database, people: People
) -> None:
    mine = database.acting_as(people.advisor)
    client = mine.write(lambda s, a: make_client(s, a, name="欧阳文静"))
    mine.write(lambda s, a: make_log(s, a, client, contacted_at=NOW))

    def day(role: str) -> FirstDay | None:
        return database.acting_as(getattr(people, role)).read(partial(load_start, now=NOW)).day

    own, branch, desk = day("advisor"), day("manager"), day("desk")
    assert own is not None
    assert own.visits is not None
    assert (own.visits.visited, own.branch) == (1, None)
    assert branch is not None
    assert branch.branch is not None
    assert {row.id: row.visits for row in branch.branch.advisors}[people.advisor.user_id] == 1
    assert branch.visits is None
    assert desk is not None
    assert desk.branch is None
    for found in (own, branch, desk):
        assert [part.slot.label for part in found.parts][:1] == ["晨会"]
    assert day("office") is None, "head office begins with the list of clients"
    assert day("administrator") is None
    assert mine.read(load_start).day is None, "nobody looks"


def test_what_was_rehearsed_before_the_sign_in_leaves_nothing_in_the_file(
    file_database: Database, file_people: People
) -> None:
    file_database.write(lambda s, a: make_client(s, file_people.advisor, name="欧阳文静"))
    prepare(now=NOW)
    rehearsed = rehearsing_engine()
    assert file_database.path is not None
    opened = open_file(file_database.path, KEY)
    try:
        assert opened.reading_engine is rehearsed, "it knows the statements"
        office = opened.acting_as(file_people.office)
        found = office.read(partial(load_start, now=NOW)).top
        assert len(found or ()) == 1
        assert rehearsing_engine() is not rehearsed
    finally:
        opened.close()


def test_what_was_rehearsed_is_not_compiled_again_at_the_sign_in(
    file_database: Database, file_people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(now=NOW, role=Role.MANAGER)
    assert file_database.path is not None
    opened = open_file(file_database.path, KEY)
    compiled: list[str] = []
    made = SQLCompiler.__init__

    def note(compiler: Any, *told: Any, **named: Any) -> None:
        made(compiler, *told, **named)
        compiled.append(str(compiler))

    monkeypatch.setattr(SQLCompiler, "__init__", note)
    try:
        opened.acting_as(file_people.manager).read(partial(load_start, now=NOW))
        assert compiled == []
    finally:
        opened.close()
