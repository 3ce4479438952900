"""The gram index finds exactly what looking at every client would find, for everybody."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import pytest
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.services.clients.client_search import find_clients
from advisorcrm.services.clients.client_store import insert_clients, update_clients
from advisorcrm.services.clients.clients import (
    ClientFilter,
    ClientOrder,
    count_matching,
    list_client_ids,
)
from advisorcrm.terms import PointKind
from tests.conftest import TODAY, rows
from tests.factories import NOW, People

SURNAMES = {"王": "w", "李": "l", "张": "z", "欧阳": "oy", "赵": "z"}
GIVEN = {"明": "m", "静": "j", "伟": "w", "芳": "f", "磊": "l", "婷": "t", "浩": "h"}
SOUNDS = {"li": "李", "ou": "欧阳", "wu": "吴"}
"""Two letters that begin a surname, since no initials hold i, u or v."""
COUNT = 6_000
"""Enough that a surname has more hits than are sorted."""


@dataclass(frozen=True)
class Known:
    """What a test knows of one client, without asking the index."""

    id: int
    advisor_id: int
    name: str
    initials: str
    numbers: tuple[str, ...]

    def has(self, token: str) -> bool:
        if token.isdigit():
            return any(token in number for number in self.numbers)
        if token in SOUNDS:
            return self.name.startswith(SOUNDS[token])
        return token in self.name or token in self.initials


def fill(session: Session, actor: Actor, advisors: tuple[int, int]) -> list[Known]:
    """Every second client belongs to the colleague; the same for both engines."""
    chance = random.Random(7)
    known, records = [], []
    for number in range(COUNT):
        surname, given = (
            chance.choice([*SURNAMES]),
            chance.choices([*GIVEN], k=chance.choice((1, 2))),
        )
        name = surname + "".join(given)
        initials = SURNAMES[surname] + "".join(GIVEN[char] for char in given)
        mobile = f"13{chance.randrange(10**9):09d}"
        account = f"{chance.randrange(10**4):04d}{number:08d}"
        owner = advisors[number % 2]
        records.append(
            {"name": name, "account": account, "advisor_id": owner, "client_no": f"X{number}",
             "points": [(PointKind.MOBILE, mobile)]}
        )  # fmt: skip
        known.append(Known(0, owner, name, initials, (mobile, account, f"{number}")))
    ids = insert_clients(session, records, now=NOW)
    return [
        Known(key, one.advisor_id, one.name, one.initials, one.numbers)
        for key, one in zip(ids, known, strict=True)
    ]


def expected(known: Iterable[Known], typed: str, actor: Actor, people: People) -> set[int]:
    sees_all = actor == people.manager
    return {
        one.id
        for one in known
        if (sees_all or one.advisor_id == actor.user_id) and all(map(one.has, typed.split()))
    }


def exact_ones_of_others(known: Iterable[Known], typed: str, actor: Actor) -> int:
    """A colleague's client answers to the full name, telephone or account; twenty at most."""
    answer = (
        typed in (one.name, *one.numbers[:2]) for one in known if one.advisor_id != actor.user_id
    )
    return min(20, sum(answer))


@pytest.mark.req("R246")
def test_index_and_looking_at_every_name_agree(database: Database, people: People) -> None:
    advisors = (people.advisor.user_id, people.colleague.user_id)
    known = database.write(partial(fill, advisors=advisors))
    typed = [
        "王", "欧阳", "静", "王静", "王静静", "阳明", "w", "wj", "zm", "oyj", "li", "ou", "wu", "li 138", "li 静", "j", "mm", "wjj",
        "1", "13", "138", "0001", "5999", "13 王", "wj 7", "张 f", "王 静 8",
        known[0].numbers[0], known[17].numbers[1], known[17].numbers[0][-4:],
        "不存在", "qqq", "99999999999",
    ]  # fmt: skip
    most = 0
    for actor in (people.manager, people.advisor):
        mine = database.acting_as(actor)
        for words in typed:
            wanted = expected(known, words, actor, people)
            most = max(most, len(wanted))
            query = ClientFilter(text=words)
            listed = partial(list_client_ids, query=query, order=ClientOrder(), today=TODAY)
            counted = partial(count_matching, query=query, today=TODAY)
            assert set(mine.read(listed)) == wanted, (actor.role, words)
            assert mine.read(counted) == len(wanted), (actor.role, words)
            found = mine.read(partial(find_clients, text=words))
            others = 0 if actor == people.manager else exact_ones_of_others(known, words, actor)
            assert found.total == len(wanted) + others, (actor.role, words)
            assert {client.id for client in found.clients if client.why != "other"} <= wanted
            assert len(found.clients) == min(8, found.total)
    assert most > 2_000


RARE = {
    "𠮷田一郎": ("𠮷田", "𠮷", "𠮷田一郎"),
    "𰻝小面": ("𰻝", "𰻝小"),
    "㛃丽": ("㛃",),
    "阿卜杜拉·买买提": ("拉买", "阿卜杜拉·买买提"),
    "Müller": ("müll",),
    "ＡＢＣ有限公司": ("abc",),
    "O'Brien": ("obrien", "o'brien"),
    "张3": ("张3",),
    "İstanbul": ("i̇stanbul",),
    "佐々木": ("々",),
    "スズキ": ("ズキ",),
}


@pytest.mark.req("R246")
def test_rare_characters_are_found_as_well(database: Database, people: People) -> None:
    records = [{"name": name, "advisor_id": people.advisor.user_id} for name in RARE]
    database.write(lambda s, a: insert_clients(s, records, now=NOW))
    for actor in (people.manager, people.advisor):
        for name, words in RARE.items():
            for typed in words:
                found = database.acting_as(actor).read(partial(find_clients, text=typed))
                assert [client.name for client in found.clients] == [name], typed


def test_what_is_typed_is_never_a_query_language(database: Database, people: People) -> None:
    record = {"name": "王静", "advisor_id": people.advisor.user_id}
    database.write(lambda s, a: insert_clients(s, [record], now=NOW))
    boss = database.acting_as(people.manager)
    nothing = (
        '"',
        "'",
        "王 OR 李",
        "*",
        "NEAR(",
        "a:b",
        "\\",
        "%",
        "_",
        "'; DROP TABLE client; --",
    )
    for typed, total in [*((word, 0) for word in nothing), ("王*", 1), ("-王", 1), ("王%", 1)]:
        assert boss.read(partial(find_clients, text=typed)).total == total, typed


@pytest.mark.req("R246")
def test_a_new_name_is_found_and_the_old_one_no_more(database: Database, people: People) -> None:
    record = {"name": "王静", "account": "010000000001", "advisor_id": people.advisor.user_id}
    [key] = database.write(lambda s, a: insert_clients(s, [record], now=NOW))
    database.write(lambda s, a: update_clients(s, [(key, {"name": "李明"})], now=NOW))

    boss = database.acting_as(people.manager)
    assert boss.read(partial(find_clients, text="王")).total == 0
    assert boss.read(partial(find_clients, text="wj")).total == 0
    assert boss.read(partial(find_clients, text="李")).total == 1
    assert boss.read(partial(find_clients, text="lm")).total == 1


def test_the_index_holds_every_client_once(database: Database, people: People) -> None:
    records = [
        {"name": "王静", "account": f"01{n:010d}", "advisor_id": people.advisor.user_id}
        for n in range(3)
    ]
    keys = database.write(lambda s, a: insert_clients(s, records, now=NOW))
    same = [(key, {"name": "王静"}) for key in keys]
    database.write(lambda s, a: update_clients(s, same, now=NOW))

    found = database.acting_as(people.manager).read(partial(find_clients, text="王静"))
    assert sorted(client.id for client in found.clients) == keys
    assert rows(database, "SELECT client_id FROM client_search ORDER BY 1") == [(k,) for k in keys]
    key = "rowid" if database.path else "client_id"
    assert rows(database, f"SELECT {key} FROM client_gram ORDER BY 1") == [(k,) for k in keys]
