from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder, list_client_page
from advisorcrm.services.consents.may_send import may_send
from advisorcrm.services.contacts.contact_logs import log_contact
from advisorcrm.services.files.client_files import open_client_file, update_client
from advisorcrm.services.files.client_points import add_point
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.files.privacy_requests import (
    NewRequest,
    PrivacyRequestRow,
    answer_request,
    file_request,
    list_requests,
)
from advisorcrm.terms import Channel, ClientFlag, PointKind, PrivacyRequestKind, Purpose
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client, new_log


@pytest.fixture
def client(database: Database, people: People) -> int:
    return database.write(lambda s, a: make_client(s, people.advisor, name="王秀兰"))


def ask(door: Database, client: int, kind: PrivacyRequestKind, **more: Any) -> int:
    request = NewRequest(**{"client_id": client, "kind": kind, "asked_on": TODAY, **more})
    return door.write(partial(file_request, new=request, now=NOW))


def listed(door: Database, client: int | None = None, **more: Any) -> list[PrivacyRequestRow]:
    return door.read(partial(list_requests, client_id=client, **more))


def test_a_restricted_file_is_read_but_neither_changed_nor_used(
    mine: Database, client: int
) -> None:
    ask(mine, client, PrivacyRequestKind.RESTRICTION, way="phone", note="暂停使用我的资料")
    file = mine.read(partial(open_client_file, client_id=client, today=TODAY))
    assert (file.is_restricted, file.may_edit) == (True, False)
    change = {"hobbies": Change("", "钓鱼")}
    for refused in (
        partial(update_client, client_id=client, changes=change, now=NOW),
        partial(add_point, client_id=client, kind=PointKind.QQ, value="12345"),
    ):
        with pytest.raises(NotAllowedError, match="限制处理"):
            mine.write(refused)
    sending = partial(may_send, client_id=client, channel=Channel.PHONE, purpose=Purpose.CARE)
    assert mine.read(partial(sending, now=NOW)).code == "restricted"
    [row] = mine.read(
        partial(list_client_page, query=ClientFilter(), order=ClientOrder(), today=TODAY)
    )
    assert row.flags[0] is ClientFlag.RESTRICTED
    # Who calls in is still written down: records of business are kept by law.
    mine.write(partial(log_contact, entry=new_log(client), now=NOW))


def test_the_halt_ends_by_a_request_and_both_stand_in_the_history(
    mine: Database, database: Database, client: int
) -> None:
    ask(mine, client, PrivacyRequestKind.RESTRICTION)
    ask(mine, client, PrivacyRequestKind.RELEASE)
    change = {"hobbies": Change("", "钓鱼")}
    mine.write(partial(update_client, client_id=client, changes=change, now=NOW))
    reasons = rows(
        database,
        "SELECT why FROM change_history WHERE table_name = 'client' AND operation = 'update' "
        "ORDER BY id",
    )
    assert [why for (why,) in reasons][:2] == ["限制处理", "解除限制"]


def test_a_request_stays_open_until_the_person_was_answered(mine: Database, client: int) -> None:
    first = ask(mine, client, PrivacyRequestKind.CORRECTION, note="住址已变更")
    assert ask(mine, client, PrivacyRequestKind.CORRECTION, note="住址已变更") == first
    second = ask(mine, client, PrivacyRequestKind.COPY, asked_on=TODAY - timedelta(days=3))
    assert [row.id for row in listed(mine, client)] == [first, second]

    mine.write(partial(answer_request, request_id=first, answer="已更正并电话告知", now=NOW))
    [done] = [row for row in listed(mine, client) if row.id == first]
    assert (done.answer, done.answered_at, done.answered_by) == ("已更正并电话告知", NOW, "林若溪")
    assert [row.id for row in listed(mine, client)] == [second, first]
    assert [row.id for row in listed(mine, open_only=True)] == [second]
    with pytest.raises(InvalidFieldError):
        mine.write(partial(answer_request, request_id=first, answer="再答一次", now=NOW))


def test_what_is_no_request_is_refused_with_its_field(mine: Database, client: int) -> None:
    for field, kind, more in (
        ("asked_on", PrivacyRequestKind.COPY, {"asked_on": TODAY + timedelta(days=1)}),
        ("note", PrivacyRequestKind.CORRECTION, {}),
        ("kind", PrivacyRequestKind.RELEASE, {}),
    ):
        with pytest.raises(InvalidFieldError) as caught:
            ask(mine, client, kind, **more)
        assert caught.value.field == field


def test_everybody_lists_the_requests_of_the_own_clients(
    database: Database, people: People, mine: Database, client: int
) -> None:
    ask(mine, client, PrivacyRequestKind.COPY, note="王秀兰，手机13900000458")
    assert listed(database.acting_as(people.colleague)) == []
    [seen] = listed(database.acting_as(people.office))
    assert seen.client_name == "王*"
    assert "王秀兰" not in seen.note
    assert "13900000458" not in seen.note
