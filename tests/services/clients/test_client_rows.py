"""How complete a file is, for lists in SQL and for pages by the rule: the same answer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.models import Consent, ContactPoint, Relation
from advisorcrm.rules.file_conditions import KIN
from advisorcrm.rules.missing_fields import completeness
from advisorcrm.rules.weight_book import WeightBook
from advisorcrm.services.clients.client_store import insert_clients
from advisorcrm.services.clients.clients import list_clients
from advisorcrm.services.completeness.completeness_weights import change_weights
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.terms import (
    Channel,
    ClientKind,
    ConsentState,
    PointKind,
    Purpose,
    RiskLevel,
    Validity,
)
from tests.conftest import TODAY
from tests.factories import NOW, People

_DATES = st.sampled_from([None, date(2000, 1, 1), TODAY, date(2030, 1, 1)])
_TEXTS = st.sampled_from(["", "有"])
_POINTS = st.lists(
    st.tuples(
        st.sampled_from([PointKind.MOBILE, PointKind.EMAIL, PointKind.LANDLINE]),
        st.sampled_from(Validity),
        st.sampled_from([None, date(2025, 11, 19), date(2025, 11, 20), TODAY]),
        st.booleans(),
    ),
    max_size=3,
)


def _codes(*codes: str) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), st.just(()), st.just(codes))


_FILES = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(ClientKind),
        "address": st.sampled_from(["", "历山路", "历山路 1 号"]),
        "commission_attitude": st.sampled_from([None, "accepts"]),
        "family": _TEXTS,
        "drawn_kin": st.sampled_from([None, ("spouse", ""), ("child", "139"), ("friend", "139")]),
        "drawn_consents": st.sets(
            st.tuples(st.sampled_from(Channel), st.sampled_from(ConsentState)), max_size=3
        ),
        "tier": st.sampled_from([None, "", "gold", "silver"]),
        "investment_preference": _TEXTS,
        "trading_habit": st.sampled_from([None, "hold"]),
        "service_need": st.sampled_from([None, "accepts"]),
        "wealth_content": _codes("research"),
        "wealth_way": _codes("sms"),
        "trading_way": _codes("mobile"),
        "commission_ppm": st.sampled_from([None, 0, 250]),
        "birthday": _DATES,
        "birthday_month_day": st.sampled_from([None, "", "05-01"]),
        "lunar_month": st.sampled_from([None, 5]),
        "occupation": _TEXTS,
        "hobbies": _TEXTS,
        "personality": _TEXTS,
        "risk_level": st.sampled_from([None, RiskLevel.C1]),
        "risk_expires_on": _DATES,
        "id_expires_on": _DATES,
        "id_is_permanent": st.booleans(),
        "contact_every_days": st.sampled_from([None, 30]),
        "drawn_points": _POINTS,
    }
)


def _insert(session: Session, actor: Actor, drawn: list[dict[str, Any]]) -> list[int]:
    records = []
    for file in drawn:
        points = [(kind, f"v{place}") for place, (kind, *_) in enumerate(file["drawn_points"])]
        fields = {name: value for name, value in file.items() if not name.startswith("drawn_")}
        records.append(fields | {"name": "样例", "points": points})
    keys = insert_clients(session, records, now=NOW)
    for key, file in zip(keys, drawn, strict=True):
        _surround(session, actor, key, file)
        for place, (_kind, validity, on, is_archived) in enumerate(file["drawn_points"]):
            session.execute(
                update(ContactPoint)
                .where(ContactPoint.client_id == key, ContactPoint.value == f"v{place}")
                .values(validity=validity, verified_on=on, archived_at=NOW if is_archived else None)
            )
    return keys


def _surround(session: Session, actor: Actor, key: int, file: dict[str, Any]) -> None:
    if file["drawn_kin"]:
        kind, phone = file["drawn_kin"]
        session.add(
            Relation(
                uuid=str(uuid.uuid4()), client_id=key, kind=kind, other_name="亲", other_phone=phone
            )
        )
    for channel, state in file["drawn_consents"]:
        session.add(
            Consent(
                uuid=str(uuid.uuid4()), client_id=key, channel=channel, purpose=Purpose.NEWS,
                state=state, answered_at=NOW, user_id=actor.user_id, created_at=NOW,
            )
        )  # fmt: skip


def _by_rule(file: dict[str, Any], book: WeightBook) -> int:
    asked = {c for c, state in file["drawn_consents"] if state is not ConsentState.NOT_ASKED}
    kind, phone = file["drawn_kin"] or ("", "")
    facts = {
        "asked_sms": Channel.SMS in asked,
        "asked_phone": Channel.PHONE in asked,
        "has_kin": kind in KIN,
        "has_reachable_kin": kind in KIN and bool(phone),
    }
    points = [_Point(kind, v, on) for kind, v, on, gone in file["drawn_points"] if not gone]
    return completeness(file | facts, points, today=TODAY, book=book)


@dataclass(frozen=True)
class _Point:
    kind: PointKind
    validity: Validity
    verified_on: date | None


@pytest.mark.req("R3", "R15", "R71", "R146")
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=st.lists(_FILES, min_size=8, max_size=30))
def test_list_page_and_rule_agree_how_complete_a_file_is(
    database: Database, people: People, drawn: list[dict[str, Any]]
) -> None:
    boss = database.acting_as(people.manager)
    own = {"mobile": 10, "email": 10, "risk": 10, "id_expires_on": 10, "spare": 10, "wealth": 10,
           "family": 10, "consent": 10, "address": 10, "birthday": 10}  # fmt: skip
    book = boss.write(partial(change_weights, weights=own, tier="gold"))
    keys = boss.write(partial(_insert, drawn=drawn))
    listed = boss.read(partial(list_clients, ids=keys, today=TODAY))
    by_rule = [_by_rule(file, book) for file in drawn]
    assert [row.completeness for row in listed] == by_rule
    file = boss.read(partial(open_client_file, client_id=keys[0], today=TODAY))
    assert file.completeness == by_rule[0]
    assert file.completeness + sum(gap.weight for gap in file.missing) == 100
