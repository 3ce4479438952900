"""What counts as a visit, and what a client's contribution is made of (R9, R33, R34).

The two weights make 100: what commission does not weigh, assets do. How many visits a day are
wanted is prescribed and changed as a compliance parameter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.access import Right, demand
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.branch.settings import load_settings, save_setting
from advisorcrm.terms import CONTACT_WAY

WHOLE = 100


@dataclass(frozen=True, slots=True)
class VisitStandards:
    """The weights in per cent and the ways of a visit; ``known_ways`` may be chosen."""

    visits_a_day: int
    weight_commission: int
    weight_assets: int
    ways: tuple[str, ...]
    known_ways: tuple[str, ...]


def open_visit_standards(session: Session, actor: Actor) -> VisitStandards:
    """What is in force (manager, leader)."""
    demand(actor, Right.SEE_STANDARDS)
    chosen = load_settings(session, actor)
    known = tuple(load_code_book(session, actor).codes(CONTACT_WAY))
    return VisitStandards(
        chosen.visits_a_day, chosen.visit_weight_commission, chosen.visit_weight_assets,
        chosen.visit_ways, known,
    )  # fmt: skip


def weigh_contribution(session: Session, actor: Actor, weight_commission: int) -> None:
    """What commission weighs in a contribution, in per cent; assets weigh the rest (manager).

    Raises InvalidFieldError for what is not between 0 and 100.
    """
    demand(actor, Right.SET_STANDARDS)
    with because(session, _("三访与贡献度")):
        save_setting(session, actor, "visit_weight_commission", weight_commission)
        save_setting(session, actor, "visit_weight_assets", WHOLE - weight_commission)


def choose_visit_ways(session: Session, actor: Actor, ways: Sequence[str]) -> None:
    """By which ways of contact a conversation is a visit (manager).

    Raises InvalidFieldError for no way at all and for one that is not in the branch's list.
    """
    demand(actor, Right.SET_STANDARDS)
    known = load_code_book(session, actor).codes(CONTACT_WAY)
    wanted = set(ways)
    if not wanted:
        raise InvalidFieldError("visit_ways", _("请至少留一种算作访问的沟通方式。"))
    if not wanted <= set(known):
        raise InvalidFieldError("visit_ways", _("沟通方式不在代码表里，请重新选择。"))
    with because(session, _("三访与贡献度")):
        save_setting(session, actor, "visit_ways", [way for way in known if way in wanted])
