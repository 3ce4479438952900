"""Saving a client's page as one action."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.services.drafts import list_drafts, save_draft
from advisorcrm.services.files.client_edits import (
    DRAFT_FORM,
    ClientEdit,
    keep_losers,
    save_client_edit,
)
from advisorcrm.services.files.client_files import ClientFile, open_client_file
from advisorcrm.services.files.client_points import PointEdit, PointRow, archive_point
from advisorcrm.services.files.conflicts import Change, ClientConflictError
from advisorcrm.services.files.point_conflicts import PointCollision
from advisorcrm.services.histories.histories import list_history
from advisorcrm.terms import PointKind
from tests.conftest import NOW, TODAY
from tests.factories import make_client


@pytest.fixture
def advisor(database: Database, people: Any) -> Database:
    return database.acting_as(people.advisor)


@pytest.fixture
def client_id(advisor: Database) -> int:
    return advisor.write(lambda session, actor: make_client(session, actor, name="王秀兰"))


def file_of(advisor: Database, client_id: int) -> ClientFile:
    return advisor.read(
        lambda session, actor: open_client_file(session, actor, client_id, today=TODAY)
    )


def save(advisor: Database, client_id: int, edit: ClientEdit) -> None:
    advisor.write(lambda session, actor: save_client_edit(session, actor, client_id, edit, now=NOW))


def test_fields_and_numbers_are_stored_together_and_the_draft_ends(
    advisor: Database, client_id: int
) -> None:
    advisor.write(
        lambda session, actor: save_draft(
            session, actor, DRAFT_FORM, str(client_id), title="王秀兰", content={}, now=NOW
        )
    )
    mobile = file_of(advisor, client_id).points[0]
    save(
        advisor,
        client_id,
        ClientEdit(
            {"hobbies": Change("", "广场舞")},
            (
                PointEdit(PointKind.EMAIL, "wang@126.com"),
                PointEdit(PointKind.MOBILE, "13700009999", mobile.id),
            ),
        ),
    )
    file = file_of(advisor, client_id)
    assert file.hobbies == "广场舞"
    assert {point.kind for point in file.points} == {PointKind.MOBILE, PointKind.EMAIL}
    assert advisor.read(list_drafts) == []


def test_a_wrong_number_keeps_everything_back(advisor: Database, client_id: int) -> None:
    edit = ClientEdit({"hobbies": Change("", "广场舞")}, (PointEdit(PointKind.EMAIL, "wang@126"),))
    with pytest.raises(InvalidFieldError) as refused:
        save(advisor, client_id, edit)
    assert refused.value.field == "email"
    assert file_of(advisor, client_id).hobbies == ""


def replace(number: str, mobile: PointRow, **changes: Change) -> ClientEdit:
    return ClientEdit(changes, (PointEdit(PointKind.MOBILE, number, mobile.id),))


@pytest.mark.req("F14")
def test_a_number_that_both_replaced_is_asked_with_the_fields_that_collide_too(
    advisor: Database, database: Database, people: Any, client_id: int
) -> None:
    manager = database.acting_as(people.manager)
    mobile = file_of(advisor, client_id).points[0]
    theirs = replace("13700009999", mobile, hobbies=Change("", "书法"))
    manager.write(partial(save_client_edit, client_id=client_id, edit=theirs, now=NOW))
    mine = replace("13600008888", mobile, hobbies=Change("", "太极"), occupation=Change("", "教师"))
    with pytest.raises(ClientConflictError) as asked:
        save(advisor, client_id, mine)
    number, field = asked.value.collisions
    assert (number.seen, number.mine, number.theirs) == (
        mobile.masked,
        "13600008888",
        "137****9999",
    )
    assert (field.field, field.theirs, asked.value.by) == ("hobbies", "书法", people.manager.name)
    assert file_of(advisor, client_id).occupation == ""  # nothing is stored in part
    assert isinstance(number, PointCollision)
    won = PointEdit(PointKind.MOBILE, "13600008888", number.successor_id)
    save(advisor, client_id, ClientEdit(points=(won,)))
    assert [point.masked for point in file_of(advisor, client_id).points] == ["136****8888"]


def test_the_same_number_twice_and_one_put_away_meanwhile_are_no_conflict(
    advisor: Database, client_id: int
) -> None:
    mobile = file_of(advisor, client_id).points[0]
    save(advisor, client_id, replace("13700009999", mobile))
    save(advisor, client_id, replace("13700009999", mobile))
    [standing] = file_of(advisor, client_id).points
    advisor.write(partial(archive_point, point_id=standing.id, now=NOW))
    save(advisor, client_id, replace("13600008888", standing))
    assert [point.masked for point in file_of(advisor, client_id).points] == ["136****8888"]


@pytest.mark.req("F14")
def test_a_number_that_lost_is_in_the_history_and_not_in_the_file(
    advisor: Database, client_id: int
) -> None:
    lost = PointEdit(PointKind.MOBILE, "13600008888")
    keep = partial(keep_losers, client_id=client_id, losers={}, points=(lost,), now=NOW)
    advisor.write(keep)
    assert [point.masked for point in file_of(advisor, client_id).points] != ["136****8888"]
    told = advisor.read(partial(list_history, client_id=client_id)).entries
    why = {one.why for one in told if "8888" in f"{one.old}{one.new}"}
    assert why == {"两人都改：没有采用"}
