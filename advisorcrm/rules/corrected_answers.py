"""What was put right in the answers of a finished return call; the record itself stays (R223).

A correction holds only what it changes. What counts in reports is the record with all its
corrections laid over it, the newest last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import N_, _
from advisorcrm.rules.callback_records import QUESTIONS, CallbackAnswers
from advisorcrm.terms import CallbackGrade, CallbackOutcome, Term

_GRADES = {
    "outcome": N_("总体评价"),
    "service_grade": N_("服务满意度"),
    "product_grade": N_("产品满意度"),
}
_LABELS = {
    **_GRADES,
    **{question.field: question.label for question in QUESTIONS},
    "declined_scores": N_("客户不愿评分"),
}
_UNKNOWN = N_("未评")
_ANSWERS = {True: N_("是"), False: N_("否"), None: N_("未问")}


@dataclass(frozen=True, slots=True)
class AnswerFixes:
    """The answers one correction puts right; what is None or absent stays."""

    outcome: CallbackOutcome | None = None
    service_grade: CallbackGrade | None = None
    product_grade: CallbackGrade | None = None
    scores: Mapping[str, int] = field(default_factory=dict)
    declined_scores: bool | None = None
    questions: Mapping[str, bool] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether only words were put right."""
        return self == AnswerFixes()


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One answer before and after; ``item`` where it is the score of one."""

    name: str
    before: Term | bool | int | None
    after: Term | bool | int | None
    item: str = ""


def fixes_between(before: CallbackAnswers, after: CallbackAnswers) -> AnswerFixes:
    """What a form that showed ``before`` and now says ``after`` puts right.

    Raises InvalidFieldError for an answer that was taken away: nobody unsays what was said.
    """
    if _is_shorter(before, after):
        raise InvalidFieldError("answers", _("更正是换成另一个答案，不能改回未评或未问。"))
    grades = {
        name: getattr(after, name)
        for name in _GRADES
        if getattr(after, name) is not getattr(before, name)
    }
    scores = {} if after.declined_scores else after.scores
    return AnswerFixes(
        **grades,
        scores={item: score for item, score in scores.items() if before.scores.get(item) != score},
        declined_scores=(
            after.declined_scores if after.declined_scores is not before.declined_scores else None
        ),
        questions={
            name: said
            for name, said in after.questions.items()
            if said is not None and before.questions.get(name) is not said
        },
    )


def _is_shorter(before: CallbackAnswers, after: CallbackAnswers) -> bool:
    """Whether an answer is gone; scores go when the client declined, or an item is retired."""
    if any(getattr(before, name) and not getattr(after, name) for name in _GRADES):
        return True
    return any(
        said is not None and after.questions.get(name, said) is None
        for name, said in before.questions.items()
    )


def corrected(answers: CallbackAnswers, fixes: Iterable[AnswerFixes]) -> CallbackAnswers:
    """The answers that count, the oldest correction first."""
    for fix in fixes:
        given = {name: getattr(fix, name) for name in _GRADES if getattr(fix, name) is not None}
        declined = fix.declined_scores
        is_declined = answers.declined_scores if declined is None else declined
        answers = replace(
            answers,
            **given,
            declined_scores=is_declined,
            scores={} if is_declined else {**answers.scores, **fix.scores},
            questions={**answers.questions, **fix.questions},
        )
    return answers


def changes_of(answers: CallbackAnswers, fix: AnswerFixes) -> tuple[AnswerChange, ...]:
    """What one correction changes in the answers that counted before it."""
    found = [
        AnswerChange(name, getattr(answers, name), after)
        for name in _GRADES
        if (after := getattr(fix, name)) is not None
    ]
    if fix.declined_scores is not None:
        found.append(AnswerChange("declined_scores", answers.declined_scores, fix.declined_scores))
    found += [
        AnswerChange("scores", answers.scores.get(item), score, item)
        for item, score in fix.scores.items()
    ]
    found += [
        AnswerChange(question.field, answers.questions.get(question.field), said)
        for question in QUESTIONS
        if (said := fix.questions.get(question.field)) is not None
    ]
    return tuple(found)


def changes_text(changes: Sequence[AnswerChange], book: CodeBook) -> str:
    """``总体评价 满意→不满意，服务态度 5→2`` in the language of the person."""
    return _("，").join(
        f"{_label(change, book)} {_word(change, change.before)}→{_word(change, change.after)}"
        for change in changes
    )


def changes_text_zh(changes: Sequence[AnswerChange], book: CodeBook) -> str:
    """The same for prescribed forms, always Chinese."""
    return "，".join(
        f"{_label_zh(one, book)} {_word_zh(one, one.before)}→{_word_zh(one, one.after)}"
        for one in changes
    )


def _label(change: AnswerChange, book: CodeBook) -> str:
    if change.item:
        return book.label(terms.CALLBACK_ITEM, change.item)
    return _(_LABELS[change.name])


def _label_zh(change: AnswerChange, book: CodeBook) -> str:
    return book.label_zh(terms.CALLBACK_ITEM, change.item) or _LABELS[change.name]


def _word(change: AnswerChange, value: Term | bool | int | None) -> str:
    return value.label if isinstance(value, Term) else _(_plain_word(change, value))


def _word_zh(change: AnswerChange, value: Term | bool | int | None) -> str:
    return value.label_zh if isinstance(value, Term) else _plain_word(change, value)


def _plain_word(change: AnswerChange, value: bool | int | None) -> str:
    """A score is its figure; a grade nobody gave and a question nobody asked say so."""
    if value is None and (change.item or change.name in _GRADES):
        return _UNKNOWN
    return _ANSWERS[value] if value is None or isinstance(value, bool) else str(value)
