"""Return calls: who leads rounds, who calls, who reads what was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.callbacks import (
    callback_access,
    callback_campaigns,
    callback_corrections,
    callback_coverage,
    callback_lists,
    callback_recording,
    callback_reports,
    callback_rows,
    callback_scripts,
    callbacks,
)
from advisorcrm.services.files import client_points
from advisorcrm.terms import ScriptPart
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client
from tests.services.callbacks.callback_samples import (
    BAD,
    GOOD,
    calls_of,
    make_campaign,
    named,
    new_campaign,
    record,
)
from tests.services.roles import MANAGE, MOBILE, NAME, Case, World

READ = frozenset({"manager", "leader"})
CALL = frozenset({"advisor", "manager"})
LOOK = CALL | READ
YESTERDAY = NOW - timedelta(days=1)
SCRIPT = frozenset({"advisor", "colleague", "manager"})
PASSAGE = callback_scripts.NewScript(ScriptPart.CLOSING, "再见", "谢谢您，再见。")


def fill(session: Session, people: People, client: int) -> dict[str, Any]:
    opened = TODAY - timedelta(days=40)
    card = make_client(
        session, people.advisor, name=NAME, tier="gold", opened_on=opened, mobile=MOBILE
    )
    session.flush()
    campaign = make_campaign(session, people.manager, query=named(NAME))
    spare = make_campaign(session, people.manager, name="备用", query=named(NAME))
    calls = calls_of(session, campaign)
    worried = calls[client]
    said = replace(BAD, content=f"换号{MOBILE}", wishes=f"打{MOBILE}")
    callback_recording.record_callback(
        session, people.advisor, worried.id, record(said, spoken_at=YESTERDAY), now=NOW
    )
    below = callback_corrections.NewCorrection("k-1", f"换号是{MOBILE}")
    callback_corrections.correct_callback(session, people.advisor, worried.id, below, now=NOW)
    call, lost = calls[card], calls_of(session, spare)[card]
    lost.tries = 3
    session.flush()
    [point] = client_points.list_points(session, people.advisor, card)
    return {
        "campaign": campaign, "spare": spare, "call": call.id, "worried": worried.id,
        "lost": lost.id, "point": point.id,
        "script": callback_scripts.add_script(session, people.manager, PASSAGE),
    }  # fmt: skip


def made(world: World, name: str) -> Any:
    return world.more["callbacks"][name]


def start(session: Session, actor: Actor, world: World) -> int:
    return callback_campaigns.start_campaign(
        session, actor, new_campaign(query=named(NAME)), now=NOW
    )


def archive(session: Session, actor: Actor, world: World) -> bool:
    callback_campaigns.archive_campaign(session, actor, made(world, "spare"), now=NOW)
    return True


def write(session: Session, actor: Actor, world: World) -> bool:
    texts = callback_campaigns.CampaignSummary(main_content="良好")
    callback_campaigns.write_summary(session, actor, made(world, "campaign"), texts)
    return True


def draw(session: Session, actor: Actor, world: World) -> Any:
    wish = new_campaign(query=named(NAME)).wish
    return callback_lists.draw_call_list(session, actor, wish, today=TODAY).lines


def keep(session: Session, actor: Actor, world: World) -> Any:
    half = record(replace(GOOD, outcome=None))
    return callback_recording.record_callback(session, actor, made(world, "call"), half, now=NOW)


def close(session: Session, actor: Actor, world: World) -> bool:
    callback_rows.close_follow_up(session, actor, made(world, "worried"), "已道歉", today=TODAY)
    return True


def appoint(session: Session, actor: Actor, world: World) -> bool:
    later = NOW + timedelta(days=1)
    callbacks.appoint_callback(session, actor, made(world, "call"), later, now=NOW)
    return True


def assign(session: Session, actor: Actor, world: World) -> bool:
    callbacks.assign_caller(session, actor, made(world, "call"), world.colleague)
    return True


def give_up(session: Session, actor: Actor, world: World) -> bool:
    callbacks.give_up(session, actor, made(world, "lost"))
    return True


def reveal(session: Session, actor: Actor, world: World) -> str:
    return callbacks.reveal_callback_phone(
        session, actor, made(world, "call"), made(world, "point"), now=NOW
    )


def listed(session: Session, actor: Actor, world: World) -> Any:
    return callback_rows.list_callbacks(session, actor, callback_rows.CallbackFilter(), today=TODAY)


def change(session: Session, actor: Actor, world: World) -> bool:
    callback_scripts.change_script(session, actor, made(world, "script"), PASSAGE)
    return True


def retire(session: Session, actor: Actor, world: World) -> bool:
    callback_scripts.retire_script(session, actor, made(world, "script"))
    return True


def correct(session: Session, actor: Actor, world: World) -> int:
    new = callback_corrections.NewCorrection("k-2", "记错了日期")
    return callback_corrections.correct_callback(
        session, actor, made(world, "worried"), new, now=NOW
    )


PERIOD = {"from_on": TODAY - timedelta(days=30), "to_on": TODAY + timedelta(days=30)}
SHOWS_IN_FULL = {
    "callback_access.own_callback", "callback_access.seen_callback",
    "callbacks.reveal_callback_phone",
}  # fmt: skip
CASES: dict[str, Case] = {
    "callback_access.own_callback": (
        lambda s, a, w: callback_access.own_callback(s, a, made(w, "call")), CALL),
    "callback_access.seen_callback": (
        lambda s, a, w: callback_access.seen_callback(s, a, made(w, "call")), LOOK),
    "callback_campaigns.archive_campaign": (archive, MANAGE),
    "callback_campaigns.find_summary": (
        lambda s, a, w: callback_campaigns.find_summary(s, a, made(w, "campaign")), READ),
    "callback_campaigns.list_campaigns": (
        lambda s, a, w: callback_campaigns.list_campaigns(s, a, today=TODAY), LOOK),
    "callback_campaigns.start_campaign": (start, MANAGE),
    "callback_campaigns.write_summary": (write, MANAGE),
    "callback_corrections.correct_callback": (correct, CALL),
    "callback_corrections.list_corrections": (
        lambda s, a, w: callback_corrections.list_corrections(s, a, made(w, "worried")), LOOK),
    "callback_coverage.find_coverage": (
        lambda s, a, w: callback_coverage.find_coverage(s, a, **PERIOD), READ),
    "callback_coverage.list_new_clients_due": (
        lambda s, a, w: callback_coverage.list_new_clients_due(s, a, today=TODAY), READ),
    "callback_coverage.list_uncalled": (
        lambda s, a, w: callback_coverage.list_uncalled(s, a, **PERIOD), READ),
    "callback_lists.draw_call_list": (draw, MANAGE),
    "callback_lists.list_callers": (
        lambda s, a, w: callback_lists.list_callers(s, a), MANAGE),
    "callback_recording.record_callback": (keep, CALL),
    "callback_reports.list_call_records": (
        lambda s, a, w: callback_reports.list_call_records(s, a, **PERIOD), READ),
    "callback_rows.close_follow_up": (close, MANAGE),
    "callback_rows.list_callbacks": (listed, LOOK),
    "callback_rows.list_follow_ups": (
        lambda s, a, w: callback_rows.list_follow_ups(s, a), READ),
    "callback_scripts.add_script": (
        lambda s, a, w: callback_scripts.add_script(s, a, PASSAGE), SCRIPT),
    "callback_scripts.change_script": (change, MANAGE),
    "callback_scripts.list_scripts": (
        lambda s, a, w: callback_scripts.list_scripts(s, a), SCRIPT | READ),
    "callback_scripts.retire_script": (retire, MANAGE),
    "callbacks.appoint_callback": (appoint, CALL),
    "callbacks.assign_caller": (assign, MANAGE),
    "callbacks.give_up": (give_up, CALL),
    "callbacks.note_try": (
        lambda s, a, w: callbacks.note_try(s, a, made(w, "call"), now=NOW), CALL),
    "callbacks.open_callback": (
        lambda s, a, w: callbacks.open_callback(s, a, made(w, "call"), now=NOW), LOOK),
    "callbacks.reveal_callback_phone": (reveal, CALL),
}  # fmt: skip
