"""Own fields in the client list: shown, ordered, narrowed by, kept in a view."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.services.clients.client_lists import open_client_list
from advisorcrm.services.clients.clients import (
    ClientFilter,
    ClientOrder,
    list_client_page,
    list_clients,
)
from advisorcrm.services.clients.own_columns import OwnCondition, OwnSign
from advisorcrm.services.clients.view_content import ViewContent, read_content, write_content
from advisorcrm.services.completeness.completeness import count_completeness
from advisorcrm.services.completeness.completeness_weights import (
    change_weights,
    load_weight_book,
    read_weight_book,
)
from advisorcrm.services.files.client_edits import ClientEdit, save_client_edit
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.files.own_fields import NewOwnField, add_own_field, retire_own_field
from advisorcrm.terms import OwnFieldKind
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client

TEXT, NUMBER, DAY, CHOICE = (
    OwnFieldKind.TEXT, OwnFieldKind.NUMBER, OwnFieldKind.DATE, OwnFieldKind.CHOICE,
)  # fmt: skip
HELD = {
    "甲": {"f1": "猫，电话 13900000458", "f2": "-5", "f3": "2019-12-31", "f4": "own_1"},
    "乙": {"f1": "大狗", "f2": "10", "f3": "2020-11-20", "f4": "own_2"},
    "丙": {"f1": "猫和狗", "f2": "9.5", "f3": "2020-05-01"},
    "丁": {},
}


@pytest.fixture
def mine(database: Database, people: People) -> Database:
    """The advisor's door; four clients of his, three with something in the own fields."""
    boss, door = database.acting_as(people.manager), database.acting_as(people.advisor)
    for label, kind in (("宠物", TEXT), ("车龄", NUMBER), ("购车日", DAY), ("车型", CHOICE)):
        new = NewOwnField(label, kind, choices=("轿车", "越野车"))
        boss.write(partial(add_own_field, new=new))
    for name, values in HELD.items():
        make = partial(make_client, owner=people.advisor, name=name)
        key = database.write(lambda s, _a, make=make: make(s))  # type: ignore[misc]
        changes = {f"own.{field}": Change("", value) for field, value in values.items()}
        edit = partial(save_client_edit, client_id=key, edit=ClientEdit(changes), now=NOW)
        door.write(edit)
        for field in values:
            if name == "甲" and field == "f1":  # emptied and filled again is as filled
                door.write(partial(save_client_edit, client_id=key, now=NOW + timedelta(minutes=1),
                                   edit=ClientEdit({"own.f1": Change(values[field], "")})))  # fmt: skip
                door.write(partial(save_client_edit, client_id=key, now=NOW + timedelta(minutes=2),
                                   edit=ClientEdit({"own.f1": Change("", values[field])})))  # fmt: skip
    return door


def names(door: Database, *conditions: OwnCondition, order: str = "", down: bool = False) -> str:
    ask = partial(
        list_client_page,
        query=ClientFilter(own=conditions),
        order=ClientOrder(order or "name", down),
        today=TODAY,
    )
    found = [row.name for row in door.read(ask)]
    return "".join(found) if order else "".join(sorted(found, key="甲乙丙丁".index))


@pytest.mark.req("R19", "R246")
@pytest.mark.parametrize(
    ("field", "kind", "sign", "value", "found"),
    [("f1", TEXT, OwnSign.HAS, "狗", "乙丙"), ("f1", TEXT, OwnSign.FILLED, "", "甲乙丙"),
     ("f1", TEXT, OwnSign.EMPTY, "", "丁"), ("f2", NUMBER, OwnSign.OVER, "9.5", "乙"),
     ("f2", NUMBER, OwnSign.FROM, "9.5", "乙丙"), ("f2", NUMBER, OwnSign.BELOW, "9.5", "甲"),
     ("f2", NUMBER, OwnSign.UP_TO, "9.5", "甲丙"), ("f2", NUMBER, OwnSign.IS, "10", "乙"),
     ("f3", DAY, OwnSign.HAS, "2020", "乙丙"), ("f3", DAY, OwnSign.BELOW, "2020", "甲"),
     ("f3", DAY, OwnSign.FROM, "2020-11", "乙"), ("f4", CHOICE, OwnSign.IS, "own_2", "乙"),
     ("f4", CHOICE, OwnSign.EMPTY, "", "丙丁"), ("f9", TEXT, OwnSign.FILLED, "", "")],
)  # fmt: skip
def test_the_list_is_narrowed_by_an_own_field_of_every_kind(
    mine: Database, field: str, kind: OwnFieldKind, sign: OwnSign, value: str, found: str
) -> None:
    condition = OwnCondition(field, kind, sign, (value,) if value else ())
    assert names(mine, condition) == found


def test_conditions_narrow_together_and_values_order_by_size(mine: Database) -> None:
    over = OwnCondition("f2", NUMBER, OwnSign.OVER, ("0",))
    assert names(mine, over, OwnCondition("f1", TEXT, OwnSign.HAS, ("猫",))) == "丙"
    assert names(mine, order="own.f2", down=True) == "乙丙甲丁"
    assert names(mine, order="own.f2") == "丁甲丙乙"
    assert names(mine, order="own.f3") == "丁甲丙乙"


@pytest.mark.req("R19")
def test_rows_carry_only_what_is_shown_and_head_office_reads_it_masked(
    database: Database, people: People, mine: Database
) -> None:
    ask = partial(open_client_list, query=ClientFilter(), order=ClientOrder("own.f2", True),
                  today=TODAY)  # fmt: skip
    assert [row.own for row in mine.read(ask).rows] == [{}, {}, {}, {}]
    shown = mine.read(partial(ask, own=("own.f1", "own.f2")))
    assert [row.own for row in shown.rows] == [
        {"own.f1": "大狗", "own.f2": "10"}, {"own.f1": "猫和狗", "own.f2": "9.5"},
        {"own.f1": "猫，电话 13900000458", "own.f2": "-5"}, {},
    ]  # fmt: skip
    page = partial(list_clients, ids=list(shown.ids), today=TODAY, own=("own.f4",))
    assert [row.own.get("own.f4", "") for row in mine.read(page)] == ["own_2", "", "own_1", ""]
    office = database.acting_as(people.office)
    texts = repr(office.read(partial(ask, own=("own.f1",))).rows)
    assert "13900000458" not in texts


def test_a_view_keeps_conditions_on_own_fields_and_a_retired_one_still_holds(
    database: Database, people: People, mine: Database
) -> None:
    own = (OwnCondition("f2", NUMBER, OwnSign.FROM, ("9.5",)),)
    content = ViewContent(ClientFilter(own=own), ClientOrder("own.f2", True), ("name", "own.f2"))
    text = write_content(content, 7)
    assert read_content(text, 7) == content
    later = text.replace('">="', '"near"')
    assert read_content(later, 7).query == ClientFilter()
    boss = database.acting_as(people.manager)
    boss.write(partial(retire_own_field, field_id=2, is_retired=True))
    assert names(mine, *own) == "乙丙"


@pytest.mark.req("R3", "R19")
def test_an_own_field_counts_in_completeness_in_list_and_file_alike_and_cannot_be_retired(
    database: Database, people: People, mine: Database
) -> None:
    boss = database.acting_as(people.manager)
    book = boss.read(read_weight_book)
    assert [item.label for item in book.items][-4:] == ["宠物", "车龄", "购车日", "车型"]
    in_force = partial(boss.read, lambda s, _a: load_weight_book(s).general)
    assert book.general == (*in_force(), 0, 0, 0, 0)
    weights = book.named("") | {"mobile": 7, "own.f4": 3}
    boss.write(partial(change_weights, weights=weights))
    ask = partial(list_client_page, query=ClientFilter(), order=ClientOrder("name"), today=TODAY)
    listed = {row.id: (row.name, row.completeness) for row in mine.read(ask)}
    assert sorted(listed.values()) == [("丁", 0), ("丙", 0), ("乙", 3), ("甲", 3)]
    for key, (name, percent) in listed.items():
        file = mine.read(partial(open_client_file, client_id=key, today=TODAY))
        assert file.completeness == percent
        gaps = [(gap.name, gap.label, gap.weight) for gap in file.missing]
        assert (("own.f4", "车型", 3) in gaps) is (name in "丙丁")
    assert mine.read(partial(count_completeness, today=TODAY)).whole.tenths == 15
    with pytest.raises(InvalidFieldError, match="权重"):
        boss.write(partial(retire_own_field, field_id=4, is_retired=True))
    boss.write(partial(change_weights, weights=book.named("")))
    boss.write(partial(retire_own_field, field_id=4, is_retired=True))
    assert sum(in_force()) == 100
