"""Relations seen from both ends, and households with a head and a sum."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from advisorcrm import terms
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.models import Client
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.files.households import (
    HouseholdRow,
    find_household,
    join_household,
    leave_household,
    make_household,
    rename_household,
    set_household_head,
)
from advisorcrm.services.files.relations import (
    Family,
    NewRelation,
    RelationChange,
    add_relation,
    archive_relation,
    change_relation,
    open_family,
    restore_relation,
    said_decision,
    said_kind,
)
from advisorcrm.services.histories.histories import list_history
from tests.conftest import rows
from tests.factories import NOW, People

Make = Callable[..., int]


def relate(database: Database, client: int, kind: str, other: int | str, **values: Any) -> int:
    aim = {"other_client_id": other} if isinstance(other, int) else {"other_name": other}
    new = NewRelation(str(uuid.uuid4()), client, kind, **aim, **values)  # type: ignore[arg-type]
    return database.write(lambda s, a: add_relation(s, a, new, now=NOW))


def family(database: Database, client: int) -> Family:
    return database.read(lambda s, a: open_family(s, a, client))


def told(database: Database, client: int) -> list[tuple[str, str, str]]:
    book = database.read(load_code_book)
    return [
        (one.name, said_kind(one, book), said_decision(one))
        for one in family(database, client).relations
    ]


def home(database: Database, client: int) -> HouseholdRow | None:
    return database.read(lambda s, a: find_household(s, a, client))


@pytest.mark.parametrize(
    ("kind", "here", "there"),
    [
        ("parent", "父母", "子女"),
        ("child", "子女", "父母"),
        ("spouse", "配偶", "配偶"),
        (terms.RELATION_INTRODUCER, "介绍人", "由其介绍"),
        ("operator", "操盘人", "委托人"),
        ("company", "任职或控股单位", "任职或控股人"),
    ],
)
def test_a_relation_is_told_from_both_ends(
    mine: Database, make: Make, kind: str, here: str, there: str
) -> None:
    wang, li = make("王秀兰"), make("李建业")
    relate(mine, wang, kind, li, decides=True)
    assert told(mine, wang) == [("李建业", here, "替客户做决定")]
    assert told(mine, li) == [("王秀兰", there, "客户替其做决定")]
    assert family(mine, li).relations[0].client_id == wang


def test_somebody_who_is_no_client_is_kept_with_name_and_masked_telephone(
    mine: Database, make: Make
) -> None:
    wang = make("王秀兰")
    relate(mine, wang, "child", "李晓", other_phone="139 0000 0458", note="在青岛")
    [one] = family(mine, wang).relations
    assert (one.name, one.phone, one.note) == ("李晓", "139****0458", "在青岛")
    assert one.client_id is None
    assert not one.is_client


def test_a_colleagues_client_shows_the_surname_alone_and_leads_nowhere(
    database: Database, people: People, mine: Database, make: Make
) -> None:
    wang, li = make("王秀兰"), make("李建业")
    relate(mine, wang, "spouse", li)
    database.write(
        lambda s, a: setattr(s.get_one(Client, li), "advisor_id", people.colleague.user_id)
    )
    [one] = family(mine, wang).relations
    assert (one.name, one.client_id, one.is_client) == ("李*", None, True)
    # What stands in a colleague's file is not known here.
    assert family(database.acting_as(people.colleague), li).relations == ()
    [seen] = family(database.acting_as(people.manager), li).relations
    assert (seen.name, seen.client_id) == ("王秀兰", wang)


def test_a_relation_put_away_is_gone_from_both_ends_and_comes_back(
    mine: Database, make: Make
) -> None:
    wang, li = make("王秀兰"), make("李建业")
    key = relate(mine, wang, "spouse", li)
    mine.write(lambda s, a: archive_relation(s, a, key, now=NOW))
    assert told(mine, wang) == told(mine, li) == []
    mine.write(lambda s, a: restore_relation(s, a, key))
    assert len(told(mine, wang)) == len(told(mine, li)) == 1

    mine.write(lambda s, a: archive_relation(s, a, key, now=NOW))
    relate(mine, li, "spouse", wang)  # noted anew, from the other end
    with pytest.raises(InvalidFieldError, match="已经登记"):
        mine.write(lambda s, a: restore_relation(s, a, key))
    assert len(told(mine, wang)) == 1


def test_a_repeated_call_notes_a_relation_once(mine: Database, make: Make) -> None:
    new = NewRelation(str(uuid.uuid4()), make("王秀兰"), "friend", other_name="张三")
    keys = {mine.write(lambda s, a: add_relation(s, a, new, now=NOW)) for _round in range(2)}
    assert len(keys) == 1
    assert rows(mine, "SELECT count(*) FROM relation") == [(1,)]


def test_what_makes_no_relation_is_refused_with_a_sentence(mine: Database, make: Make) -> None:
    wang, li = make("王秀兰"), make("李建业")
    relate(mine, wang, "parent", li)
    for kind, other, said in (
        ("", li, "请选关系"),
        ("enemy", li, "enemy"),
        ("spouse", wang, "和自己"),
        ("parent", li, "已经登记"),
        ("friend", " ", "填写姓名"),
    ):
        with pytest.raises(InvalidFieldError, match=said):
            relate(mine, wang, kind, other)
    with pytest.raises(InvalidFieldError, match="已经登记"):
        relate(mine, li, "child", wang)
    relate(mine, wang, "friend", li)


def test_a_household_has_one_head_and_a_sum(mine: Database, make: Make) -> None:
    wang, li = make("王秀兰", assets_fen=200_00), make("李建业", assets_fen=150_00)
    relate(mine, wang, "spouse", li, shares_household=True)
    house = home(mine, wang)
    assert house is not None
    assert (house.name, house.assets_fen, house.hidden) == ("王秀兰家庭", 350_00, 0)
    assert [(one.name, one.is_head, one.is_self) for one in house.members] == [
        ("王秀兰", True, True), ("李建业", False, False),
    ]  # fmt: skip
    mine.write(lambda s, a: set_household_head(s, a, li, now=NOW))
    assert [one.is_head for one in home(mine, wang).members] == [True, False]  # type: ignore[union-attr]
    assert home(mine, wang).members[0].name == "李建业"  # type: ignore[union-attr]


def test_who_joins_later_comes_into_the_household_that_is_there(mine: Database, make: Make) -> None:
    wang, li, child = make("王秀兰"), make("李建业"), make("李晓")
    mine.write(lambda s, a: make_household(s, a, wang, "王李之家", now=NOW))
    mine.write(lambda s, a: join_household(s, a, li, wang, now=NOW))
    relate(mine, wang, "child", child, shares_household=True)
    house = home(mine, child)
    assert house is not None
    assert house.name == "王李之家"
    assert len(house.members) == 3


def test_when_the_head_leaves_the_next_leads_and_an_empty_household_is_put_away(
    mine: Database, make: Make
) -> None:
    wang, li = make("王秀兰"), make("李建业")
    mine.write(lambda s, a: join_household(s, a, wang, li, now=NOW))
    mine.write(lambda s, a: leave_household(s, a, li, now=NOW))
    assert home(mine, li) is None
    assert [(one.name, one.is_head) for one in home(mine, wang).members] == [("王秀兰", True)]  # type: ignore[union-attr]
    assert rows(mine, "SELECT count(*) FROM household WHERE archived_at IS NULL") == [(1,)]
    mine.write(lambda s, a: leave_household(s, a, wang, now=NOW))
    assert rows(mine, "SELECT count(*) FROM household WHERE archived_at IS NULL") == [(0,)]


def test_assets_of_a_colleagues_client_are_not_in_an_advisors_sum(
    database: Database, people: People, mine: Database, make: Make
) -> None:
    wang, li = make("王秀兰", assets_fen=200_00), make("李建业", people.colleague, assets_fen=1_00)
    manager = database.acting_as(people.manager)
    manager.write(lambda s, a: join_household(s, a, li, wang, now=NOW))
    house, whole = home(mine, wang), home(manager, wang)
    assert house is not None
    assert whole is not None
    assert (house.assets_fen, house.hidden) == (200_00, 1)
    assert [(one.name, one.client_id) for one in house.members] == [("王秀兰", wang), ("李*", None)]
    assert (whole.assets_fen, whole.hidden) == (201_00, 0)


def test_what_cannot_be_a_household_is_refused(mine: Database, make: Make) -> None:
    wang, li, zhang = make("王秀兰"), make("李建业"), make("张三")
    with pytest.raises(InvalidFieldError, match="家庭名称"):
        mine.write(lambda s, a: make_household(s, a, wang, " ", now=NOW))
    with pytest.raises(InvalidFieldError, match="和自己同户"):
        mine.write(lambda s, a: join_household(s, a, wang, wang, now=NOW))
    with pytest.raises(InvalidFieldError, match="还不属于"):
        mine.write(lambda s, a: set_household_head(s, a, wang, now=NOW))
    mine.write(lambda s, a: make_household(s, a, zhang, "张家", now=NOW))
    mine.write(lambda s, a: join_household(s, a, wang, li, now=NOW))
    with pytest.raises(InvalidFieldError, match="先退出"):
        relate(mine, zhang, "friend", wang, shares_household=True)
    assert told(mine, zhang) == []


def test_head_office_reads_no_name(
    database: Database, people: People, mine: Database, make: Make
) -> None:
    wang, li = make("王秀兰"), make("李建业")
    relate(mine, wang, "spouse", li, shares_household=True, note="李建业管账")
    relate(mine, wang, "friend", "张三")
    said = repr(family(database.acting_as(people.office), wang))
    assert not [name for name in ("王秀兰", "李建业", "张三") if name in said]


def test_the_history_tells_relations_and_household_in_words(mine: Database, make: Make) -> None:
    wang, li = make("王秀兰"), make("李建业")
    relate(mine, wang, "spouse", li, decides=True, shares_household=True)
    entries = mine.read(lambda s, a: list_history(s, a, wang)).entries
    said = {(one.label, one.old, one.new) for one in entries}
    assert ("家庭与关系", "", "配偶 李* 做决定") in said
    assert ("家庭", "", "王秀兰家庭") in said


def test_a_relation_is_changed_and_what_it_said_stays_in_the_history(
    mine: Database, make: Make
) -> None:
    key = make(name="王秀兰")
    new = NewRelation(str(uuid.uuid4()), key, "friend", other_name="李建业",
                      other_phone="13900000458", note="原话")  # fmt: skip
    relation = mine.write(partial(add_relation, new=new, now=NOW))
    change = RelationChange(kind="spouse", decides=True, note="", other_name="李建")
    mine.write(partial(change_relation, relation_id=relation, change=change))
    [told] = mine.read(partial(open_family, client_id=key)).relations
    assert (told.kind, told.decides, told.note, told.name, told.phone) == (
        "spouse", True, "", "李建", "139****0458",
    )  # fmt: skip
    history = repr(mine.read(partial(list_history, client_id=key)))
    assert "李建业" in history
    for wrong, field in (
        (RelationChange(kind="nonsense"), "kind"), (RelationChange(other_name=" "), "other_name"),
    ):  # fmt: skip
        with pytest.raises(InvalidFieldError) as caught:
            mine.write(partial(change_relation, relation_id=relation, change=wrong))
        assert caught.value.field == field


def test_a_relation_does_not_become_one_that_is_noted_already(mine: Database, make: Make) -> None:
    one, other = make(name="王秀兰"), make(name="欧阳文静")
    for kind in ("friend", "sibling"):
        new = NewRelation(str(uuid.uuid4()), one, kind, other_client_id=other)
        relation = mine.write(partial(add_relation, new=new, now=NOW))
    change = RelationChange(kind="friend")
    with pytest.raises(InvalidFieldError, match="已经登记"):
        mine.write(partial(change_relation, relation_id=relation, change=change))


def test_a_household_is_called_otherwise(mine: Database, make: Make) -> None:
    key, alone = make(name="王秀兰"), make(name="欧阳文静")
    mine.write(partial(make_household, client_id=key, name="王家", now=NOW))
    mine.write(partial(rename_household, client_id=key, name=" 王秀兰一家 ", now=NOW))
    house = mine.read(partial(find_household, client_id=key))
    assert house is not None
    assert house.name == "王秀兰一家"
    for client, name in ((key, " "), (alone, "谁家")):
        with pytest.raises(InvalidFieldError):
            mine.write(partial(rename_household, client_id=client, name=name, now=NOW))
