"""Reports of shifts, days and events: see ``reports``."""

from __future__ import annotations

from datetime import date
from functools import partial

from advisorcrm.terms import AccessKind
from advisorcrm.views.reports import Report


def shift_log(shift_id: int, file_name: str, kind: AccessKind) -> Report:
    """值班日志 of one shift, named by the rule (R232)."""
    from advisorcrm.exports import shift_log as module

    return Report(
        module.SUBJECT,
        partial(module.register_shift_log, shift_id=shift_id, kind=kind),
        partial(module.shift_log_sheet, shift_id=shift_id),
        partial(module.export_shift_log, shift_id=shift_id),
        f"{file_name}{module.SUFFIX}",
    )


def day_closing(on: date, user_id: int | None, kind: AccessKind) -> Report:
    """工作日志 of one person and day (R47)."""
    from advisorcrm.exports import day_closing as module

    request = module.DayRequest(on, user_id)
    return Report(
        module.SUBJECT,
        partial(module.register_day, request=request, kind=kind),
        partial(module.day_sheet, request=request),
        partial(module.export_day, request=request),
    )


def event_guests(event_id: int, kind: AccessKind) -> Report:
    """签到表 of one event (R111)."""
    from advisorcrm.exports import event_guests as module

    return Report(
        module.SUBJECT,
        partial(module.register_event_guests, event_id=event_id, kind=kind),
        partial(module.event_guests_sheet, event_id=event_id),
        partial(module.export_event_guests, event_id=event_id),
    )
