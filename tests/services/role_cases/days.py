"""The end of the day: who writes an own one, who reads the others', who answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.days import (
    absences,
    day_access,
    day_closings,
    day_forms,
    day_items,
    day_matters,
    unclosed_days,
)
from advisorcrm.terms import DayItemKind
from tests.conftest import TODAY
from tests.factories import NOW, People
from tests.services.roles import ACCOUNT, EDIT, ENTER, MANAGE, Case, World

LEAD = frozenset({"manager", "leader"})
ME = frozenset({"advisor"})
FILE = DayItemKind.FILE


def fill(session: Session, people: People, client: int) -> dict[str, Any]:
    lin = people.advisor
    told = f"账号 {ACCOUNT}"
    day_closings.write_day(session, lin, on=TODAY, summary="做了", acceptance="", today=TODAY)
    plan = day_closings.add_plan(session, lin, "整理资料", on=TODAY, today=TODAY)
    matter = day_matters.add_matter(session, lin, told, on=TODAY, today=TODAY)
    other = people.colleague
    day_closings.write_day(session, other, on=TODAY, summary=told, acceptance="", today=TODAY)
    day_closings.add_plan(session, other, "开会", on=TODAY, today=TODAY)
    reported = day_matters.add_matter(session, other, told, on=TODAY, today=TODAY)
    day_closings.close_day(session, other, on=TODAY, now=NOW)
    later = absences.NewAbsence(other.user_id, date(2026, 12, 28), date(2026, 12, 31))
    absence = absences.enter_absence(session, people.manager, later, now=NOW)
    return {"absence": absence, "plan": plan, "matter": matter, "reported": reported}


def made(world: World, name: str) -> Any:
    return world.more["days"][name]


def done(work: Any) -> Any:
    """The case of a service that answers nothing."""

    def call(session: Session, actor: Actor, world: World) -> bool:
        work(session, actor, world)
        return True

    return call


def close(session: Session, actor: Actor, world: World) -> int:
    if actor.user_id != world.advisor:
        day_closings.write_day(session, actor, on=TODAY, summary="做了", acceptance="", today=TODAY)
        day_closings.add_plan(session, actor, "开会", on=TODAY, today=TODAY)
    return day_closings.close_day(session, actor, on=TODAY, now=NOW)


WRITE = EDIT  # the colleague's own day is closed already
CASES: dict[str, Case] = {
    "absences.list_absences": (
        lambda s, a, w: absences.list_absences(s, a, from_on=TODAY), LEAD),
    "absences.count_appointments_away": (
        lambda s, a, w: absences.count_appointments_away(s, a, today=TODAY) == [], LEAD),
    "absences.enter_absence": (
        lambda s, a, w: absences.enter_absence(
            s, a, absences.NewAbsence(w.advisor, TODAY, TODAY, w.colleague), now=NOW), MANAGE),
    "absences.archive_absence": (
        lambda s, a, w: absences.archive_absence(
            s, a, w.more["days"]["absence"], now=NOW) is None, MANAGE),
    "day_access.own_day": (
        lambda s, a, w: day_access.own_day(s, a, TODAY.replace(day=19), today=TODAY), ENTER),
    "day_closings.add_plan": (
        lambda s, a, w: day_closings.add_plan(s, a, "x", on=TODAY.replace(day=19), today=TODAY),
        ENTER),
    "day_closings.archive_plan": (
        done(lambda s, a, w: day_closings.archive_plan(s, a, made(w, "plan"), now=NOW)), ME),
    "day_closings.close_day": (
        lambda s, a, w: close(s, a, w) if a.employee_no != "LSL0043" else None, WRITE),
    "day_closings.list_days": (
        lambda s, a, w: day_closings.list_days(s, a, from_on=TODAY, to_on=TODAY),
        LEAD | {"advisor", "colleague"}),
    "day_closings.open_day": (
        lambda s, a, w: day_closings.open_day(s, a, on=TODAY, user_id=w.advisor), LEAD | ME),
    "day_closings.restore_plan": (
        done(lambda s, a, w: day_closings.restore_plan(s, a, made(w, "plan"))), ME),
    "day_closings.write_day": (
        done(lambda s, a, w: day_closings.write_day(
            s, a, on=TODAY.replace(day=19), summary="x", acceptance="", today=TODAY)), ENTER),
    "day_forms.forms_left": (
        done(lambda s, a, w: day_forms.forms_left(s, a, TODAY)), ENTER),
    "day_items.list_day_items": (
        done(lambda s, a, w: day_items.list_day_items(s, a, on=TODAY)), ENTER),
    "day_items.restore_day_item": (
        done(lambda s, a, w: day_items.restore_day_item(
            s, a, FILE, w.client, on=TODAY, now=NOW)), EDIT),
    "day_items.skip_day_item": (
        done(lambda s, a, w: day_items.skip_day_item(
            s, a, FILE, w.client, on=TODAY, now=NOW)), EDIT),
    "day_matters.add_matter": (
        lambda s, a, w: day_matters.add_matter(s, a, "x", on=TODAY.replace(day=19), today=TODAY),
        ENTER),
    "day_matters.answer_matter": (
        done(lambda s, a, w: day_matters.answer_matter(
            s, a, made(w, "reported"), "同意", now=NOW)), LEAD),
    "day_matters.archive_matter": (
        done(lambda s, a, w: day_matters.archive_matter(s, a, made(w, "matter"), now=NOW)), ME),
    "day_matters.list_matters": (
        lambda s, a, w: day_matters.list_matters(s, a), LEAD | {"colleague"}),
    "day_matters.restore_matter": (
        done(lambda s, a, w: day_matters.restore_matter(s, a, made(w, "matter"))), ME),
    "unclosed_days.find_forgotten_day": (
        done(lambda s, a, w: unclosed_days.find_forgotten_day(s, a, today=TODAY)), ENTER),
    "unclosed_days.is_day_to_close": (
        done(lambda s, a, w: unclosed_days.is_day_to_close(s, a, on=TODAY)), ENTER),
    "unclosed_days.list_closable_days": (
        lambda s, a, w: unclosed_days.list_closable_days(s, a, today=TODAY), ENTER),
}  # fmt: skip
