"""A client: stage, kinds, ways to reach, risk, documents, lists."""

from __future__ import annotations

from advisorcrm.i18n import N_
from advisorcrm.terms.term import Term


class ClientStage(Term):
    """Where a client stands with the branch."""

    PROSPECT = "prospect", N_("潜在")
    ACTIVE = "active", N_("在户")
    AT_RISK = "at_risk", N_("有流失风险")
    CHURNED = "churned", N_("已流失")


class ClientKind(Term):
    """Person or institution."""

    PERSON = "person", N_("个人")
    INSTITUTION = "institution", N_("机构")


class Sex(Term):
    """Sex as in the identity document."""

    MALE = "male", N_("男")
    FEMALE = "female", N_("女")


class PointKind(Term):
    """By what a client is reached."""

    MOBILE = "mobile", N_("手机")
    LANDLINE = "landline", N_("固定电话")
    EMAIL = "email", N_("电子邮箱")
    WECHAT = "wechat", N_("微信")
    QQ = "qq", N_("QQ")


class Validity(Term):
    """Whether a way to reach the client was proven to work (R4)."""

    VALID = "valid", N_("有效")
    INVALID = "invalid", N_("无效")
    UNVERIFIED = "unverified", N_("待核")


class RiskLevel(Term):
    """Risk level of the client's suitability test."""

    C1 = "C1", N_("C1 保守型")
    C2 = "C2", N_("C2 谨慎型")
    C3 = "C3", N_("C3 稳健型")
    C4 = "C4", N_("C4 积极型")
    C5 = "C5", N_("C5 激进型")


class BirthdayKept(Term):
    """Which birthday the client keeps."""

    SOLAR = "solar", N_("过公历")
    LUNAR = "lunar", N_("过农历")


class IdDocument(Term):
    """Kind of identity document."""

    ID_CARD = "id_card", N_("身份证")
    PASSPORT = "passport", N_("护照")
    HK_MACAO_PERMIT = "hk_macao_permit", N_("港澳通行证")
    TAIWAN_PERMIT = "taiwan_permit", N_("台胞证")
    BUSINESS_LICENCE = "business_licence", N_("营业执照")
    OTHER = "other", N_("其他证件")


class ClientFlag(Term):
    """What a list says about a client beside the columns, worst first."""

    RESTRICTED = "restricted", N_("限制处理")
    RISK_EXPIRED = "risk_expired", N_("测评过期")
    ID_EXPIRED = "id_expired", N_("证件过期")
    ID_EXPIRING = "id_expiring", N_("证件将到期")
    DO_NOT_DISTURB = "do_not_disturb", N_("免打扰")
    NO_CHANNEL = "no_channel", N_("无可用渠道")
    PHONE_ONLY = "phone_only", N_("仅电话")
    SMS_REFUSED = "sms_refused", N_("短信未同意")
    SMS_GIVEN = "sms_given", N_("短信 ✓")
    SMS_NOT_ASKED = "sms_not_asked", N_("未问短信")
    INSTITUTION = "institution", N_("机构")


class ClientMatter(Term):
    """What a list may be about beside the values of the file: something is to be done (R2, R5)."""

    NO_CHANNEL = "no_channel", N_("无可用渠道")
    TO_NOTIFY = "to_notify", N_("待通知更新")
    TO_RENEW = "to_renew", N_("已通知待更新")
    CHANGED_TODAY = "changed_today", N_("今日变更")
    NEW_TODAY = "new_today", N_("今日新增")
    FIRST_CONTACT = "first_contact", N_("待首次沟通")
    UNASSIGNED = "unassigned", N_("未分配")


class SeatState(Term):
    """Whether a seat of a client room can be given (R106, R107)."""

    FREE = "free", N_("空闲")
    TAKEN = "taken", N_("占用")
    TRANSITION = "transition", N_("过渡期")


class Contribution(Term):
    """What a client brings, as an allocation counts it (R217)."""

    ASSETS = "assets", N_("总资产")
    COMMISSION = "commission", N_("年佣金")


class SalesBy(Term):
    """By what the sales of products are added up (R11)."""

    PRODUCT = "product", N_("按产品")
    SELLER = "seller", N_("按销售人")
    MONTH = "month", N_("按月")


class Channel(Term):
    """By which way something is sent, as consent is asked for (2.7, 2.8)."""

    SMS = "sms", N_("短信")
    MAIL = "mail", N_("邮件")
    PHONE = "phone", N_("电话")
    WECHAT = "wechat", N_("微信")


class Purpose(Term):
    """What something is sent for, as consent is asked for (2.7)."""

    NEWS = "news", N_("资讯")
    MARKETING = "marketing", N_("营销")
    CARE = "care", N_("关怀")


class ConsentState(Term):
    """What the client answered; nobody asked is an answer too."""

    GIVEN = "given", N_("同意")
    REFUSED = "refused", N_("拒绝")
    WITHDRAWN = "withdrawn", N_("撤回")
    NOT_ASKED = "not_asked", N_("未询问")


class InvestorKind(Term):
    """Ordinary or professional investor (2.2)."""

    ORDINARY = "ordinary", N_("普通投资者")
    PROFESSIONAL = "professional", N_("专业投资者")


class ProductRisk(Term):
    """Risk grade of a product, to be matched with the client's level (2.4)."""

    R1 = "R1", N_("R1 低风险")
    R2 = "R2", N_("R2 中低风险")
    R3 = "R3", N_("R3 中风险")
    R4 = "R4", N_("R4 中高风险")
    R5 = "R5", N_("R5 高风险")


class ValueSource(Term):
    """Where a value of the file comes from (R78)."""

    COUNTER = "counter", N_("柜台")
    CONTACT = "contact", N_("沟通")
    CONTRACT = "contract", N_("合同")
    IMPORT = "import", N_("导入")
    OTHER = "other", N_("其他来源")


class DuplicateVerdict(Term):
    """What was decided about two files that look alike."""

    DIFFERENT = "different", N_("不是同一人")
    LATER = "later", N_("以后再判")


class PrivacyRequestKind(Term):
    """What a person may ask about the own data (2.7d)."""

    COPY = "copy", N_("查询与复制")
    CORRECTION = "correction", N_("更正")
    RESTRICTION = "restriction", N_("限制处理")
    RELEASE = "release", N_("解除限制")


class Reaction(Term):
    """How the client took what was said."""

    AGREES = "agrees", N_("认可")
    UNDECIDED = "undecided", N_("观望")
    DISAGREES = "disagrees", N_("不认可")
