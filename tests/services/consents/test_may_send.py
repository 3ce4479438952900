from __future__ import annotations

import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product

import pytest
from sqlalchemy import update

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.models import Consent, ContactPoint
from advisorcrm.rules.sending import SendCode
from advisorcrm.services.consents.consents import NewConsent, record_consent
from advisorcrm.services.consents.may_send import SendAnswer, count_sendable, may_send
from advisorcrm.services.files.client_points import judge_point, list_points
from advisorcrm.terms import Channel, ConsentState, PointKind, Purpose, Validity
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client, set_parameter

LUNCH = datetime(2026, 11, 20, 4, 30, tzinfo=UTC)
NIGHT = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
EVERY_POINT = [
    (PointKind.MOBILE, "13900000458"),
    (PointKind.EMAIL, "a.b@example.com"),
    (PointKind.WECHAT, "wx_458"),
]


@pytest.fixture
def client(database: Database, people: People) -> int:
    return database.write(lambda s, a: make_client(s, people.advisor, points=EVERY_POINT))


def answer(
    door: Database,
    client: int,
    channel: Channel = Channel.SMS,
    purpose: Purpose = Purpose.NEWS,
    now: datetime = NOW,
) -> SendAnswer:
    return door.read(partial(may_send, client_id=client, channel=channel, purpose=purpose, now=now))


def say(
    door: Database,
    client: int,
    state: ConsentState,
    channel: Channel = Channel.SMS,
    purpose: Purpose = Purpose.NEWS,
    at: datetime = NOW - timedelta(days=1),
) -> None:
    new = NewConsent(str(uuid.uuid4()), client, channel, purpose, state, at, how="柜台签字")
    door.write(partial(record_consent, new=new, now=NOW))


@pytest.mark.req("R117")
def test_no_short_message_goes_out_before_the_client_has_agreed(
    mine: Database, client: int
) -> None:
    for purpose in Purpose:
        before = answer(mine, client, purpose=purpose)
        assert (before.may, before.code) == (False, SendCode.NOT_ASKED)
    assert answer(mine, client).reason == "还没有征得以短信接收资讯的同意。"

    say(mine, client, ConsentState.GIVEN)
    after = answer(mine, client)
    assert (after.may, after.reason) == (True, "可以：客户已同意以短信接收资讯。")
    assert not answer(mine, client, purpose=Purpose.MARKETING).may
    assert not answer(mine, client, purpose=Purpose.CARE).may


@pytest.mark.req("R117")
def test_the_last_answer_counts_and_a_no_is_a_no_for_every_channel(
    mine: Database, client: int
) -> None:
    for channel in Channel:
        say(mine, client, ConsentState.GIVEN, channel, at=NOW - timedelta(days=3))
        say(mine, client, ConsentState.WITHDRAWN, channel, at=NOW - timedelta(days=2))
        assert answer(mine, client, channel).code is SendCode.WITHDRAWN
        say(mine, client, ConsentState.REFUSED, channel, at=NOW - timedelta(days=1))
        assert answer(mine, client, channel).code is SendCode.REFUSED
        # An old paper found in a drawer does not undo what came after it.
        say(mine, client, ConsentState.GIVEN, channel, at=NOW - timedelta(days=400))
        assert answer(mine, client, channel).code is SendCode.REFUSED


def test_marketing_needs_a_yes_by_any_way_and_service_does_not(mine: Database, client: int) -> None:
    for channel in (Channel.MAIL, Channel.PHONE, Channel.WECHAT):
        assert answer(mine, client, channel, Purpose.MARKETING).code is SendCode.NOT_ASKED
        for purpose in (Purpose.NEWS, Purpose.CARE):
            assert answer(mine, client, channel, purpose).code is SendCode.UNASKED_SERVICE


@pytest.mark.req("R74")
def test_who_wants_no_service_is_sent_nothing_even_with_consent(
    mine: Database, database: Database, people: People
) -> None:
    quiet = database.write(
        lambda s, a: make_client(
            s, people.advisor, points=EVERY_POINT, service_need="do_not_disturb"
        )
    )
    for channel, purpose in product(Channel, Purpose):
        say(mine, quiet, ConsentState.GIVEN, channel, purpose)
        said = answer(mine, quiet, channel, purpose)
        assert (said.may, said.code) == (False, SendCode.DO_NOT_DISTURB)


@pytest.mark.req("R221")
def test_nobody_is_disturbed_at_night_or_at_lunch(
    mine: Database, client: int, database: Database, people: People
) -> None:
    for channel in Channel:
        say(mine, client, ConsentState.GIVEN, channel)
    for channel in (Channel.SMS, Channel.PHONE, Channel.WECHAT):
        for moment in (LUNCH, NIGHT):
            said = answer(mine, client, channel, now=moment)
            assert said.code is SendCode.QUIET_HOURS
            assert said.reason == "现在是客户休息时间，可联系时段 08:30-12:00、13:00-20:00。"
    assert answer(mine, client, Channel.MAIL, now=NIGHT).may

    set_parameter(database, people, "contact_hours", "09:00-22:00")
    assert answer(mine, client, now=LUNCH).may
    assert answer(mine, client, now=NIGHT).may


def test_contact_hours_must_be_hours(database: Database, people: People) -> None:
    for value in ("，", "早上", "20:00-08:30", "08:30-25:00"):
        with pytest.raises(InvalidFieldError):
            set_parameter(database, people, "contact_hours", value)


def test_what_cannot_arrive_is_not_sent(mine: Database, client: int) -> None:
    for channel in Channel:
        say(mine, client, ConsentState.GIVEN, channel)
    for point in mine.read(partial(list_points, client_id=client)):
        mine.write(partial(judge_point, point_id=point.id, validity=Validity.INVALID, today=TODAY))
    for channel in Channel:
        assert answer(mine, client, channel).code is SendCode.NO_POINT
    assert answer(mine, client).reason == "没有可用的手机号码，或已判为无效。"


def test_nobody_asks_about_a_client_of_somebody_else(
    database: Database, people: People, client: int
) -> None:
    with pytest.raises(NotFoundError):
        answer(database.acting_as(people.colleague), client)


def make_everybody(database: Database, people: People) -> list[int]:
    """Clients with every mixture of answers, needs and numbers that the rule knows."""
    mixtures = list(
        product(
            (None, ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.WITHDRAWN,
             ConsentState.NOT_ASKED),
            (None, "accepts", "do_not_disturb"),
            (None, *Validity),
            (False, True),
        )
    )  # fmt: skip
    ids: list[int] = []

    def fill(session, actor):  # type: ignore[no-untyped-def]
        for state, need, validity, is_restricted in mixtures:
            points = EVERY_POINT if validity else []
            key = make_client(
                session, people.advisor, points=points, service_need=need,
                is_restricted=is_restricted,
            )  # fmt: skip
            ids.append(key)
            if validity:
                session.execute(
                    update(ContactPoint)
                    .where(ContactPoint.client_id == key)
                    .values(validity=validity)
                )
            for channel, purpose in product(Channel, Purpose):
                for age, said in ((9, ConsentState.GIVEN), (1, state)):
                    if state is None:
                        continue
                    session.add(
                        Consent(
                            uuid=str(uuid.uuid4()), client_id=key, channel=channel,
                            purpose=purpose, state=said, user_id=people.advisor.user_id,
                            answered_at=NOW - timedelta(days=age), created_at=NOW,
                        )
                    )  # fmt: skip

    database.write(fill)
    return ids


@pytest.mark.req("R117", "R74")
def test_the_answer_for_thousands_is_the_answer_for_each(
    mine: Database, database: Database, people: People
) -> None:
    ids = make_everybody(database, people)

    asked = [*product(Channel, Purpose, [NOW]), *product(Channel, [Purpose.NEWS], [LUNCH, NIGHT])]

    def compare(session, actor):  # type: ignore[no-untyped-def]
        seen: set[SendCode] = set()
        for place, (channel, purpose, moment) in enumerate(asked):
            some = ids[place % 5 :: 5]
            many = count_sendable(session, actor, some, channel, purpose, now=moment)
            single = [may_send(session, actor, key, channel, purpose, now=moment) for key in some]
            sent = [key for key, said in zip(some, single, strict=True) if said.may]
            assert list(many.ids) == sent
            assert Counter(said.code for said in single if not said.may) == many.excluded
            seen |= {said.code for said in single}
        return seen

    assert mine.read(compare) == set(SendCode)


def test_clients_of_others_are_not_counted_among_many(
    database: Database, people: People, client: int
) -> None:
    found = database.acting_as(people.colleague).read(
        partial(count_sendable, ids=[client], channel=Channel.MAIL, purpose=Purpose.NEWS, now=NOW)
    )
    assert (list(found.ids), dict(found.excluded)) == ([], {})
