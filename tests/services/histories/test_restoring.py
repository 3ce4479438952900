"""What hangs on a file comes back from an earlier version: own fields, numbers, tags."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.services.clients.client_search import find_clients
from advisorcrm.services.clients.client_tags import Tagging, tag_clients
from advisorcrm.services.files.client_edits import ClientEdit, save_client_edit
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.services.files.client_points import (
    PointRow,
    add_point,
    change_point,
    judge_point,
    list_points,
)
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.files.own_fields import NewOwnField, add_own_field, retire_own_field
from advisorcrm.services.histories.histories import Difference, compare_versions, list_versions
from advisorcrm.services.histories.restoring import restore_fields
from advisorcrm.terms import OwnFieldKind, PointKind, Validity
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client


@pytest.fixture
def client(mine: Database, people: People) -> int:
    return mine.write(
        lambda s, _a: make_client(s, people.advisor, name="王秀兰", mobile="13700002290")
    )


def differences(mine: Database, client: int) -> list[Difference]:
    newest = mine.read(partial(list_versions, client_id=client))[0].number
    return mine.read(partial(compare_versions, client_id=client, earlier=1, later=newest))


def back(mine: Database, client: int, *labels: str) -> None:
    fields = [one.field for one in differences(mine, client) if one.label in labels]
    work = partial(restore_fields, client_id=client, version=1, fields=fields, why="改错了")
    mine.write(partial(work, now=NOW + timedelta(hours=1)))


def points(mine: Database, client: int) -> list[PointRow]:
    return mine.read(partial(list_points, client_id=client))


@pytest.mark.req("R19", "R77")
def test_own_fields_come_back_with_fields_of_the_file_in_one_version(
    database: Database, people: People, mine: Database, client: int
) -> None:
    boss = database.acting_as(people.manager)
    boss.write(partial(add_own_field, new=NewOwnField("宠物")))
    kind = OwnFieldKind.CHOICE
    boss.write(partial(add_own_field, new=NewOwnField("车型", kind, choices=("轿车", "越野车"))))
    for at, changes in enumerate(
        ({"own.f1": Change("", "猫"), "hobbies": Change("", "下棋")},
         {"own.f1": Change("猫", "狗"), "own.f2": Change("", "own_2")}),
    ):  # fmt: skip
        now = NOW + timedelta(minutes=at)
        mine.write(partial(save_client_edit, client_id=client, edit=ClientEdit(changes), now=now))
    second = partial(restore_fields, client_id=client, version=2, why="改错了", now=NOW)
    keys = {one.label: one.field for one in differences(mine, client)}
    assert all(keys.values())
    mine.write(partial(second, fields=(keys["宠物"], keys["车型"])))
    file = mine.read(partial(open_client_file, client_id=client, today=TODAY))
    assert file.own_values == {"own.f1": "猫", "own.f2": ""}
    newest = mine.read(partial(list_versions, client_id=client))[0]
    assert (newest.why, set(newest.labels)) == ("改错了", {"宠物", "车型"})
    boss.write(partial(retire_own_field, field_id=1, is_retired=True))
    with pytest.raises(InvalidFieldError, match="已停用"):
        mine.write(partial(second, version=1, fields=(keys["宠物"],)))


@pytest.mark.req("R4", "R77")
def test_a_replaced_and_a_judged_number_come_back_and_the_search_finds_the_old_one(
    mine: Database, client: int
) -> None:
    first = points(mine, client)[0].id
    mine.write(partial(judge_point, point_id=first, validity=Validity.INVALID, today=TODAY))
    mine.write(partial(change_point, point_id=first, value="13700008888", now=NOW))
    mine.write(partial(add_point, client_id=client, kind=PointKind.EMAIL, value="a@b.cn"))
    assert [one.label for one in differences(mine, client) if one.field] == [
        "电子邮箱",
        "手机",
        "手机",
    ]
    back(mine, client, "手机")
    [mobile, mail] = points(mine, client)
    assert (mobile.id, mobile.masked, mobile.validity, mobile.verified_on) == (
        first, "137****2290", Validity.UNVERIFIED, None,
    )  # fmt: skip
    assert mail.kind is PointKind.EMAIL
    found = {text: mine.read(partial(find_clients, text=text)).total for text in ("2290", "8888")}
    assert found == {"2290": 1, "8888": 0}


def test_a_number_that_stands_there_again_does_not_come_back_twice(
    mine: Database, client: int
) -> None:
    first = points(mine, client)[0].id
    newer = mine.write(partial(change_point, point_id=first, value="13700008888", now=NOW))
    mine.write(partial(change_point, point_id=newer, value="13700002290", now=NOW))
    with pytest.raises(InvalidFieldError, match="不必恢复"):
        mine.write(
            partial(restore_fields, client_id=client, version=1, why="x", now=NOW,
                    fields=(f"contact_point.{first}",))
        )  # fmt: skip
    assert [point.masked for point in points(mine, client)] == ["137****2290"]


def test_tags_come_back_and_things_of_another_file_do_not(
    mine: Database, people: People, client: int
) -> None:
    tagging = Tagging(add=("focus",), reason="重点")
    mine.write(partial(tag_clients, client_ids=[client], tagging=tagging, now=NOW))
    [tags] = [one for one in differences(mine, client) if one.field == "tags"]
    assert (tags.old, tags.new) != ("", "")
    back(mine, client, tags.label)
    assert differences(mine, client) == []
    other = mine.write(lambda s, _a: make_client(s, people.advisor, mobile="13900000458"))
    foreign = f"contact_point.{points(mine, other)[0].id}"
    with pytest.raises(InvalidFieldError):
        mine.write(
            partial(
                restore_fields, client_id=client, version=1, why="x", now=NOW, fields=(foreign,)
            )
        )
