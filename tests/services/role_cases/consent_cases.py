"""Consent, suitability and requests about personal data, as each role."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.consents import consents, may_send
from advisorcrm.services.files import privacy_requests
from advisorcrm.services.suitability import risk_tests, suitability
from advisorcrm.services.workplace import sample_consents
from advisorcrm.terms import (
    Channel,
    ConsentState,
    PrivacyRequestKind,
    ProductRisk,
    Purpose,
    RiskLevel,
)
from tests.conftest import TODAY
from tests.factories import NOW, People
from tests.services.roles import (
    ACCOUNT,
    EDIT,
    EVERYBODY,
    MOBILE,
    NAME,
    RUN_BRANCH,
    SEE,
    Case,
    World,
)


def fill(session: Session, people: People, client_id: int) -> dict[str, int]:
    """A yes, a test and an open request of the advisor's client."""
    actor = people.advisor
    consents.record_consent(session, actor, _yes(client_id), now=NOW)
    risk_tests.enter_risk_test(session, actor, _test(client_id), now=NOW)
    note = f"{NAME}，{MOBILE}，{ACCOUNT}"
    request = privacy_requests.NewRequest(client_id, PrivacyRequestKind.COPY, TODAY, None, note)
    return {"request": privacy_requests.file_request(session, actor, request, now=NOW)}


def _yes(client_id: int) -> consents.NewConsent:
    return consents.NewConsent(
        str(uuid.uuid4()),
        client_id,
        Channel.SMS,
        Purpose.NEWS,
        ConsentState.GIVEN,
        NOW,
        f"{NAME}用{MOBILE}来电",
    )


def _test(client_id: int) -> risk_tests.NewRiskTest:
    return risk_tests.NewRiskTest(str(uuid.uuid4()), client_id, TODAY, RiskLevel.C3)


def withdraw(session: Session, actor: Actor, world: World) -> int:
    withdrawal = consents.Withdrawal(str(uuid.uuid4()), world.client, Channel.SMS)
    return consents.withdraw_consents(session, actor, withdrawal, now=NOW)


def answer(session: Session, actor: Actor, world: World) -> bool:
    request = world.more["consent_cases"]["request"]
    privacy_requests.answer_request(session, actor, request, "已答复", now=NOW)
    return True


def halt(session: Session, actor: Actor, world: World) -> int:
    request = privacy_requests.NewRequest(world.client, PrivacyRequestKind.RESTRICTION, TODAY)
    return privacy_requests.file_request(session, actor, request, now=NOW)


def widen(session: Session, actor: Actor, world: World) -> bool:
    suitability.set_match(session, actor, "C3", ProductRisk.R4, is_match=True)
    return True


def sample(session: Session, actor: Actor, world: World) -> bool:
    sample_consents.add_consents(session, actor, [world.client], now=NOW)
    return True


def sample_test(session: Session, actor: Actor, world: World) -> bool:
    sample_consents.add_tests(session, actor, [world.client], now=NOW)
    return True


def bulk(session: Session, actor: Actor, world: World) -> Any:
    return may_send.count_sendable(
        session, actor, [world.client], Channel.MAIL, Purpose.CARE, now=NOW
    ).excluded


CASES: dict[str, Case] = {
    "consents.record_consent": (
        lambda s, a, w: consents.record_consent(s, a, _yes(w.client), now=NOW), EDIT),
    "consents.withdraw_consents": (withdraw, EDIT),
    "consents.list_consents": (lambda s, a, w: consents.list_consents(s, a, w.client), SEE),
    "consents.read_consents": (
        lambda s, a, w: consents.read_consents(s, a, w.client).states, SEE),
    "sample_consents.add_consents": (sample, EDIT),
    "sample_consents.add_tests": (sample_test, EDIT),
    "may_send.may_send": (
        lambda s, a, w: may_send.may_send(
            s, a, w.client, Channel.SMS, Purpose.NEWS, now=NOW), SEE),
    "may_send.count_sendable": (bulk, SEE),
    "risk_tests.enter_risk_test": (
        lambda s, a, w: risk_tests.enter_risk_test(s, a, _test(w.client), now=NOW), EDIT),
    "risk_tests.list_risk_tests": (lambda s, a, w: risk_tests.list_risk_tests(s, a, w.client), SEE),
    "suitability.load_matrix": (lambda s, a, w: suitability.load_matrix(s, a), EVERYBODY),
    "suitability.set_match": (widen, RUN_BRANCH),
    "suitability.find_match": (
        lambda s, a, w: suitability.find_match(s, a, w.client, ProductRisk.R3, today=TODAY), SEE),
    "privacy_requests.file_request": (halt, EDIT),
    "privacy_requests.answer_request": (answer, EDIT),
    "privacy_requests.list_requests": (
        lambda s, a, w: privacy_requests.list_requests(s, a, w.client), SEE),
}  # fmt: skip
