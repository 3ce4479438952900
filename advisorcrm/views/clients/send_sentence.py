"""``短信仅发 2 户（1 户未同意）``: who would be left out of a short message, said beforehand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from advisorcrm.i18n import N_, _
from advisorcrm.rules.sending import SendCode
from advisorcrm.services.consents.may_send import SendCount, count_sendable
from advisorcrm.terms import Channel, Purpose

_REASONS = (
    (N_("{count} 户未同意"), (SendCode.NOT_ASKED, SendCode.REFUSED, SendCode.WITHDRAWN)),
    (N_("{count} 户免打扰"), (SendCode.DO_NOT_DISTURB,)),
    (N_("{count} 户无手机"), (SendCode.NO_POINT,)),
    (N_("{count} 户限制处理"), (SendCode.RESTRICTED,)),
)


def sms_question(ids: Sequence[int], now: datetime) -> Callable[..., SendCount]:
    """Who of these may be sent news by short message."""
    return partial(
        count_sendable, ids=tuple(ids), channel=Channel.SMS, purpose=Purpose.NEWS, now=now
    )


def sms_sentence(count: SendCount) -> str:
    """Empty where all of them get it; what only the hour forbids is not held against anybody."""
    waiting = count.excluded.get(SendCode.QUIET_HOURS, 0)
    parts = [
        _(form).format(count=f"{number:,}")
        for form, codes in _REASONS
        if (number := sum(count.excluded.get(code, 0) for code in codes))
    ]
    if not parts:
        return ""
    return _("短信仅发 {count} 户（{reasons}）").format(
        count=f"{len(count.ids) + waiting:,}", reasons=_("、").join(parts)
    )
