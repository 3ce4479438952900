"""Fault 27: what is typed into a search or a filter means itself and is never a query."""

from __future__ import annotations

from functools import partial

import pytest

from advisorcrm.db.database import Database
from advisorcrm.services.access_logs import AccessFilter, list_accesses, record_access
from advisorcrm.services.clients.client_search import client_id_of_account, find_clients
from advisorcrm.services.clients.clients import ClientFilter, count_clients
from advisorcrm.services.clients.own_columns import OwnCondition, OwnSign
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter
from advisorcrm.services.contacts.contact_logs import count_contact_logs, list_contact_logs
from advisorcrm.services.files.client_edits import ClientEdit, save_client_edit
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.files.own_fields import NewOwnField, add_own_field
from advisorcrm.terms import AccessKind, OwnFieldKind
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client, make_log

pytestmark = pytest.mark.req("F27")

HELD = ("涨5%", "a_b", "O'Neil", '说"好"', "c:\\d", "50", "axb", "'; DROP TABLE client; --")
TYPED = (
    *HELD, "%", "_", "'", '"', "\\", "%%", "__", "\\%", "_b", "5_", "' OR '1'='1", "涨%", "a%b",
)  # fmt: skip


@pytest.fixture
def boss(database: Database, people: People) -> Database:
    """The manager's door; a client, a conversation, an own value and a look for each text."""
    boss = database.acting_as(people.manager)
    boss.write(partial(add_own_field, new=NewOwnField("备忘", OwnFieldKind.TEXT)))
    for held in HELD:
        key = database.write(lambda s, a, held=held: make_client(s, people.manager, name=held))  # type: ignore[misc]
        edit = ClientEdit({"own.f1": Change("", held)})
        boss.write(partial(save_client_edit, client_id=key, edit=edit, now=NOW))

        def talk_and_look(session, actor, key=key, held=held):  # type: ignore[no-untyped-def]
            make_log(session, actor, key, content=held)
            record_access(
                session, actor, AccessKind.VIEW, subject="", purpose="", now=NOW, client_id=key
            )

        boss.write(talk_and_look)
    return boss


def holding(*words: str) -> int:
    """How many of the texts hold all of these, letter by letter."""
    return sum(all(word.casefold() in held.casefold() for word in words) for held in HELD)


def test_wildcards_and_quotes_mean_themselves_in_every_search_and_filter(boss: Database) -> None:
    for typed in TYPED:
        logs = ContactLogFilter(text=typed)
        assert boss.read(partial(count_contact_logs, query=logs)).entries == holding(
            *typed.split()
        ), typed
        assert len(boss.read(partial(list_contact_logs, query=logs))) == holding(*typed.split())
        own = OwnCondition("f1", OwnFieldKind.TEXT, OwnSign.HAS, (typed,))
        asked = partial(count_clients, query=ClientFilter(own=(own,)), today=TODAY)
        assert boss.read(asked).shown == holding(typed), typed
        looks = boss.read(partial(list_accesses, query=AccessFilter(client=typed)))
        assert len(looks) == sum(typed in held for held in HELD), typed
        assert boss.read(partial(client_id_of_account, account=typed)) is None


def test_a_client_is_found_by_letters_and_never_by_a_wildcard(boss: Database) -> None:
    """Signs between letters count for nothing here; they let nobody else in."""
    for typed in TYPED:
        letters = "".join(sign for sign in typed if sign.isalnum() or sign.isspace())
        asked = partial(find_clients, text=typed)
        plain = boss.read(partial(find_clients, text=letters)).total
        exact = sum(typed == held for held in HELD)
        assert boss.read(asked).total in (plain, exact), typed
        narrowed = partial(count_clients, query=ClientFilter(text=typed), today=TODAY)
        expected = plain if letters.strip() else len(HELD)  # nothing to look for narrows nothing
        assert boss.read(narrowed).shown == expected, typed
    assert rows(boss, "SELECT count(*) FROM client") == [(len(HELD),)]
