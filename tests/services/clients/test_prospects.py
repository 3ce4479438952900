"""A prospect becomes a client without being typed anew (R11)."""

from __future__ import annotations

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.models import Client
from advisorcrm.services.clients.prospects import convert_prospect
from advisorcrm.services.files.client_points import list_points
from advisorcrm.services.files.conflicts import Change
from advisorcrm.terms import ClientStage
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client, make_log


@pytest.mark.req("R11")
def test_a_prospect_keeps_everything_and_gets_an_account(
    database: Database, people: People
) -> None:
    def fill(session: object, _actor: object) -> int:
        key = make_client(
            session, people.advisor, name="高敏", stage=ClientStage.PROSPECT, account=None,
            hobbies="钓鱼", mobile="13900000458",
        )  # fmt: skip
        make_log(session, people.advisor, key)
        return key

    key = database.write(fill)
    changes = {"occupation": Change("", "教师")}
    mine = database.acting_as(people.advisor)
    mine.write(lambda s, a: convert_prospect(s, a, key, " 6001 0001 7715 ", changes, now=NOW))
    client = database.read(lambda s, a: s.get_one(Client, key))
    assert (client.stage, client.account, client.opened_on) == (
        ClientStage.ACTIVE, "600100017715", TODAY,
    )  # fmt: skip
    assert (client.hobbies, client.occupation) == ("钓鱼", "教师")
    assert len(mine.read(lambda s, a: list_points(s, a, key))) == 1
    assert rows(database, "SELECT count(*) FROM contact_log") == [(1,)]
    why = "SELECT why FROM change_history WHERE table_name = 'client' AND operation = 'update'"
    assert rows(database, why) == [("潜在客户转为正式客户",)]


@pytest.mark.req("R11")
def test_only_a_prospect_with_a_free_account_becomes_a_client(
    database: Database, people: People
) -> None:
    prospect, client = database.write(
        lambda s, a: (
            make_client(s, people.advisor, stage=ClientStage.PROSPECT, account=None),
            make_client(s, people.advisor, account="600100000001"),
        )
    )
    for key, account, field in (
        (prospect, "", "account"),
        (prospect, "600100000001", "account"),
        (client, "600100000002", "stage"),
    ):
        with pytest.raises(InvalidFieldError) as caught:
            database.acting_as(people.advisor).write(
                lambda s, a, key=key, account=account: convert_prospect(
                    s, a, key, account, {}, now=NOW
                )
            )
        assert caught.value.field == field
