"""Birthdays: who sees whose."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from advisorcrm.models import Client
from advisorcrm.services.care import birthdays, care_ways
from tests.factories import NOW, People
from tests.services.roles import EVERYBODY, SEE, Case


def fill(session: Session, people: People, client: int) -> dict[str, Any]:
    session.execute(update(Client).where(Client.id == client).values(birthday=date(1960, 5, 1)))
    return {}


START = date(2026, 1, 1)
END = START + timedelta(days=364)

CASES: dict[str, Case] = {
    "birthdays.birthday_window": (
        lambda s, a, w: birthdays.birthday_window(s, a, today=NOW.date()), EVERYBODY),
    "birthdays.list_birthdays": (
        lambda s, a, w: birthdays.list_birthdays(s, a, start=START, end=END), SEE),
    "care_ways.list_care_ways": (
        lambda s, a, w: care_ways.list_care_ways(s, a, [w.client]), SEE),
}  # fmt: skip
