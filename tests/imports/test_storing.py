"""Storing a planned import: the good rows together, or nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError
from advisorcrm.imports import storing
from advisorcrm.imports.import_plan import ImportFigures, ImportPlan
from advisorcrm.imports.planning import plan_import
from advisorcrm.imports.storing import apply_import
from advisorcrm.models import Client, ClientGroup, ContactPoint, ImportBatch
from advisorcrm.services.clients.client_search import find_clients
from advisorcrm.terms import ClientStage, ImportResult, ImportRule, PointKind
from tests.conftest import NOW, rows
from tests.factories import People, make_client
from tests.imports.cards import card, saved
from tests.imports.sheets import REAL, clients_of, recognised

HEAD = ["客户姓名", "资金账号", "手机", "备注", "客户组"]


def plan_of(
    database: Database, actor: Actor, *cells: list[Any], rule: ImportRule = ImportRule.FILL_BLANKS
) -> ImportPlan:
    sheet = recognised(*cells)
    return database.acting_as(actor).read(partial(plan_import, sheet=sheet, rule=rule))


def stored(database: Database, actor: Actor, plan: ImportPlan) -> ImportFigures:
    return database.acting_as(actor).write(partial(apply_import, plan=plan, now=NOW))


@pytest.mark.req("R15", "R71")
def test_the_branch_list_goes_in_and_changes_nothing_the_second_time(
    database: Database, people: People
) -> None:
    sheet = clients_of(REAL / "excel" / "高端客户明细表_a.xlsx")
    manager = database.acting_as(people.manager)
    plan = manager.read(partial(plan_import, sheet=sheet, default_advisor_no="LSL0042"))
    figures = stored(database, people.manager, plan)
    assert (figures.read, figures.new, figures.failed) == (24, 24, 0)
    assert rows(database, "SELECT sum(assets_fen) FROM client")[0][0] == 1_142_087 * 10_000
    for rule in ImportRule:
        again = manager.read(partial(plan_import, sheet=sheet, rule=rule))
        assert [len(again.of(row.result)) for row in again.rows[:1]] == [24]
        assert not any(row.record for row in again.rows)


def test_a_new_client_is_found_by_what_people_type(database: Database, people: People) -> None:
    plan = plan_of(
        database, people.advisor, HEAD, ["曾样己", "990000000084", "13900006012", "", ""]
    )
    stored(database, people.advisor, plan)
    for typed in ("zyj", "cyj", "曾样", "6012", "0084", "zeng"):
        found = database.acting_as(people.advisor).read(partial(find_clients, text=typed))
        assert (typed, found.total) == (typed, 1)


def test_a_client_gets_a_number_of_the_branch_unless_it_has_one(
    database: Database, people: People
) -> None:
    plan = plan_of(
        database, people.advisor, ["客户姓名", "客户号", "资金账号"],
        ["样甲", "", "990001"], ["样乙", "KH-77", "990002"],
    )  # fmt: skip
    stored(database, people.advisor, plan)
    numbers = [row[0] for row in rows(database, "SELECT client_no FROM client ORDER BY id")]
    assert numbers[1] == "KH-77"
    assert numbers[0].startswith("LSL-")


def test_the_batch_and_every_change_are_on_record(database: Database, people: People) -> None:
    database.write(
        lambda session, _actor: make_client(
            session, people.advisor, name="样甲", account="990001", mobile=None
        )
    )
    plan = plan_of(
        database, people.advisor, HEAD,
        ["样甲", "990001", "13900000001", "好", ""], ["样乙", "990002", "", "", ""],
        ["样丙", "990003", "139", "", ""],
    )  # fmt: skip
    figures = stored(database, people.advisor, plan)
    batch = database.read(lambda session, _actor: session.scalars(select(ImportBatch)).one())
    assert batch.id == figures.batch_id
    assert (batch.read, batch.new, batch.updated, batch.failed) == (3, 1, 1, 1)
    history = rows(
        database,
        "SELECT operation, new FROM change_history WHERE table_name = 'client' "
        "AND actor = 'LSL0042' ORDER BY id",
    )
    assert [operation for operation, _new in history] == ["insert", "update"]
    assert [(fault.row, fault.column) for fault in figures.failures] == [(4, "手机")]


def test_an_update_adds_the_number_and_keeps_the_rest(database: Database, people: People) -> None:
    key = database.write(
        lambda session, _actor: make_client(
            session,
            people.advisor,
            name="样甲",
            account="990001",
            remark="旧",
            mobile="13900000001",
        )
    )
    plan = plan_of(
        database, people.advisor, HEAD,
        ["样甲", "990001", "13900000001、13900000002", "新", ""], rule=ImportRule.OVERWRITE,
    )  # fmt: skip
    stored(database, people.advisor, plan)

    def look(session: Any, _actor: Actor) -> tuple[str, int, list[str]]:
        client = session.get(Client, key)
        values = session.scalars(select(ContactPoint.value).order_by(ContactPoint.id))
        return client.remark, client.version, list(values)

    assert database.read(look) == ("新", 2, ["13900000001", "13900000002"])
    found = database.acting_as(people.advisor).read(partial(find_clients, text="00002"))
    assert found.total == 1


def test_a_client_group_of_the_file_is_made_when_the_branch_lacks_it(
    database: Database, people: People
) -> None:
    plan = plan_of(
        database, people.advisor, HEAD,
        ["样甲", "990001", "", "", "第二客户组"], ["样乙", "990002", "", "", "第九客户组"],
    )  # fmt: skip
    assert plan.new_groups == ("第九客户组",)
    stored(database, people.advisor, plan)

    def groups(session: Any, _actor: Actor) -> list[tuple[str, str]]:
        joined = select(Client.name, ClientGroup.name).join(
            ClientGroup, ClientGroup.id == Client.client_group_id
        )
        return [tuple(row) for row in session.execute(joined.order_by(Client.id))]

    assert database.read(groups) == [("样甲", "第二客户组"), ("样乙", "第九客户组")]


def test_what_others_did_since_the_dry_run_is_not_overrun(
    database: Database, people: People
) -> None:
    key = database.write(
        lambda session, _actor: make_client(
            session, people.advisor, name="样甲", account="990001", mobile=None
        )
    )
    plan = plan_of(
        database, people.advisor, HEAD,
        ["样甲", "990001", "", "新", ""], ["样乙", "990002", "", "", ""], ["样丙", "990003", "", "", ""],
    )  # fmt: skip

    def meanwhile(session: Any, _actor: Actor) -> None:
        session.get(Client, key).remark = "别人写的"
        make_client(session, people.colleague, name="样乙", account="990002")

    database.write(meanwhile)
    figures = stored(database, people.advisor, plan)
    assert (figures.new, figures.updated, figures.undecided) == (1, 0, 2)
    assert [doubt.row for doubt in figures.doubts] == [2, 3]
    assert rows(database, f"SELECT remark FROM client WHERE id = {key}")[0][0] == "别人写的"


def test_a_failure_half_way_leaves_nothing(
    database: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_of(database, people.advisor, HEAD, ["样甲", "990001", "", "", "新组"])

    def fail(*_arguments: Any) -> int:
        raise RuntimeError("cut")

    monkeypatch.setattr(storing, "_note_batch", fail)
    with pytest.raises(RuntimeError):
        stored(database, people.advisor, plan)
    assert rows(database, "SELECT count(*) FROM client")[0][0] == 0
    assert rows(database, "SELECT count(*) FROM client_group WHERE name = '新组'")[0][0] == 0


def test_who_may_not_import_cannot_store_a_plan(database: Database, people: People) -> None:
    plan = plan_of(database, people.advisor, HEAD, ["样甲", "990001", "", "", ""])
    with pytest.raises(NotAllowedError):
        stored(database, people.desk, plan)


def test_contacts_without_accounts_go_in_and_are_known_again(
    database: Database, people: People
) -> None:
    sheet = clients_of(REAL / "contacts" / "outlook_zh_gb2312.csv")
    advisor = database.acting_as(people.advisor)
    plan = advisor.read(partial(plan_import, sheet=sheet))
    assert stored(database, people.advisor, plan).new == 25
    again = advisor.read(partial(plan_import, sheet=sheet, rule=ImportRule.OVERWRITE))
    assert not any(row.record for row in again.rows)
    kinds = rows(database, "SELECT DISTINCT kind FROM contact_point ORDER BY kind")
    assert [kind for (kind,) in kinds] == [PointKind.EMAIL, PointKind.MOBILE]


@pytest.mark.req("R11")
def test_contacts_of_a_telephone_come_in_as_prospects_with_their_labels(
    database: Database, people: People, tmp_path: Path
) -> None:
    data = card("FN:样甲", "TEL;CELL:13900000501", "TEL;WORK;FAX:02163210006", "CATEGORIES:VIP")
    sheet = clients_of(saved(tmp_path, data))
    advisor = database.acting_as(people.advisor)
    plan = advisor.read(partial(plan_import, sheet=sheet))
    stored(database, people.advisor, plan)
    found = rows(database, "SELECT name, stage, account, remark FROM client")
    assert found == [("样甲", ClientStage.PROSPECT, None, "分组：VIP")]
    points = rows(database, "SELECT kind, value, note FROM contact_point ORDER BY position")
    assert points == [("mobile", "13900000501", ""), ("landline", "021-63210006", "传真")]
    assert rows(database, "SELECT kind FROM import_batch") == [("contacts",)]


def test_a_contact_who_is_a_client_already_gets_his_blanks_filled(
    database: Database, people: People, tmp_path: Path
) -> None:
    known = {"name": "样乙", "account": "990001", "mobile": "13900000502", "remark": "旧"}
    database.write(lambda session, _actor: make_client(session, people.advisor, **known))
    data = card("FN:样乙", "TEL:13900000502", "TEL;FAX:02163210007", "NOTE:新", "BDAY:--0415",
                "ORG:示例公司")  # fmt: skip
    sheet = clients_of(saved(tmp_path, data))
    advisor = database.acting_as(people.advisor)
    plan = advisor.read(partial(plan_import, sheet=sheet))
    told = {change.label: change.new for change in plan.rows[0].changes}
    assert told == {"出生日期": "04-15", "工作单位": "示例公司", "联系方式": "021-6***0007"}
    assert stored(database, people.advisor, plan).updated == 1
    found = rows(database, "SELECT account, remark, birthday_month_day, employer FROM client")
    assert found == [("990001", "旧", "04-15", "示例公司")]
    points = rows(database, "SELECT value, note FROM contact_point ORDER BY position")
    assert points == [("13900000502", ""), ("021-63210007", "传真")]


@pytest.mark.req("R16")
def test_a_contact_who_is_somebody_elses_client_stays_unknown(
    database: Database, people: People, tmp_path: Path
) -> None:
    known = {"name": "样丙", "account": "990002", "mobile": "13900000503"}
    database.write(lambda session, _actor: make_client(session, people.manager, **known))
    sheet = clients_of(saved(tmp_path, card("FN:样丙", "TEL:13900000503", "NOTE:新")))
    plan = database.acting_as(people.advisor).read(partial(plan_import, sheet=sheet))
    (row,) = plan.rows
    assert (row.result, row.client_id) == (ImportResult.NEW, None)


def test_a_number_without_a_name_means_the_own_client_who_has_it(
    database: Database, people: People, tmp_path: Path
) -> None:
    for owner, name, mobile in (
        (people.advisor, "样乙", "13900000504"), (people.colleague, "样丙", "13900000505"),
    ):  # fmt: skip
        fields = {"name": name, "account": mobile, "mobile": mobile}
        database.write(lambda session, _actor, o=owner, f=fields: make_client(session, o, **f))
    numbers = ("13900000504", "13900000505", "13900000506")
    sheet = clients_of(saved(tmp_path, *(card(f"TEL:{one}", "TITLE:经理") for one in numbers)))
    plan = database.acting_as(people.advisor).read(partial(plan_import, sheet=sheet))
    assert [row.result for row in plan.rows] == [
        ImportResult.UPDATED, ImportResult.FAILED, ImportResult.FAILED,
    ]  # fmt: skip
    assert "没有客户姓名" in plan.rows[1].reason, "whose it is is nobody else's business"
    stored(database, people.advisor, plan)
    assert ("样乙", "经理") in rows(database, "SELECT name, occupation FROM client")
