"""The change history of a file: by field, by version, compared, brought back; on both engines."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.models import Client, Consent, ImportBatch, ImportRow
from advisorcrm.services.clients.client_store import update_clients
from advisorcrm.services.files.changed_files import list_changed_files
from advisorcrm.services.files.client_edits import ClientEdit, keep_losers, save_client_edit
from advisorcrm.services.files.client_files import open_client_file, update_client
from advisorcrm.services.files.client_points import change_point, judge_point, list_points
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.histories.histories import compare_versions, list_history, list_versions
from advisorcrm.services.histories.restoring import restore_fields
from advisorcrm.terms import Channel, ConsentState, ImportResult, Purpose, Validity
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client

Edit = Callable[..., None]


@pytest.fixture
def client(database: Database, people: People) -> int:
    return database.acting_as(people.advisor).write(
        lambda s, a: make_client(
            s, people.advisor, name="王秀兰", mobile="13700002290", hobbies="广场舞",
            tier="gold", account="600100003320", commission_ppm=800,
        )
    )  # fmt: skip


@pytest.fixture
def edit(mine: Database, client: int) -> Edit:
    """Save fields as the page does: ``edit(hobbies=("", "下棋"), why="客户来电")``."""

    def save(why: str = "", **fields: tuple[Any, Any]) -> None:
        changes = {name: Change(*pair) for name, pair in fields.items()}
        work = partial(save_client_edit, client_id=client, edit=ClientEdit(changes, why=why))
        mine.write(partial(work, now=NOW))

    return save


def entries(database: Database, client: int) -> list[tuple[str, str, str, str]]:
    page = database.read(partial(list_history, client_id=client))
    return [(e.label, e.old, e.new, e.why) for e in page.entries]


@pytest.mark.req("R77")
def test_a_change_is_told_with_field_old_new_who_and_why(
    mine: Database, client: int, edit: Edit
) -> None:
    edit(
        why="客户来电，改佣金", hobbies=("广场舞", "广场舞、旅游"), tier=("gold", "platinum"),
        commission_ppm=(800, 500), birthday=(None, date(1969, 3, 8)),
    )  # fmt: skip
    page = mine.read(partial(list_history, client_id=client))
    told = {e.label: (e.who, e.old, e.new, e.why, e.version) for e in page.entries[:4]}
    assert told == {
        "爱好": ("林若溪", "广场舞", "广场舞、旅游", "客户来电，改佣金", 2),
        "客户类型": ("林若溪", "金卡", "白金卡", "客户来电，改佣金", 2),
        "佣金现状（‰）": ("林若溪", "0.80‰", "0.50‰", "客户来电，改佣金", 2),
        "生日（公历）": ("林若溪", "", "1969-03-08", "客户来电，改佣金", 2),
    }
    assert page.versions == 2
    assert all(entry.version == 1 for entry in page.entries[4:])


@pytest.mark.req("R148")
def test_values_stay_masked_in_the_history(
    mine: Database, database: Database, people: People, client: int, edit: Edit
) -> None:
    edit(
        account=("****3320", "600100009999"), address=("", "济南市历下区历山路136号"),
        id_number=("", "11010519491231002X"), why="改号 13700002290",
    )  # fmt: skip
    for person in (people.advisor, people.manager, people.desk, people.office):
        said = repr(database.acting_as(person).read(partial(list_history, client_id=client)))
        said += repr(
            database.acting_as(person).read(
                partial(compare_versions, client_id=client, earlier=0, later=2)
            )
        )
        for secret in ("600100003320", "600100009999", "历山路136号", "19491231", "13700002290"):
            assert secret not in said
    assert ("资金账号", "****3320", "****9999", "改号 137****2290") in entries(mine, client)
    office = repr(database.acting_as(people.office).read(partial(list_history, client_id=client)))
    assert "王秀兰" not in office


def test_a_number_is_told_by_its_kind_mask_and_state(
    mine: Database, client: int, edit: Edit
) -> None:
    [point] = mine.read(partial(list_points, client_id=client))
    mine.write(partial(judge_point, point_id=point.id, validity=Validity.VALID, today=TODAY))
    mine.write(partial(change_point, point_id=point.id, value="13800001111", now=NOW))
    told = [entry for entry in entries(mine, client) if entry[0] == "手机"]
    assert told == [
        ("手机", "", "138****1111 待核", ""),
        ("手机", "137****2290 有效", "", ""),
        ("手机", "137****2290 待核", "137****2290 有效", ""),
        ("手机", "", "137****2290 待核", ""),
    ]


def answer(client: int, state: ConsentState) -> Callable[[Session, Actor], None]:
    def work(session: Session, actor: Actor) -> None:
        session.add(
            Consent(uuid=str(uuid.uuid4()), client_id=client, channel=Channel.SMS,
                    purpose=Purpose.NEWS, state=state, answered_at=NOW, user_id=actor.user_id,
                    created_at=NOW)
        )  # fmt: skip

    return work


@pytest.mark.req("R117")
def test_an_answer_about_consent_is_told_beside_the_one_before(mine: Database, client: int) -> None:
    mine.write(answer(client, ConsentState.GIVEN))
    mine.write(answer(client, ConsentState.WITHDRAWN))
    newest = mine.read(partial(list_history, client_id=client)).entries[0]
    assert (newest.label, newest.old, newest.new, newest.is_warning) == (
        "短信同意（资讯）", "同意", "撤回", True,
    )  # fmt: skip
    [difference] = mine.read(partial(compare_versions, client_id=client, earlier=1, later=3))
    assert (difference.old, difference.new, difference.field) == ("", "撤回", "")


def test_what_one_action_changed_is_one_version(mine: Database, client: int, edit: Edit) -> None:
    edit(hobbies=("广场舞", "下棋"), occupation=("", "教师"))
    edit(hobbies=("下棋", "书法"))
    found = mine.read(partial(list_versions, client_id=client))
    assert [(row.number, row.who, row.what) for row in found] == [
        (3, "林若溪", "爱好"),
        (2, "林若溪", "职业，爱好"),
        (1, "林若溪", "新建档案"),
    ]


def test_two_versions_show_only_what_differs(mine: Database, client: int, edit: Edit) -> None:
    edit(hobbies=("广场舞", "下棋"), occupation=("", "教师"))
    edit(hobbies=("下棋", "书法"), service_need=(None, "do_not_disturb"), why="客户要求")
    edit(occupation=("教师", ""))
    found = mine.read(partial(compare_versions, client_id=client, earlier=1, later=4))
    assert {(row.label, row.old, row.new, row.why, row.is_warning) for row in found} == {
        ("爱好", "广场舞", "书法", "客户要求", False),
        ("服务需求", "", "不愿打扰", "客户要求", True),
    }
    assert mine.read(partial(compare_versions, client_id=client, earlier=4, later=4)) == []


@pytest.mark.req("R77")
def test_an_earlier_value_comes_back_as_a_new_version_without_being_shown(
    mine: Database, client: int, edit: Edit
) -> None:
    edit(account=("****3320", "600100009999"), hobbies=("广场舞", "下棋"), tier=("gold", None))
    edit(hobbies=("下棋", "书法"))
    back = partial(restore_fields, client_id=client, version=1, now=NOW)
    mine.write(partial(back, fields=("account", "tier"), why="改错了"))
    account, tier, hobbies = mine.read(
        lambda s, a: (
            s.get_one(Client, client).account,
            s.get_one(Client, client).tier,
            s.get_one(Client, client).hobbies,
        )
    )
    assert (account, tier, hobbies) == ("600100003320", "gold", "书法")
    newest = mine.read(partial(list_versions, client_id=client))[0]
    assert (newest.number, newest.why, set(newest.labels)) == (
        4, "改错了", {"资金账号", "客户类型"},
    )  # fmt: skip


def test_bringing_back_needs_a_reason_a_field_and_the_right(
    mine: Database, database: Database, people: People, client: int, edit: Edit
) -> None:
    edit(hobbies=("广场舞", "下棋"))
    back = partial(restore_fields, client_id=client, version=1, now=NOW)
    for fields, why, wrong in (
        (("hobbies",), "  ", "why"),
        ((), "x", "fields"),
        (("assets",), "x", "assets"),
    ):
        with pytest.raises(InvalidFieldError) as caught:
            mine.write(partial(back, fields=fields, why=why))
        assert caught.value.field == wrong
    for person, refusal in (
        (people.colleague, NotFoundError), (people.leader, NotAllowedError),
        (people.desk, NotAllowedError), (people.office, NotAllowedError),
    ):  # fmt: skip
        with pytest.raises(refusal):
            database.acting_as(person).write(partial(back, fields=("hobbies",), why="x"))


def test_an_account_that_somebody_else_has_meanwhile_does_not_come_back(
    mine: Database, people: People, client: int, edit: Edit
) -> None:
    edit(account=("****3320", "600100009999"))
    mine.write(lambda s, a: make_client(s, people.advisor, account="600100003320"))
    with pytest.raises(InvalidFieldError, match="另一位客户"):
        mine.write(
            partial(
                restore_fields, client_id=client, version=1, fields=("account",), why="x", now=NOW
            )
        )


@pytest.mark.req("R78")
def test_what_an_import_changed_says_which_batch(
    mine: Database, client: int, people: People
) -> None:
    def imported(session: Session, actor: Actor) -> int:
        update_clients(session, [(client, {"commission_ppm": 500})], now=NOW)
        batch = ImportBatch(
            at=NOW, user_id=actor.user_id, kind="clients", file_name="名单.xlsx", rule="overwrite"
        )
        session.add(batch)
        session.flush()
        session.add(
            ImportRow(batch_id=batch.id, client_id=client, row=2, result=ImportResult.UPDATED,
                      fields=("commission_ppm",), old="{}")
        )  # fmt: skip
        return batch.id

    batch = mine.write(imported)
    newest = mine.read(partial(list_history, client_id=client)).entries[0]
    assert (newest.label, newest.new, newest.batch) == ("佣金现状（‰）", "0.50‰", batch)
    assert newest.why == f"导入第 {batch} 批"
    assert mine.read(partial(list_versions, client_id=client))[0].what.startswith("导入第")


def test_a_long_history_comes_in_pages(mine: Database, client: int, edit: Edit) -> None:
    for number in range(6):
        seen = str(number - 1) if number else "广场舞"
        edit(hobbies=(seen, str(number)))
    pages = [
        mine.read(partial(list_history, client_id=client, limit=2, offset=offset)).entries
        for offset in (0, 2, 4)
    ]
    assert [entry.new for page in pages for entry in page] == ["5", "4", "3", "2", "1", "0"]


@pytest.mark.req("R18")
def test_the_files_changed_on_a_day_stand_by_advisor_with_what_was_changed(
    database: Database, people: People, client: int, edit: Edit
) -> None:
    other = database.write(lambda s, a: make_client(s, people.colleague, name="周芳"))
    edit(hobbies=("广场舞", "下棋"))
    change = {"occupation": Change("", "教师")}
    database.acting_as(people.manager).write(
        partial(update_client, client_id=client, changes=change, now=NOW)
    )
    today = datetime.now(UTC).astimezone(BRANCH_TIME).date()  # triggers go by the real clock
    mine = database.acting_as(people.advisor).read(partial(list_changed_files, day=today))
    [file] = mine
    assert (file.client_name, file.advisor_name) == ("王秀兰", "林若溪")
    assert file.people == ("林若溪", "方静")
    assert {"爱好", "职业"} <= set(file.labels)
    branch = database.acting_as(people.manager).read(partial(list_changed_files, day=today))
    assert {row.client_id for row in branch} == {client, other}
    assert database.acting_as(people.manager).read(partial(list_changed_files, day=TODAY)) == (
        branch if today == TODAY else []
    )


def test_a_colleague_reads_no_history(database: Database, people: People, client: int) -> None:
    for person in (people.colleague, people.administrator):
        for work in (list_history, list_versions):
            with pytest.raises(NotFoundError):
                database.acting_as(person).read(partial(work, client_id=client))  # type: ignore[operator]


def test_the_page_of_a_restored_file_is_read_as_any(
    mine: Database, client: int, edit: Edit
) -> None:
    edit(wealth_way=((), ("sms", "phone")), birthday=(None, date(1969, 3, 8)), sex=(None, "female"))
    edit(wealth_way=(("sms", "phone"), ()), birthday=(date(1969, 3, 8), None), sex=("female", None))
    mine.write(
        partial(
            restore_fields, client_id=client, version=2,
            fields=("wealth_way", "birthday", "sex"), why="误删", now=NOW,
        )
    )  # fmt: skip
    file = mine.read(partial(open_client_file, client_id=client, today=TODAY))
    assert (file.wealth_way, file.birthday, str(file.sex)) == (
        ("sms", "phone"), date(1969, 3, 8), "female",
    )  # fmt: skip


@pytest.mark.req("R77")
def test_what_lost_a_conflict_stays_in_the_history_and_out_of_the_file(
    mine: Database, client: int
) -> None:
    lost = {"hobbies": "钓鱼", "account": "600100007777", "tier": None}
    mine.write(partial(keep_losers, client_id=client, losers=lost, now=NOW))
    file = mine.read(partial(open_client_file, client_id=client, today=TODAY))
    assert (file.hobbies, file.account, file.tier) == ("广场舞", "****3320", "gold")
    told = [entry for entry in entries(mine, client) if entry[0] == "爱好"]
    assert told[:2] == [
        ("爱好", "钓鱼", "广场舞", "两人都改：采用"),
        ("爱好", "广场舞", "钓鱼", "两人都改：没有采用"),
    ]
    assert ("资金账号", "****3320", "****7777", "两人都改：没有采用") in entries(mine, client)
    assert mine.read(partial(compare_versions, client_id=client, earlier=1, later=2)) == []
