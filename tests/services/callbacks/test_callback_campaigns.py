"""Rounds of return calls: whom they reach, who calls, how far they have come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.models import Callback
from advisorcrm.rules.sending import SendCode
from advisorcrm.services.branch.users import deactivate_user
from advisorcrm.services.callbacks.callback_campaigns import (
    archive_campaign,
    list_campaigns,
    start_campaign,
)
from advisorcrm.services.callbacks.callback_coverage import (
    find_coverage,
    list_new_clients_due,
    list_uncalled,
)
from advisorcrm.services.callbacks.callback_lists import CallList, ListWish, draw_call_list
from advisorcrm.services.callbacks.callback_recording import record_callback
from advisorcrm.services.callbacks.callback_rows import CallbackFilter, list_callbacks
from advisorcrm.services.callbacks.callbacks import assign_caller
from advisorcrm.services.clients.clients import ClientFilter
from advisorcrm.services.clients.saved_views import NewView, list_saved_views, save_view
from advisorcrm.terms import TAG_DORMANT, CallbackState, ClientStage
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client
from tests.services.callbacks.callback_samples import (
    BAD,
    calls_of,
    make_campaign,
    named,
    new_campaign,
    record,
)

MONTH = {"from_on": date(2026, 11, 1), "to_on": date(2026, 11, 30)}


@pytest.mark.req("R219")
def test_a_round_is_drawn_from_a_saved_view_and_tells_first_whom_it_leaves_out(
    database: Database, people: People
) -> None:
    def fill(session: Session, _actor: Actor) -> list[int]:
        gold = make_client(session, people.advisor, tier="gold")
        make_client(session, people.advisor, tier="silver")
        quiet = make_client(session, people.advisor, tier="gold", service_need="do_not_disturb")
        mute = make_client(session, people.advisor, tier="gold", mobile="")
        make_client(session, people.advisor, tier="gold", stage=ClientStage.CHURNED)
        view = NewView("v", "金卡", ClientFilter(tiers=("gold",)), is_shared=True)
        save_view(session, people.manager, view)
        return [gold, quiet, mute]

    gold, _quiet, _mute = database.write(fill)
    manager = database.acting_as(people.manager)
    [view] = manager.read(list_saved_views)
    new = new_campaign(query=view.content.query)
    drawn = manager.read(lambda s, a: draw_call_list(s, a, new.wish, today=TODAY))
    assert drawn.excluded == {SendCode.DO_NOT_DISTURB: 1, SendCode.NO_POINT: 1}
    campaign = manager.write(lambda s, a: start_campaign(s, a, new, now=NOW))
    assert manager.write(lambda s, a: start_campaign(s, a, new, now=NOW)) == campaign
    [row] = manager.read(lambda s, a: list_callbacks(s, a, CallbackFilter(campaign), today=TODAY))
    assert (row.client_id, row.caller_name) == (gold, "林若溪")


def test_the_yearly_sample_fills_up_to_a_tenth_of_the_clients_of_last_years_end(
    database: Database, people: People
) -> None:
    def fill(session: Session, _actor: Actor) -> tuple[list[int], int]:
        names = ["欧阳文静", *"甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"]
        old = [make_client(session, people.advisor, opened_on=date(2025, 12, 31), name=name)
               for name in names]  # fmt: skip
        make_client(session, people.advisor, opened_on=date(2026, 1, 1))
        make_client(session, people.advisor, stage=ClientStage.CHURNED)
        for _one in range(11):
            make_client(session, people.advisor, tags=(TAG_DORMANT, "focus"))
        session.flush()
        return old, make_campaign(session, people.manager, query=named("欧阳文静"))

    old, _first = database.write(fill)
    manager = database.acting_as(people.manager)
    new = new_campaign(is_sample=True)

    def drawn(wish: ListWish) -> CallList:
        return manager.read(lambda s, a: draw_call_list(s, a, wish, today=TODAY))

    shown = drawn(new.wish)
    assert shown.sample is not None
    assert (shown.sample.clients, shown.sample.called, len(shown.lines)) == (21, 1, 2)
    assert shown.sample.dormant == 11
    assert {line[0] for line in shown.lines} <= set(old[1:])
    orders = [drawn(new_campaign(is_sample=True).wish).sample for _n in range(3)]
    assert len({order.ids for order in orders if order}) > 1
    campaign = manager.write(lambda s, a: start_campaign(s, a, new, now=NOW))
    calls = manager.read(lambda s, _a: set(calls_of(s, campaign)))
    assert calls == {line[0] for line in shown.lines}
    assert drawn(new_campaign(is_sample=True).wish).lines == ()

    def lose_one(session: Session, _actor: Actor) -> None:
        calls_of(session, campaign)[min(calls)].state = CallbackState.UNREACHABLE

    manager.write(lose_one)  # who could not be reached is replaced by another
    again = drawn(new_campaign(is_sample=True).wish)
    assert again.sample is not None
    assert set(again.sample.ids) == set(old[1:]) - calls  # nobody is drawn a second time
    assert (again.sample.called, len(again.lines)) == (2, 1)


@pytest.mark.req("R220", "R259")
def test_each_kind_of_round_can_be_opened_and_the_branch_may_add_its_own(
    database: Database, people: People
) -> None:
    database.write(lambda s, a: make_client(s, people.colleague))
    manager = database.acting_as(people.manager)
    kinds = ("routine", "festival", "promotion", "before_sale", "after_sale", "complaint")
    for kind in kinds:
        manager.write(lambda s, a, kind=kind: make_campaign(s, a, name=kind, kind=kind))
    rows = manager.read(lambda s, a: list_campaigns(s, a, today=TODAY))
    assert [row.kind for row in rows] == list(reversed(kinds))
    with pytest.raises(InvalidFieldError):
        manager.write(lambda s, a: make_campaign(s, a, kind="whim"))


@pytest.mark.req("R224")
def test_calls_are_due_within_three_days_and_only_rounds_without_haste_get_more(
    database: Database, people: People
) -> None:
    database.write(lambda s, a: make_client(s, people.colleague))
    manager = database.acting_as(people.manager)
    manager.write(lambda s, a: make_campaign(s, a, kind="after_sale"))
    [row] = manager.read(lambda s, a: list_callbacks(s, a, CallbackFilter(), today=TODAY))
    assert (row.due_on, row.days_late) == (date(2026, 11, 23), 0)
    for later, late in ((date(2026, 11, 23), 0), (date(2026, 11, 24), 1)):
        [row] = manager.read(
            lambda s, a, later=later: list_callbacks(s, a, CallbackFilter(), today=later)
        )
        assert row.days_late == late
        [campaign] = manager.read(lambda s, a, later=later: list_campaigns(s, a, today=later))
        assert campaign.late == late
    with pytest.raises(InvalidFieldError) as caught:
        manager.write(lambda s, a: make_campaign(s, a, kind="complaint", days=4))
    assert caught.value.field == "days"
    manager.write(lambda s, a: make_campaign(s, a, kind="routine", days=20))


@pytest.mark.req("R204")
def test_a_new_client_is_called_after_a_month_and_never_by_the_own_advisor(
    database: Database, people: People
) -> None:
    opened = date(2026, 10, 20)

    def fill(session: Session, _actor: Actor) -> int:
        due = make_client(session, people.advisor, opened_on=opened)
        make_client(session, people.advisor, opened_on=date(2026, 11, 1))
        make_client(session, people.advisor, opened_on=date(2025, 10, 20))
        make_client(session, people.advisor, opened_on=opened, stage=ClientStage.PROSPECT)
        return due

    due = database.write(fill)
    manager = database.acting_as(people.manager)
    [row] = manager.read(lambda s, a: list_new_clients_due(s, a, today=TODAY))
    assert (row.client_id, row.due_on, row.days_late) == (due, TODAY, 0)
    pair = (people.advisor.user_id, people.colleague.user_id)
    campaign = manager.write(lambda s, a: make_campaign(s, a, kind="new_client", caller_ids=pair))
    call = manager.read(lambda s, a: calls_of(s, campaign)[due])
    assert (call.caller_id, call.due_on) == (people.colleague.user_id, TODAY)
    with pytest.raises(InvalidFieldError) as caught:
        manager.write(lambda s, a: assign_caller(s, a, call.id, people.advisor.user_id))
    assert caught.value.field == "caller_id"
    assert manager.read(lambda s, a: list_new_clients_due(s, a, today=TODAY)) == []
    with pytest.raises(InvalidFieldError):  # nobody is called twice as a new client
        manager.write(lambda s, a: make_campaign(s, a, kind="new_client"))


def test_without_somebody_independent_the_call_waits_to_be_assigned(
    database: Database, people: People
) -> None:
    database.write(lambda s, a: make_client(s, people.advisor, opened_on=date(2026, 10, 20)))
    manager = database.acting_as(people.manager)
    own = (people.advisor.user_id,)
    new = new_campaign(kind="new_client", caller_ids=own)
    drawn = manager.read(lambda s, a: draw_call_list(s, a, new.wish, today=TODAY))
    assert drawn.unassigned == 1


def test_calls_are_shared_out_evenly_among_those_who_may_call(
    database: Database, people: People
) -> None:
    def fill(session: Session, _actor: Actor) -> None:
        for number in range(4):
            make_client(session, (people.advisor, people.colleague)[number % 2])

    database.write(fill)
    manager = database.acting_as(people.manager)
    callers = (people.advisor.user_id, people.colleague.user_id)
    new = new_campaign(kind="compliance", caller_ids=callers)
    drawn = manager.read(lambda s, a: draw_call_list(s, a, new.wish, today=TODAY))
    assert sorted(caller or 0 for _c, caller, _d in drawn.lines) == sorted(callers * 2)
    database.acting_as(people.administrator).write(
        lambda s, a: deactivate_user(s, a, people.colleague.user_id)
    )
    with pytest.raises(InvalidFieldError):
        manager.read(lambda s, a: draw_call_list(s, a, new.wish, today=TODAY))


@pytest.mark.req("R222")
def test_coverage_counts_complete_calls_to_member_clients_and_lists_the_others(
    database: Database, people: People
) -> None:
    def fill(session: Session, _actor: Actor) -> tuple[int, int, int]:
        tiers = ("gold", "silver", "platinum")
        made = [make_client(session, people.advisor, tier=tier) for tier in tiers]
        make_client(session, people.advisor, tier="other")
        make_client(session, people.advisor, tier="gold", stage=ClientStage.CHURNED)
        return made[0], made[1], made[2]

    called, half, never = database.write(fill)
    manager = database.acting_as(people.manager)
    campaign = manager.write(lambda s, a: make_campaign(s, a, query=ClientFilter(
        tiers=("gold", "silver"))))  # fmt: skip
    calls = manager.read(lambda s, a: {k: c.id for k, c in calls_of(s, campaign).items()})
    mine = database.acting_as(people.advisor)
    assert mine.write(lambda s, a: record_callback(s, a, calls[called], record(), now=NOW)) == ()
    lacking = record(BAD.__class__(content="说到一半"))
    assert mine.write(lambda s, a: record_callback(s, a, calls[half], lacking, now=NOW))
    found = manager.read(lambda s, a: find_coverage(s, a, **MONTH))
    assert (found.members, found.called, found.percent) == (3, 1, 33)
    rows = manager.read(lambda s, a: list_uncalled(s, a, **MONTH))
    assert {row.client_id: row.state for row in rows} == {
        half: CallbackState.INCOMPLETE, never: None,
    }  # fmt: skip
    [row] = manager.read(lambda s, a: list_campaigns(s, a, today=TODAY))
    assert (row.calls, row.done, row.coverage) == (2, 1, 50)
    before = {"from_on": date(2026, 10, 1), "to_on": date(2026, 10, 31)}
    assert manager.read(lambda s, a: find_coverage(s, a, **before)).called == 0


def test_a_round_is_put_away_only_before_somebody_was_spoken_to(
    database: Database, people: People
) -> None:
    key = database.write(lambda s, a: make_client(s, people.advisor))
    manager = database.acting_as(people.manager)
    wrong, right = (manager.write(make_campaign) for _round in range(2))
    call = manager.read(lambda s, a: calls_of(s, right)[key].id)
    mine = database.acting_as(people.advisor)
    mine.write(lambda s, a: record_callback(s, a, call, record(), now=NOW))
    manager.write(lambda s, a: archive_campaign(s, a, wrong, now=NOW))
    with pytest.raises(InvalidFieldError):
        manager.write(lambda s, a: archive_campaign(s, a, right, now=NOW))
    rows = mine.read(lambda s, a: list_callbacks(s, a, CallbackFilter(), today=TODAY))
    assert [row.id for row in rows] == [call]


def test_what_cannot_be_a_round_is_refused(database: Database, people: People) -> None:
    database.write(lambda s, a: make_client(s, people.advisor))
    manager = database.acting_as(people.manager)
    wrong = (
        {"name": " "}, {"way": "pigeon"}, {"days": -1}, {"query": ClientFilter(text="无此人")},
        {"starts_on": TODAY - timedelta(days=60)}, {"caller_ids": (people.leader.user_id,)},
    )  # fmt: skip
    for overrides in wrong:
        with pytest.raises(InvalidFieldError):
            manager.write(lambda s, a, o=overrides: make_campaign(s, a, **o))
    assert database.read(lambda s, a: list(s.scalars(select(Callback)))) == []
