"""Taking an import back: what it wrote goes, what people did since stays."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError, NotFoundError, UserError
from advisorcrm.imports.batches import list_import_batches
from advisorcrm.imports.import_plan import ImportFigures
from advisorcrm.imports.planning import plan_import
from advisorcrm.imports.storing import apply_import
from advisorcrm.imports.undoing import UndoFigures, undo_import
from advisorcrm.services.branch.users import list_groups
from advisorcrm.services.clients.client_search import find_clients
from advisorcrm.services.files.client_files import update_client
from advisorcrm.services.files.client_points import add_point, judge_point, list_points
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.merges.client_merges import MergeOrder, merge_clients
from advisorcrm.terms import ImportRule, PointKind, Validity
from tests.conftest import NOW, TODAY, rows
from tests.factories import People, make_client, make_log, set_parameter
from tests.imports.sheets import recognised

HEAD = ["客户姓名", "资金账号", "手机", "爱好", "总资产", "客户类型"]


def imported(
    database: Database, actor: Actor, *lines: list[Any], rule: ImportRule = ImportRule.OVERWRITE
) -> ImportFigures:
    door = database.acting_as(actor)
    plan = door.read(partial(plan_import, sheet=recognised(HEAD, *lines), rule=rule))
    return door.write(partial(apply_import, plan=plan, now=NOW))


def undone(database: Database, actor: Actor, batch: int | None, **late: Any) -> UndoFigures:
    at = NOW + timedelta(**late) if late else NOW + timedelta(hours=1)
    return database.acting_as(actor).write(partial(undo_import, batch_id=batch or 0, now=at))


def clients(database: Database) -> list[tuple[Any, ...]]:
    return rows(database, "SELECT name, account, hobbies FROM client WHERE archived_at IS NULL")


@pytest.mark.req("R246")
def test_new_clients_leave_every_list_and_may_come_again_with_a_better_file(
    database: Database, people: People
) -> None:
    wrong = imported(database, people.advisor, ["样甲", "990001", "13900000011", "", "", ""])
    assert undone(database, people.advisor, wrong.batch_id).removed == 1
    assert clients(database) == []
    found = database.acting_as(people.advisor).read(partial(find_clients, text="样甲"))
    assert found.total == 0

    imported(database, people.advisor, ["样甲甲", "990001", "13900000011", "", "", ""])
    assert clients(database) == [("样甲甲", "990001", "")]


def test_a_group_made_by_the_file_goes_with_it_unless_others_belong_to_it(
    database: Database, people: People
) -> None:
    def groups() -> list[str]:
        door = database.acting_as(people.manager)
        return [name for _key, name in door.read(list_groups)]

    def with_groups(*lines: list[str]) -> int:
        door = database.acting_as(people.manager)
        sheet = recognised(["客户姓名", "资金账号", "客户组"], *lines)
        plan = door.read(partial(plan_import, sheet=sheet))
        return door.write(partial(apply_import, plan=plan, now=NOW)).batch_id or 0

    before = groups()
    first = with_groups(["样甲", "990001", "新组"], ["样乙", "990002", "共用组"])
    with_groups(["样丙", "990003", "共用组"])
    undone(database, people.manager, first)
    assert sorted(groups()) == sorted([*before, "共用组"])

    again = with_groups(["样甲", "990001", "新组"])
    assert sorted(groups()) == sorted([*before, "共用组", "新组"])
    undone(database, people.manager, again)
    assert sorted(groups()) == sorted([*before, "共用组"])


def test_changed_fields_become_what_they_were_and_added_numbers_go(
    database: Database, people: People
) -> None:
    key = database.acting_as(people.advisor).write(
        lambda s, a: make_client(
            s, a, name="样乙", account="990002", mobile="13900000022", hobbies="钓鱼",
            assets_fen=100, tier="gold",
        )
    )  # fmt: skip
    before = rows(database, "SELECT name, pinyin, hobbies, assets_fen, tier FROM client")
    batch = imported(
        database,
        people.advisor,
        ["样乙", "990002", "13900000022、13900000099", "书法", "5000", "银卡"],
    )
    assert batch.updated == 1

    figures = undone(database, people.advisor, batch.batch_id)

    assert (figures.restored, figures.left) == (1, ())
    assert before == rows(database, "SELECT name, pinyin, hobbies, assets_fen, tier FROM client")
    points = database.acting_as(people.advisor).read(partial(list_points, client_id=key))
    assert len(points) == 1


def test_a_field_edited_since_the_import_stays_and_is_listed(
    database: Database, people: People
) -> None:
    door = database.acting_as(people.advisor)
    key = door.write(lambda s, a: make_client(s, a, name="样丙", account="990003", hobbies="钓鱼"))
    batch = imported(database, people.advisor, ["样丙", "990003", "", "书法", "5000", ""])
    change = {"hobbies": Change("书法", "登山")}
    door.write(partial(update_client, client_id=key, changes=change, now=NOW))

    figures = undone(database, people.advisor, batch.batch_id)

    [left] = figures.left
    assert (left.row, left.name) == (2, "样丙")
    assert "爱好" in left.reason
    assert rows(database, "SELECT hobbies, assets_fen FROM client") == [("登山", None)]


def edit_hobbies(session: Any, actor: Actor, key: int) -> None:
    update_client(session, actor, key, {"hobbies": Change("", "登山")}, now=NOW)


def talk(session: Any, actor: Actor, key: int) -> None:
    make_log(session, actor, key)


def verify_phone(session: Any, actor: Actor, key: int) -> None:
    [point] = list_points(session, actor, key)
    judge_point(session, actor, point.id, Validity.VALID, today=TODAY)


def add_number(session: Any, actor: Actor, key: int) -> None:
    add_point(session, actor, key, PointKind.QQ, "123456")


@pytest.mark.parametrize("work", [edit_hobbies, talk, verify_phone, add_number])
def test_a_new_client_somebody_has_worked_with_stays_and_is_listed(
    database: Database, people: People, work: Any
) -> None:
    batch = imported(
        database, people.advisor,
        ["样丁", "990004", "13900000044", "", "", ""], ["样戊", "990005", "13900000055", "", "", ""],
    )  # fmt: skip
    [(key,)] = rows(database, "SELECT id FROM client WHERE account = '990004'")
    database.acting_as(people.advisor).write(lambda s, a: work(s, a, key))

    figures = undone(database, people.advisor, batch.batch_id)

    assert figures.removed == 1
    assert [(left.row, left.name) for left in figures.left] == [(2, "样丁")]
    assert [row[0] for row in clients(database)] == ["样丁"]


def test_a_client_merged_into_another_file_stays_so_and_is_listed(
    database: Database, people: People
) -> None:
    kept = database.write(lambda session, _actor: make_client(session, people.advisor))
    batch = imported(database, people.advisor, ["样乙", "990002", "13900000022", "", "", ""])
    [(key,)] = rows(database, f"SELECT id FROM client WHERE id != {kept}")
    order = MergeOrder(kept, key, reason="同一人")
    database.acting_as(people.manager).write(partial(merge_clients, order=order, now=NOW))
    figures = undone(database, people.advisor, batch.batch_id)
    assert (figures.removed, [(one.name, one.reason) for one in figures.left]) == (
        0,
        [("样乙", "导入以后并入了另一份档案，保留原样。")],
    )


def test_a_client_given_to_somebody_else_is_not_taken_back_by_the_importer(
    database: Database, people: People
) -> None:
    batch = imported(database, people.advisor, ["样己", "990006", "", "", "", ""])
    database.write(
        lambda s, a: s.execute(
            text("UPDATE client SET advisor_id = :other"), {"other": people.colleague.user_id}
        )
    )
    figures = undone(database, people.advisor, batch.batch_id)
    assert (figures.removed, len(figures.left)) == (0, 1)


def test_a_batch_is_taken_back_once_within_seven_days_and_only_by_those_who_answer_for_it(
    database: Database, people: People
) -> None:
    batch = imported(database, people.advisor, ["样庚", "990007", "", "", "", ""]).batch_id
    for who, late, error in (
        (people.colleague, {"hours": 1}, NotFoundError),
        (people.leader, {"hours": 1}, NotAllowedError),
        (people.administrator, {"hours": 1}, NotAllowedError),
        (people.advisor, {"days": 7, "minutes": 1}, UserError),
    ):
        with pytest.raises(error):
            undone(database, who, batch, **late)
    assert len(clients(database)) == 1
    assert undone(database, people.manager, batch, days=7).removed == 1
    with pytest.raises(UserError, match="撤销过"):
        undone(database, people.manager, batch)


def test_the_branch_decides_for_how_long_an_import_can_be_taken_back(
    database: Database, people: People
) -> None:
    set_parameter(database, people, "import_undo_days", "2")
    batch = imported(database, people.manager, ["样甲", "990001", "", "", "", ""]).batch_id
    with pytest.raises(UserError, match="已过 2 天"):
        undone(database, people.manager, batch, days=3)
    assert undone(database, people.manager, batch, days=1).removed == 1


def test_the_list_of_imports_says_until_when_each_can_be_taken_back(
    database: Database, people: People
) -> None:
    first = imported(database, people.advisor, ["样辛", "990008", "", "", "", ""])
    imported(database, people.manager, ["样壬", "990009", "", "", "", ""])
    undone(database, people.advisor, first.batch_id)

    def listed(actor: Actor, **later: Any) -> list[tuple[int, bool]]:
        found = database.acting_as(actor).read(
            partial(list_import_batches, now=NOW + timedelta(**later))
        )
        return [(batch.new, batch.may_undo) for batch in found]

    assert listed(people.manager) == [(1, True), (1, False)]
    assert listed(people.manager, days=8) == [(1, False), (1, False)]
    assert listed(people.advisor) == [(1, False)]


def test_the_history_says_which_batch_changed_a_file_and_which_took_it_back(
    database: Database, people: People
) -> None:
    database.acting_as(people.advisor).write(
        lambda s, a: make_client(s, a, name="样癸", account="990010")
    )
    batch = imported(database, people.advisor, ["样癸", "990010", "", "书法", "", ""]).batch_id
    undone(database, people.advisor, batch)
    why = rows(
        database,
        "SELECT why FROM change_history WHERE table_name = 'client' AND operation = 'update' ORDER BY id",
    )
    assert why == [(f"导入批次 {batch}",), (f"撤销导入批次 {batch}",)]
