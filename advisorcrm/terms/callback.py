"""Return calls: states, outcomes, grades, parts of a script."""

from __future__ import annotations

from advisorcrm.i18n import N_
from advisorcrm.terms.term import Term


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
