"""How complete a file is, for lists in SQL and for pages by the rule: the same answer."""

from __future__ import annotations

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
from advisorcrm.models import ContactPoint
from advisorcrm.rules.missing_fields import completeness
from advisorcrm.services.client_files import open_client_file
from advisorcrm.services.client_store import insert_clients
from advisorcrm.services.clients import list_clients
from advisorcrm.terms import ClientKind, PointKind, RiskLevel, Validity
from tests.conftest import TODAY
from tests.factories import NOW, People

_DATES = st.one_of(st.none(), st.just(date(2000, 1, 1)))
_TEXTS = st.sampled_from(["", "有"])
_POINTS = st.lists(
    st.tuples(
        st.sampled_from([PointKind.MOBILE, PointKind.EMAIL, PointKind.LANDLINE]),
        st.sampled_from(Validity),
        st.booleans(),
    ),
    max_size=3,
)


def _codes(*codes: str) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), st.just(()), st.just(codes))


_FILES = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(ClientKind),
        "address": _TEXTS,
        "tier": st.sampled_from([None, "", "gold"]),
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
        points = [(kind, f"v{place}") for place, (kind, _v, _a) in enumerate(file["drawn_points"])]
        fields = {name: value for name, value in file.items() if name != "drawn_points"}
        records.append(fields | {"name": "样例", "points": points})
    keys = insert_clients(session, records, now=NOW)
    for key, file in zip(keys, drawn, strict=True):
        for place, (_kind, validity, is_archived) in enumerate(file["drawn_points"]):
            session.execute(
                update(ContactPoint)
                .where(ContactPoint.client_id == key, ContactPoint.value == f"v{place}")
                .values(validity=validity, archived_at=NOW if is_archived else None)
            )
    return keys


class _Point:
    def __init__(self, kind: PointKind, validity: Validity) -> None:
        self.kind, self.validity = kind, validity


@pytest.mark.req("R15", "R71", "R146")
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
    keys = boss.write(partial(_insert, drawn=drawn))
    listed = boss.read(partial(list_clients, ids=keys, today=TODAY))
    by_rule = [
        completeness(
            file,
            [_Point(kind, validity) for kind, validity, gone in file["drawn_points"] if not gone],
        )
        for file in drawn
    ]
    assert [row.completeness for row in listed] == by_rule
    file = boss.read(partial(open_client_file, client_id=keys[0], today=TODAY))
    assert file.completeness == by_rule[0]
