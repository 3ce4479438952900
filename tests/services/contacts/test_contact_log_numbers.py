"""Numbers inside what was said: masked everywhere, shown with a reason, kept by a correction."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.services.access_logs import list_client_accesses
from advisorcrm.services.contacts.contact_log_numbers import holds_masks, reveal_contact_log
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter, ContactLogRow
from advisorcrm.services.contacts.contact_logs import (
    list_contact_logs,
    list_open_steps,
    log_contact,
)
from advisorcrm.terms import AccessKind, RevealReason
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client, new_log

PHONE, ID_CARD, ACCOUNT = "13900000458", "110101190001011234", "010000007715"
SAID = {
    "content": f"新号 {PHONE}，过热", "is_advice": True, "basis": f"证件 {ID_CARD}",
    "next_on": TODAY, "next_note": f"打 {PHONE}",
}  # fmt: skip


@pytest.fixture
def client(database: Database, people: People) -> int:
    return database.write(lambda s, a: make_client(s, people.advisor, name="欧阳文静"))


def log(database: Database, client: int, **overrides: Any) -> int:
    return database.write(partial(log_contact, entry=new_log(client, **overrides), now=NOW))


def correct(database: Database, client: int, original: int, content: str) -> int:
    fix = {"topics": (), "content": content, "correction_reason": "记错"}
    return log(database, client, corrects_id=original, **fix)


def only_log(database: Database, **more: Any) -> ContactLogRow:
    [row] = database.read(partial(list_contact_logs, query=ContactLogFilter(), **more))
    return row


def stored(database: Database) -> list[str]:
    return [content for (content,) in rows(database, "SELECT content FROM contact_log ORDER BY id")]


@pytest.mark.req("R16", "R148")
def test_numbers_typed_into_any_text_of_a_conversation_are_masked(
    mine: Database, client: int
) -> None:
    original = log(mine, client, **SAID)
    reason = f"账号应为 {ACCOUNT}"
    fix = {"topics": (), "content": f"是 {ACCOUNT}", "correction_reason": reason}
    log(mine, client, corrects_id=original, **fix)
    [step] = mine.read(partial(list_open_steps, client_id=client))

    row = only_log(mine)
    told = f"{row}{step}"
    assert not [number for number in (PHONE, ID_CARD, ACCOUNT) if number in told]
    assert row.content == "新号 139****0458，过热"
    assert step.next_note == "打 139****0458"
    assert holds_masks(row)


@pytest.mark.req("R148")
def test_a_number_is_still_found_by_who_knows_it(mine: Database, client: int) -> None:
    log(mine, client, **SAID)
    query = ContactLogFilter(text=PHONE)
    [row] = mine.read(partial(list_contact_logs, query=query))
    assert row.content == "新号 139****0458，过热"


@pytest.mark.req("R16", "R148")
def test_full_numbers_need_the_right_to_let_them_out(
    database: Database, people: People, mine: Database, client: int
) -> None:
    log(mine, client, **SAID)
    manager = database.acting_as(people.manager)
    assert PHONE in only_log(manager, unmasked=True).content
    with pytest.raises(NotAllowedError):
        only_log(mine, unmasked=True)


def test_a_correction_keeps_the_numbers_it_leaves_alone(mine: Database, client: int) -> None:
    original = log(mine, client, content=f"新号 {PHONE}，占三成")
    shown = only_log(mine).content
    correct(mine, client, original, shown.replace("三成", "两成"))
    assert stored(mine)[-1] == f"新号 {PHONE}，占两成"


def test_a_correction_follows_the_number_of_the_latest_version(mine: Database, client: int) -> None:
    original = log(mine, client, content="新号 13900000458")
    correct(mine, client, original, "新号 13911110458")
    correct(mine, client, original, "新号 139****0458，下午打")
    assert stored(mine)[-1] == "新号 13911110458，下午打"


@pytest.mark.parametrize(
    ("said", "corrected"),
    [
        ("新号 13900000458", "新号 138****0458"),
        ("新号 13900000458 或 13911110458", "新号 139****0458"),
    ],
)
def test_a_mask_that_fits_no_number_or_two_is_refused(
    mine: Database, client: int, said: str, corrected: str
) -> None:
    original = log(mine, client, content=said)
    with pytest.raises(InvalidFieldError, match="请写出完整号码") as refused:
        correct(mine, client, original, corrected)
    assert refused.value.field == "content"
    assert stored(mine) == [said]


def test_stars_that_were_typed_stay_stars(mine: Database, client: int) -> None:
    original = log(mine, client, content="短信写着 139****0458，占三成")
    correct(mine, client, original, "短信写着 139****0458，占两成")
    assert stored(mine)[-1] == "短信写着 139****0458，占两成"


@pytest.mark.req("R16", "R148")
def test_what_was_said_is_shown_in_full_for_a_reason_that_is_logged(
    mine: Database, client: int
) -> None:
    original = log(mine, client, **SAID)
    correct(mine, client, original, f"旧号 {PHONE}")
    shown = mine.write(
        partial(reveal_contact_log, log_id=original, reason=RevealReason.CALL, now=NOW)
    )
    assert shown.split("\n") == [
        SAID["content"], SAID["basis"], SAID["next_note"], f"旧号 {PHONE}", "记错",
    ]  # fmt: skip
    [seen] = mine.read(partial(list_client_accesses, client_id=client))
    assert (seen.kind, seen.subject, seen.purpose) == (AccessKind.REVEAL, "沟通内容", "拨打电话")


@pytest.mark.req("R16")
def test_nothing_is_shown_of_a_conversation_that_is_not_ones_own(
    database: Database, people: People, mine: Database, client: int
) -> None:
    original = log(mine, client, **SAID)
    for actor, log_id, refusal in (
        (people.colleague, original, NotFoundError),
        (people.advisor, 4711, NotFoundError),
        (people.leader, original, NotAllowedError),
    ):
        with pytest.raises(refusal):
            database.acting_as(actor).write(
                partial(reveal_contact_log, log_id=log_id, reason=RevealReason.CALL, now=NOW)
            )
    assert rows(database, "SELECT * FROM access_log") == []
