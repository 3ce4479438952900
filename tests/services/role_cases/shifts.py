"""Shifts: who keeps them, who plans them, who reads them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.days import shift_logs, shift_memos, shift_swaps
from tests.conftest import TODAY
from tests.factories import NOW, People
from tests.services.roles import ACCOUNT, MANAGE, Case, World

KEEP = frozenset({"advisor", "colleague", "manager", "desk"})
READ = KEEP | {"leader"}
AHEAD = TODAY + timedelta(days=9)


def fill(session: Session, people: People, client: int) -> dict[str, Any]:
    lin, manager = people.advisor, people.manager
    closed = shift_logs.start_shift(session, people.manager, "evening", now=NOW)
    shift_logs.write_shift_log(session, manager, closed, f"账号 {ACCOUNT}")
    new = shift_memos.NewMemo(closed, NOW, "赵先生", f"账号 {ACCOUNT} 无法登录")
    memo = shift_memos.add_memo(session, manager, new, now=NOW)
    shift_logs.close_shift(session, manager, closed, now=NOW)
    running = shift_logs.start_shift(session, lin, "morning", now=NOW)
    shift_logs.write_shift_log(session, lin, running, "接听电话")
    held = shift_memos.NewMemo(running, NOW, "钱女士", "要资料")
    own = shift_memos.add_memo(session, lin, held, now=NOW)
    shift_memos.accept_memos(session, lin, [memo], now=NOW)
    planned = shift_logs.NewShift(lin.user_id, AHEAD, "morning")
    ahead = shift_logs.plan_shift(session, manager, planned)
    asked = shift_swaps.NewSwap(ahead, people.desk.user_id)
    swap = shift_swaps.ask_swap(session, lin, asked, now=NOW)
    other = shift_logs.NewShift(people.colleague.user_id, AHEAD, "middle")
    free = shift_logs.plan_shift(session, manager, other)
    return {"running": running, "own": own, "swap": swap, "free": free, "ahead": ahead}


def made(world: World, name: str) -> Any:
    return world.more["shifts"][name]


def write(session: Session, actor: Actor, world: World) -> bool:
    shift_logs.write_shift_log(session, actor, made(world, "running"), "改")
    return True


def close(session: Session, actor: Actor, world: World) -> bool:
    return shift_logs.close_shift(session, actor, made(world, "running"), now=NOW) > 0


def start(session: Session, actor: Actor, world: World) -> int:
    running = actor.user_id == world.advisor
    if running:
        shift_logs.close_shift(session, actor, made(world, "running"), now=NOW)
    return shift_logs.start_shift(session, actor, "middle", now=NOW)


def plan(session: Session, actor: Actor, world: World) -> int:
    return shift_logs.plan_shift(
        session, actor, shift_logs.NewShift(world.advisor, AHEAD, "evening")
    )


def archive(session: Session, actor: Actor, world: World) -> bool:
    shift_logs.archive_shift(session, actor, made(world, "free"), now=NOW)
    return True


def running(session: Session, actor: Actor, world: World) -> bool:
    shift_logs.find_running_shift(session, actor)
    return True


def note(session: Session, actor: Actor, world: World) -> int:
    new = shift_memos.NewMemo(made(world, "running"), NOW, "孙先生", "来电")
    return shift_memos.add_memo(session, actor, new, now=NOW)


def accept(session: Session, actor: Actor, world: World) -> bool:
    if actor.user_id != world.advisor:
        shift_logs.start_shift(session, actor, "middle", now=NOW)
    return shift_memos.accept_memos(session, actor, [], now=NOW) == 0


def sort(session: Session, actor: Actor, world: World) -> bool:
    shift_memos.sort_memo(session, actor, made(world, "own"), "passed_on")
    return True


def settle(session: Session, actor: Actor, world: World) -> bool:
    shift_memos.settle_memo(session, actor, made(world, "own"), "已办", now=NOW)
    return True


def ask(session: Session, actor: Actor, world: World) -> int:
    new = shift_swaps.NewSwap(made(world, "free"), world.advisor)
    return shift_swaps.ask_swap(session, actor, new, now=NOW)


def answer(session: Session, actor: Actor, world: World) -> bool:
    swap = made(world, "swap")
    shift_swaps.answer_swap(session, actor, swap, is_accepted=False, now=NOW)
    return True


CASES: dict[str, Case] = {
    "shift_logs.archive_shift": (archive, MANAGE),
    "shift_logs.close_shift": (close, frozenset({"advisor"})),
    "shift_logs.find_running_shift": (running, KEEP),
    "shift_logs.list_shift_people": (lambda s, a, w: shift_logs.list_shift_people(s, a), READ),
    "shift_logs.list_shifts": (
        lambda s, a, w: shift_logs.list_shifts(s, a, from_on=TODAY, to_on=AHEAD), READ),
    "shift_logs.open_shift": (
        lambda s, a, w: shift_logs.open_shift(s, a, made(w, "running")), READ),
    "shift_logs.plan_shift": (plan, MANAGE),
    "shift_logs.running_log": (
        lambda s, a, w: shift_logs.running_log(s, a, made(w, "running")), frozenset({"advisor"})),
    "shift_logs.start_shift": (start, KEEP),
    "shift_logs.write_shift_log": (write, frozenset({"advisor"})),
    "shift_memos.accept_memos": (accept, KEEP),
    "shift_memos.add_memo": (note, frozenset({"advisor"})),
    "shift_memos.list_memos": (lambda s, a, w: shift_memos.list_memos(s, a), READ),
    "shift_memos.settle_memo": (settle, frozenset({"advisor", "manager"})),
    "shift_memos.sort_memo": (sort, frozenset({"advisor", "manager"})),
    "shift_swaps.answer_swap": (answer, frozenset({"manager", "desk"})),
    "shift_swaps.ask_swap": (ask, frozenset({"colleague"})),
    "shift_swaps.list_swaps": (lambda s, a, w: shift_swaps.list_swaps(s, a), READ),
}  # fmt: skip
