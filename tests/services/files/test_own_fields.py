"""Fields a branch adds itself: defined by the manager, kept in the file like any other."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from advisorcrm.columns import OwnFieldRow
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.services.branch.code_list_changes import list_own_field_changes
from advisorcrm.services.branch.code_lists import add_code, list_code_lists, list_codes
from advisorcrm.services.files import own_fields
from advisorcrm.services.files.client_edits import ClientEdit, keep_losers, save_client_edit
from advisorcrm.services.files.client_files import ClientFile, open_client_file
from advisorcrm.services.files.conflicts import Change, ClientConflictError
from advisorcrm.services.files.own_fields import NewOwnField
from advisorcrm.services.files.own_values import clean_own, sort_key
from advisorcrm.services.histories.histories import list_history
from advisorcrm.terms import OwnFieldKind
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client


@pytest.fixture
def boss(database: Database, people: People) -> Database:
    return database.acting_as(people.manager)


@pytest.fixture
def client(database: Database, people: People) -> int:
    return database.write(lambda s, a: make_client(s, people.advisor, name="欧阳文静"))


def add(boss: Database, label: str, kind: OwnFieldKind = OwnFieldKind.TEXT, **more: Any) -> int:
    return boss.write(partial(own_fields.add_own_field, new=NewOwnField(label, kind, **more)))


def fields(boss: Database) -> list[OwnFieldRow]:
    return boss.read(own_fields.list_own_fields)


def file(door: Database, client: int) -> ClientFile:
    return door.read(partial(open_client_file, client_id=client, today=TODAY))


def save(door: Database, client: int, later: int = 0, **values: tuple[str, str]) -> None:
    edit = ClientEdit({f"own.{name}": Change(*pair) for name, pair in values.items()})
    now = NOW + timedelta(seconds=later)
    door.write(partial(save_client_edit, client_id=client, edit=edit, now=now))


def test_the_manager_defines_a_field_of_every_kind(boss: Database) -> None:
    add(boss, "宠物", label_en="Pet", explain="名字和种类")
    for kind in (OwnFieldKind.NUMBER, OwnFieldKind.DATE, OwnFieldKind.YES_NO):
        add(boss, f"甲{kind.label_zh}", kind)
    add(boss, "车型", OwnFieldKind.CHOICE, choices=("轿车", "越野车", "轿车"))
    first, *_rest, last = fields(boss)
    assert (first.label, first.label_en, first.explain) == ("宠物", "Pet", "名字和种类")
    assert [field.kind for field in fields(boss)] == [
        OwnFieldKind.TEXT, OwnFieldKind.NUMBER, OwnFieldKind.DATE, OwnFieldKind.YES_NO,
        OwnFieldKind.CHOICE,
    ]  # fmt: skip
    codes = boss.read(partial(list_codes, list_name=last.list_name))
    assert [entry.label for entry in codes] == ["轿车", "越野车"]
    own = boss.read(list_code_lists)[-1]
    assert (own.title, own.offered, own.is_own) == ("车型", 2, True)
    boss.write(partial(add_code, list_name=last.list_name, label="摩托"))
    assert boss.read(list_code_lists)[-1].offered == 3


@pytest.mark.parametrize(
    ("label", "said"), [("  ", "请填名称"), ("职业", "已有“职业”"), ("宠物", "已有“宠物”"),
                        ("旧", "已停用"), ("长" * 21, "最多 20 字")],
)  # fmt: skip
def test_a_label_is_the_branchs_alone(boss: Database, label: str, said: str) -> None:
    add(boss, "宠物")
    old = add(boss, "旧")
    boss.write(partial(own_fields.retire_own_field, field_id=old, is_retired=True))
    with pytest.raises(InvalidFieldError, match=said):
        add(boss, label)


def test_a_field_of_choices_has_some(boss: Database) -> None:
    with pytest.raises(InvalidFieldError, match="至少填一个选项"):
        add(boss, "车型", OwnFieldKind.CHOICE)


def test_fields_are_renamed_ordered_and_retired_with_a_record(boss: Database) -> None:
    first, second = add(boss, "宠物"), add(boss, "车型")
    boss.write(
        partial(own_fields.change_own_field, field_id=first, label="爱宠", label_en="Pet",
                explain="猫狗")
    )  # fmt: skip
    boss.write(partial(own_fields.order_own_fields, field_ids=[second, first]))
    assert [field.label for field in fields(boss)] == ["车型", "爱宠"]
    boss.write(partial(own_fields.retire_own_field, field_id=second, is_retired=True))
    assert [(field.label, field.is_retired) for field in fields(boss)] == [
        ("爱宠", False), ("车型", True),
    ]  # fmt: skip
    told = [what for change in boss.read(list_own_field_changes) for what in change.what]
    assert {"“宠物”改名为“爱宠”", "停用“车型”", "添加“宠物”"} <= set(told)
    with pytest.raises(NotFoundError):
        boss.write(partial(own_fields.retire_own_field, field_id=999, is_retired=True))


def test_a_branch_has_no_more_fields_than_fit(
    boss: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_fields, "MOST_FIELDS", 1)
    key = add(boss, "宠物")
    with pytest.raises(InvalidFieldError, match="最多 1 个"):
        add(boss, "车型")
    boss.write(partial(own_fields.retire_own_field, field_id=key, is_retired=True))
    add(boss, "车型")
    with pytest.raises(InvalidFieldError, match="最多 1 个"):
        boss.write(partial(own_fields.retire_own_field, field_id=key, is_retired=False))


@pytest.mark.req("R19")
def test_values_are_saved_with_the_file_and_read_back(
    boss: Database, mine: Database, client: int
) -> None:
    add(boss, "宠物")
    add(boss, "车龄", OwnFieldKind.NUMBER)
    add(boss, "购车日", OwnFieldKind.DATE)
    add(boss, "车型", OwnFieldKind.CHOICE, choices=("轿车",))
    add(boss, "有车", OwnFieldKind.YES_NO)
    before = file(mine, client)
    assert [field.label for field in before.own_fields] == [
        "宠物",
        "车龄",
        "购车日",
        "车型",
        "有车",
    ]
    assert before.own_values == {}
    save(mine, client, later=1, f1=("", " 猫 "), f2=("", "1,200.50"), f3=("", "2020-05-01"),
         f4=("", "own_1"), f5=("", "yes"))  # fmt: skip
    after = file(mine, client)
    assert after.own_values == {
        "own.f1": "猫", "own.f2": "1200.5", "own.f3": "2020-05-01", "own.f4": "own_1",
        "own.f5": "yes",
    }  # fmt: skip
    assert after.version > before.version
    save(mine, client, f1=("猫", ""))
    assert file(mine, client).own_values["own.f1"] == ""


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [(OwnFieldKind.NUMBER, "十二", "请填数字"), (OwnFieldKind.NUMBER, "1e30", "数字太大"),
     (OwnFieldKind.NUMBER, "NaN", "数字太大"), (OwnFieldKind.DATE, "昨天", "请填日期"),
     (OwnFieldKind.DATE, "1700-01-01", "早于 1880"), (OwnFieldKind.YES_NO, "maybe", "是或否"),
     (OwnFieldKind.CHOICE, "nonsense", "没有“nonsense”"), (OwnFieldKind.TEXT, "长" * 501, "500")],
)  # fmt: skip
def test_what_is_no_value_of_the_kind_is_refused_and_nothing_of_the_save_is_kept(
    boss: Database, mine: Database, client: int, kind: OwnFieldKind, text: str, said: str
) -> None:
    add(boss, "甲", kind, choices=("乙",))
    changes = {"own.f1": Change("", text), "occupation": Change("", "教师")}
    with pytest.raises(InvalidFieldError, match=said) as caught:
        mine.write(partial(save_client_edit, client_id=client, edit=ClientEdit(changes), now=NOW))
    assert caught.value.field == "own.f1"
    assert file(mine, client).occupation == ""


def test_a_retired_or_unknown_field_takes_no_value_and_comes_back_with_the_old_one(
    boss: Database, mine: Database, client: int
) -> None:
    key = add(boss, "宠物")
    save(mine, client, f1=("", "猫"))
    boss.write(partial(own_fields.retire_own_field, field_id=key, is_retired=True))
    assert file(mine, client).own_fields == ()
    for name in ("f1", "f9"):
        with pytest.raises(InvalidFieldError, match="已停用"):
            save(mine, client, **{name: ("猫" if name == "f1" else "", "狗")})
    boss.write(partial(own_fields.retire_own_field, field_id=key, is_retired=False))
    assert file(mine, client).own_values == {"own.f1": "猫"}


def test_two_people_in_one_own_field_are_asked_and_in_two_merge(
    boss: Database, mine: Database, client: int
) -> None:
    add(boss, "宠物")
    add(boss, "车型")
    save(boss, client, f1=("", "狗"))
    save(mine, client, later=1, f2=("", "轿车"))
    assert file(mine, client).own_values == {"own.f1": "狗", "own.f2": "轿车"}
    with pytest.raises(ClientConflictError) as caught:
        save(mine, client, later=2, f1=("", "猫"))
    [collision] = caught.value.collisions
    assert (collision.field, collision.mine, collision.theirs) == ("own.f1", "猫", "狗")
    mine.write(partial(keep_losers, client_id=client, losers={"own.f1": "猫"}, now=NOW))
    assert file(mine, client).own_values["own.f1"] == "狗"


def test_the_history_tells_an_own_field_in_words(
    boss: Database, mine: Database, client: int
) -> None:
    add(boss, "车型", OwnFieldKind.CHOICE, choices=("轿车", "越野车"))
    add(boss, "有车", OwnFieldKind.YES_NO)
    save(mine, client, f1=("", "own_1"), f2=("", "no"))
    save(mine, client, later=1, f1=("own_1", "own_2"))
    told = repr(mine.read(partial(list_history, client_id=client)))
    for word in ("车型", "轿车", "越野车", "有车", "否"):
        assert f"'{word}'" in told
    assert "own_1" not in told


def test_numbers_order_by_size_and_dates_by_day() -> None:
    numbers = ["-5", "-0.5", "0", "2", "10", "1200.5"]
    keys = [sort_key(OwnFieldKind.NUMBER, clean_own(OwnFieldKind.NUMBER, "x", n)) for n in numbers]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert sort_key(OwnFieldKind.DATE, "2020-05-01") < sort_key(OwnFieldKind.DATE, "2020-11-01")
    assert len(sort_key(OwnFieldKind.TEXT, "长" * 500)) == 60


def test_head_office_reads_own_fields_without_the_clients_name(
    boss: Database, mine: Database, database: Database, people: People, client: int
) -> None:
    add(boss, "宠物")
    save(mine, client, f1=("", "欧阳文静的猫，电话 13900000458"))
    shown = file(database.acting_as(people.office), client).own_values["own.f1"]
    assert "欧阳文静" not in shown
    assert "13900000458" not in shown
