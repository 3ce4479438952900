"""Care: records, presents with limits, festivals, greetings one by one and in a batch."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.services.care.birthdays import list_birthdays
from advisorcrm.services.care.care_records import (
    CareRow,
    NewCareRecord,
    archive_care_record,
    count_care,
    list_care_records,
    record_care,
    restore_care_record,
)
from advisorcrm.services.care.festivals import (
    NewFestival,
    add_festival,
    archive_festival,
    list_festivals,
)
from advisorcrm.services.care.gifts import (
    GiftRow,
    NewGift,
    check_gift,
    decide_gift,
    list_gifts,
    register_gift,
)
from advisorcrm.services.care.greeting_batches import (
    GreetingAsk,
    GreetingPlan,
    plan_greetings,
    record_greetings,
)
from advisorcrm.services.care.greetings import (
    NewTemplate,
    TemplateRow,
    add_template,
    archive_template,
    change_template,
    draft_greeting,
    list_templates,
)
from advisorcrm.services.consents.consents import NewConsent, record_consent
from advisorcrm.services.contacts.timelines import StreamKind, list_timeline
from advisorcrm.terms import (
    BirthdayKept,
    CareKind,
    CareWay,
    Channel,
    ConsentState,
    FestivalCalendar,
    GiftState,
    Purpose,
    Sex,
)
from tests.conftest import TODAY
from tests.factories import NOW, People, set_parameter

Make = Callable[..., int]
BIRTHDAY = date(2026, 11, 24)


def greet(door: Database, client: int, **more: Any) -> int:
    values: dict[str, Any] = {
        "uuid": str(uuid.uuid4()), "client_id": client, "kind": CareKind.BIRTHDAY,
        "way": CareWay.PHONE, "content": "电话祝寿，老人家很高兴。", "done_at": NOW,
        "occasion": "生日", "occasion_on": BIRTHDAY,
    }  # fmt: skip
    return door.write(partial(record_care, new=NewCareRecord(**{**values, **more}), now=NOW))


def records(door: Database, client: int) -> list[CareRow]:
    return door.read(partial(list_care_records, client_id=client))


def give(door: Database, client: int, yuan: int, **more: Any) -> int:
    values: dict[str, Any] = {
        "uuid": str(uuid.uuid4()), "client_id": client, "given_on": TODAY, "item": "茶叶",
        "value_fen": yuan * 100,
    }  # fmt: skip
    return door.write(partial(register_gift, new=NewGift(**{**values, **more}), now=NOW))


def gifts(door: Database, **more: Any) -> list[GiftRow]:
    return door.read(partial(list_gifts, **more))


def templates(door: Database, kind: CareKind | None = None) -> list[TemplateRow]:
    return door.read(partial(list_templates, kind=kind))


@pytest.mark.req("R113", "R244")
def test_a_greeting_is_kept_and_stands_on_the_timeline_and_in_the_birthday_list(
    mine: Database, make: Make
) -> None:
    client = make("陈建国", birthday=date(1960, 11, 24))
    key = greet(mine, client)
    [row] = records(mine, client)
    assert (row.kind, row.way, row.occasion, row.who) == (
        CareKind.BIRTHDAY, CareWay.PHONE, "生日", "林若溪",
    )  # fmt: skip
    stream = mine.read(partial(list_timeline, client_id=client, kind=StreamKind.CARE))
    assert [item.care for item in stream.items] == [row]
    [born] = mine.read(partial(list_birthdays, start=BIRTHDAY, end=BIRTHDAY))
    assert born.greeted_on == TODAY

    mine.write(partial(archive_care_record, care_id=key, now=NOW))
    assert records(mine, client) == []
    [born] = mine.read(partial(list_birthdays, start=BIRTHDAY, end=BIRTHDAY))
    assert born.greeted_on is None
    mine.write(partial(restore_care_record, care_id=key))
    assert records(mine, client) == [row]


@pytest.mark.req("R113", "R120")
def test_help_is_care_too_and_a_repeated_attempt_is_one_record(
    mine: Database, make: Make, people: People
) -> None:
    client = make("陈建国")
    same = str(uuid.uuid4())
    for _turn in range(2):
        greet(mine, client, uuid=same, kind=CareKind.HELP, content="帮忙联系医院。",
              occasion="", occasion_on=None)  # fmt: skip
    assert [row.kind for row in records(mine, client)] == [CareKind.HELP]
    assert mine.read(partial(count_care, client_id=client)) == 1
    with pytest.raises(InvalidFieldError):
        greet(mine, client, content=" ")
    with pytest.raises(InvalidFieldError):
        greet(mine, client, done_at=NOW + timedelta(minutes=1))
    with pytest.raises(NotFoundError):
        greet(mine.acting_as(people.colleague), client)
    with pytest.raises(NotAllowedError):
        greet(mine.acting_as(people.desk), client)


@pytest.mark.req("R113", "R120")
def test_a_present_waits_for_another_person_and_counts_in_the_years_total(
    mine: Database, make: Make, people: People
) -> None:
    client = make("陈建国")
    manager, leader = mine.acting_as(people.manager), mine.acting_as(people.leader)
    first = give(mine, client, 120, occasion="中秋")
    own = give(manager, client, 80)
    assert [(row.state, row.year_fen) for row in gifts(mine, client_id=client)] == [
        (GiftState.PENDING, 20_000), (GiftState.PENDING, 20_000),
    ]  # fmt: skip
    manager.write(partial(decide_gift, gift_id=first, is_approved=True, now=NOW))
    with pytest.raises(NotAllowedError, match="另一位"):
        manager.write(partial(decide_gift, gift_id=own, is_approved=True, now=NOW))
    with pytest.raises(InvalidFieldError):
        leader.write(partial(decide_gift, gift_id=own, is_approved=False, now=NOW))
    leader.write(partial(decide_gift, gift_id=own, is_approved=False, note="无必要", now=NOW))
    with pytest.raises(NotAllowedError):
        mine.write(partial(decide_gift, gift_id=own, is_approved=True, now=NOW))
    with pytest.raises(NotFoundError):
        leader.write(partial(decide_gift, gift_id=own, is_approved=True, now=NOW))
    told = {row.id: row for row in gifts(manager, year=2026)}
    assert (told[first].state, told[first].approver) == (GiftState.APPROVED, "方静")
    assert (told[own].state, told[own].remark) == (GiftState.REFUSED, "无必要")
    assert told[first].year_fen == 12_000  # what was refused does not count
    assert gifts(manager, year=2025) == []
    assert gifts(manager, state=GiftState.PENDING) == []


@pytest.mark.req("R113", "R120")
def test_a_present_beyond_a_limit_is_warned_of_and_needs_a_reason(
    mine: Database, make: Make, people: People
) -> None:
    client = make("陈建国")
    check = partial(check_gift, client_id=client, given_on=TODAY)
    assert mine.read(partial(check, value_fen=20_000)).warnings == ()
    [warning] = mine.read(partial(check, value_fen=20_001)).warnings
    assert "单件" in warning
    for _turn in range(2):
        give(mine, client, 200)
    assert mine.read(check).total_fen == 40_000
    [warning] = mine.read(partial(check, value_fen=11_000)).warnings
    assert "累计" in warning
    with pytest.raises(InvalidFieldError, match="累计") as caught:
        give(mine, client, 110)
    assert caught.value.field == "over_limit_reason"
    key = give(mine, client, 110, over_limit_reason="八十寿辰")
    assert {row.id: row.remark for row in gifts(mine)}[key] == "八十寿辰"
    assert mine.read(partial(check_gift, client_id=client, given_on=date(2025, 5, 1))).count == 0

    set_parameter(mine, people, "gift_year_yuan", "1000")
    assert mine.read(partial(check, value_fen=20_000)).warnings == ()
    for wrong in ({"item": ""}, {"value_fen": 0}, {"given_on": TODAY + timedelta(days=1)}):
        with pytest.raises(InvalidFieldError):
            give(mine, client, 1, **wrong)


@pytest.mark.req("R245")
def test_the_festivals_come_by_their_calendars_and_the_branch_adds_its_own(
    mine: Database, people: People
) -> None:
    found = {row.name: row.next_on for row in mine.read(partial(list_festivals, today=TODAY))}
    assert {
        "新年": date(2027, 1, 1), "春节": date(2027, 2, 6), "五一": date(2027, 5, 1),
        "中秋": date(2027, 9, 15), "国庆": date(2027, 10, 1), "情人节": date(2027, 2, 14),
    }.items() <= found.items()  # fmt: skip
    manager = mine.acting_as(people.manager)
    shop = NewFestival("店庆", FestivalCalendar.SOLAR, 12, 1)
    key = manager.write(partial(add_festival, new=shop))
    listed = partial(list_festivals, today=TODAY)
    assert mine.read(listed)[0].name == "店庆"
    for wrong in (shop, NewFestival("闰", FestivalCalendar.SOLAR, 2, 30)):
        with pytest.raises(InvalidFieldError):
            manager.write(partial(add_festival, new=wrong))
    with pytest.raises(NotAllowedError):
        mine.write(partial(archive_festival, festival_id=key, now=NOW))
    manager.write(partial(archive_festival, festival_id=key, now=NOW))
    assert "店庆" not in {row.name for row in mine.read(listed)}


@pytest.mark.req("R113", "R244")
def test_a_draft_addresses_the_client_and_templates_may_be_ones_own(
    mine: Database, make: Make, people: People
) -> None:
    client = make("欧阳文静", sex=Sex.FEMALE, birthday=date(1960, 11, 24))
    [first, *_rest] = templates(mine, CareKind.BIRTHDAY)
    said = mine.read(partial(draft_greeting, client_id=client, template_id=first.id))
    assert said.startswith("欧阳女士，您好！")
    assert "历山路林若溪" in said
    own = NewTemplate(CareKind.BIRTHDAY, "六十", "{称呼}，{年龄}岁生日快乐！", is_own=True)
    key = mine.write(partial(add_template, new=own))
    assert next(row.id for row in templates(mine, CareKind.BIRTHDAY)) == key
    assert key not in [row.id for row in templates(mine.acting_as(people.colleague))]
    draft = partial(draft_greeting, client_id=client, template_id=key, on=BIRTHDAY)
    assert mine.read(draft) == "欧阳女士，66岁生日快乐！"
    # Born on lunar 11-24 of 1980, kept on the first day of 2027: still the lunar year 2026.
    moon = make("沈月", sex=Sex.FEMALE, birthday=date(1980, 12, 30), lunar_month=11, lunar_day=24,
                birthday_kept=BirthdayKept.LUNAR)  # fmt: skip
    kept = partial(draft_greeting, client_id=moon, template_id=key, on=date(2027, 1, 1))
    assert mine.read(kept) == "沈女士，46岁生日快乐！"
    with pytest.raises(InvalidFieldError, match="节目"):
        mine.write(
            partial(
                change_template,
                template_id=key,
                new=NewTemplate(CareKind.BIRTHDAY, "六十", "{节目}"),
            )
        )
    with pytest.raises(NotAllowedError):
        mine.write(partial(archive_template, template_id=first.id, now=NOW))
    mine.acting_as(people.manager).write(partial(archive_template, template_id=first.id, now=NOW))
    assert first.id not in [row.id for row in templates(mine)]


def ask(door: Database, way: CareWay, **more: Any) -> GreetingAsk:
    template = templates(door, CareKind.FESTIVAL)[-1].id
    return GreetingAsk(CareKind.FESTIVAL, way, "新年", date(2027, 1, 1), template, **more)


def plan(door: Database, wanted: GreetingAsk, now: datetime = NOW) -> GreetingPlan:
    return door.read(partial(plan_greetings, ask=wanted, now=now))


@pytest.mark.req("R74", "R117", "R245")
def test_a_batch_says_before_who_is_left_out_and_why(
    mine: Database, make: Make, people: People
) -> None:
    agreed, unasked = make("赵一", sex=Sex.MALE), make("钱二")
    make("孙三", service_need="do_not_disturb")
    make("别人的", people.colleague)
    said = NewConsent(
        str(uuid.uuid4()), agreed, Channel.SMS, Purpose.CARE, ConsentState.GIVEN, NOW, "柜台"
    )
    mine.write(partial(record_consent, new=said, now=NOW))
    wanted = ask(mine, CareWay.SMS)
    found = plan(mine, wanted)
    assert [(one.client_id, one.words) for one in found.recipients] == [
        (agreed, "赵先生，新年快乐！林若溪")
    ]
    assert {one.client_name: one.reason for one in found.left_out} == {
        "钱二": "还没有征得以短信接收关怀的同意。", "孙三": "客户不愿打扰。",
    }  # fmt: skip
    assert sum(count for _reason, count in found.reasons) == 2
    assert len(plan(mine, wanted, NOW + timedelta(hours=9)).recipients) == 0  # at night

    assert mine.write(partial(record_greetings, ask=wanted, now=NOW)) == 1
    assert [row.occasion for row in records(mine, agreed)] == ["新年"]
    assert mine.write(partial(record_greetings, ask=wanted, now=NOW)) == 0
    assert ("已经问候过。", 1) in plan(mine, wanted).reasons
    cards = plan(mine, ask(mine, CareWay.LETTER, client_ids=(unasked,)))
    assert [one.client_id for one in cards.recipients] == [unasked]


def test_more_clients_than_anybody_reads_over_are_refused_in_words(mine: Database) -> None:
    chosen = ask(mine, CareWay.PHONE, client_ids=tuple(range(1, 70_001)))
    with pytest.raises(InvalidFieldError, match="一批最多 5000 户"):
        plan(mine, chosen)


def test_other_roles_greet_nobody(mine: Database, make: Make, people: People) -> None:
    make("赵一")
    for who in (people.leader, people.desk, people.office):
        with pytest.raises(NotAllowedError):
            plan(mine.acting_as(who), ask(mine, CareWay.PHONE))
