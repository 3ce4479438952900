"""Every service as every role: who may, who is refused, and what nobody gets to see (R16, R148)."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from advisorcrm import services
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError, NotFoundError
from advisorcrm.exports.client_sheet import iterate_client_rows
from advisorcrm.services import access, access_logs, drafts
from advisorcrm.services.branch import branches, code_lists, settings, users
from advisorcrm.services.clients import client_lists, client_search, clients
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder
from advisorcrm.services.contacts import contact_days, contact_log_numbers, contact_logs
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter
from advisorcrm.services.files import client_edits, client_files, client_points
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.histories.histories import list_history
from advisorcrm.services.workplace import sample_data, start
from advisorcrm.terms import AccessKind, PointKind, RevealReason, Role, Validity
from tests.conftest import BRANCH, TODAY
from tests.factories import NOW, People, make_client, make_log, new_log
from tests.services.role_cases import fill_all, more_cases, shown_in_full
from tests.services.roles import (
    ACCOUNT,
    ADDRESS,
    EDIT,
    ENTER,
    EVERYBODY,
    ID_NUMBER,
    MOBILE,
    NAME,
    READ_LOGS,
    RUN_BRANCH,
    RUN_USERS,
    SECRETS,
    SEE,
    Case,
    World,
)


def reveal(session: Session, actor: Actor, world: World) -> str:
    return client_points.reveal_point(session, actor, world.point, RevealReason.CALL, now=NOW)


def reveal_account(session: Session, actor: Actor, world: World) -> str:
    reason = RevealReason.CHECK
    return client_points.reveal_field(session, actor, world.client, "account", reason, now=NOW)


def page(session: Session, actor: Actor, world: World) -> Any:
    return clients.list_client_page(session, actor, ClientFilter(), ClientOrder(), today=TODAY)


def ids(session: Session, actor: Actor, world: World) -> Any:
    return clients.list_client_ids(session, actor, ClientFilter(), ClientOrder(), today=TODAY)


def open_list(session: Session, actor: Actor, world: World) -> Any:
    found = client_lists.open_client_list(
        session, actor, ClientFilter(), ClientOrder(), today=TODAY
    )
    return found.rows if found.ids else ()


def register(session: Session, actor: Actor, world: World) -> int:
    new = client_files.NewClient(uuid=str(uuid.uuid4()), name="新客户", mobile="13800000001")
    return client_files.register_client(session, actor, new, now=NOW)


def update(session: Session, actor: Actor, world: World) -> int:
    change = {"hobbies": Change("", "钓鱼")}
    return client_files.update_client(session, actor, world.client, change, now=NOW)


def save_edit(session: Session, actor: Actor, world: World) -> bool:
    edit = client_edits.ClientEdit({"hobbies": Change("", "钓鱼")})
    client_edits.save_client_edit(session, actor, world.client, edit, now=NOW)
    return True


def judge(session: Session, actor: Actor, world: World) -> bool:
    client_points.judge_point(session, actor, world.point, Validity.VALID, today=TODAY)
    return True


def archive(session: Session, actor: Actor, world: World) -> bool:
    client_points.archive_point(session, actor, world.point, now=NOW)
    return True


def log(session: Session, actor: Actor, world: World) -> int:
    return contact_logs.log_contact(session, actor, new_log(world.client), now=NOW)


def record(session: Session, actor: Actor, world: World) -> bool:
    access_logs.record_access(session, actor, AccessKind.VIEW, subject="", purpose="", now=NOW)
    return True


def update_branch(session: Session, actor: Actor, world: World) -> bool:
    branches.update_branch(session, actor, BRANCH)
    return True


def save_branch_setting(session: Session, actor: Actor, world: World) -> bool:
    settings.save_setting(session, actor, "lock_after_minutes", 7)
    return True


def own_draft(session: Session, actor: Actor, world: World) -> bool:
    drafts.save_draft(session, actor, "log", "1", title="稿", content={}, now=NOW)
    return len(drafts.list_drafts(session, actor)) == 1


def discard(session: Session, actor: Actor, world: World) -> bool:
    own_draft(session, actor, world)
    drafts.discard_draft(session, actor, "log", "1")
    return drafts.list_drafts(session, actor) == []


def add_user(session: Session, actor: Actor, world: World) -> int:
    return users.add_user(session, actor, "LSL0099", name="新人", role=Role.ADVISOR)


CASES: dict[str, Case] = {
    "access.any_client": (lambda s, a, w: access.any_client(s, a, w.client), SEE),
    "access.demand_client": (
        lambda s, a, w: access.demand_client(s, a, w.client) is None, SEE),
    "access.own_client": (lambda s, a, w: access.own_client(s, a, w.client), EDIT),
    "access_logs.record_access": (record, EVERYBODY),
    "access_logs.list_client_accesses": (
        lambda s, a, w: access_logs.list_client_accesses(s, a, w.client), EDIT),
    "branches.get_branch": (lambda s, a, w: branches.get_branch(s, a), EVERYBODY),
    "branches.update_branch": (update_branch, RUN_BRANCH),
    "client_edits.save_client_edit": (save_edit, EDIT),
    "client_files.open_client_file": (
        lambda s, a, w: client_files.open_client_file(s, a, w.client, today=TODAY), SEE),
    "client_files.register_client": (register, ENTER),
    "client_files.update_client": (update, EDIT),
    "client_lists.open_client_list": (open_list, SEE),
    "client_lists.sum_assets": (lambda s, a, w: client_lists.sum_assets(s, a, [w.client]), SEE),
    "client_points.list_points": (lambda s, a, w: client_points.list_points(s, a, w.client), SEE),
    "client_points.add_point": (
        lambda s, a, w: client_points.add_point(s, a, w.client, PointKind.QQ, "12345"), EDIT),
    "client_points.change_point": (
        lambda s, a, w: client_points.change_point(s, a, w.point, "13800000001", now=NOW), EDIT),
    "client_points.archive_point": (archive, EDIT),
    "client_points.judge_point": (judge, EDIT),
    "client_points.reveal_point": (reveal, EDIT),
    "client_points.reveal_field": (reveal_account, EDIT),
    "client_points.client_to_reveal": (
        lambda s, a, w: client_points.client_to_reveal(s, a, w.client, RevealReason.CALL, ""), EDIT),
    "client_search.find_clients": (lambda s, a, w: client_search.find_clients(s, a, "oywj").clients, SEE),
    "client_search.client_id_of_account": (
        lambda s, a, w: client_search.client_id_of_account(s, a, ACCOUNT), SEE),
    "clients.list_client_page": (page, SEE),
    "clients.list_client_ids": (ids, SEE),
    "clients.list_clients": (lambda s, a, w: clients.list_clients(s, a, [w.client], today=TODAY), SEE),
    "clients.count_clients": (
        lambda s, a, w: clients.count_clients(s, a, ClientFilter(), today=TODAY).total, SEE),
    "clients.count_matching": (
        lambda s, a, w: clients.count_matching(s, a, ClientFilter(text="静"), today=TODAY), SEE),
    "code_lists.renew_code_book": (
        lambda s, a, w: [code_lists.renew_code_book(s, a, "")], EVERYBODY
    ),
    "code_lists.load_code_book": (lambda s, a, w: code_lists.load_code_book(s, a), EVERYBODY),
    "contact_days.count_days": (
        lambda s, a, w: contact_days.count_days(s, a, ContactLogFilter(), [TODAY])[TODAY].entries,
        READ_LOGS),
    "contact_log_numbers.reveal_contact_log": (
        lambda s, a, w: contact_log_numbers.reveal_contact_log(
            s, a, w.log, RevealReason.CALL, now=NOW), EDIT),
    "contact_logs.log_contact": (log, EDIT),
    "contact_logs.list_contact_logs": (
        lambda s, a, w: contact_logs.list_contact_logs(s, a, ContactLogFilter()), READ_LOGS),
    "contact_logs.count_contact_logs": (
        lambda s, a, w: contact_logs.count_contact_logs(s, a, ContactLogFilter()).entries, READ_LOGS),
    "contact_logs.list_open_steps": (
        lambda s, a, w: contact_logs.list_open_steps(s, a, w.client), READ_LOGS),
    "drafts.save_draft": (own_draft, EVERYBODY),
    "drafts.list_drafts": (lambda s, a, w: drafts.list_drafts(s, a) == [], EVERYBODY),
    "drafts.discard_draft": (discard, EVERYBODY),
    "sample_data.fill_with_samples": (
        lambda s, a, w: sample_data.fill_with_samples(s, a, advisor_id=w.advisor, now=NOW),
        EDIT),
    "settings.load_settings": (lambda s, a, w: settings.load_settings(s, a), EVERYBODY),
    "settings.save_setting": (save_branch_setting, RUN_BRANCH),
    "start.load_start": (lambda s, a, w: start.load_start(s, a, now=NOW), EVERYBODY),
    "users.list_users": (lambda s, a, w: users.list_users(s, a), RUN_USERS),
    "users.list_advisors": (lambda s, a, w: users.list_advisors(s, a), EVERYBODY),
    "users.list_groups": (lambda s, a, w: users.list_groups(s, a), EVERYBODY),
    "users.add_user": (add_user, RUN_USERS),
    "users.reopen_user": (lambda s, a, w: users.reopen_user(s, a, w.colleague), RUN_USERS),
    "users.deactivate_user": (lambda s, a, w: users.deactivate_user(s, a, w.colleague), RUN_USERS),
}  # fmt: skip
"""Each service about the advisor's client: who gets an answer. All others get nothing."""

CASES |= more_cases()
SHOWS_IN_FULL = {
    "client_points.reveal_point",
    "client_points.reveal_field",
    "client_points.client_to_reveal",
    "contact_log_numbers.reveal_contact_log",
} | shown_in_full()
READS = ("any_", "list_", "find_", "count_", "open_", "load_", "get_", "last_", "sum_", "client_id")


def public_services() -> Iterator[str]:
    """Every function of the services that takes a session and the acting person."""
    for module in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            parameters = list(inspect.signature(function).parameters)[:2]
            is_own = function.__module__ == loaded.__name__ and not name.startswith("_")
            if is_own and parameters == ["session", "actor"]:
                yield f"{module.name.rpartition('.')[2]}.{name}"


@pytest.fixture
def world(database: Database, people: People) -> World:
    def fill(session: Session, actor: Actor) -> World:
        client = make_client(
            session, people.advisor, name=NAME, mobile=MOBILE, account=ACCOUNT, address=ADDRESS,
            id_number=ID_NUMBER, assets_fen=100,
        )  # fmt: skip
        note = {"next_on": date(2026, 11, 27), "next_note": "回访"}
        log_id = make_log(session, people.advisor, client, **note)
        [point] = client_points.list_points(session, people.advisor, client)
        kind = AccessKind.VIEW
        access_logs.record_access(
            session, people.manager, kind, subject="", purpose="", now=NOW, client_id=client
        )
        drafts.save_draft(
            session, people.colleague, "client", "1", title=NAME, content={"x": NAME}, now=NOW
        )
        drafts.discard_draft(session, people.colleague, "client", "1")
        more = fill_all(session, people, client)
        return World(
            client, point.id, log_id, people.advisor.user_id, people.colleague.user_id, more
        )

    return database.write(fill)


class UndoneError(Exception):
    """Takes back what a trial has written."""


def answer_of(database: Database, actor: Actor, name: str, world: World) -> Any:
    """What a person gets; None for a refusal. Nothing of it stays."""
    call, _allowed = CASES[name]
    mine, got = database.acting_as(actor), []

    def tried(session: Session, acting: Actor) -> None:
        got.append(call(session, acting, world))
        session.flush()
        raise UndoneError

    is_reading = name.partition(".")[2].startswith(READS)
    try:
        (mine.read if is_reading else mine.write)(tried)
    except UndoneError:
        return got[0]
    except (NotAllowedError, NotFoundError):
        return None
    raise AssertionError("the trial was not taken back")


def test_every_service_stands_in_the_table() -> None:
    assert sorted(public_services()) == sorted(CASES)


Answers = dict[tuple[str, str], tuple[bool, str]]


@pytest.fixture(scope="module")
def told() -> dict[str, Answers]:
    return {}


@pytest.fixture
def answers(engine_name: str, told: dict[str, Answers], request: pytest.FixtureRequest) -> Answers:
    """What every service says to every role, yes or no and in words.

    All are tried once an engine, for all the tests that judge the answers.
    """
    if engine_name not in told:
        database, people, world = map(request.getfixturevalue, ("database", "people", "world"))
        tried: Answers = {}
        for name in CASES:
            for who in sorted(EVERYBODY):
                answer = answer_of(database, getattr(people, who), name, world)
                tried[name, who] = bool(answer), repr(answer)
        told[engine_name] = tried
    return told[engine_name]


@pytest.mark.req("R16", "R148")
def test_everybody_gets_what_the_role_may_and_nothing_else(answers: Answers) -> None:
    assert answers.keys() == {(name, who) for name in CASES for who in EVERYBODY}
    assert [
        f"{name} as {who}: {said}"
        for (name, who), (is_answered, said) in answers.items()
        if is_answered is not (who in CASES[name][1])
    ] == []


@pytest.mark.req("R16", "R148")
def test_no_answer_holds_a_number_in_full_unless_it_was_asked_for(answers: Answers) -> None:
    for (name, who), (_is_answered, said) in answers.items():
        if name not in SHOWS_IN_FULL:
            assert [secret for secret in SECRETS if secret in said] == [], f"{name} as {who}"


@pytest.mark.req("R16", "R148")
def test_head_office_and_colleagues_never_read_a_clients_name(answers: Answers) -> None:
    for (name, who), (_is_answered, said) in answers.items():
        if who in {"office", "colleague", "administrator"}:
            assert NAME not in said, f"{name} as {who}"
            assert "ouyang" not in said, f"{name} as {who}"


@pytest.mark.req("R16")
def test_a_colleagues_client_and_one_that_never_was_are_refused_alike(
    database: Database, people: People, world: World
) -> None:
    def refusal(client: int) -> str:
        with pytest.raises(NotFoundError) as caught:
            database.acting_as(people.colleague).read(
                lambda s, a: client_files.open_client_file(s, a, client, today=TODAY)
            )
        return str(caught.value)

    assert refusal(world.client) == refusal(4711)


@pytest.mark.parametrize("who", ["advisor", "manager"])
@pytest.mark.parametrize("demanded", [access.demand_client, access.any_client])
def test_a_client_whose_file_is_closed_is_one_that_never_was(
    database: Database, people: People, demanded: Any, who: str
) -> None:
    gone = database.write(lambda s, a: make_client(s, people.advisor, archived_at=NOW))
    acting = database.acting_as(getattr(people, who))
    with pytest.raises(NotFoundError, match="找不到这位客户"):
        acting.read(lambda s, a: demanded(s, a, gone))


@pytest.mark.req("R16", "R77")
def test_what_a_client_pays_is_no_matter_of_the_front_desk(
    database: Database, people: People
) -> None:
    cheap, dear = (
        database.write(
            lambda s, a, ppm=ppm, assets=assets: make_client(
                s, people.advisor, commission_ppm=ppm, commission_attitude="too_high",
                commission_year_fen=ppm, assets_fen=assets,
            )
        )
        for ppm, assets in ((250, 2), (800, 1))
    )  # fmt: skip
    database.acting_as(people.advisor).write(
        lambda s, a: client_files.update_client(
            s, a, cheap, {"commission_ppm": Change(250, 300)}, now=NOW
        )
    )

    def told(who: Actor) -> list[Any]:
        mine, by_rate = database.acting_as(who), ClientOrder("commission_ppm", descending=True)
        rows = mine.read(
            lambda s, a: clients.list_client_page(s, a, ClientFilter(), by_rate, today=TODAY)
        )
        file = mine.read(lambda s, a: client_files.open_client_file(s, a, cheap, today=TODAY))
        sheet = mine.read(
            lambda s, a: list(iterate_client_rows(s, a, [cheap], is_masked=True, today=TODAY))
        )
        history = mine.read(lambda s, a: list_history(s, a, cheap))
        shown = [(one.old, one.new) for one in history.entries if one.label == "佣金现状（‰）"]
        return [
            [(row.id, row.commission_ppm) for row in rows],
            [getattr(file, name) for name in access.COMMISSION],
            [getattr(sheet[0], name) for name in access.COMMISSION],
            shown,
        ]

    for who in (people.advisor, people.manager, people.leader, people.office):
        known = [300, "too_high", 250]
        assert told(who)[:3] == [[(dear, 800), (cheap, 300)], known, known], who
        assert ("0.25‰", "0.30‰") in told(who)[3], who
    assert told(people.desk)[:3] == [[(cheap, None), (dear, None)], [None] * 3, [None] * 3]
    assert set(told(people.desk)[3]) == {("", "")}


@pytest.mark.req("R16")
def test_head_office_reads_conversations_without_names_and_numbers(
    database: Database, people: People, world: World
) -> None:
    words = f"{NAME}来电，改用{MOBILE}"
    entry = new_log(
        world.client, content=words, next_note=words, is_advice=True, basis=words, next_on=TODAY
    )
    database.acting_as(people.advisor).write(
        lambda s, a: contact_logs.log_contact(s, a, entry, now=NOW)
    )
    correction = new_log(
        world.client, content=words, corrects_id=world.log, correction_reason=words
    )
    database.acting_as(people.advisor).write(
        lambda s, a: contact_logs.log_contact(s, a, correction, now=NOW)
    )
    office = database.acting_as(people.office)
    for said in (
        office.read(lambda s, a: repr(contact_logs.list_contact_logs(s, a, ContactLogFilter()))),
        office.read(lambda s, a: repr(contact_logs.list_open_steps(s, a, world.client))),
    ):
        assert "来电" in said
        assert NAME not in said
        assert MOBILE not in said


def test_the_administrator_may_not_even_ask_by_number(
    database: Database, people: People, world: World
) -> None:
    found = database.acting_as(people.administrator).read(
        lambda s, a: client_search.find_clients(s, a, ACCOUNT)
    )
    assert (found.total, found.clients) == (0, ())
