from __future__ import annotations

from datetime import datetime

import pytest

from advisorcrm.errors import InvalidFieldError
from advisorcrm.rules.sending import is_quiet_at, needs_consent, read_hours
from advisorcrm.terms import Channel, Purpose


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-20T{clock}")


@pytest.mark.req("R221")
def test_an_hour_is_quiet_outside_every_span_and_at_its_end() -> None:
    hours = read_hours(["08:30-12:00", "13:00-20:00"])
    answers = {
        "00:00": True, "08:29": True, "08:30": False, "11:59": False, "12:00": True,
        "12:59": True, "13:00": False, "19:59": False, "20:00": True,
    }  # fmt: skip
    assert {clock: is_quiet_at(hours, at(clock)) for clock in answers} == answers


def test_a_span_may_last_until_midnight() -> None:
    hours = read_hours(["8:00 至 24:00"])
    assert not is_quiet_at(hours, at("23:59:59"))
    assert is_quiet_at(hours, at("07:59"))


@pytest.mark.parametrize("span", ["", "八点到九点", "12:00-08:00", "08:00-08:00", "08:00-24:30"])
def test_what_is_no_span_is_refused(span: str) -> None:
    with pytest.raises(InvalidFieldError):
        read_hours([span])


@pytest.mark.req("R117")
def test_short_messages_and_marketing_need_a_yes() -> None:
    needing = {(way, what) for way in Channel for what in Purpose if needs_consent(way, what)}
    assert needing == {(Channel.SMS, what) for what in Purpose} | {
        (way, Purpose.MARKETING) for way in Channel
    }
