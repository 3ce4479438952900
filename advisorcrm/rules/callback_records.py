"""What makes the record of a return call complete, and what in it must be looked into.

The five questions are those of the regulator (docs/regulation.md 2.5); R223 asks for complete
records, R242 for a score of each item, R225 tells the branches of a call apart.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from advisorcrm import terms
from advisorcrm.i18n import N_, _
from advisorcrm.terms import CallbackGrade, CallbackOutcome

CALL_DAYS = 3
"""Within so many days a client is called back (R224)."""
MOST_DAYS = 31
SAMPLE_PERCENT = 10
"""So many of a hundred clients of last year's end are called back in a year (2.5a)."""
HIGHEST_SCORE = 5
TRIES = 3
"""After so many calls that nobody answered a client may be given up as not to be reached."""
INDEPENDENT = frozenset(
    {terms.CALLBACK_NEW_CLIENT, terms.CALLBACK_COMPLAINT, terms.CALLBACK_COMPLIANCE}
)
"""Calls of these kinds are never made by the client's own advisor (2.13)."""
REGULATED = frozenset(
    {terms.CALLBACK_NEW_CLIENT, terms.CALLBACK_ROUTINE, terms.CALLBACK_COMPLIANCE}
)
"""In calls of these kinds the five questions of the regulator must be asked (2.5)."""
PATIENT = frozenset({terms.CALLBACK_ROUTINE, "festival", terms.CALLBACK_PROMOTION})
"""Rounds of these kinds may be spread over more days than three."""


@dataclass(frozen=True, slots=True)
class Question:
    """One yes-or-no question of the regulator; ``worry`` is the answer to be looked into."""

    field: str
    label: str
    worry: bool


QUESTIONS = (
    Question("is_identity_verified", N_("客户身份核实"), worry=False),
    Question("are_changes_confirmed", N_("账户变动确认"), worry=False),
    Question("was_acted_for", N_("是否违规代客操作"), worry=True),
    Question("was_risk_disclosed", N_("是否充分揭示风险"), worry=False),
    Question("has_full_mandate", N_("是否全权委托"), worry=True),
)


@dataclass(frozen=True, slots=True)
class CallbackAnswers:
    """What was said in a call, as far as it was written down."""

    content: str = ""
    outcome: CallbackOutcome | None = None
    service_grade: CallbackGrade | None = None
    product_grade: CallbackGrade | None = None
    scores: Mapping[str, int] = field(default_factory=dict)
    declined_scores: bool = False
    questions: Mapping[str, bool | None] = field(default_factory=dict)
    wishes: str = ""
    measures: str = ""


def missing_parts(answers: CallbackAnswers, kind: str, items: Iterable[str]) -> tuple[str, ...]:
    """What a record still lacks before it counts, named for people; empty: complete (R223)."""
    lacking = []
    if not answers.content.strip():
        lacking.append(_("回访内容"))
    if answers.outcome is None:
        lacking.append(_("总体评价"))
    if answers.service_grade is None:
        lacking.append(_("服务满意度"))
    if not answers.declined_scores and set(items) - set(answers.scores):
        lacking.append(_("逐项评分"))
    if kind in REGULATED:
        lacking += [_(q.label) for q in QUESTIONS if answers.questions.get(q.field) is None]
    if answers.outcome in (CallbackOutcome.FAIR, CallbackOutcome.DISSATISFIED):
        lacking += [_("客户意见和要求")] if not answers.wishes.strip() else []
        lacking += [_("对策与建议")] if not answers.measures.strip() else []
    return tuple(lacking)


def worries(answers: CallbackAnswers) -> tuple[str, ...]:
    """What the manager must look into, in the words of the form; empty: nothing."""
    found = [
        f"{question.label}：{'是' if question.worry else '否'}"
        for question in QUESTIONS
        if answers.questions.get(question.field) is question.worry
    ]
    if answers.outcome is CallbackOutcome.DISSATISFIED:
        found.append("客户不满意")
    return tuple(found)


def written_worries(answers: CallbackAnswers) -> str:
    """The worries as they are stored, in one line."""
    return "；".join(worries(answers))


CORRECTED = "更正回访记录"
"""Why the timeline's line of a call has another one below it."""


def call_on_timeline(name: str, outcome: CallbackOutcome | None, texts: Iterable[str]) -> str:
    """What the client's timeline says of a call."""
    said = outcome.label_zh if outcome else ""
    return "\n".join([f"{name}（回访）：{said}", *(text for text in texts if text)])


def first_call_on(opened_on: date) -> date:
    """One month after the account was opened (R204): the same day, or the month's last."""
    year, month = divmod(opened_on.year * 12 + opened_on.month, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(opened_on.day, last))


def opened_by(called_on: date) -> date:
    """The last opening day whose first call is due on ``called_on``."""
    opened = called_on - timedelta(days=27)
    while first_call_on(opened) > called_on:
        opened -= timedelta(days=1)
    return opened


def pack_scores(scores: Mapping[str, int]) -> tuple[str, ...]:
    """Scores as they are stored: ``attitude=5``."""
    return tuple(f"{item}={score}" for item, score in scores.items())


def unpack_scores(stored: Iterable[str]) -> dict[str, int]:
    """Scores by item."""
    pairs = (entry.partition("=") for entry in stored)
    return {item: int(score) for item, _sign, score in pairs}
