"""Undecided rows wait on a list and are decided there, through the same rules."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError, NotFoundError, UserError
from advisorcrm.i18n import use_language
from advisorcrm.imports.deciding import decide_import_doubt
from advisorcrm.imports.doubt_reasons import said_now
from advisorcrm.imports.doubts import DoubtRow, list_import_doubts
from advisorcrm.imports.planning import plan_import
from advisorcrm.imports.storing import apply_import
from advisorcrm.imports.undoing import undo_import
from advisorcrm.terms import DoubtDecision, ImportResult
from tests.conftest import NOW, rows
from tests.factories import People, make_client
from tests.imports.cards import card, saved
from tests.imports.sheets import clients_of, recognised

HEAD = ["客户姓名", "资金账号", "手机", "爱好", "生日", "理财需求内容", "总资产"]
OTHER_NAME = ["赵立欣", "990001", "13900000011", "书法", "1968-12-04", "研究报告、个股推荐", "5000"]


def imported(database: Database, actor: Actor, *lines: list[Any]) -> int:
    door = database.acting_as(actor)
    plan = door.read(partial(plan_import, sheet=recognised(HEAD, *lines)))
    return door.write(partial(apply_import, plan=plan, now=NOW)).batch_id or 0


def waiting(database: Database, actor: Actor) -> list[DoubtRow]:
    return database.acting_as(actor).read(list_import_doubts)


def decided(database: Database, actor: Actor, key: int, decision: DoubtDecision) -> ImportResult:
    return database.acting_as(actor).write(
        partial(decide_import_doubt, doubt_id=key, decision=decision, now=NOW)
    )


@pytest.fixture
def batch(database: Database, people: People) -> int:
    database.acting_as(people.advisor).write(
        lambda s, a: make_client(s, a, name="赵立新", account="990001", mobile="13900000011")
    )
    return imported(database, people.advisor, OTHER_NAME)


def test_a_row_with_another_name_waits_with_its_reason_and_masked_account(
    database: Database, people: People, batch: int
) -> None:
    [doubt] = waiting(database, people.advisor)
    assert (doubt.row, doubt.name, doubt.account, doubt.batch_id) == (
        2,
        "赵立欣",
        "****0001",
        batch,
    )
    assert "赵立新" in doubt.reason
    assert waiting(database, people.manager) == [doubt]
    assert waiting(database, people.colleague) == []


@pytest.mark.parametrize("imported_in", ["zh_CN", "en"])
def test_a_reason_is_told_in_the_language_of_the_window_not_in_that_of_the_import(
    database: Database, people: People, imported_in: str
) -> None:
    database.acting_as(people.advisor).write(
        lambda s, a: make_client(s, a, name="赵立新", account="990001", mobile="13900000011")
    )
    use_language(imported_in)
    try:
        imported(database, people.advisor, OTHER_NAME)
        use_language("en")
        [doubt] = waiting(database, people.advisor)
        assert "赵立新" in doubt.reason
        assert "系统" not in doubt.reason
        use_language("zh_CN")
        [doubt] = waiting(database, people.advisor)
        assert doubt.reason == "文件姓名为 赵立欣，系统里是 赵立新，请核对。"
        assert rows(database, "SELECT reason FROM import_doubt") == [(doubt.reason,)]
        assert said_now("Kept in other words") == "Kept in other words"
    finally:
        use_language("zh_CN")


def test_to_keep_what_the_system_has_changes_nothing_and_ends_the_wait(
    database: Database, people: People, batch: int
) -> None:
    [doubt] = waiting(database, people.advisor)
    before = rows(database, "SELECT * FROM client")
    assert decided(database, people.advisor, doubt.id, DoubtDecision.KEEP) is ImportResult.UNCHANGED
    assert rows(database, "SELECT * FROM client") == before
    assert waiting(database, people.advisor) == []
    with pytest.raises(NotFoundError):
        decided(database, people.advisor, doubt.id, DoubtDecision.TAKE)


def test_what_the_file_says_is_taken_whole_and_is_undone_with_its_batch(
    database: Database, people: People, batch: int
) -> None:
    [doubt] = waiting(database, people.advisor)
    assert decided(database, people.advisor, doubt.id, DoubtDecision.TAKE) is ImportResult.UPDATED
    query = "SELECT name, initials, hobbies, birthday, wealth_content, assets_fen FROM client"
    [taken] = rows(database, query)
    assert taken[:3] == ("赵立欣", "zlx", "书法")
    assert str(taken[3]) == "1968-12-04"
    assert taken[4:] == (",research,stock_picks,", 500_000)

    at = NOW + timedelta(days=1)
    figures = database.acting_as(people.advisor).write(partial(undo_import, batch_id=batch, now=at))
    assert (figures.restored, figures.left) == (1, ())
    assert rows(database, query) == [("赵立新", "zlx", "", None, None, None)]


def test_an_account_that_is_taken_cannot_become_a_second_client(
    database: Database, people: People, batch: int
) -> None:
    [doubt] = waiting(database, people.advisor)
    with pytest.raises(UserError, match="已属于另一位客户"):
        decided(database, people.advisor, doubt.id, DoubtDecision.SEPARATE)
    assert len(waiting(database, people.advisor)) == 1
    assert rows(database, "SELECT count(*) FROM client") == [(1,)]


def test_a_namesake_without_account_may_be_entered_as_somebody_new(
    database: Database, people: People
) -> None:
    database.acting_as(people.advisor).write(
        lambda s, a: make_client(s, a, name="李建业", account="990002", mobile="")
    )
    imported(database, people.advisor, ["李建业", "", "13900000077", "", "", "", ""])
    [doubt] = waiting(database, people.advisor)
    with pytest.raises(UserError, match="分不清"):
        decided(database, people.advisor, doubt.id, DoubtDecision.TAKE)
    assert decided(database, people.advisor, doubt.id, DoubtDecision.SEPARATE) is ImportResult.NEW
    assert rows(database, "SELECT count(*) FROM client") == [(2,)]


def test_nobody_decides_about_rows_of_others(
    database: Database, people: People, batch: int
) -> None:
    [doubt] = waiting(database, people.advisor)
    for who, error in (
        (people.colleague, NotFoundError),
        (people.desk, NotAllowedError),
        (people.office, NotAllowedError),
        (people.administrator, NotAllowedError),
    ):
        with pytest.raises(error):
            decided(database, who, doubt.id, DoubtDecision.KEEP)
    assert len(waiting(database, people.manager)) == 1


def test_when_the_import_is_taken_back_its_open_rows_wait_no_longer(
    database: Database, people: People, batch: int
) -> None:
    database.acting_as(people.advisor).write(partial(undo_import, batch_id=batch, now=NOW))
    assert waiting(database, people.advisor) == []


@pytest.mark.parametrize("decision", [DoubtDecision.TAKE, DoubtDecision.SEPARATE])
def test_a_contact_with_the_number_of_another_client_waits_and_keeps_its_labels(
    database: Database, people: People, tmp_path: Path, decision: DoubtDecision
) -> None:
    advisor = database.acting_as(people.advisor)
    advisor.write(
        lambda s, a: make_client(s, a, name="样甲", account="990001", mobile="13900000801")
    )
    data = card(
        "FN:样小甲", "TEL:13900000801", "TEL;FAX:02163210009", "ORG:示例公司", "BDAY:--0415"
    )
    sheet = clients_of(saved(tmp_path, data))
    plan = advisor.read(partial(plan_import, sheet=sheet))
    assert [row.result for row in plan.rows] == [ImportResult.UNDECIDED]
    advisor.write(partial(apply_import, plan=plan, now=NOW))
    [doubt] = waiting(database, people.advisor)
    decided(database, people.advisor, doubt.id, decision)
    found = rows(database, "SELECT name, employer, birthday_month_day FROM client ORDER BY id")
    assert found[-1] == ("样小甲", "示例公司", "04-15")
    assert len(found) == (1 if decision is DoubtDecision.TAKE else 2)
    notes = rows(database, "SELECT note FROM contact_point WHERE value = '021-63210009'")
    assert notes == [("传真",)]


def test_contacts_are_taken_back_like_clients(
    database: Database, people: People, tmp_path: Path
) -> None:
    advisor = database.acting_as(people.advisor)
    advisor.write(
        lambda s, a: make_client(s, a, name="样甲", account="990001", mobile="13900000802")
    )
    data = card("FN:样甲", "TEL:13900000802", "TEL;FAX:02163210009", "ORG:示例公司")
    sheet = clients_of(saved(tmp_path, data + card("FN:样乙", "TEL;FAX:02163210010")))
    plan = advisor.read(partial(plan_import, sheet=sheet))
    batch = advisor.write(partial(apply_import, plan=plan, now=NOW)).batch_id
    advisor.write(partial(undo_import, batch_id=batch or 0, now=NOW + timedelta(hours=1)))
    left = rows(database, "SELECT name, employer FROM client WHERE archived_at IS NULL")
    assert left == [("样甲", "")]
    points = rows(database, "SELECT value FROM contact_point WHERE archived_at IS NULL "
                            "AND client_id = (SELECT id FROM client WHERE name = '样甲')")  # fmt: skip
    assert points == [("13900000802",)]
