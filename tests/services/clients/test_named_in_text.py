"""What the program tells at a desk in public view: no client by the full name (F9)."""

from __future__ import annotations

from functools import partial

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.services.clients.named_in_text import hide_named_clients
from tests.factories import People, make_client


def test_a_sentence_names_clients_by_the_surname_only(database: Database, people: People) -> None:
    def fill(session: Session, _actor: Actor) -> None:
        for name in ("王秀", "王秀兰", "陈国梁", "兰_%"):
            make_client(session, people.advisor, name=name)
        make_client(session, people.colleague, name="孟小楼")

    database.write(fill)
    mine = database.acting_as(people.advisor)
    for told, hidden in (
        ("已记沟通：王秀兰", "已记沟通：王*"),
        ("陈国梁 改到 11-23 09:30", "陈* 改到 11-23 09:30"),
        ("已办结：陪王秀兰、陈国梁看房", "已办结：陪王*、陈*看房"),
        ("已移交 3 户给 周岚", "已移交 3 户给 周岚"),
        ("与兰花无关 100%", "与兰花无关 100%"),
        ("孟小楼", "孟小楼"),  # no client of this advisor
    ):
        assert mine.read(partial(hide_named_clients, text=told)) == hidden
    manager = database.acting_as(people.manager)
    assert manager.read(partial(hide_named_clients, text="已记沟通：孟小楼")) == "已记沟通：孟*"
