from __future__ import annotations

import uuid
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder, list_client_page
from advisorcrm.services.consents.consents import (
    ConsentBook,
    NewConsent,
    Withdrawal,
    list_consents,
    read_consents,
    record_consent,
    withdraw_consents,
    wording_for,
)
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.terms import Channel, ClientFlag, ConsentState, Purpose
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client

YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture
def client(database: Database, people: People) -> int:
    return database.write(lambda s, a: make_client(s, people.advisor, name="王秀兰"))


def new(client: int, state: ConsentState = ConsentState.GIVEN, **overrides: Any) -> NewConsent:
    values: dict[str, Any] = {
        "uuid": str(uuid.uuid4()),
        "client_id": client,
        "channel": Channel.SMS,
        "purpose": Purpose.NEWS,
        "state": state,
        "answered_at": YESTERDAY,
        "how": "柜台签字",
    }
    return NewConsent(**{**values, **overrides})


def record(door: Database, entry: NewConsent) -> int:
    return door.write(partial(record_consent, new=entry, now=NOW))


def book(door: Database, client: int) -> ConsentBook:
    return door.read(partial(read_consents, client_id=client))


@pytest.mark.req("R117")
def test_an_answer_keeps_when_how_by_whom_and_in_which_words(mine: Database, client: int) -> None:
    words = wording_for("历山路证券营业部", Channel.SMS, [Purpose.NEWS])
    record(mine, new(client, wording=words))
    [line] = mine.read(partial(list_consents, client_id=client))
    assert (line.channel, line.purpose, line.state) == (
        Channel.SMS, Purpose.NEWS, ConsentState.GIVEN,
    )  # fmt: skip
    assert (line.answered_at, line.how, line.user_name) == (YESTERDAY, "柜台签字", "林若溪")
    assert "历山路证券营业部以短信方式向本人发送资讯" in line.wording
    assert "可随时以任何方式撤回" in line.wording


@pytest.mark.req("R117")
def test_a_retried_save_enters_an_answer_once(mine: Database, client: int) -> None:
    entry = new(client)
    assert record(mine, entry) == record(mine, entry)
    assert len(mine.read(partial(list_consents, client_id=client))) == 1


@pytest.mark.req("R117")
def test_withdrawing_is_one_step_and_erases_nothing(mine: Database, client: int) -> None:
    for purpose in Purpose:
        record(mine, new(client, purpose=purpose))
    withdrawal = Withdrawal(str(uuid.uuid4()), client, Channel.SMS)
    for expected in (3, 0):  # the second time is a retry
        done = mine.write(partial(withdraw_consents, withdrawal=withdrawal, now=NOW))
        assert done == expected
    assert {book(mine, client).state(Channel.SMS, purpose) for purpose in Purpose} == {
        ConsentState.WITHDRAWN
    }
    states = [line.state for line in mine.read(partial(list_consents, client_id=client))]
    assert states == [ConsentState.WITHDRAWN] * 3 + [ConsentState.GIVEN] * 3


def test_one_purpose_can_be_withdrawn_alone(mine: Database, client: int) -> None:
    for purpose in Purpose:
        record(mine, new(client, purpose=purpose))
    only = Withdrawal(str(uuid.uuid4()), client, Channel.SMS, Purpose.MARKETING, "电话")
    assert mine.write(partial(withdraw_consents, withdrawal=only, now=NOW)) == 1
    now = book(mine, client)
    assert now.state(Channel.SMS, Purpose.MARKETING) is ConsentState.WITHDRAWN
    assert now.state(Channel.SMS, Purpose.NEWS) is ConsentState.GIVEN


@pytest.mark.req("R117")
def test_the_ledger_can_be_neither_changed_nor_emptied(
    mine: Database, database: Database, client: int
) -> None:
    record(mine, new(client))
    for statement in ("UPDATE consent SET state = 'refused'", "DELETE FROM consent"):
        with pytest.raises(DatabaseError):
            database.write(lambda s, a, said=statement: s.connection().exec_driver_sql(said))
    assert rows(database, "SELECT state FROM consent") == [("given",)]


def test_what_is_not_an_answer_is_refused_with_its_field(mine: Database, client: int) -> None:
    wrong = {
        "how": new(client, how=" "),
        "answered_at": new(client, answered_at=NOW + timedelta(hours=1)),
        "state": new(client, ConsentState.WITHDRAWN),
    }
    for field, entry in wrong.items():
        with pytest.raises(InvalidFieldError) as caught:
            record(mine, entry)
        assert caught.value.field == field
    with pytest.raises(NotFoundError):
        record(mine, new(client, attachment_id=4711))


def test_a_restricted_file_takes_a_no_but_no_yes(
    database: Database, people: People, mine: Database
) -> None:
    halted = database.write(lambda s, a: make_client(s, people.advisor, is_restricted=True))
    with pytest.raises(NotAllowedError):
        record(mine, new(halted))
    record(mine, new(halted, ConsentState.REFUSED))
    assert book(mine, halted).channel(Channel.SMS) is ConsentState.REFUSED


def flags(door: Database) -> tuple[ClientFlag, ...]:
    [row] = door.read(
        partial(list_client_page, query=ClientFilter(), order=ClientOrder(), today=TODAY)
    )
    return row.flags


@pytest.mark.req("R117")
def test_list_and_file_tell_what_the_client_agreed_to(mine: Database, client: int) -> None:
    assert flags(mine) == (ClientFlag.SMS_NOT_ASKED,)
    record(mine, new(client))
    assert flags(mine) == (ClientFlag.SMS_GIVEN,)
    record(mine, new(client, ConsentState.WITHDRAWN, answered_at=NOW))
    assert flags(mine) == (ClientFlag.SMS_REFUSED,)
    record(mine, new(client, channel=Channel.PHONE))
    assert flags(mine) == (ClientFlag.PHONE_ONLY,)
    file = mine.read(partial(open_client_file, client_id=client, today=TODAY))
    assert file.consents.is_phone_only
    record(mine, new(client, channel=Channel.MAIL))
    assert flags(mine) == (ClientFlag.SMS_REFUSED,)
    assert not book(mine, client).is_phone_only


@pytest.mark.req("R117")
def test_the_list_is_narrowed_by_what_was_agreed(
    mine: Database, database: Database, people: People, client: int
) -> None:
    other = database.write(lambda s, a: make_client(s, people.advisor, name="李建业"))
    record(mine, new(client))
    record(mine, new(other, ConsentState.REFUSED, channel=Channel.PHONE))

    def found(*consents: str) -> list[int]:
        query = ClientFilter(consents=consents)
        page = mine.read(partial(list_client_page, query=query, order=ClientOrder(), today=TODAY))
        return sorted(row.id for row in page)

    assert found("sms-given") == [client]
    assert found("sms-not_asked") == [other]
    assert found("phone-refused") == [other]
    assert found("phone-refused", "sms-given") == [client, other]
    assert found("mail-given") == []
