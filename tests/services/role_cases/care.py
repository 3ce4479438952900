"""Care, presents, festivals and greetings: who reads, enters, approves."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.care import care_records, festivals, gifts, greeting_batches, greetings
from advisorcrm.terms import CareKind, CareWay, FestivalCalendar
from tests.conftest import TODAY
from tests.factories import NOW, People
from tests.services.roles import (
    ACCOUNT,
    EDIT,
    ENTER,
    EVERYBODY,
    MANAGE,
    READ_FILES,
    SEE,
    Case,
    World,
)

LEAD = frozenset({"manager", "leader"})


def fill(session: Session, people: People, client: int) -> dict[str, Any]:
    kept = care_records.record_care(session, people.advisor, new_care(client), now=NOW)
    away = care_records.record_care(session, people.advisor, new_care(client), now=NOW)
    care_records.archive_care_record(session, people.advisor, away, now=NOW)
    gift = gifts.register_gift(session, people.advisor, new_gift(client), now=NOW)
    template = greetings.list_templates(session, people.manager)[0].id
    festival = festivals.list_festivals(session, people.manager, today=TODAY)[0].id
    return {"kept": kept, "away": away, "gift": gift, "template": template, "festival": festival}


def new_care(client: int) -> care_records.NewCareRecord:
    return care_records.NewCareRecord(
        str(uuid.uuid4()), client, CareKind.BIRTHDAY, CareWay.PHONE, f"账号 {ACCOUNT}", NOW,
        "生日", TODAY,
    )  # fmt: skip


def new_gift(client: int) -> gifts.NewGift:
    return gifts.NewGift(str(uuid.uuid4()), client, TODAY, "茶叶", 5_000)


def made(world: World, name: str) -> int:
    key: int = world.more["care"][name]
    return key


def ask(world: World, *ids: int) -> greeting_batches.GreetingAsk:
    return greeting_batches.GreetingAsk(
        CareKind.FESTIVAL, CareWay.PHONE, "新年", date(2027, 1, 1), made(world, "template"), ids
    )


def plan(session: Session, actor: Actor, world: World) -> Any:
    found = greeting_batches.plan_greetings(session, actor, ask(world), now=NOW)
    return [*found.recipients, *found.left_out]


def own_words(kind: CareKind = CareKind.BIRTHDAY, *, is_own: bool = False) -> Any:
    return greetings.NewTemplate(kind, "我的", "{称呼}，生日快乐！", is_own=is_own)


CASES: dict[str, Case] = {
    "care_records.archive_care_record": (
        lambda s, a, w: care_records.archive_care_record(
            s, a, made(w, "kept"), now=NOW) or True, EDIT),
    "care_records.count_care": (lambda s, a, w: care_records.count_care(s, a, w.client), READ_FILES),
    "care_records.list_care_records": (
        lambda s, a, w: care_records.list_care_records(s, a, w.client), READ_FILES),
    "care_records.list_greeted": (
        lambda s, a, w: care_records.list_greeted(
            s, a, CareKind.BIRTHDAY, start=TODAY, end=TODAY), SEE),
    "care_records.record_care": (
        lambda s, a, w: care_records.record_care(s, a, new_care(w.client), now=NOW), EDIT),
    "care_records.restore_care_record": (
        lambda s, a, w: care_records.restore_care_record(s, a, made(w, "away")) or True, EDIT),
    "festivals.add_festival": (
        lambda s, a, w: festivals.add_festival(
            s, a, festivals.NewFestival("店庆", FestivalCalendar.SOLAR, 3, 8)), MANAGE),
    "festivals.archive_festival": (
        lambda s, a, w: festivals.archive_festival(
            s, a, made(w, "festival"), now=NOW) or True, MANAGE),
    "festivals.list_festivals": (
        lambda s, a, w: festivals.list_festivals(s, a, today=TODAY), EVERYBODY),
    "festivals.restore_festival": (
        lambda s, a, w: festivals.restore_festival(s, a, made(w, "festival")) or True, MANAGE),
    "gifts.check_gift": (
        lambda s, a, w: gifts.check_gift(s, a, w.client, given_on=TODAY), READ_FILES),
    "gifts.decide_gift": (
        lambda s, a, w: gifts.decide_gift(
            s, a, made(w, "gift"), is_approved=True, now=NOW) or True, LEAD),
    "gifts.list_gifts": (lambda s, a, w: gifts.list_gifts(s, a), READ_FILES),
    "gifts.register_gift": (
        lambda s, a, w: gifts.register_gift(s, a, new_gift(w.client), now=NOW), EDIT),
    "greeting_batches.plan_greetings": (plan, EDIT),
    "greeting_batches.record_greetings": (
        lambda s, a, w: greeting_batches.record_greetings(
            s, a, ask(w, w.client), now=NOW), EDIT),
    "greetings.add_template": (
        lambda s, a, w: greetings.add_template(s, a, own_words(is_own=True)), ENTER),
    "greetings.archive_template": (
        lambda s, a, w: greetings.archive_template(
            s, a, made(w, "template"), now=NOW) or True, MANAGE),
    "greetings.change_template": (
        lambda s, a, w: greetings.change_template(
            s, a, made(w, "template"), own_words()) or True, MANAGE),
    "greetings.draft_greeting": (
        lambda s, a, w: greetings.draft_greeting(s, a, w.client, made(w, "template")),
        EDIT),
    "greetings.list_templates": (lambda s, a, w: greetings.list_templates(s, a), EVERYBODY),
    "greetings.restore_template": (
        lambda s, a, w: greetings.restore_template(s, a, made(w, "template")) or True, MANAGE),
    "greetings.signature": (lambda s, a, w: greetings.signature(s, a), EVERYBODY),
    "greetings.template_content": (
        lambda s, a, w: greetings.template_content(s, a, made(w, "template")), EVERYBODY),
}  # fmt: skip
