"""Whether something may be sent to a client: the order of the reasons, without a database.

A client who calls in is not asked this; the answer is about what goes out from the branch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import N_, _
from advisorcrm.terms import Channel, ConsentState, PointKind, Purpose, Term

Hours = tuple[tuple[time, time], ...]
"""Parts of a day, each from one time up to another."""


class SendCode(Term):
    """The answer, or the first reason against it, the weightiest first."""

    RESTRICTED = "restricted", N_("资料限制处理中，不得主动联系。")
    DO_NOT_DISTURB = "do_not_disturb", N_("客户不愿打扰。")
    REFUSED = "refused", N_("客户已拒绝以{channel}接收{purpose}。")
    WITHDRAWN = "withdrawn", N_("客户已撤回以{channel}接收{purpose}的同意。")
    NO_POINT = "no_point", N_("没有可用的{point}，或已判为无效。")
    NOT_ASKED = "not_asked", N_("还没有征得以{channel}接收{purpose}的同意。")
    QUIET_HOURS = "quiet_hours", N_("现在是客户休息时间，可联系时段 {hours}。")
    CONSENTED = "consented", N_("可以：客户已同意以{channel}接收{purpose}。")
    UNASKED_SERVICE = (
        "unasked_service",
        N_("可以：{purpose}以{channel}发送无须事先同意，客户未拒绝。"),
    )

    @property
    def may(self) -> bool:
        """Whether it may be sent."""
        return self in (SendCode.CONSENTED, SendCode.UNASKED_SERVICE)


POINTS: dict[Channel, tuple[PointKind, ...]] = {
    Channel.SMS: (PointKind.MOBILE,),
    Channel.PHONE: (PointKind.MOBILE, PointKind.LANDLINE),
    Channel.MAIL: (PointKind.EMAIL,),
    Channel.WECHAT: (PointKind.WECHAT,),
}
"""What a channel needs to arrive."""

_POINT_NAMES = {
    Channel.SMS: N_("手机号码"),
    Channel.PHONE: N_("电话号码"),
    Channel.MAIL: N_("电子邮箱"),
    Channel.WECHAT: N_("微信号"),
}
_SILENT = frozenset({Channel.MAIL})
"""A letter waits until it is read: no hour is the wrong one."""
_SPAN = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)\s*[-–~至]\s*([01]?\d|2[0-4]):([0-5]\d)")
_MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True)
class SendFacts:
    """What is known of a client for one channel and purpose."""

    is_restricted: bool
    wants_quiet: bool
    consent: ConsentState
    has_point: bool


def send_code(
    facts: SendFacts, channel: Channel, purpose: Purpose, *, is_quiet_hour: bool
) -> SendCode:
    """The answer: consent given, or an unasked service; else the weightiest reason against it."""
    reasons = (
        (facts.is_restricted, SendCode.RESTRICTED),
        (facts.wants_quiet, SendCode.DO_NOT_DISTURB),
        (facts.consent is ConsentState.REFUSED, SendCode.REFUSED),
        (facts.consent is ConsentState.WITHDRAWN, SendCode.WITHDRAWN),
        (not facts.has_point, SendCode.NO_POINT),
        (_is_unasked(facts) and needs_consent(channel, purpose), SendCode.NOT_ASKED),
        (is_quiet_hour and disturbs(channel), SendCode.QUIET_HOURS),
        (_is_unasked(facts), SendCode.UNASKED_SERVICE),
    )
    return next((code for is_so, code in reasons if is_so), SendCode.CONSENTED)


def needs_consent(channel: Channel, purpose: Purpose) -> bool:
    """Short messages and all marketing need a yes; silence is none (R117, 2.7, 2.8)."""
    return channel is Channel.SMS or purpose is Purpose.MARKETING


def disturbs(channel: Channel) -> bool:
    """Whether the hour matters (R221)."""
    return channel not in _SILENT


def reason_of(code: SendCode, channel: Channel, purpose: Purpose, hours: Sequence[str]) -> str:
    """The sentence beside the answer."""
    return code.label.format(
        channel=channel.label,
        purpose=purpose.label,
        point=_(_POINT_NAMES[channel]),
        hours=_("、").join(hours),
    )


def read_hours(spans: Sequence[str]) -> Hours:
    """``08:30-12:00`` and so on as times. Raises InvalidFieldError for what is no span."""
    found = []
    for span in spans:
        match = _SPAN.fullmatch(span.strip())
        begin, end = (
            (_minutes(*match.groups()[:2]), _minutes(*match.groups()[2:])) if match else (0, 0)
        )
        if not 0 <= begin < end <= _MIDNIGHT:
            raise InvalidFieldError(
                "contact_hours", _("时段写作 08:30-12:00，可写几段，早的在前。")
            )
        found.append((_time(begin), _time(end)))
    if not found:
        raise InvalidFieldError("contact_hours", _("至少写一段可联系的时段。"))
    return tuple(found)


def is_quiet_at(hours: Hours, moment: datetime) -> bool:
    """Whether a client should not be disturbed at this hour of the branch's clock (R221)."""
    clock = moment.time().replace(tzinfo=None)
    return not any(begin <= clock and (end == time.max or clock < end) for begin, end in hours)


def _is_unasked(facts: SendFacts) -> bool:
    return facts.consent is ConsentState.NOT_ASKED


def _minutes(hour: str, minute: str) -> int:
    return int(hour) * 60 + int(minute)


def _time(minutes: int) -> time:
    return time.max if minutes == _MIDNIGHT else time(*divmod(minutes, 60))
