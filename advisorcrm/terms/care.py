"""Care: greetings, presents and festivals."""

from __future__ import annotations

from advisorcrm.i18n import N_
from advisorcrm.terms.term import Term


class CareKind(Term):
    """What was done for a client beside the business (R113, R120)."""

    BIRTHDAY = "birthday", N_("生日祝贺")
    FESTIVAL = "festival", N_("节日问候")
    HELP = "help", N_("帮助解决难题")
    INVITATION = "invitation", N_("活动邀请")
    DAILY = "daily", N_("日常关怀")


class CareWay(Term):
    """How a kindness reached the client."""

    SMS = "sms", N_("短信")
    WECHAT = "wechat", N_("微信")
    PHONE = "phone", N_("电话")
    MAIL = "mail", N_("邮件")
    IN_PERSON = "in_person", N_("当面")
    LETTER = "letter", N_("贺卡")


class GiftState(Term):
    """Whether a present was approved by another person (2.11)."""

    PENDING = "pending", N_("待批准")
    APPROVED = "approved", N_("已批准")
    REFUSED = "refused", N_("未批准")


class FestivalCalendar(Term):
    """By which calendar a holiday is counted."""

    SOLAR = "solar", N_("公历")
    LUNAR = "lunar", N_("农历")
