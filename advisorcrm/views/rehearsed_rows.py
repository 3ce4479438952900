"""Invented rows for the rehearsal: something in everything that a first page shows."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from advisorcrm.services.clients.client_rows import ClientRow
from advisorcrm.services.days.checklists import DayPart
from advisorcrm.services.days.day_slots import SlotKind, SlotRow
from advisorcrm.services.dues.due_board import DueBoard
from advisorcrm.services.dues.dues import DueRow
from advisorcrm.services.visits.branch_day import AdvisorDay, BranchDay, DayCount
from advisorcrm.services.visits.visit_suggestions import VisitBoard, VisitLine
from advisorcrm.terms import ClientFlag, ClientKind, ClientStage, DueKind, RiskLevel

AT = datetime(2026, 1, 5, 2, tzinfo=UTC)
_DAY = date(2026, 1, 5)
_CLIENTS = 50
_LINES = 3


def client_rows() -> list[ClientRow]:
    """Lines with something in every column that is shown."""
    flags = (ClientFlag.RISK_EXPIRED, ClientFlag.NO_CHANNEL)
    return [
        ClientRow(
            id=number, name="—", tier=None, risk_level=RiskLevel.C3, account="0", mobile="0",
            assets_fen=100 * number, commission_ppm=number, days_since=number, completeness=50,
            flags=flags, client_no="", stage=ClientStage.ACTIVE, advisor_name="", group_name="",
            trading_habit=None, service_need=None, investment_preference="", trading_way=(),
            contact_every_days=None, last_contact_at=AT, opened_on=None, updated_at=AT, sex=None,
            kind=ClientKind.PERSON, advisor_no="", initials="", risk_expires_on=None, is_mine=False,
        )
        for number in range(1, _CLIENTS + 1)
    ]  # fmt: skip


def day_parts() -> tuple[DayPart, ...]:
    """A morning, an afternoon and a deadline."""
    morning = SlotRow(1, SlotKind.MEETING, "—", time(8, 30), time(12))
    afternoon = SlotRow(2, SlotKind.SERVICE, "—", time(13), time(17))
    deadline = SlotRow(3, SlotKind.SUMMARY, "—", time(16, 30), None)
    return tuple(DayPart(slot, ()) for slot in (morning, afternoon, deadline))


def branch_day() -> BranchDay:
    """Some advisors with a week of visits."""
    week = tuple(DayCount(_DAY, visits, True, visits > 3) for visits in range(5))
    advisors = (AdvisorDay(number, "—", number, week, AT, "—", 3) for number in range(1, 5))
    return BranchDay(3, tuple(advisors))


def visit_board() -> VisitBoard:
    """Some visits suggested."""
    lines = tuple(
        VisitLine(number, False, "—", number, 100, 60, ("—", "—"), None, (), 50, 30)
        for number in range(1, _LINES + 1)
    )
    return VisitBoard(_DAY, 3, 0, lines, 0, 50, 50)


def due_board() -> DueBoard:
    """Something late and something to come."""
    rows = tuple(
        DueRow(
            DueKind.NEXT_STEP, number, 0, 1, "—", number, "—", "—", _DAY, time(10), number == 1, 0
        )
        for number in range(1, _LINES + 1)
    )
    return DueBoard(1, 2, 3, rows)
