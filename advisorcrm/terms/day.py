"""The day: what is due, appointments, tasks, meetings, shifts, events."""

from __future__ import annotations

from advisorcrm.i18n import N_
from advisorcrm.terms.term import Term


class DueKind(Term):
    """What has a date: one kind of the list of everything that is due."""

    NEXT_STEP = "next_step", N_("下一步")
    FIRST_CONTACT = "first_contact", N_("首次沟通")
    NEW_CLIENT_CALL = "new_client_call", N_("新客户回访")
    RISK_TEST = "risk_test", N_("风险测评到期")
    ID_DOCUMENT = "id_document", N_("证件到期")
    SEAT_TRANSITION = "seat_transition", N_("机位过渡期")
    DAILY_VISITS = "daily_visits", N_("今日三访")
    STAND_IN = "stand_in", N_("休假代管")
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
    DAY_END = "day_end", N_("没有收尾")
    TODAY_END = "today_end", N_("今日收尾")


DAY_ENDS = frozenset({DueKind.TODAY_END, DueKind.DAY_END})
"""Days to close: today, by five, and each day before that was not closed."""


class ReminderState(Term):
    """The groups of the notification centre."""

    TO_DO = "to_do", N_("需处理")
    TOLD = "told", N_("已通知")
    SYSTEM = "system", N_("系统")


class AppointmentKind(Term):
    """What an arranged time is for, as the calendar draws it (R29)."""

    MEETING = "meeting", N_("面谈")
    CALL = "call", N_("电话、消息")
    ROUTINE = "routine", N_("例会、内部事务")


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
