"""Two files of one person become one, and two again within 30 days."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, UserError
from advisorcrm.imports.planning import plan_import
from advisorcrm.models import Client, Consent
from advisorcrm.rules.masking import mask_account
from advisorcrm.services.clients.client_search import client_id_of_account, find_clients
from advisorcrm.services.consents.consents import read_consents
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter
from advisorcrm.services.contacts.contact_logs import list_contact_logs
from advisorcrm.services.files.client_files import update_client
from advisorcrm.services.files.client_points import list_points
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.files.field_sources import list_sources, set_source
from advisorcrm.services.files.own_fields import NewOwnField, add_own_field
from advisorcrm.services.files.own_values import OWN, own_values, store_own_values
from advisorcrm.services.meetings.event_guests import invite_clients, list_guests
from advisorcrm.services.meetings.events import EventData, add_event
from advisorcrm.services.merges.client_merges import (
    MergeOrder,
    list_merges,
    merge_clients,
    undo_merge,
)
from advisorcrm.services.merges.merge_fields import Side
from advisorcrm.services.merges.merge_previews import MergePreview, preview_merge
from advisorcrm.terms import (
    DO_NOT_DISTURB,
    Channel,
    ConsentState,
    ImportResult,
    Purpose,
    RiskLevel,
    ValueSource,
)
from tests.conftest import NOW, TODAY, rows
from tests.factories import People, make_client, make_log
from tests.imports.sheets import recognised

LATER = NOW + timedelta(days=3)


@pytest.fixture
def files(database: Database, people: People) -> tuple[int, int]:
    """The file that stays, with the account ending in 0093, and the imported one."""

    def fill(session: Session, actor: Actor) -> tuple[int, int]:
        kept = make_client(
            session, people.advisor, name="孙晓彤", account="990000000093", mobile="13900000093",
            occupation="设计师", hobbies="摄影", address="济南市历下区历山路1号", tier="gold",
            risk_level=RiskLevel.C2, risk_expires_on=date(2027, 1, 18),
        )  # fmt: skip
        merged = make_client(
            session, people.colleague, name="孙小彤", account="990000006641", mobile="13900000093",
            hobbies="旅游", address="济南市高新区舜华路2号", personality="谨慎",
            risk_level=RiskLevel.C4, risk_expires_on=date(2026, 1, 1),
        )  # fmt: skip
        make_log(session, people.advisor, kept, contacted_at=NOW - timedelta(days=9))
        make_log(session, people.colleague, merged, contacted_at=NOW - timedelta(days=1))
        return kept, merged

    return database.write(fill)


def merged_by(database: Database, people: People, files: tuple[int, int], **choices: Side) -> int:
    order = MergeOrder(*files, reason="同一证件号，导入时姓名写错", choices=choices)
    return database.acting_as(people.manager).write(partial(merge_clients, order=order, now=NOW))


def undone(database: Database, people: People, merge: int, at: datetime = LATER) -> tuple[str, ...]:
    return database.acting_as(people.manager).write(partial(undo_merge, merge_id=merge, now=at))


def seen(database: Database, people: People, files: tuple[int, int]) -> MergePreview:
    return database.acting_as(people.manager).read(
        partial(preview_merge, kept_id=files[0], merged_id=files[1], today=TODAY)
    )


def state(database: Database) -> dict[str, Any]:
    """Everything a merge may change, without counters."""
    columns = (
        "id, name, account, client_no, occupation, hobbies, personality, address, tier, archived_at"
    )
    return {
        "client": rows(database, f"SELECT {columns} FROM client ORDER BY id"),
        "last": rows(database, "SELECT id, last_contact_at FROM client ORDER BY id"),
        "log": rows(database, "SELECT id, client_id, author_id FROM contact_log ORDER BY id"),
        "consent": rows(database, "SELECT client_id, channel, state FROM consent ORDER BY id"),
    }


@pytest.mark.req("R78")
def test_beside_each_value_stands_where_it_comes_from(
    database: Database, people: People, files: tuple[int, int]
) -> None:
    said = partial(set_source, client_id=files[0], field="hobbies", source=ValueSource.COUNTER)
    database.acting_as(people.advisor).write(partial(said, now=NOW))
    asked = {field.name: field for field in seen(database, people, files).fields}
    assert asked["hobbies"].kept_from == f"{TODAY:%m-%d} 柜台"
    assert asked["hobbies"].merged_from.endswith(" 录入")
    swapped = {field.name: field for field in seen(database, people, files[::-1]).fields}
    assert swapped["hobbies"].merged_from == asked["hobbies"].kept_from


@pytest.mark.req("R78")
def test_a_value_taken_from_the_other_file_brings_its_source_until_the_merge_is_undone(
    database: Database, people: People, files: tuple[int, int]
) -> None:
    kept, merged = files
    mine, theirs = database.acting_as(people.advisor), database.acting_as(people.colleague)
    before = NOW - timedelta(days=2)
    for field in ("hobbies", "address"):
        said = partial(set_source, client_id=kept, field=field, source=ValueSource.COUNTER)
        mine.write(partial(said, now=before))
    for field in ("hobbies", "personality"):
        said = partial(set_source, client_id=merged, field=field, source=ValueSource.CONTRACT)
        theirs.write(partial(said, note="第 3 页", now=before))

    def told(*fields: str) -> list[str | None]:
        found = mine.read(partial(list_sources, client_id=kept))
        return [found[name].in_words if name in found else None for name in fields]

    asked = ("hobbies", "personality", "address")
    own = told(*asked)
    merge = merged_by(database, people, files, hobbies=Side.MERGED, address=Side.MERGED)
    contract = f"来源：合同 · 第 3 页 · {people.colleague.name} · {before:%Y-%m-%d}"
    assert told(*asked) == [contract, contract, None]
    again = partial(set_source, client_id=kept, field="address", source=ValueSource.CONTACT)
    mine.write(partial(again, now=LATER))
    assert [str(one)[:5] for one in told(*asked)] == ["来源：合同"] * 2 + ["来源：沟通"]
    undone(database, people, merge)
    assert told(*asked)[:2] == own[:2]
    assert own[0] is not None


def test_only_fields_that_differ_are_asked_and_the_valid_risk_test_is_no_choice(
    database: Database, people: People, files: tuple[int, int]
) -> None:
    preview = seen(database, people, files)
    asked = {field.name: field for field in preview.fields if field.is_asked}
    assert set(asked) == {"name", "advisor_id", "address", "hobbies", "risk_level"}
    assert asked["risk_level"].is_locked
    assert asked["risk_level"].proposed is Side.KEPT
    assert "历山路" not in asked["address"].kept
    [blank] = [field for field in preview.fields if field.name == "personality"]
    assert (blank.is_asked, blank.proposed) == (False, Side.MERGED)
    assert asked["risk_level"].kept_from == "至 2027-01-18"
    written = (asked["hobbies"].kept_from, asked["hobbies"].merged_from)
    assert all(said.endswith(" 录入") for said in written)
    assert blank.kept_from == ""
    assert preview.kept.counts["contact_log"] == 1
    assert preview.blocked == ""


@pytest.mark.req("R146")
def test_the_files_become_one_field_by_field_and_everything_moves(
    database: Database, people: People, files: tuple[int, int]
) -> None:
    kept, merged = files
    merged_by(database, people, files, address=Side.MERGED, risk_level=Side.MERGED)

    query = (
        "SELECT name, occupation, hobbies, personality, address, risk_level FROM client "
        f"WHERE id = {kept}"
    )
    assert rows(database, query) == [
        ("孙晓彤", "设计师", "摄影", "谨慎", "济南市高新区舜华路2号", "C2")
    ]
    manager = database.acting_as(people.manager)
    logs = manager.read(partial(list_contact_logs, query=ContactLogFilter(client_id=kept)))
    assert [log.author_name for log in logs] == [people.colleague.name, people.advisor.name]
    assert len(manager.read(partial(list_points, client_id=kept))) == 1
    [(last,)] = rows(database, f"SELECT last_contact_at FROM client WHERE id = {kept}")
    assert str(last)[:10] == str(NOW - timedelta(days=1))[:10]
    gone = rows(
        database, f"SELECT archived_at IS NOT NULL, merged_into_id FROM client WHERE id = {merged}"
    )
    assert [tuple(map(int, row)) for row in gone] == [(1, kept)]


def test_both_accounts_and_the_old_number_find_the_file_that_stayed(
    database: Database, people: People, files: tuple[int, int]
) -> None:
    [(number,)] = rows(database, f"SELECT client_no FROM client WHERE id = {files[1]}")
    merged_by(database, people, files)
    manager = database.acting_as(people.manager)
    for key in ("990000000093", "990000006641", number):
        assert manager.read(partial(client_id_of_account, account=key)) == files[0]
    for typed in ("6641", number, "sunxiaotong"):
        found = manager.read(partial(find_clients, text=typed))
        assert [client.id for client in found.clients] == [files[0]], typed

    sheet = recognised(
        ["客户姓名", "资金账号", "手机", "爱好"], ["孙晓彤", "990000006641", "13900000093", "摄影"]
    )
    [row] = manager.read(partial(plan_import, sheet=sheet)).rows
    assert (row.result, row.client_id) == (ImportResult.UNCHANGED, files[0])


def answer(client: int, state: ConsentState, days_ago: int) -> Consent:
    at = NOW - timedelta(days=days_ago)
    return Consent(
        uuid=str(uuid.uuid4()), client_id=client, channel=Channel.SMS, purpose=Purpose.NEWS,
        state=state, answered_at=at, user_id=1, created_at=at,
    )  # fmt: skip


@pytest.mark.req("R117")
@pytest.mark.parametrize(
    ("mine", "theirs", "counts"),
    [
        ((ConsentState.GIVEN, 1), (ConsentState.REFUSED, 90), "refused"),
        ((ConsentState.WITHDRAWN, 90), (ConsentState.GIVEN, 1), "withdrawn"),
        ((ConsentState.GIVEN, 90), (ConsentState.NOT_ASKED, 1), "given"),
        ((ConsentState.GIVEN, 1), None, "given"),
    ],
)
def test_the_stricter_answer_to_consent_counts(
    database: Database,
    people: People,
    files: tuple[int, int],
    mine: tuple[ConsentState, int],
    theirs: tuple[ConsentState, int] | None,
    counts: str,
) -> None:
    def ask(session: Session, actor: Actor) -> None:
        session.add(answer(files[0], *mine))
        if theirs:
            session.add(answer(files[1], *theirs))

    database.write(ask)
    merged_by(database, people, files)
    asked = rows(
        database,
        f"SELECT state FROM consent WHERE client_id = {files[0]} AND state != 'not_asked' "
        "ORDER BY answered_at DESC, id DESC",
    )
    assert asked[0][0] == counts


def test_undone_within_thirty_days_all_is_as_before_and_later_records_stay(
    database: Database, people: People, files: tuple[int, int]
) -> None:
    def ask(session: Session, _actor: Actor) -> None:
        session.add(answer(files[0], ConsentState.GIVEN, 1))
        session.add(answer(files[1], ConsentState.REFUSED, 90))

    database.write(ask)
    before = state(database)
    merge = merged_by(database, people, files, hobbies=Side.MERGED)
    assert state(database) != before
    undone(database, people, merge)
    assert state(database) | {"consent": before["consent"]} == before
    manager = database.acting_as(people.manager)
    for file, counts in zip(files, (ConsentState.GIVEN, ConsentState.REFUSED), strict=True):
        book = manager.read(partial(read_consents, client_id=file))
        assert book.state(Channel.SMS, Purpose.NEWS) is counts

    merge = merged_by(database, people, files, hobbies=Side.MERGED)
    database.write(lambda s, a: make_log(s, people.manager, files[0]))

    assert undone(database, people, merge) == ()

    after = state(database)
    assert after["client"] == before["client"]
    assert after["log"][:2] == before["log"]
    assert after["log"][2][1] == files[0]
    assert manager.read(partial(client_id_of_account, account="990000006641")) == files[1]
    assert len(manager.read(partial(list_points, client_id=files[1]))) == 1


def test_a_field_edited_after_the_merge_stays_and_is_named(
    database: Database, people: People, files: tuple[int, int]
) -> None:
    merge = merged_by(database, people, files, hobbies=Side.MERGED)
    change = {"hobbies": Change("旅游", "书法")}
    database.acting_as(people.manager).write(
        partial(update_client, client_id=files[0], changes=change, now=NOW)
    )
    assert undone(database, people, merge) == ("爱好",)
    assert rows(database, f"SELECT hobbies, personality FROM client WHERE id = {files[0]}") == [
        ("书法", "")
    ]


def test_an_account_corrected_after_the_merge_stays_and_is_named(
    database: Database, people: People, files: tuple[int, int]
) -> None:
    """The file that stays had none: it got the other's, which was then put right by hand."""
    manager = database.acting_as(people.manager)
    kept, merged = files

    def correct(seen: str, account: str) -> None:
        changes = {"account": Change(mask_account(seen), account)}
        manager.write(partial(update_client, client_id=kept, changes=changes, now=NOW))

    correct("990000000093", "")
    merge = merged_by(database, people, files)
    correct("990000006641", "990000006642")

    assert undone(database, people, merge) == ("资金账号",)

    assert rows(database, f"SELECT id, account FROM client WHERE id IN ({kept}, {merged})") == [
        (kept, "990000006642"),
        (merged, "990000006641"),
    ]


@pytest.mark.req("R19")
def test_own_fields_of_both_files_are_chosen_filled_and_put_back(
    database: Database, people: People, files: tuple[int, int]
) -> None:
    manager = database.acting_as(people.manager)
    for label in ("宠物", "车型", "游艇"):
        manager.write(partial(add_own_field, new=NewOwnField(label)))
    names = rows(database, "SELECT name FROM own_field ORDER BY id")
    pet, car, boat = (OWN + name for (name,) in names)

    def fill(session: Session, _actor: Actor) -> None:
        store_own_values(session, files[0], {pet: "猫", car: "轿车"})
        store_own_values(session, files[1], {pet: "狗", car: "越野车", boat: "有"})

    database.write(fill)
    database.write(lambda session, _actor: store_own_values(session, files[0], {car: ""}))

    def held(session: Session, _actor: Actor) -> list[dict[str, str]]:
        return [own_values(session, file) for file in files]

    before = database.read(held)
    asked = {field.name: field for field in seen(database, people, files).fields}
    assert (asked[pet].label, asked[pet].kept, asked[pet].merged) == ("宠物", "猫", "狗")
    assert [asked[name].is_asked for name in (pet, car, boat)] == [True, False, False]
    merge = merged_by(database, people, files, **{pet: Side.MERGED})
    assert database.read(held)[0] == {pet: "狗", car: "越野车", boat: "有"}
    assert undone(database, people, merge) == ()
    assert database.read(held) == before
    merge = merged_by(database, people, files)
    database.write(lambda session, _actor: store_own_values(session, files[0], {car: "卡车"}))
    assert undone(database, people, merge) == ("车型",)
    assert database.read(held)[0] == {pet: "猫", car: "卡车"}


def test_a_merge_is_undone_once_and_not_after_thirty_days(
    database: Database, people: People, files: tuple[int, int]
) -> None:
    merge = merged_by(database, people, files)
    with pytest.raises(UserError):
        undone(database, people, merge, NOW + timedelta(days=30, minutes=1))
    undone(database, people, merge)
    with pytest.raises(UserError):
        undone(database, people, merge)
    late = NOW + timedelta(days=30, minutes=1)
    assert database.acting_as(people.manager).read(partial(list_merges, now=late)) == []
    listed = database.acting_as(people.manager).read(partial(list_merges, now=LATER))
    assert [(row.kept_name, row.merged_name, row.may_undo) for row in listed] == [
        ("孙晓彤", "孙小彤", False)
    ]


def test_a_file_that_went_into_a_third_gives_back_what_it_took_only_after_that_is_undone(
    database: Database, people: People, files: tuple[int, int]
) -> None:
    third = database.write(lambda s, a: make_client(s, people.advisor, account="990000007777"))
    before = state(database)
    first = merged_by(database, people, files)
    second = merged_by(database, people, (third, files[0]))
    with pytest.raises(UserError, match="先撤销后来的那次合并"):
        undone(database, people, first)
    for merge in (second, first):
        undone(database, people, merge)
    assert state(database) == before


def test_people_with_different_identity_numbers_are_never_merged(
    database: Database, people: People, files: tuple[int, int]
) -> None:
    for client, number in zip(files, ("11010519491231002X", "110105194912310011"), strict=True):
        change = {"id_number": Change("", number)}
        database.acting_as(people.manager).write(
            partial(update_client, client_id=client, changes=change, now=NOW)
        )
    assert "证件号不同" in seen(database, people, files).blocked
    with pytest.raises(UserError, match="证件号不同"):
        merged_by(database, people, files)


def test_a_merge_needs_a_reason(database: Database, people: People, files: tuple[int, int]) -> None:
    order = MergeOrder(*files, reason=" ")
    with pytest.raises(InvalidFieldError):
        database.acting_as(people.manager).write(partial(merge_clients, order=order, now=NOW))
    assert rows(database, "SELECT count(*) FROM client WHERE archived_at IS NULL") == [(2,)]


def test_two_files_invited_to_one_event_leave_one_guest_and_come_back_as_two(
    database: Database, people: People, files: tuple[int, int]
) -> None:
    manager = database.acting_as(people.manager)

    def guests(event: int) -> list[int | None]:
        found = manager.read(partial(list_guests, event_id=event))
        return sorted(guest.client_id or 0 for guest in found)

    both, one = (
        manager.write(partial(add_event, data=EventData("open_day", title, NOW)))
        for title in ("两份都在", "只有一份")
    )
    for event, ids in ((both, files), (one, files[1:])):
        manager.write(
            partial(invite_clients, event_id=event, client_ids=ids, channel=Channel.PHONE, now=NOW)
        )
    merge = merged_by(database, people, files)
    assert (guests(both), guests(one)) == ([files[0]], [files[0]])
    undone(database, people, merge)
    assert (guests(both), guests(one)) == (sorted(files), [files[1]])


def test_a_wish_for_quiet_or_restriction_of_either_file_holds_for_the_one(
    database: Database, people: People, files: tuple[int, int]
) -> None:
    kept, other = files
    database.write(lambda session, _actor: _set(session, kept, service_need="important_only"))
    database.write(
        lambda session, _actor: _set(
            session, other, service_need=DO_NOT_DISTURB, is_restricted=True
        )
    )
    fields = {field.name: field for field in seen(database, people, files).fields}
    assert fields["service_need"].is_locked
    assert fields["is_restricted"].proposed is Side.MERGED
    merge = merged_by(database, people, files, service_need=Side.KEPT, is_restricted=Side.KEPT)
    assert _wishes(database, kept) == (DO_NOT_DISTURB, True)
    assert undone(database, people, merge) == ()
    assert _wishes(database, kept) == ("important_only", False)


def _set(session: Session, client_id: int, **values: Any) -> None:
    for name, value in values.items():
        setattr(session.get_one(Client, client_id), name, value)


def _wishes(database: Database, client_id: int) -> tuple[str | None, bool]:
    def read(session: Session, _actor: Actor) -> tuple[str | None, bool]:
        client = session.get_one(Client, client_id)
        return client.service_need, client.is_restricted

    return database.read(read)
