"""How complete the files of advisors, groups and the branch are, and who may ask."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError
from advisorcrm.models import Consent
from advisorcrm.services.completeness import completeness
from advisorcrm.services.completeness.completeness import BranchCompleteness, count_completeness
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.terms import Channel, ConsentState, Purpose
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client


def counted(database: Database, actor: Any) -> BranchCompleteness:
    return database.acting_as(actor).read(partial(count_completeness, today=TODAY))


def consent(client_id: int, channel: Channel, state: ConsentState, user_id: int) -> Consent:
    return Consent(
        uuid=str(uuid.uuid4()), client_id=client_id, channel=channel, purpose=Purpose.NEWS,
        state=state, answered_at=NOW, user_id=user_id, created_at=NOW,
    )  # fmt: skip


@pytest.mark.req("R3")
def test_the_branch_and_each_advisor_are_averaged_and_the_worst_comes_first(
    database: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.write(lambda s, a: make_client(s, people.advisor, archived_at=NOW))  # a file no more
    database.write(lambda s, a: make_client(s, people.advisor, tier="gold", occupation="教师"))
    database.write(lambda s, a: make_client(s, people.advisor))
    database.write(lambda s, a: make_client(s, people.colleague, tier="gold"))
    found = counted(database, people.manager)
    # 5 for the type, 4 for the occupation; nobody's number was proven
    assert [(share.name, share.clients, share.tenths) for share in found.advisors] == [
        ("林若溪", 2, 45),
        ("周岚", 1, 50),
    ]
    assert (found.whole.clients, found.whole.percent, found.whole.below) == (3, 4.7, 3)
    monkeypatch.setattr(completeness, "ENOUGH", 9)
    assert counted(database, people.manager).whole.below == 2  # one has just enough


@pytest.mark.req("R3")
def test_a_group_is_averaged_too(database: Database, people: People) -> None:
    from sqlalchemy import select

    from advisorcrm.models import ClientGroup

    def fill(session: Any, _actor: Any) -> None:
        group = session.scalars(select(ClientGroup.id).order_by(ClientGroup.id)).first()
        make_client(session, people.advisor, tier="gold", client_group_id=group)
        make_client(session, people.advisor)

    database.write(fill)
    groups = {share.name: share.tenths for share in counted(database, people.manager).groups}
    assert groups["未分配"] == 0
    assert sorted(groups.values()) == [0, 50]


@pytest.mark.req("R3", "R16")
def test_an_advisor_sees_own_figures_only_and_the_administrator_none(
    database: Database, people: People
) -> None:
    database.write(lambda s, a: make_client(s, people.advisor, tier="gold"))
    database.write(lambda s, a: make_client(s, people.colleague))
    own = counted(database, people.advisor)
    assert [(share.name, share.tenths) for share in own.advisors] == [("林若溪", 50)]
    assert own.whole.clients == 1
    with pytest.raises(NotAllowedError):
        counted(database, people.administrator)


def test_an_empty_branch_has_no_average(database: Database, people: People) -> None:
    found = counted(database, people.manager)
    assert (found.whole.clients, found.whole.tenths, found.advisors) == (0, 0, ())


@pytest.mark.req("R3", "R117")
def test_consent_counts_when_messages_and_calls_were_asked_about(
    database: Database, people: People
) -> None:
    client = database.write(lambda s, a: make_client(s, people.advisor))
    me = people.advisor.user_id

    def answer(channel: Channel, state: ConsentState) -> int:
        database.write(lambda s, a: s.add(consent(client, channel, state, me)))
        file = database.acting_as(people.advisor).read(
            partial(open_client_file, client_id=client, today=TODAY)
        )
        return file.completeness

    assert answer(Channel.PHONE, ConsentState.GIVEN) == 0
    assert answer(Channel.SMS, ConsentState.NOT_ASKED) == 0
    assert answer(Channel.SMS, ConsentState.REFUSED) == 5  # asked is asked
