"""The choices that code branches on: a stored code and a label each.

Every list a branch may extend is rows in the database (``code_list``), not here; the few of
its codes that rules ask for are named at the end.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from advisorcrm.i18n import N_, _


class Term(StrEnum):
    """A choice with an English code for storage and a Chinese label for people."""

    _label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        """A member with its code as value; called with the code alone it finds the member."""
        member = str.__new__(cls, code)
        member._value_ = code
        member._label = label  # noqa: SLF001 - its own, being made
        return member

    @property
    def label(self) -> str:
        """The label in the language of the person."""
        return _(self._label)

    @property
    def label_zh(self) -> str:
        """The Chinese label, for prescribed forms and sheets."""
        return self._label


class Role(Term):
    """What a person is in the branch."""

    ADVISOR = "advisor", N_("客服专员")
    MANAGER = "manager", N_("客服经理")
    LEADER = "leader", N_("营业部负责人")
    FRONT_DESK = "front-desk", N_("前台/打印")
    HEAD_OFFICE = "head-office", N_("总部只读")
    ADMINISTRATOR = "administrator", N_("系统管理员")


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


class DueKind(Term):
    """What has a date: one kind of the list of everything that is due."""

    NEXT_STEP = "next_step", N_("下一步")
    FIRST_CONTACT = "first_contact", N_("首次沟通")
    NEW_CLIENT_CALL = "new_client_call", N_("新客户回访")
    RISK_TEST = "risk_test", N_("风险测评到期")
    ID_DOCUMENT = "id_document", N_("证件到期")
    SEAT_TRANSITION = "seat_transition", N_("机位过渡期")
    DAILY_VISITS = "daily_visits", N_("今日三访")
    BACKUP = "backup", N_("备份")
    TASK = "task", N_("任务")
    APPOINTMENT = "appointment", N_("预约")
    CALLBACK = "callback", N_("三日内回访")
    BIRTHDAY = "birthday", N_("生日")
    FESTIVAL = "festival", N_("节日问候")
    MONTH_ANALYSIS = "month_analysis", N_("月度分析")
    MONTH_REVIEW = "month_review", N_("月度审核")
    CHURN_REPORT = "churn_report", N_("流失档案报送")
    FRIDAY_AUDIT = "friday_audit", N_("周五档案检查")
    EVENT = "event", N_("活动")
    SHIFT = "shift", N_("值班")


class ReminderState(Term):
    """The groups of the notification centre."""

    TO_DO = "to_do", N_("需处理")
    TOLD = "told", N_("已通知")
    SYSTEM = "system", N_("系统")


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


class OwnFieldKind(Term):
    """What a branch's own field holds."""

    TEXT = "text", N_("文字")
    NUMBER = "number", N_("数字")
    DATE = "date", N_("日期")
    CHOICE = "choice", N_("选项")
    YES_NO = "yes_no", N_("是/否")


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


class AppointmentKind(Term):
    """What an arranged time is for, as the calendar draws it (R29)."""

    MEETING = "meeting", N_("面谈")
    CALL = "call", N_("电话、消息")
    ROUTINE = "routine", N_("例会、内部事务")


class Reaction(Term):
    """How the client took what was said."""

    AGREES = "agrees", N_("认可")
    UNDECIDED = "undecided", N_("观望")
    DISAGREES = "disagrees", N_("不认可")


class TaskKind(Term):
    """A piece of work, or help asked of a colleague (R58)."""

    TASK = "task", N_("任务")
    ASSIST = "assist", N_("协助请求")


class TaskState(Term):
    """What became of a task; a moved one is still to be done."""

    OPEN = "open", N_("待办")
    MOVED = "moved", N_("已改期")
    DONE = "done", N_("已办")
    CANCELLED = "cancelled", N_("已取消")


class TaskSource(Term):
    """Where a task comes from."""

    BY_HAND = "by_hand", N_("手工")
    MINUTES = "minutes", N_("会议纪要")
    CONTACT_LOG = "contact_log", N_("沟通记录")
    PLAN = "plan", N_("次日计划")


class TaskRepeat(Term):
    """How often a task comes again."""

    DAILY = "daily", N_("每天")
    WEEKLY = "weekly", N_("每周")
    MONTHLY = "monthly", N_("每月")


class TaskPriority(Term):
    """Urgency times importance, in the order in which things are done (R238)."""

    URGENT_IMPORTANT = "urgent_important", N_("紧急又重要")
    URGENT = "urgent", N_("紧急")
    IMPORTANT = "important", N_("重要")
    NORMAL = "normal", N_("一般")


class MeetingKind(Term):
    """The branch's two meetings of a day."""

    MORNING = "morning", N_("晨会")
    EVENING = "evening", N_("夕会")


class MeetingItemKind(Term):
    """What minutes must speak of: 晨会 by R23, 夕会 by R48, in the order of the sheet."""

    NEWS = "news", N_("最新资讯与市场要点")
    VIEWS = "views", N_("理财观点讨论")
    ARRANGEMENTS = "arrangements", N_("公司或营业部工作安排")
    GROUPS = "groups", N_("各客户组运行情况及客户需求汇报")
    ANALYSIS = "analysis", N_("盘后分析")
    LEARNING = "learning", N_("新业务学习")
    OTHER = "other", N_("其他事务")


class Stance(Term):
    """What the company thinks of a stock or report (R24)."""

    POSITIVE = "positive", N_("看多")
    NEUTRAL = "neutral", N_("中性")
    NEGATIVE = "negative", N_("看空")


class RevealReason(Term):
    """Why a masked value was shown."""

    CALL = "call", N_("拨打电话")
    CHECK = "check", N_("核对资料")
    REQUEST = "request", N_("客户要求")
    OTHER = "other", N_("其他原因")


class AccessKind(Term):
    """What was done with client data without changing it."""

    VIEW = "view", N_("查看")
    REVEAL = "reveal", N_("显示")
    PRINT = "print", N_("打印")
    EXPORT = "export", N_("导出")


class ImportRule(Term):
    """What an import does with a client that is already there."""

    FILL_BLANKS = "fill-blanks", N_("只补空白")
    OVERWRITE = "overwrite", N_("覆盖")
    SKIP = "skip", N_("跳过")


class ImportResult(Term):
    """What becomes of one row of a file."""

    NEW = "new", N_("新增")
    UPDATED = "updated", N_("更新")
    UNCHANGED = "unchanged", N_("无变化")
    UNDECIDED = "undecided", N_("需决定")
    FAILED = "failed", N_("失败")


class GuestAnswer(Term):
    """What a guest said to an invitation (R111)."""

    OPEN = "open", N_("未答复")
    COMES = "comes", N_("应邀")
    DECLINES = "declines", N_("谢绝")


class DayItemKind(Term):
    """What is looked through at the end of the day (R49)."""

    NO_LOG = "no_log", N_("待补沟通记录")
    FILE = "file", N_("待更新档案")
    FORM = "form", N_("待填表单")


class ShiftState(Term):
    """Where a shift stands (R232)."""

    PLANNED = "planned", N_("已排班")
    RUNNING = "running", N_("值班中")
    CLOSED = "closed", N_("已交班")


class MemoState(Term):
    """Where a matter of a shift stands (R235, R263)."""

    OPEN = "open", N_("待处理")
    WAITING = "waiting", N_("待接收")
    SETTLED = "settled", N_("已处理")
    NOTHING = "nothing", N_("无遗留")


class DoubtDecision(Term):
    """What is done with a row that an import left undecided."""

    KEEP = "keep", N_("保留系统")
    TAKE = "take", N_("采用文件")
    SEPARATE = "separate", N_("另建新客户")


class CallbackState(Term):
    """Where one return call stands; only a complete record counts as done (R223)."""

    OPEN = "open", N_("待回访")
    APPOINTED = "appointed", N_("已约时间")
    INCOMPLETE = "incomplete", N_("记录待补全")
    DONE = "done", N_("已完成")
    UNREACHABLE = "unreachable", N_("联系不上")

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is to be done."""
        return self in (CallbackState.DONE, CallbackState.UNREACHABLE)


class CallbackOutcome(Term):
    """What the client says on the whole: the branches of the script (R225)."""

    SATISFIED = "satisfied", N_("满意")
    FAIR = "fair", N_("一般")
    DISSATISFIED = "dissatisfied", N_("不满意")


class CallbackGrade(Term):
    """The five grades of 回访记录表."""

    GOOD = "good", N_("好")
    FAIRLY_GOOD = "fairly_good", N_("较好")
    FAIR = "fair", N_("一般")
    POOR = "poor", N_("差")
    BAD = "bad", N_("很差")


class ScriptPart(Term):
    """At which turn of a call a passage is said (R225)."""

    OPENING = "opening", N_("开场")
    SATISFIED = "satisfied", N_("客户满意时")
    NOT_SATISFIED = "not_satisfied", N_("客户不满意或觉得一般时")
    APPOINTING = "appointing", N_("另约时间")
    CLOSING = "closing", N_("结束")


# Names of the lists that a branch extends (table code_list).
TIER = "tier"
TRADING_HABIT = "trading_habit"
SERVICE_NEED = "service_need"
WEALTH_CONTENT = "wealth_content"
WEALTH_WAY = "wealth_way"
TRADING_WAY = "trading_way"
CONTACT_WAY = "contact_way"
TOPIC = "topic"
RELATION = "relation"
ATTACHMENT_KIND = "attachment_kind"
PRODUCT_KIND = "product_kind"
TAG = "tag"
COMMISSION_ATTITUDE = "commission_attitude"
PUSH_WAY = "push_way"
SERVICE_CONTENT = "service_content"
CHURN_REASON = "churn_reason"
REQUEST_KIND = "request_kind"
SATISFACTION = "satisfaction"
SATISFACTION_ASPECT = "satisfaction_aspect"
URGENCY = "urgency"
COMPLAINT_STATE = "complaint_state"
CLIENT_CATEGORY = "client_category"
DUTY_QUESTION = "duty_question"
CALLBACK_KIND = "callback_kind"
DUTY_SHIFT = "duty_shift"
EVENT_KIND = "event_kind"
CALLBACK_ITEM = "callback_item"
OWN_PREFIX = "own_"
"""Lists of this name hold the choices of the branch's own fields."""

# Codes of those lists that rules ask for.
DO_NOT_DISTURB = "do_not_disturb"
TIER_PLATINUM = "platinum"
TIER_GOLD = "gold"
TIER_SILVER = "silver"
WAY_PHONE = "phone"
WAY_MEETING = "meeting"
WAY_ON_SITE = "on_site"
RELATION_INTRODUCER = "introducer"
CALLBACK_NEW_CLIENT = "new_client"
CALLBACK_ROUTINE = "routine"
CALLBACK_COMPLAINT = "complaint"
CALLBACK_COMPLIANCE = "compliance"
CALLBACK_PROMOTION = "promotion"
