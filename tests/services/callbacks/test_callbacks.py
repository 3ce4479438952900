"""One return call: the hour, the number, another time, and the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.rules.callback_records import CallbackAnswers
from advisorcrm.rules.corrected_answers import AnswerFixes, fixes_between
from advisorcrm.services.access_logs import list_client_accesses
from advisorcrm.services.allocations.handovers import NewHandover, hand_over
from advisorcrm.services.callbacks.callback_corrections import (
    NewCorrection,
    correct_callback,
    list_corrections,
)
from advisorcrm.services.callbacks.callback_recording import record_callback
from advisorcrm.services.callbacks.callback_reports import add_up, list_call_records
from advisorcrm.services.callbacks.callback_rows import (
    CallbackFilter,
    close_follow_up,
    list_callbacks,
    list_follow_ups,
)
from advisorcrm.services.callbacks.callback_scripts import (
    NewScript,
    add_script,
    change_script,
    list_scripts,
    retire_script,
)
from advisorcrm.services.callbacks.callbacks import (
    appoint_callback,
    give_up,
    note_try,
    open_callback,
    reveal_callback_phone,
)
from advisorcrm.services.contacts.timelines import list_timeline
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.terms import CallbackGrade, CallbackOutcome, CallbackState, ScriptPart, Sex
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client
from tests.services.callbacks.callback_samples import BAD, GOOD, calls_of, make_campaign, record

NIGHT = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
"""22:00 at the branch."""


def make_call(database: Database, people: People, **overrides: object) -> tuple[int, int]:
    """A client of the advisor's and the call about it; returns both ids."""

    def work(session: Session, _actor: Actor) -> tuple[int, int]:
        client = make_client(
            session, people.advisor, name="贺敏", sex=Sex.FEMALE, mobile="13900000458",
            convenient_time="工作日 15:00 后", opened_on=date(2026, 10, 20),
        )  # fmt: skip
        session.flush()
        campaign = make_campaign(session, people.manager, **overrides)
        return client, calls_of(session, campaign)[client].id

    return database.write(work)


def as_colleague(people: People) -> dict[str, object]:
    return {"kind": "new_client", "caller_ids": (people.colleague.user_id,)}


@pytest.mark.req("R221")
def test_the_number_is_not_given_out_while_the_client_rests(
    database: Database, people: People
) -> None:
    client, call = make_call(database, people)
    mine = database.acting_as(people.advisor)
    card = mine.read(lambda s, a: open_callback(s, a, call, now=NOW))
    assert (card.convenient_time, card.suits_client) == ("工作日 15:00 后", False)
    assert card.salutation == "贺女士"
    assert card.send.may
    late = mine.read(lambda s, a: open_callback(s, a, call, now=NIGHT))
    assert late.send.reason == "现在是客户休息时间，可联系时段 08:30-12:00、13:00-20:00。"
    point = card.points[0]
    with pytest.raises(NotAllowedError):
        mine.write(lambda s, a: reveal_callback_phone(s, a, call, point.id, now=NIGHT))
    assert point.masked == "139****0458"
    number = mine.write(lambda s, a: reveal_callback_phone(s, a, call, point.id, now=NOW))
    assert number == "13900000458"
    [line] = mine.read(lambda s, a: list_client_accesses(s, a, client))
    assert (line.purpose, line.was_masked) == ("拨打电话：11 月例行回访", False)


@pytest.mark.req("R223")
def test_a_finished_record_is_corrected_below_and_stays_as_it_was(
    database: Database, people: People
) -> None:
    _client, call = make_call(database, people)
    mine = database.acting_as(people.advisor)
    new = NewCorrection("c-1", "客户说的是两周一次，电话 13900000458。")
    with pytest.raises(InvalidFieldError, match="还没有完成"):
        mine.write(lambda s, a: correct_callback(s, a, call, new, now=NOW))
    mine.write(lambda s, a: record_callback(s, a, call, record(GOOD), now=NOW))
    before = mine.read(lambda s, a: open_callback(s, a, call, now=NOW)).answers
    with pytest.raises(InvalidFieldError, match="请写明"):
        mine.write(lambda s, a: correct_callback(s, a, call, NewCorrection("c-0", " "), now=NOW))
    for _retry in range(2):
        mine.write(lambda s, a: correct_callback(s, a, call, new, now=NOW))
    [line] = mine.read(lambda s, a: list_corrections(s, a, call)).rows
    assert (line.author_name, line.content) == (
        people.advisor.name, "客户说的是两周一次，电话 139****0458。",
    )  # fmt: skip
    assert mine.read(lambda s, a: open_callback(s, a, call, now=NOW)).answers == before


@pytest.mark.req("R223", "R241", "R242")
def test_answers_that_are_put_right_count_in_reports_and_the_record_stays(
    database: Database, people: People
) -> None:
    _client, call = make_call(database, people)
    mine, manager = database.acting_as(people.advisor), database.acting_as(people.manager)
    mine.write(lambda s, a: record_callback(s, a, call, record(GOOD), now=NOW))
    bad = replace(
        GOOD, outcome=CallbackOutcome.DISSATISFIED, service_grade=CallbackGrade.POOR,
        scores={**GOOD.scores, "attitude": 2}, questions={**GOOD.questions, "was_acted_for": True},
    )  # fmt: skip
    first = NewCorrection("c-1", "听错了，客户说的是不满意。", fixes_between(GOOD, bad))
    wrong = NewCorrection("c-9", "错", AnswerFixes(scores={"attitude": 6}))
    with pytest.raises(InvalidFieldError, match="从 1 到 5"):
        mine.write(lambda s, a: correct_callback(s, a, call, wrong, now=NOW))
    mine.write(lambda s, a: correct_callback(s, a, call, first, now=NOW))
    [matter] = manager.read(list_follow_ups)
    assert matter.follow_up == "是否违规代客操作：是；客户不满意"
    manager.write(lambda s, a: close_follow_up(s, a, call, "已核实", today=TODAY))

    second = NewCorrection("c-2", "态度是 3 分", AnswerFixes(scores={"attitude": 3}))
    mine.write(lambda s, a: correct_callback(s, a, call, second, now=NOW))
    assert manager.read(list_follow_ups) == []  # nothing alarming is new
    seen = mine.read(lambda s, a: list_corrections(s, a, call))
    assert seen.counted == replace(bad, scores={**GOOD.scores, "attitude": 3})
    assert [(one.name, one.before, one.after) for one in seen.rows[1].changes] == [("scores", 2, 3)]
    assert mine.read(lambda s, a: open_callback(s, a, call, now=NOW)).answers == GOOD
    [listed] = manager.read(list_call_records)
    assert (listed.recorded, listed.outcome) == (GOOD, CallbackOutcome.SATISFIED)
    totals = add_up([listed])
    assert totals.outcomes == {CallbackOutcome.DISSATISFIED: 1}
    assert (totals.grades, totals.averages["attitude"]) == ({CallbackGrade.POOR: 1}, 300)
    [row] = mine.read(lambda s, a: list_callbacks(s, a, CallbackFilter(), today=TODAY))
    assert row.outcome is CallbackOutcome.DISSATISFIED


@pytest.mark.req("R223")
@pytest.mark.parametrize("is_independent", [False, True])
def test_the_timeline_says_below_the_call_what_was_put_right(
    database: Database, people: People, is_independent: bool
) -> None:
    client, call = make_call(database, people, **(as_colleague(people) if is_independent else {}))
    caller = people.colleague if is_independent else people.advisor
    theirs = database.acting_as(caller)
    theirs.write(lambda s, a: record_callback(s, a, call, record(GOOD), now=NOW))
    words = NewCorrection("c-1", "客户电话记错了，是 13900000458。")
    rated = NewCorrection("c-2", "听错了。", AnswerFixes(outcome=CallbackOutcome.FAIR))
    for new in (words, words, rated):
        theirs.write(lambda s, a, new=new: correct_callback(s, a, call, new, now=NOW))
    timeline = database.acting_as(people.advisor).read(lambda s, a: list_timeline(s, a, client))
    [log] = [item.log for item in timeline.items if item.log is not None]
    assert log.content.startswith("11 月例行回访（回访）：满意")
    told = ["11 月例行回访（回访）：满意\n客户电话记错了，是 139****0458。",
            "11 月例行回访（回访）：一般\n听错了。"]  # fmt: skip
    assert [(one.content, one.reason, one.author_name) for one in log.corrections] == [
        (text, "更正回访记录", caller.name)
        for text in (["11 月例行回访（回访）：一般"] if is_independent else told)
    ]


@pytest.mark.req("R221", "R224")
def test_another_time_is_agreed_within_the_clients_hours_and_becomes_the_clock(
    database: Database, people: People
) -> None:
    _client, call = make_call(database, people)
    mine = database.acting_as(people.advisor)
    for wrong in (NOW, NIGHT, NOW + timedelta(days=100)):
        with pytest.raises(InvalidFieldError) as caught:
            mine.write(lambda s, a, at=wrong: appoint_callback(s, a, call, at, now=NOW))
        assert caught.value.field == "appointed_at"
    agreed = datetime(2026, 11, 25, 7, 30, tzinfo=UTC)
    mine.write(lambda s, a: appoint_callback(s, a, call, agreed, now=NOW))
    for today, late in ((date(2026, 11, 25), 0), (date(2026, 11, 26), 1)):
        [row] = mine.read(lambda s, a, day=today: list_callbacks(s, a, CallbackFilter(), today=day))
        assert (row.state, row.appointed_at, row.days_late) == (
            CallbackState.APPOINTED, agreed, late,
        )  # fmt: skip
    for due_by, count in ((date(2026, 11, 24), 0), (date(2026, 11, 25), 1)):
        query = CallbackFilter(due_by=due_by)
        found = mine.read(lambda s, a, q=query: list_callbacks(s, a, q, today=TODAY))
        assert len(found) == count


@pytest.mark.req("R223")
def test_a_record_with_gaps_is_kept_and_does_not_count_until_they_are_filled(
    database: Database, people: People
) -> None:
    client, call = make_call(database, people)
    mine = database.acting_as(people.advisor)
    half = record(replace(GOOD, outcome=None, scores={}))
    missing = mine.write(lambda s, a: record_callback(s, a, call, half, now=NOW))
    assert missing == ("总体评价", "逐项评分")
    card = mine.read(lambda s, a: open_callback(s, a, call, now=NOW))
    assert (card.state, card.missing) == (CallbackState.INCOMPLETE, missing)
    assert card.answers.content == GOOD.content
    assert mine.read(lambda s, a: list_timeline(s, a, client).counts["contact"]) == 0
    stale = record(version=card.version - 1)
    with pytest.raises(InvalidFieldError):
        mine.write(lambda s, a: record_callback(s, a, call, stale, now=NOW))
    whole = record(version=card.version)
    for _retry in range(2):
        assert mine.write(lambda s, a: record_callback(s, a, call, whole, now=NOW)) == ()
    timeline = mine.read(lambda s, a: list_timeline(s, a, client))
    [log] = [item.log for item in timeline.items if item.log]
    assert log.content == "11 月例行回访（回访）：满意\n账户操作都是本人，资讯看得懂。"
    assert log.contacted_at == whole.spoken_at
    with pytest.raises(InvalidFieldError):
        mine.write(lambda s, a: record_callback(s, a, call, record(BAD, spoken_at=NOW), now=NOW))


def test_a_number_in_a_record_is_shown_masked_and_kept_in_full(
    database: Database, people: People
) -> None:
    _client, call = make_call(database, people)
    mine = database.acting_as(people.advisor)
    half = record(CallbackAnswers(content="改用13900000777，晚上接"))
    mine.write(lambda s, a: record_callback(s, a, call, half, now=NOW))
    shown = mine.read(lambda s, a: open_callback(s, a, call, now=NOW)).answers
    assert shown.content == "改用139****0777，晚上接"
    more = record(replace(GOOD, content=shown.content + "。"))
    mine.write(lambda s, a: record_callback(s, a, call, more, now=NOW))
    kept = rows(database, "SELECT content FROM callback WHERE content <> ''")
    assert [line[0] for line in kept] == ["改用13900000777，晚上接。"]


def test_a_record_that_cannot_be_is_refused(database: Database, people: People) -> None:
    _client, call = make_call(database, people)
    mine = database.acting_as(people.advisor)
    wrong = (
        record(spoken_at=NOW + timedelta(hours=1)),
        record(replace(GOOD, scores={"attitude": 6})),
        record(replace(GOOD, scores={"weather": 3})),
        record(way="pigeon"),
    )
    for given in wrong:
        with pytest.raises(InvalidFieldError):
            mine.write(lambda s, a, given=given: record_callback(s, a, call, given, now=NOW))


@pytest.mark.req("R225", "R241")
def test_a_dissatisfied_client_is_a_matter_for_the_manager_until_something_was_done(
    database: Database, people: People
) -> None:
    client, call = make_call(database, people)
    mine, manager = database.acting_as(people.advisor), database.acting_as(people.manager)
    mine.write(lambda s, a: record_callback(s, a, call, record(BAD), now=NOW))
    [matter] = manager.read(list_follow_ups)
    assert (matter.client_id, matter.follow_up, matter.wishes) == (
        client, "客户不满意", BAD.wishes,
    )  # fmt: skip
    with pytest.raises(InvalidFieldError):
        manager.write(lambda s, a: close_follow_up(s, a, call, " ", today=TODAY))
    manager.write(lambda s, a: close_follow_up(s, a, call, "已登门致歉", today=TODAY))
    assert manager.read(list_follow_ups) == []
    [matter] = manager.read(lambda s, a: list_follow_ups(s, a, is_open=False))
    assert (matter.followed_up_on, matter.follow_up_note) == (TODAY, "已登门致歉")


def test_a_worrying_answer_about_the_advisor_reaches_the_manager_and_not_the_advisor(
    database: Database, people: People
) -> None:
    client, call = make_call(database, people, **as_colleague(people))
    said = replace(GOOD, questions={**GOOD.questions, "was_acted_for": True}, content="他替我买卖")
    colleague = database.acting_as(people.colleague)
    assert colleague.write(lambda s, a: record_callback(s, a, call, record(said), now=NOW)) == ()
    [matter] = database.acting_as(people.manager).read(list_follow_ups)
    assert matter.follow_up == "是否违规代客操作：是"
    mine = database.acting_as(people.advisor)
    timeline = mine.read(lambda s, a: repr(list_timeline(s, a, client)))
    assert "（回访）：满意" in timeline
    assert "替我买卖" not in timeline
    assert mine.read(lambda s, a: list_callbacks(s, a, CallbackFilter(), today=TODAY)) == []
    with pytest.raises(NotFoundError):
        mine.read(lambda s, a: open_callback(s, a, call, now=NOW))


@pytest.mark.req("R204")
def test_who_becomes_the_clients_advisor_may_not_make_the_independent_call_any_more(
    database: Database, people: People
) -> None:
    client, call = make_call(database, people, **as_colleague(people))
    colleague, manager = (
        database.acting_as(people.colleague), database.acting_as(people.manager),
    )  # fmt: skip
    with pytest.raises(NotFoundError):  # the call opens the number, not the file
        colleague.read(lambda s, a: open_client_file(s, a, client, today=TODAY))
    point = colleague.read(lambda s, a: open_callback(s, a, call, now=NOW)).points[0].id
    assert colleague.write(lambda s, a: reveal_callback_phone(s, a, call, point, now=NOW))
    moved = NewHandover("h", ((client, people.colleague.user_id),), "调整")
    manager.write(lambda s, a: hand_over(s, a, moved, now=NOW))
    with pytest.raises(NotAllowedError):
        colleague.write(lambda s, a: record_callback(s, a, call, record(), now=NOW))
    assert not colleague.read(lambda s, a: open_callback(s, a, call, now=NOW)).may_work


def test_a_client_is_given_up_only_after_three_tries(database: Database, people: People) -> None:
    _client, call = make_call(database, people)
    mine = database.acting_as(people.advisor)
    for tries in (1, 2):
        assert mine.write(lambda s, a: note_try(s, a, call, now=NOW)) == tries
        with pytest.raises(InvalidFieldError):
            mine.write(lambda s, a: give_up(s, a, call))
    mine.write(lambda s, a: note_try(s, a, call, now=NOW))
    mine.write(lambda s, a: give_up(s, a, call))
    [row] = mine.read(lambda s, a: list_callbacks(s, a, CallbackFilter(), today=TODAY))
    assert (row.state, row.tries) == (CallbackState.UNREACHABLE, 3)
    with pytest.raises(InvalidFieldError):
        mine.write(lambda s, a: note_try(s, a, call, now=NOW))


@pytest.mark.req("R241", "R242")
def test_the_report_averages_each_item_over_those_who_scored_it(
    database: Database, people: People
) -> None:
    def fill(session: Session, _actor: Actor) -> list[int]:
        clients = [make_client(session, people.advisor) for _one in range(4)]
        session.flush()
        campaign = make_campaign(session, people.manager)
        calls = calls_of(session, campaign)
        answers = (GOOD, BAD, replace(GOOD, declined_scores=True))
        for client, said in zip(clients, answers, strict=False):
            record_callback(session, people.advisor, calls[client].id, record(said), now=NOW)
        return clients

    database.write(fill)
    manager = database.acting_as(people.manager)
    week = {"from_on": date(2026, 11, 16), "to_on": date(2026, 11, 23)}
    totals = add_up(manager.read(lambda s, a: list_call_records(s, a, **week)))
    assert (totals.calls, totals.done, totals.coverage, totals.in_time) == (4, 3, 75, 3)
    assert (totals.averages["attitude"], totals.scored["attitude"]) == (350, 2)
    assert totals.outcomes == {CallbackOutcome.SATISFIED: 2, CallbackOutcome.DISSATISFIED: 1}
    assert (totals.satisfied, totals.follow_ups, totals.open_follow_ups) == (66, 1, 1)
    assert totals.by_caller == {"林若溪": (4, 3)}
    empty = {"from_on": date(2026, 10, 1), "to_on": date(2026, 10, 31)}
    assert manager.read(lambda s, a: list_call_records(s, a, **empty)) == []


@pytest.mark.req("R225")
def test_a_call_finds_its_own_opening_and_a_branch_for_each_answer(
    database: Database, people: People
) -> None:
    found = database.acting_as(people.advisor).read(
        lambda s, a: list_scripts(s, a, kind="complaint")
    )
    assert (found[0].part, found[0].kind) == (ScriptPart.OPENING, "complaint")
    assert {script.part for script in found} == set(ScriptPart)
    assert {script.kind for script in found} == {"complaint", None}


@pytest.mark.req("R243")
def test_the_library_grows_from_experience_and_loses_nothing(
    database: Database, people: People
) -> None:
    mine, manager = database.acting_as(people.advisor), database.acting_as(people.manager)
    new = NewScript(ScriptPart.NOT_SATISFIED, "嫌短信多", "我马上把短信停掉。", "routine")
    key = mine.write(lambda s, a: add_script(s, a, new))
    better = replace(new, words="我先把短信停掉，改为每周一次电话，您看行吗？")
    manager.write(lambda s, a: change_script(s, a, key, better))
    [script] = [row for row in mine.read(list_scripts) if row.id == key]
    assert (script.words, script.kind) == (better.words, "routine")
    old = rows(database, "SELECT old FROM change_history WHERE table_name = 'callback_script'")
    assert any(new.words in (line[0] or "") for line in old)
    manager.write(lambda s, a: retire_script(s, a, key))
    assert key not in [row.id for row in mine.read(list_scripts)]
    kept = mine.read(lambda s, a: list_scripts(s, a, also_retired=True))
    assert kept[-1].id == key
    manager.write(lambda s, a: retire_script(s, a, key, is_retired=False))
    assert key in [row.id for row in mine.read(list_scripts)]
    with pytest.raises(InvalidFieldError):
        mine.write(lambda s, a: add_script(s, a, replace(new, words="")))
