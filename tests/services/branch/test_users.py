from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.services.branch.users import (
    add_user,
    clean_employee_no,
    deactivate_user,
    find_actor,
    list_advisors,
    list_groups,
    list_users,
)
from advisorcrm.terms import Role
from tests.conftest import rows
from tests.factories import People


@pytest.fixture
def administrator(database: Database, people: People) -> Database:
    return database.acting_as(people.administrator)


def test_a_new_person_has_number_role_and_groups(administrator: Database) -> None:
    key = administrator.write(
        partial(
            add_user, employee_no=" lsl 0077 ", name=" 许清 ", role=Role.ADVISOR,
            groups=("第二客户组", " ", "机构组", "第二客户组"),
        )
    )  # fmt: skip
    actor = administrator.read(lambda s, a: find_actor(s, "LSL0077"))
    assert (actor.user_id, actor.name, actor.role) == (key, "许清", Role.ADVISOR)
    assert actor.group_names == ("第二客户组", "机构组")
    names = [name for _key, name in administrator.read(list_groups)]
    assert sorted(names) == sorted({"第一客户组", "第二客户组", "机构组"})


@pytest.mark.parametrize(
    ("field", "overrides"),
    [
        ("employee_no", {"employee_no": " "}),
        ("employee_no", {"employee_no": "X" * 41}),
        ("employee_no", {"employee_no": "lsl0042"}),
        ("name", {"name": "  "}),
        ("name", {"name": "长" * 121}),
        ("groups", {"groups": ("长" * 121,)}),
    ],
)
def test_a_person_with_a_mistake_is_refused_at_its_field(
    file_database: Database, file_people: People, field: str, overrides: dict[str, Any]
) -> None:
    administrator = file_database.acting_as(file_people.administrator)
    person: dict[str, Any] = {"employee_no": "LSL0077", "name": "许清", "role": Role.ADVISOR}
    with pytest.raises(InvalidFieldError) as caught:
        administrator.write(partial(add_user, **(person | overrides)))
    assert caught.value.field == field
    assert len(rows(administrator, 'SELECT id FROM "user"')) == 7


def test_a_closed_account_keeps_its_past_and_loses_its_future(
    administrator: Database, people: People
) -> None:
    number = administrator.write(partial(deactivate_user, user_id=people.advisor.user_id))
    assert number == "LSL0042"
    with pytest.raises(NotFoundError, match="已停用"):
        administrator.read(lambda s, a: find_actor(s, "LSL0042"))
    [row] = [row for row in administrator.read(list_users) if row.employee_no == "LSL0042"]
    assert (row.name, row.groups, row.is_active) == ("林若溪", "第二客户组", False)
    assert "LSL0042" not in [number for _key, number, _name in administrator.read(list_advisors)]
    with pytest.raises(InvalidFieldError, match="已有人使用"):
        administrator.write(
            partial(add_user, employee_no="LSL0042", name="他人", role=Role.ADVISOR)
        )


def test_nobody_closes_the_own_account_or_one_that_is_not_there(
    administrator: Database, people: People
) -> None:
    with pytest.raises(InvalidFieldError, match="自己的账号"):
        administrator.write(partial(deactivate_user, user_id=people.administrator.user_id))
    with pytest.raises(NotFoundError):
        administrator.write(partial(deactivate_user, user_id=4711))


def test_clients_are_given_to_advisors_and_the_manager_only(administrator: Database) -> None:
    numbers = [number for _key, number, _name in administrator.read(list_advisors)]
    assert numbers == ["LSL0010", "LSL0042", "LSL0043"]


def test_a_number_is_written_one_way() -> None:
    assert clean_employee_no(" lsl　0042\n") == "LSL0042"
