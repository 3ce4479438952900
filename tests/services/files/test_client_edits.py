"""Saving a client's page as one action."""

from __future__ import annotations

from typing import Any

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.services.drafts import list_drafts, save_draft
from advisorcrm.services.files.client_edits import (
    DRAFT_FORM,
    ClientEdit,
    PointEdit,
    save_client_edit,
)
from advisorcrm.services.files.client_files import ClientFile, open_client_file
from advisorcrm.services.files.conflicts import Change
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
