from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.services.contacts.contact_days import count_days
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter, ContactLogRow
from advisorcrm.services.contacts.contact_logs import (
    count_contact_logs,
    list_contact_logs,
    list_open_steps,
    log_contact,
)
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.terms import Reaction
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client, new_log


@pytest.fixture
def client(database: Database, people: People) -> int:
    return database.write(lambda s, a: make_client(s, people.advisor, name="欧阳文静"))


@pytest.fixture
def log(mine: Database, client: int) -> Callable[..., int]:
    def save(**overrides: Any) -> int:
        entry = new_log(overrides.pop("client_id", client), **overrides)
        return mine.write(partial(log_contact, entry=entry, now=NOW))

    return save


def listed(database: Database, **query: Any) -> list[ContactLogRow]:
    return database.read(partial(list_contact_logs, query=ContactLogFilter(**query)))


def contents(database: Database, **query: Any) -> list[str]:
    return [row.content for row in listed(database, **query)]


# --- recording --------------------------------------------------------------------------------


@pytest.mark.req("R35", "R81", "R82", "R17", "R32")
def test_a_conversation_is_kept_with_all_that_was_said(
    mine: Database, client: int, log: Callable[..., int]
) -> None:
    said = {
        "topics": ("market", "needs"), "way": "meeting", "content": "客户认为短期过热。",
        "minutes": 12, "reaction": Reaction.UNDECIDED, "is_advice": True, "basis": "晨会纪要",
        "next_on": date(2026, 11, 27), "next_at": time(10, 30), "next_way": "phone",
        "next_note": "回访", "was_reminded_of_counter": True,
        "contacted_at": NOW - timedelta(hours=2),
    }  # fmt: skip
    log(**said)
    [row] = listed(mine)

    assert {name: getattr(row, name) for name in said} == said
    assert (row.client_id, row.client_name, row.author_name) == (client, "欧阳文静", "林若溪")


@pytest.mark.req("R35")
def test_a_conversation_brings_the_last_contact_forward_and_never_back(
    mine: Database, client: int, log: Callable[..., int]
) -> None:
    def days_since() -> int | None:
        return mine.read(partial(open_client_file, client_id=client, today=TODAY)).days_since

    assert days_since() is None
    log(contacted_at=NOW - timedelta(days=3))
    assert days_since() == 3
    log(contacted_at=NOW - timedelta(days=9))
    assert days_since() == 3
    log(contacted_at=NOW)
    assert days_since() == 0


def test_a_day_begins_at_the_branch_and_not_in_greenwich(
    mine: Database, client: int, log: Callable[..., int]
) -> None:
    log(contacted_at=datetime(2026, 11, 19, 16, 30, tzinfo=UTC))  # 00:30 at the branch
    file = mine.read(partial(open_client_file, client_id=client, today=TODAY))
    assert file.days_since == 0
    assert len(listed(mine, from_on=TODAY, to_on=TODAY)) == 1


def test_saving_the_same_form_again_saves_it_once(mine: Database, client: int) -> None:
    entry = new_log(client)
    first = mine.write(partial(log_contact, entry=entry, now=NOW))
    again = mine.write(partial(log_contact, entry=replace(entry, content="又一次"), now=NOW))
    assert first == again
    assert contents(mine) == ["客户认为电气设备短期过热。"]


@pytest.mark.req("R32", "R81")
@pytest.mark.parametrize(
    ("field", "overrides", "words"),
    [
        ("contacted_at", {"contacted_at": NOW + timedelta(minutes=2)}, "不能晚于现在"),
        ("contacted_at", {"contacted_at": NOW - timedelta(days=367)}, "请核对日期"),
        ("next_on", {"next_on": date(2026, 11, 19)}, "早于这次沟通"),
        ("content", {"content": " \n\t "}, "请写下沟通内容"),
        ("content", {"content": "长" * 32_001}, "32000"),
        ("way", {"way": ""}, "请选沟通方式"),
        ("topics", {"topics": ()}, "请选沟通主题"),
        ("basis", {"is_advice": True}, "须写明依据"),
        ("basis", {"is_advice": True, "basis": "  "}, "须写明依据"),
        ("basis", {"basis": "长" * 121}, "最多 120 字"),
        ("next_note", {"next_note": "长" * 121}, "最多 120 字"),
    ],
)
def test_what_is_missing_or_impossible_is_said_at_its_field(
    file_database: Database, file_people: People, field: str, overrides: dict[str, Any], words: str
) -> None:
    client = file_database.write(lambda s, a: make_client(s, file_people.advisor))
    mine = file_database.acting_as(file_people.advisor)
    with pytest.raises(InvalidFieldError, match=words) as caught:
        mine.write(partial(log_contact, entry=new_log(client, **overrides), now=NOW))
    assert caught.value.field == field
    assert rows(file_database, "SELECT id FROM contact_log") == []


def test_texts_are_kept_as_they_were_written(mine: Database, log: Callable[..., int]) -> None:
    said = "　　第一段：“过热”😀\n\t第二段 'x' \"y\" %_\\ <b>𠮷</b>"
    log(content=f"\x00{said}\x07", basis="a\x00b", next_note="长" * 120)
    [row] = listed(mine)
    assert (row.content, row.basis, row.next_note) == (said.strip(), "ab", "长" * 120)
    assert len(listed(mine, text="𠮷</b>")) == 1


def test_a_colleagues_client_cannot_be_logged_for(
    database: Database, people: People, client: int
) -> None:
    for actor, refusal in (
        (people.colleague, NotFoundError),
        (people.leader, NotAllowedError),
        (people.administrator, NotAllowedError),
    ):
        with pytest.raises(refusal):
            database.acting_as(actor).write(partial(log_contact, entry=new_log(client), now=NOW))
    assert rows(database, "SELECT id FROM contact_log") == []


# --- correcting -------------------------------------------------------------------------------


@pytest.mark.req("R81")
def test_a_correction_hangs_under_the_original_which_stays_as_it_was(
    mine: Database, client: int, log: Callable[..., int]
) -> None:
    original = log(contacted_at=NOW - timedelta(days=2))
    log(corrects_id=original, topics=(), content="客户说的是光伏。", correction_reason="记错行业")
    log(corrects_id=original, topics=(), content="是光伏玻璃。", correction_reason="再核对")
    [row] = listed(mine)

    assert (row.id, row.content) == (original, "客户认为电气设备短期过热。")
    assert [(one.content, one.reason, one.author_name) for one in row.corrections] == [
        ("客户说的是光伏。", "记错行业", "林若溪"), ("是光伏玻璃。", "再核对", "林若溪"),
    ]  # fmt: skip
    file = mine.read(partial(open_client_file, client_id=client, today=TODAY))
    assert file.days_since == 2
    assert mine.read(partial(count_contact_logs, query=ContactLogFilter())).entries == 1


@pytest.mark.req("R81")
def test_an_original_refuses_every_other_way_to_change_it(
    mine: Database, log: Callable[..., int]
) -> None:
    log()
    for statement in ("UPDATE contact_log SET content = '改'", "DELETE FROM contact_log"):
        with pytest.raises(DBAPIError, match="kept as it is"):
            mine.write(lambda s, a, what=statement: s.execute(text(what)))
    assert contents(mine) == ["客户认为电气设备短期过热。"]


def test_a_correction_needs_a_reason_an_original_and_the_right(
    database: Database, people: People, mine: Database, client: int, log: Callable[..., int]
) -> None:
    original = log()
    other = database.write(lambda s, a: make_client(s, people.advisor))
    correction = log(corrects_id=original, correction_reason="记错")
    fix: dict[str, Any] = {"content": "改", "correction_reason": "记错"}
    for overrides, refusal in (
        ({"corrects_id": original, "correction_reason": " "}, InvalidFieldError),
        ({"corrects_id": correction}, InvalidFieldError),
        ({"corrects_id": 4711}, NotFoundError),
        ({"corrects_id": original, "client_id": other}, NotFoundError),
    ):
        with pytest.raises(refusal):
            log(**{**fix, **overrides})
    boss = database.acting_as(people.manager)
    boss.write(partial(log_contact, entry=new_log(client, corrects_id=original, **fix), now=NOW))
    [row] = listed(mine)
    assert [one.author_name for one in row.corrections] == ["林若溪", "方静"]


def test_only_the_author_and_the_manager_correct(
    database: Database, people: People, mine: Database, client: int
) -> None:
    entry = new_log(client)
    original = database.acting_as(people.manager).write(partial(log_contact, entry=entry, now=NOW))
    fix = new_log(client, corrects_id=original, correction_reason="记错")
    with pytest.raises(InvalidFieldError, match="只有记录人和客服经理"):
        mine.write(partial(log_contact, entry=fix, now=NOW))


# --- looking up -------------------------------------------------------------------------------


@pytest.mark.req("R80")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("过热", {"A"}), ("100%", {"B"}), ("%", {"B"}), ("a_b", {"C"}), ("_", {"C"}),
        ("\\", {"D"}), ("晨会", {"A"}), ("回访", {"B"}), ("欧阳", {"A", "B", "C", "D"}),
        ("更正词", {"C"}), ("过热 晨会", {"A"}), ("过热 100%", set()), ("PE", {"D"}), ("pe", {"D"}),
        ("'", set()), ("' OR 1=1 --", set()),
    ],
)  # fmt: skip
def test_words_are_found_in_every_text_and_wildcards_mean_themselves(
    file_database: Database, file_people: People, typed: str, found: set[str]
) -> None:
    finds(file_database, file_people, {typed: found})


def finds(database: Database, people: People, wanted: dict[str, set[str]]) -> None:
    mine = database.acting_as(people.advisor)
    client = database.write(lambda s, a: make_client(s, people.advisor, name="欧阳文静"))
    for content, more in (
        ("A 短期过热", {"is_advice": True, "basis": "晨会纪要"}),
        ("B 涨了 100%", {"next_note": "回访"}),
        ("C a_b", {}),
        ("D C:\\x 的 PE 偏高", {}),
    ):
        entry = new_log(client, content=content, **more)
        saved = mine.write(partial(log_contact, entry=entry, now=NOW))
        if content.startswith("C"):
            fix = new_log(client, content="更正词", corrects_id=saved, correction_reason="记错")
            mine.write(partial(log_contact, entry=fix, now=NOW))
    for typed, found in wanted.items():
        assert {content[0] for content in contents(mine, text=typed)} == found, typed


def test_both_engines_find_the_same_words(database: Database, people: People) -> None:
    wanted = {"过热": {"A"}, "%": {"B"}, "_": {"C"}, "\\": {"D"}, "pe": {"D"}, "欧阳": set("ABCD")}
    finds(database, people, wanted)


@pytest.mark.req("R83")
def test_a_list_is_narrowed_by_client_author_date_and_way(
    database: Database, people: People, mine: Database, client: int, log: Callable[..., int]
) -> None:
    other = database.write(lambda s, a: make_client(s, people.colleague))
    boss = database.acting_as(people.manager)
    log(content="甲", contacted_at=NOW - timedelta(days=2), way="qq")
    log(content="乙", contacted_at=NOW - timedelta(days=1))
    boss.write(partial(log_contact, entry=new_log(other, content="丙", way="mail"), now=NOW))

    assert contents(boss) == ["丙", "乙", "甲"]
    assert contents(mine) == ["乙", "甲"]
    assert contents(boss, client_id=other) == ["丙"]
    assert contents(mine, client_id=other) == []
    assert contents(boss, author_id=people.advisor.user_id) == ["乙", "甲"]
    assert contents(boss, ways=("qq", "mail")) == ["丙", "甲"]
    assert contents(boss, from_on=date(2026, 11, 19)) == ["丙", "乙"]
    assert contents(boss, to_on=date(2026, 11, 19)) == ["乙", "甲"]
    assert contents(boss, from_on=date(2026, 11, 19), to_on=date(2026, 11, 19)) == ["乙"]
    assert contents(database.acting_as(people.desk)) == []


@pytest.mark.req("R83")
def test_counts_tell_entries_clients_and_ways_of_what_is_listed(
    database: Database, people: People, mine: Database, client: int, log: Callable[..., int]
) -> None:
    other = database.write(lambda s, a: make_client(s, people.advisor))
    log(contacted_at=NOW - timedelta(days=1))
    log(way="qq")
    original = log(client_id=other)
    log(client_id=other, corrects_id=original, correction_reason="记错")

    totals = mine.read(partial(count_contact_logs, query=ContactLogFilter()))
    assert (totals.entries, totals.clients, totals.by_way) == (3, 2, {"phone": 2, "qq": 1})
    days = mine.read(
        partial(count_days, query=ContactLogFilter(), days=[TODAY, TODAY - timedelta(days=1)])
    )
    assert [(days[day].entries, days[day].clients) for day in days] == [(2, 2), (1, 1)]


def test_a_long_list_goes_on_where_it_stopped(mine: Database, log: Callable[..., int]) -> None:
    at = NOW - timedelta(hours=1)
    saved = [log(content=str(number), contacted_at=at) for number in range(5)]
    found: list[int] = []
    mark: tuple[datetime, int] | None = None
    for _page in range(3):
        part = mine.read(partial(list_contact_logs, query=ContactLogFilter(), limit=2, before=mark))
        found += [row.id for row in part]
        mark = (part[-1].contacted_at, part[-1].id)
    assert found == saved[::-1]


def test_an_archived_client_is_no_longer_listed(
    mine: Database, client: int, log: Callable[..., int]
) -> None:
    log()
    archive = "UPDATE client SET archived_at = '2026-11-20 00:00:00+00'"
    if mine.path:
        archive = archive.replace("+00", ".000000")
    mine.write(lambda s, a: s.execute(text(archive)))
    assert listed(mine) == []


# --- the next call ----------------------------------------------------------------------------


def test_an_agreed_step_stays_open_until_it_was_spoken_about(
    mine: Database, client: int, log: Callable[..., int]
) -> None:
    def open_steps() -> list[str]:
        steps = mine.read(partial(list_open_steps, client_id=client))
        return [step.next_note for step in steps]

    days_ago = [NOW - timedelta(days=days) for days in range(8)]
    assert open_steps() == []
    log(contacted_at=days_ago[7], next_on=date(2026, 11, 16), next_note="周一")
    assert open_steps() == ["周一"]
    log(contacted_at=days_ago[6], next_on=date(2026, 11, 18), next_note="周三")
    assert open_steps() == ["周一", "周三"]
    log(contacted_at=days_ago[4])  # on Monday, as agreed
    assert open_steps() == ["周三"]
    log(contacted_at=days_ago[1])
    assert open_steps() == []
    log(contacted_at=days_ago[0], next_on=TODAY, next_note="今天再打")
    assert open_steps() == ["今天再打"]


def test_a_step_agreed_for_an_hour_is_open_until_that_hour(
    mine: Database, client: int, log: Callable[..., int]
) -> None:
    def open_steps() -> int:
        return len(mine.read(partial(list_open_steps, client_id=client)))

    nine, ten, eleven = (datetime(2026, 11, 20, hour - 8, tzinfo=UTC) for hour in (9, 10, 11))
    log(contacted_at=nine, next_on=TODAY, next_at=time(10, 30))
    log(contacted_at=ten)
    assert open_steps() == 1
    log(contacted_at=eleven)
    assert open_steps() == 0


def test_a_step_is_not_open_any_more_after_an_early_call_of_the_branchs_next_day(
    mine: Database, client: int, log: Callable[..., int]
) -> None:
    log(contacted_at=NOW - timedelta(days=3), next_on=date(2026, 11, 19))
    log(contacted_at=datetime(2026, 11, 19, 17, tzinfo=UTC))  # 01:00 on the 20th at the branch
    assert mine.read(partial(list_open_steps, client_id=client)) == []
