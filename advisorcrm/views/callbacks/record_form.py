"""The form of one return call: outcome, grades, a score each, the regulator's questions (R223)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _
from advisorcrm.rules.callback_records import (
    HIGHEST_SCORE,
    QUESTIONS,
    CallbackAnswers,
    missing_parts,
)
from advisorcrm.terms import CallbackGrade, CallbackOutcome
from advisorcrm.views.contacts.phrase_edit import PhraseEdit
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.label import Label

_YES, _NO = "yes", "no"
_LINES, _LETTERS = 2, 8
_GRADES, _SCORES_A_ROW = 2, 3


class RecordForm(QWidget):
    """``changed`` after every change, ``outcome_chosen(outcome or None)`` with the branch."""

    changed = Signal()
    outcome_chosen = Signal(object)

    def __init__(self, book: CodeBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("zone", "page")
        self._book = book
        self._kind = ""
        self._items: tuple[str, ...] = ()
        self.outcomes: dict[CallbackOutcome, Chip] = {}
        self.content = _text(_("回访内容"))
        self.wishes = _text(_("客户意见和要求"))
        self.measures = _text(_("对策与建议"))
        grades = [(grade.value, grade.label) for grade in CallbackGrade]
        self.service_grade = ComboBox(grades, empty=_("未评"))
        self.product_grade = ComboBox(grades, empty=_("未评"))
        self.declined = CheckBox(_("客户不愿评分"))
        self.scores: dict[str, ComboBox] = {}
        self.questions: dict[str, ComboBox] = {}
        self.missing = Label("", "text2", "caption", wrap=True)
        self._score_parts: list[QWidget] = []
        self._score_rows = QGridLayout()
        self._lay_out()
        self._connect()

    def show_answers(self, answers: CallbackAnswers, kind: str, items: Iterable[str]) -> None:
        """Fill the form with what is known of a call of this kind."""
        with QSignalBlocker(self):
            self._kind = kind
            self._offer_items(tuple(items))
            for field, value in self._texts(answers):
                field.set_value(value)
            self._light(answers.outcome)
            self._show_grades(answers)
        self._tell_missing()

    def answers(self) -> CallbackAnswers:
        """What the form says."""
        scores = {item: int(box.code()) for item, box in self.scores.items() if box.code()}
        asked = {
            name: box.code() == _YES if box.code() else None for name, box in self.questions.items()
        }
        return CallbackAnswers(
            content=self.content.value(),
            outcome=self.outcome(),
            service_grade=_grade(self.service_grade),
            product_grade=_grade(self.product_grade),
            scores={} if self.declined.isChecked() else scores,
            declined_scores=self.declined.isChecked(),
            questions=asked,
            wishes=self.wishes.value(),
            measures=self.measures.value(),
        )

    def open_answers(self, *, is_open: bool) -> None:
        """Let the answers that reports count be put right; what was written in words stays."""
        self.setEnabled(is_open)
        for field in (self.content, self.wishes, self.measures):
            field.editor.setEnabled(not is_open)

    def outcome(self) -> CallbackOutcome | None:
        """How satisfied the client is on the whole."""
        return next((own for own, chip in self.outcomes.items() if chip.isChecked()), None)

    def choose(self, outcome: CallbackOutcome) -> None:
        """Light one outcome, or take it back by the same choice again."""
        self._light(outcome if self.outcomes[outcome].isChecked() else None)
        self.outcome_chosen.emit(self.outcome())
        self._tell()

    def _texts(self, answers: CallbackAnswers) -> tuple[tuple[Field, str], ...]:
        return (
            (self.content, answers.content), (self.wishes, answers.wishes),
            (self.measures, answers.measures),
        )  # fmt: skip

    def _light(self, outcome: CallbackOutcome | None) -> None:
        for own, chip in self.outcomes.items():
            chip.setChecked(own is outcome)

    def _show_grades(self, answers: CallbackAnswers) -> None:
        self.service_grade.set_code(answers.service_grade)
        self.product_grade.set_code(answers.product_grade)
        self.declined.setChecked(answers.declined_scores)
        for item, box in self.scores.items():
            box.set_code(str(answers.scores.get(item, "")))
        for name, box in self.questions.items():
            known = answers.questions.get(name)
            box.set_code("" if known is None else _YES if known else _NO)

    def _offer_items(self, items: tuple[str, ...]) -> None:
        if items == self._items:
            return
        self._items = items
        for part in self._score_parts:
            self._score_rows.removeWidget(part)
            part.deleteLater()
        self._score_parts = []
        self.scores = {}
        for place, code in enumerate(items):
            label = self._book.label(terms.CALLBACK_ITEM, code)
            box = ComboBox(
                [(str(score), str(score)) for score in range(HIGHEST_SCORE, 0, -1)], empty="–"
            )
            box.setAccessibleName(_("评分：{item}").format(item=label))
            box.currentIndexChanged.connect(self._tell)
            part = _under(label, box)
            self._score_rows.addWidget(part, *divmod(place + _GRADES, _SCORES_A_ROW))
            self._score_parts.append(part)
            self.scores[code] = box

    def _tell(self) -> None:
        self._tell_missing()
        self.changed.emit()

    def _tell_missing(self) -> None:
        for box in self.scores.values():
            box.setEnabled(not self.declined.isChecked())
        lacking = missing_parts(self.answers(), self._kind, self._items)
        if lacking:
            self.missing.setText(_("还缺：{parts}").format(parts=_("、").join(lacking)))
        else:
            self.missing.setText(_("记录已完整"))
        self.missing.set_tone("warn" if lacking else "ok")

    def _connect(self) -> None:
        for field in (self.content, self.wishes, self.measures):
            field.changed.connect(self._tell)
        for box in (self.service_grade, self.product_grade, *self.questions.values()):
            box.currentIndexChanged.connect(self._tell)
        self.declined.toggled.connect(self._tell)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 6, 0)
        whole.setSpacing(8)
        whole.addWidget(self._outcome_row())
        whole.addWidget(self.content)
        self._fill_grades()
        whole.addLayout(self._score_rows)
        self._score_rows.setHorizontalSpacing(8)
        self._score_rows.setVerticalSpacing(6)
        for column in range(_SCORES_A_ROW):
            self._score_rows.setColumnStretch(column, 1)
        whole.addWidget(self.declined)
        whole.addLayout(self._question_rows())
        whole.addWidget(self.wishes)
        whole.addWidget(self.measures)
        whole.addWidget(self.missing)
        whole.addStretch(1)

    def _outcome_row(self) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row)
        for outcome in CallbackOutcome:
            chip = Chip(outcome.label)
            chip.clicked.connect(partial(self.choose, outcome))
            flow.addWidget(chip)
            self.outcomes[outcome] = chip
        return row

    def _fill_grades(self) -> None:
        """The grades come first, the scores after them."""
        for place, (label, box) in enumerate(
            ((_("服务满意度"), self.service_grade), (_("产品满意度"), self.product_grade))
        ):
            box.setAccessibleName(label)
            self._score_rows.addWidget(_under(label, box), 0, place)

    def _question_rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for row, question in enumerate(QUESTIONS):
            label = _(question.label)
            box = ComboBox([(_YES, _("是")), (_NO, _("否"))], empty=_("未问"))
            box.setAccessibleName(label)
            box.setMinimumContentsLength(_LETTERS)
            grid.addWidget(Label(label, "text2", "caption"), row, 0)
            grid.addWidget(box, row, 1)
            self.questions[question.field] = box
        return grid


def _grade(box: ComboBox) -> CallbackGrade | None:
    return CallbackGrade(box.code()) if box.code() else None


def _under(label: str, box: ComboBox) -> QWidget:
    """A list of marks below its label: beside it a long one would be cut."""
    part = QWidget()
    whole = QVBoxLayout(part)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(2)
    whole.addWidget(Label(label, "text2", "caption"))
    whole.addWidget(box)
    return part


def _text(label: str) -> Field:
    return Field(label, PhraseEdit(_LINES))
