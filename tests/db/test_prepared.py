"""Statements that are compiled once and asked again and again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Date, Integer, func, or_, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.db.prepared import Prepared, among, not_among, slot, told
from advisorcrm.models import Client
from advisorcrm.models.base import UtcInstant
from advisorcrm.terms import ClientStage
from tests.factories import People, make_client

COLUMNS = (
    Client.id, Client.birthday, Client.stage, Client.is_restricted, Client.created_at,
    Client.trading_way,
)  # fmt: skip


def test_a_prepared_question_answers_as_any_other(database: Database, people: People) -> None:
    born = date(1962, 11, 3)
    until = datetime.now(UTC) + timedelta(days=1)
    asked = select(*COLUMNS).where(
        Client.birthday == slot("born", Date()), Client.created_at < slot("until", UtcInstant())
    )
    prepared = Prepared(asked)

    def work(session: Session, _actor: Actor) -> None:
        key = make_client(
            session, people.advisor, birthday=born, trading_way=("online", "phone"),
            stage=ClientStage.AT_RISK,
        )  # fmt: skip
        [row] = prepared.ask(session, born=born, until=until)
        plain = session.execute(select(*COLUMNS).where(Client.id == key)).one()
        assert tuple(row) == tuple(plain)
        assert row[2] is ClientStage.AT_RISK
        assert prepared.ask(session, born=date(1962, 11, 4), until=until) == []

    database.write(work)


def test_ids_are_given_anew_each_time_and_may_be_none(database: Database, people: People) -> None:
    chosen = Prepared(select(Client.id).where(among(Client.id, "ids")).order_by(Client.id))
    others = Prepared(select(func.count(Client.id)).where(not_among(Client.id, "ids")))

    def work(session: Session, _actor: Actor) -> None:
        first, second, third = (make_client(session, people.advisor) for _ in range(3))
        assert [row[0] for row in chosen.ask(session, ids=[third, first])] == [first, third]
        assert chosen.ask(session, ids=[]) == []
        assert others.ask_one(session, ids=(second,)) == 2
        assert others.ask_one(session, ids=()) == 3

    database.write(work)


def test_what_is_told_never_becomes_part_of_the_statement(
    database: Database, people: People
) -> None:
    nasty = "陈'; DROP TABLE client; -- 100%s \\ :name ?"
    is_so = or_(Client.name == told("name"), Client.address == told("address"))
    named = Prepared(select(Client.id).where(is_so, Client.tier == "A", Client.name != "%s"))

    def work(session: Session, _actor: Actor) -> None:
        one = make_client(session, people.advisor, name=nasty, tier="A")
        two = make_client(session, people.advisor, name="陈志强", address="杭州", tier="A")
        assert named.ask(session, name=nasty, address="") == [(one,)]
        assert named.ask(session, name="", address="杭州") == [(two,)]
        assert named.ask(session, name="x", address="x") == []

    database.write(work)


def test_what_was_changed_in_the_same_action_is_in_the_answer(
    database: Database, people: People
) -> None:
    named = Prepared(select(Client.name).where(Client.id == slot("key", Integer())))

    def work(session: Session, _actor: Actor) -> None:
        key = make_client(session, people.advisor, name="陈志强")
        client = session.get_one(Client, key)
        client.name = "陈志刚"
        assert named.ask_one(session, key=key) == "陈志刚"
        assert named.ask_one(session, key=key + 1) is None

    database.write(work)
