from __future__ import annotations

import json
import uuid
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.services.clients.client_search import find_clients
from advisorcrm.services.clients.client_store import insert_clients
from advisorcrm.services.files.client_files import (
    ClientFile,
    NewClient,
    open_client_file,
    register_client,
    update_client,
)
from advisorcrm.services.files.conflicts import Change, ClientConflictError
from advisorcrm.terms import (
    BirthdayKept,
    ClientKind,
    IdDocument,
    InvestorKind,
    PointKind,
    RiskLevel,
    Sex,
)
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client


@pytest.fixture
def client(database: Database, people: People) -> int:
    return database.write(
        lambda s, a: make_client(
            s, people.advisor, name="欧阳文静", account="010000007715", mobile="13900000458"
        )
    )


def opened(database: Database, client: int) -> ClientFile:
    return database.read(partial(open_client_file, client_id=client, today=TODAY))


def change(database: Database, client: int, **wanted: Any) -> int:
    """Type into fields of the file as it stands."""
    file = opened(database, client)
    changes = {name: Change(getattr(file, name), value) for name, value in wanted.items()}
    return database.write(partial(update_client, client_id=client, changes=changes, now=NOW))


def new_client(**overrides: Any) -> NewClient:
    values: dict[str, Any] = {"uuid": str(uuid.uuid4()), "name": "欧阳文静"} | overrides
    return NewClient(**values)


# --- a new client -----------------------------------------------------------------------------


@pytest.mark.req("R15", "R246")
def test_a_new_client_has_a_number_a_reading_and_an_advisor(mine: Database, people: People) -> None:
    new = new_client(account=" 010000007715 ", mobile="139 0000 0458", tier="gold")
    file = opened(mine, mine.write(partial(register_client, new=new, now=NOW)))

    assert (file.name, file.pinyin, file.initials) == ("欧阳文静", "ouyang wenjing", "oywj")
    assert (file.client_no, file.account, file.tier) == ("LSL-0001", "****7715", "gold")
    assert (file.advisor_name, file.is_mine, file.may_edit) == ("林若溪", True, True)
    assert [(point.kind, point.masked) for point in file.points] == [
        (PointKind.MOBILE, "139****0458")
    ]
    assert mine.read(partial(find_clients, text="oywj")).total == 1


def test_a_new_client_saved_twice_is_one_client(mine: Database) -> None:
    new = new_client()
    first = mine.write(partial(register_client, new=new, now=NOW))
    assert mine.write(partial(register_client, new=new, now=NOW)) == first
    assert rows(mine, "SELECT id FROM client") == [(first,)]


def test_only_who_sees_the_branch_enters_clients_for_others(
    database: Database, people: People
) -> None:
    for actor, owner in ((people.manager, "周岚"), (people.advisor, "林若溪")):
        new = new_client(advisor_id=people.colleague.user_id)
        key = database.acting_as(actor).write(partial(register_client, new=new, now=NOW))
        assert opened(database.acting_as(people.manager), key).advisor_name == owner


@pytest.mark.req("R146")
@pytest.mark.parametrize(
    ("field", "overrides", "words"),
    [
        ("name", {"name": " "}, "不能为空"),
        ("name", {"name": "长" * 121}, "最多 120 字"),
        ("account", {"account": "01*0"}, "只能有数字"),
        ("account", {"account": "12"}, "3 到 40 位"),
        ("mobile", {"mobile": "1390000045"}, "10 位"),
        ("mobile", {"mobile": "13900000458 13900000459"}, "一个"),
        ("tier", {"tier": "diamond"}, "没有“diamond”这个选项"),
    ],
)
def test_a_new_client_with_a_mistake_is_refused_at_its_field(
    file_database: Database,
    file_people: People,
    field: str,
    overrides: dict[str, Any],
    words: str,
) -> None:
    mine = file_database.acting_as(file_people.advisor)
    with pytest.raises(InvalidFieldError, match=words) as caught:
        mine.write(partial(register_client, new=new_client(**overrides), now=NOW))
    assert caught.value.field == field
    assert rows(mine, "SELECT id FROM client") == []


@pytest.mark.req("R146")
def test_an_account_belongs_to_one_client(mine: Database, client: int) -> None:
    with pytest.raises(InvalidFieldError, match="已属于另一位客户"):
        mine.write(partial(register_client, new=new_client(account="010000007715"), now=NOW))
    other = mine.write(partial(register_client, new=new_client(), now=NOW))
    with pytest.raises(InvalidFieldError, match="已属于另一位客户"):
        change(mine, other, account="010000007715")


def test_clients_of_an_import_and_new_ones_never_share_a_number(
    mine: Database, people: People
) -> None:
    mine.write(lambda s, a: insert_clients(s, [{"name": "旧", "client_no": "LSL-0002"}], now=NOW))
    for _n in range(2):
        mine.write(partial(register_client, new=new_client(), now=NOW))
    numbers = rows(mine, "SELECT client_no FROM client ORDER BY client_no")
    assert [number for (number,) in numbers] == ["LSL-0001", "LSL-0002", "LSL-0003"]


# --- completing the file ----------------------------------------------------------------------

WHOLE: dict[str, Any] = {
    "alias": "小静", "kind": ClientKind.PERSON, "sex": Sex.FEMALE, "address": "历山路136号",
    "convenient_time": "收盘后", "contact_every_days": 14, "tier": "platinum",
    "investment_preference": "电气设备", "trading_habit": "swing", "service_need": "accepts",
    "wealth_content": ("research", "stock_picks"), "wealth_way": ("phone",),
    "trading_way": ("online", "mobile"), "commission_ppm": 250, "assets_fen": 4_557_000_000,
    "risk_level": RiskLevel.C4, "risk_tested_on": date(2026, 1, 5),
    "risk_expires_on": date(2028, 1, 4), "id_document": IdDocument.ID_CARD,
    "id_number": "11010519491231002X", "id_expires_on": date(2030, 1, 1),
    "birthday": date(1949, 12, 31), "lunar_month": 11, "lunar_day": 12, "lunar_is_leap": False,
    "birthday_kept": BirthdayKept.LUNAR, "occupation": "教师", "hobbies": "钓鱼",
    "personality": "谨慎", "family": "配偶", "commission_attitude": "accepts",
    "commission_year_fen": 820_000, "education": "本科", "invests_since": 2007, "employer": "历下区实验小学",
    "investor_kind": InvestorKind.ORDINARY, "opened_on": date(2007, 5, 1), "remark": "第一行\n第二行",
}  # fmt: skip


@pytest.mark.req("R15", "R71", "R74", "R75", "R76", "R77", "R112")
def test_the_whole_file_comes_back_as_it_was_typed(mine: Database, client: int) -> None:
    change(mine, client, **WHOLE)
    file = opened(mine, client)
    shown = WHOLE | {"id_number": "110***********002X", "address": "历山路136******"}
    assert {name: getattr(file, name) for name in WHOLE} == shown
    assert {gap.name for gap in file.missing} == {"mobile", "email", "landline", "consent"}
    assert file.completeness == 100 - 10 - 5 - 3 - 5


@pytest.mark.req("R77")
def test_a_changed_commission_is_kept_with_who_and_what_it_was(mine: Database, client: int) -> None:
    change(mine, client, commission_ppm=300)
    change(mine, client, commission_ppm=250)
    history = rows(
        mine,
        "SELECT actor, old, new FROM change_history WHERE table_name = 'client' "
        "AND operation = 'update' ORDER BY id",
    )
    kept = [(who, json.loads(old), json.loads(new)) for who, old, new in history]
    assert kept == [
        ("LSL0042", {"commission_ppm": None}, {"commission_ppm": 300}),
        ("LSL0042", {"commission_ppm": 300}, {"commission_ppm": 250}),
    ]


@pytest.mark.req("R146")
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "不能为空"),
        ("account", "0100-0000*", "只能有数字"),
        ("id_number", "110105194912310021", "校验码应为 X"),
        ("id_number", "110105194902300023", "证件号"),
        ("id_number", "110105202611280020", "在今天之后"),
        ("commission_ppm", 30_001, "核对单位"),
        ("commission_ppm", -1, "核对单位"),
        ("assets_fen", 10**17, "金额太大"),
        ("contact_every_days", 0, "1 到 366 天"),
        ("contact_every_days", 367, "1 到 366 天"),
        ("birthday", TODAY + timedelta(days=1), "不能晚于今天"),
        ("birthday", date(1879, 12, 31), "早于 1880"),
        ("risk_tested_on", TODAY + timedelta(days=1), "不能晚于今天"),
        ("trading_way", ("online", "fax"), "没有“fax”这个选项"),
        ("service_need", "never", "没有“never”这个选项"),
        ("remark", "长" * 1_000_001, "最多 1000000 字"),
        ("hobbies", "长" * 121, "最多 120 字"),
        ("version", 7, "不能在档案里修改"),
        ("last_contact_at", NOW, "不能在档案里修改"),
        ("archived_at", NOW, "不能在档案里修改"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_is_saved(
    file_database: Database, file_people: People, field: str, value: Any, words: str
) -> None:
    mine = file_database.acting_as(file_people.advisor)
    client = mine.write(make_client)
    before = rows(mine, "SELECT * FROM client")
    changes = {"occupation": Change("", "教师"), field: Change(None, value)}
    if field == "name":
        changes["name"] = Change(opened(mine, client).name, value)
    if field == "account":
        changes["account"] = Change(opened(mine, client).account, value)
    with pytest.raises(InvalidFieldError, match=words) as caught:
        mine.write(partial(update_client, client_id=client, changes=changes, now=NOW))
    assert caught.value.field == field
    assert rows(mine, "SELECT * FROM client") == before


@pytest.mark.req("R146")
def test_dates_that_contradict_each_other_are_refused(mine: Database, client: int) -> None:
    change(mine, client, risk_tested_on=date(2026, 1, 5))
    with pytest.raises(InvalidFieldError, match="早于测评日期"):
        change(mine, client, risk_expires_on=date(2026, 1, 4))
    with pytest.raises(InvalidFieldError, match="24 个月，到期日最晚 2028-01-05"):
        change(mine, client, risk_expires_on=date(2028, 1, 6))
    change(mine, client, risk_expires_on=date(2028, 1, 5))


@pytest.mark.req("R146")
def test_a_number_must_suit_its_document(mine: Database, client: int) -> None:
    with pytest.raises(InvalidFieldError, match="应为 18 位"):
        change(mine, client, id_document=IdDocument.ID_CARD, id_number="E12345678")
    change(mine, client, id_document=IdDocument.PASSPORT, id_number="e12345678")
    with pytest.raises(InvalidFieldError, match="应为 18 位"):
        change(mine, client, id_document=IdDocument.ID_CARD)
    change(mine, client, hobbies="钓鱼")
    assert rows(mine, "SELECT id_number FROM client") == [("E12345678",)]


@pytest.mark.req("R246")
def test_a_new_name_gets_a_new_reading_and_a_corrected_reading_is_found(
    mine: Database, client: int
) -> None:
    change(mine, client, name="单玉梅")
    file = opened(mine, client)
    assert (file.pinyin, file.initials) == ("shan yumei", "sym")
    change(mine, client, pinyin="dan yumei", initials="dym")
    for typed, total in (("oywj", 0), ("dym", 1), ("danyumei", 1), ("单玉", 1)):
        assert mine.read(partial(find_clients, text=typed)).total == total, typed


def test_only_who_sees_the_branch_gives_a_client_away(
    database: Database, people: People, mine: Database, client: int
) -> None:
    with pytest.raises(NotAllowedError):
        change(mine, client, advisor_id=people.colleague.user_id)
    change(database.acting_as(people.manager), client, advisor_id=people.colleague.user_id)
    with pytest.raises(NotFoundError):
        opened(mine, client)


# --- two people, one file ---------------------------------------------------------------------


def test_what_another_changed_in_other_fields_stays(
    database: Database, people: People, mine: Database, client: int
) -> None:
    boss = database.acting_as(people.manager)
    seen = opened(mine, client)
    change(boss, client, tier="gold", hobbies="下棋")
    mine.write(
        partial(
            update_client,
            client_id=client,
            changes={
                "occupation": Change(seen.occupation, "教师"),
                "hobbies": Change(seen.hobbies, seen.hobbies),
            },
            now=NOW,
        )
    )
    file = opened(mine, client)
    assert (file.tier, file.hobbies, file.occupation) == ("gold", "下棋", "教师")


def test_a_field_changed_by_both_is_asked_and_nothing_is_saved(
    database: Database, people: People, mine: Database, client: int
) -> None:
    change(database.acting_as(people.manager), client, hobbies="下棋", tier="gold")
    changes = {"hobbies": Change("", "钓鱼"), "occupation": Change("", "教师")}
    with pytest.raises(ClientConflictError, match="欧阳文静 的档案在您编辑时被改过") as caught:
        mine.write(partial(update_client, client_id=client, changes=changes, now=NOW))
    [collision] = caught.value.collisions

    assert (collision.field, collision.seen, collision.mine, collision.theirs) == (
        "hobbies", "", "钓鱼", "下棋",
    )  # fmt: skip
    assert (caught.value.by, caught.value.fields) == ("方静", ("hobbies",))
    file = opened(mine, client)
    assert (file.hobbies, file.occupation, file.tier) == ("下棋", "", "gold")


def test_both_wanting_the_same_is_no_collision(
    database: Database, people: People, mine: Database, client: int
) -> None:
    change(database.acting_as(people.manager), client, hobbies="钓鱼")
    changes = {"hobbies": Change("", "钓鱼")}
    mine.write(partial(update_client, client_id=client, changes=changes, now=NOW))
    assert opened(mine, client).hobbies == "钓鱼"


def test_a_collision_in_a_masked_field_shows_the_mask(
    database: Database, people: People, mine: Database, client: int
) -> None:
    seen = opened(mine, client)
    change(database.acting_as(people.manager), client, account="010000009999")
    changes = {"account": Change(seen.account, "010000001111")}
    with pytest.raises(ClientConflictError) as caught:
        mine.write(partial(update_client, client_id=client, changes=changes, now=NOW))
    [collision] = caught.value.collisions
    assert (collision.seen, collision.theirs) == ("****7715", "****9999")


# --- masks ------------------------------------------------------------------------------------


@pytest.mark.req("R16", "R148")
def test_a_mask_left_as_it_is_changes_nothing(mine: Database, client: int) -> None:
    change(mine, client, address="济南市历下区历山路136号", id_number="11010519491231002X")
    file = opened(mine, client)
    same = {name: getattr(file, name) for name in ("account", "address", "id_number")}
    change(mine, client, hobbies="钓鱼", **same)
    assert rows(mine, "SELECT account, address, id_number FROM client") == [
        ("010000007715", "济南市历下区历山路136号", "11010519491231002X")
    ]


@pytest.mark.req("R148", "R146")
def test_what_is_typed_into_a_mask_never_takes_the_place_of_the_value(
    mine: Database, client: int
) -> None:
    change(mine, client, address="济南市历下区历山路136号", id_number="11010519491231002X")
    before = rows(mine, "SELECT account, address, id_number FROM client")
    file = opened(mine, client)
    for name in ("account", "address", "id_number"):
        with pytest.raises(InvalidFieldError) as caught:
            change(mine, client, **{name: getattr(file, name) + "1"})
        assert caught.value.field == name
    assert rows(mine, "SELECT account, address, id_number FROM client") == before


def test_a_masked_value_can_be_replaced_and_emptied(mine: Database, client: int) -> None:
    change(mine, client, account="010000008888")
    assert opened(mine, client).account == "****8888"
    change(mine, client, account="")
    assert rows(mine, "SELECT account FROM client") == [(None,)]


def test_the_file_names_its_gaps_worst_first(mine: Database, client: int) -> None:
    gaps = opened(mine, client).missing
    assert (gaps[0].name, gaps[0].reason) == ("mobile", "待核")
    assert [gap.weight for gap in gaps] == sorted((gap.weight for gap in gaps), reverse=True)


def test_an_archived_client_has_no_file(mine: Database, client: int) -> None:
    mine.write(lambda s, a: s.execute(text("UPDATE client SET archived_at = created_at")))
    with pytest.raises(NotFoundError):
        opened(mine, client)
