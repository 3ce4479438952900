"""What rules prescribe changes by two persons only, and services follow the value in force."""

from __future__ import annotations

import uuid
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import text

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.services.allocations.first_contacts import list_first_contacts_due
from advisorcrm.services.allocations.handovers import NewHandover, hand_over
from advisorcrm.services.branch.compliance_parameters import (
    PARAMETERS,
    ComplianceParameters,
    ParameterRow,
    decide_parameter,
    list_compliance,
    load_compliance,
    propose_parameter,
    withdraw_proposal,
)
from advisorcrm.services.branch.settings import load_settings, save_setting
from advisorcrm.services.clients.clients import list_clients
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.terms import ClientFlag, RiskLevel
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client, set_parameter


def propose(
    database: Database, who: Actor, value: str, name: str = "risk_test_months", reason: str = "新规"
) -> int:
    work = partial(propose_parameter, name=name, value=value, reason=reason, now=NOW)
    return database.acting_as(who).write(work)


def decide(database: Database, who: Actor, key: int, *, is_accepted: bool = True) -> None:
    later = NOW + timedelta(minutes=5)
    work = partial(decide_parameter, proposal_id=key, is_accepted=is_accepted, now=later)
    database.acting_as(who).write(work)


def withdraw(database: Database, who: Actor, key: int) -> None:
    database.acting_as(who).write(partial(withdraw_proposal, proposal_id=key, now=NOW))


def row(database: Database, who: Actor, name: str = "risk_test_months") -> ParameterRow:
    rows = database.acting_as(who).read(list_compliance)
    return next(one for one in rows if one.name == name)


def months(database: Database) -> int:
    return database.read(lambda s, a: load_compliance(s)).risk_test_months


def test_until_somebody_changes_them_the_defaults_are_in_force(
    database: Database, people: People
) -> None:
    assert database.read(lambda s, a: load_compliance(s)) == ComplianceParameters()
    for one in database.acting_as(people.manager).read(list_compliance):
        assert one.value == one.default
        assert one.source
        assert one.changed_at is None
    assert {one.name for one in PARAMETERS} == set(ComplianceParameters.__dataclass_fields__)


def test_a_value_is_in_force_once_a_second_person_has_accepted_it(
    database: Database, people: People
) -> None:
    key = propose(database, people.manager, " 12 ", reason="总部 2026 年 8 号文")
    assert months(database) == 24
    shown = row(database, people.leader)
    assert shown.proposal is not None
    assert (shown.value, shown.proposal.value, shown.proposal.reason) == (
        "24", "12", "总部 2026 年 8 号文",
    )  # fmt: skip
    assert (shown.proposal.proposed_by, shown.proposal.is_mine) == ("方静", False)
    decide(database, people.leader, key)
    assert months(database) == 12
    assert database.acting_as(people.advisor).read(load_settings).risk_test_months == 12
    shown = row(database, people.manager)
    assert (shown.value, shown.default, shown.proposal) == ("12", "24", None)
    assert shown.changed_by == "方静 提议，高远 确认"
    assert shown.changed_at == NOW + timedelta(minutes=5)


def test_nobody_decides_on_an_own_proposal(database: Database, people: People) -> None:
    for who in (people.manager, people.leader):
        key = propose(database, who, "12")
        for is_accepted in (True, False):
            with pytest.raises(NotAllowedError, match="另一位"):
                decide(database, who, key, is_accepted=is_accepted)
        other = people.leader if who is people.manager else people.manager
        with pytest.raises(NotAllowedError, match="只有提议人"):
            withdraw(database, other, key)
        withdraw(database, who, key)
        with pytest.raises(NotFoundError):
            decide(database, other, key)
        decide(database, other, propose(database, who, "12"), is_accepted=False)
    assert months(database) == 24
    assert row(database, people.manager).proposal is None


def test_a_refused_value_changes_nothing_and_is_decided_once(
    database: Database, people: People
) -> None:
    key = propose(database, people.leader, "12")
    decide(database, people.manager, key, is_accepted=False)
    assert months(database) == 24
    with pytest.raises(NotFoundError, match="已处理过"):
        decide(database, people.manager, key)
    assert row(database, people.manager).proposal is None


def test_the_last_accepted_counts(database: Database, people: People) -> None:
    for value in ("12", "24", "18"):
        set_parameter(database, people, "risk_test_months", value)
    assert months(database) == 18


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("risk_test_months", "0", "1 到 24"), ("risk_test_months", "25", "1 到 24"),
     ("risk_test_months", "两年", "1 到 24"), ("risk_test_months", "１２", "1 到 24"),
     ("merge_undo_days", "3", "7 到 365"), ("contact_hours", "早上", "时段写作"),
     ("risk_reminders", "两月", "天数"), ("id_reminders", "400,30", "最长 365"),
     ("reveal_seconds", "1", "5 到 120")],
)  # fmt: skip
def test_a_value_out_of_bounds_is_refused_at_its_field(
    database: Database, people: People, name: str, value: str, said: str
) -> None:
    with pytest.raises(InvalidFieldError, match=said) as caught:
        propose(database, people.manager, value, name)
    assert caught.value.field == "value"


def test_a_proposal_says_why_and_waits_alone(database: Database, people: People) -> None:
    with pytest.raises(InvalidFieldError, match="原因"):
        propose(database, people.manager, "12", reason="  ")
    propose(database, people.manager, "12")
    with pytest.raises(InvalidFieldError, match="等确认"):
        propose(database, people.leader, "18")
    propose(database, people.leader, "60", "merge_undo_days")
    with pytest.raises(NotFoundError):
        propose(database, people.manager, "1", "nonsense")


def test_what_the_rules_have_ceased_to_allow_counts_no_more_and_cannot_be_accepted(
    database: Database, people: People
) -> None:
    set_parameter(database, people, "risk_test_months", "12")
    key = propose(database, people.manager, "18")
    longer = text("UPDATE compliance_parameter SET value = '36' WHERE name = 'risk_test_months'")
    database.write(lambda s, a: s.execute(longer) and None)
    assert months(database) == 24
    assert row(database, people.leader).value == "24"
    with pytest.raises(InvalidFieldError, match="1 到 24"):
        decide(database, people.leader, key)
    decide(database, people.leader, key, is_accepted=False)
    assert months(database) == 24


def test_one_person_alone_cannot_change_them_as_a_setting(
    database: Database, people: People
) -> None:
    for who in (people.manager, people.administrator):
        for name, value in (("risk_test_months", 12), ("contact_hours", ["09:00-22:00"])):
            with pytest.raises(InvalidFieldError, match="两人"):
                database.acting_as(who).write(partial(save_setting, name=name, value=value))
    assert months(database) == 24


def test_steps_of_a_reminder_are_kept_in_falling_order(database: Database, people: People) -> None:
    set_parameter(database, people, "risk_reminders", "7、 60，30 60")
    set_parameter(database, people, "id_reminders", "14")
    rules = database.read(lambda s, a: load_compliance(s))
    assert (rules.risk_reminders, rules.id_reminders) == ((60, 30, 7), (14,))


@pytest.mark.req("R218")
def test_lists_flags_and_deadlines_follow_the_figures_in_force(
    database: Database, people: People
) -> None:
    boss, mine = database.acting_as(people.manager), database.acting_as(people.advisor)
    ends = {"risk_expires_on": TODAY + timedelta(days=70), "risk_level": RiskLevel.C3,
            "id_expires_on": TODAY + timedelta(days=70)}  # fmt: skip
    client = database.write(lambda s, a: make_client(s, people.advisor, **ends))
    row_of = partial(list_clients, ids=[client], today=TODAY)
    file_of = partial(open_client_file, client_id=client, today=TODAY)
    assert ClientFlag.ID_EXPIRING not in mine.read(row_of)[0].flags
    for name, value in (("risk_reminders", "80,20"), ("id_warning_days", "75"),
                        ("first_contact_days", "3"), ("reveal_seconds", "10"),
                        ("import_undo_days", "2")):  # fmt: skip
        set_parameter(database, people, name, value)
    assert ClientFlag.ID_EXPIRING in mine.read(row_of)[0].flags
    assert mine.read(file_of).id_warning_days == 75
    settings = mine.read(load_settings)
    assert (settings.first_contact_days, settings.reveal_seconds, settings.import_undo_days) == (
        3, 10, 2,
    )  # fmt: skip
    new = NewHandover(str(uuid.uuid4()), ((client, people.colleague.user_id),), "休假")
    boss.write(partial(hand_over, new=new, now=NOW))
    later = TODAY + timedelta(days=30)
    due = boss.read(partial(list_first_contacts_due, today=later))
    assert [row.due_on for row in due] == [TODAY + timedelta(days=3)]
