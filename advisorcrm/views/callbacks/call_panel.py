"""One call: whom, what to say, what was said (R223, R225)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from advisorcrm.columns import BRANCH_TIME, show_instant
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.callback_records import CallbackAnswers
from advisorcrm.rules.corrected_answers import AnswerFixes, fixes_between
from advisorcrm.rules.plain_dates import read_plain_date
from advisorcrm.services.access import Right
from advisorcrm.services.callbacks.callback_corrections import (
    CorrectedCall,
    correct_callback,
    list_corrections,
)
from advisorcrm.services.callbacks.callback_lists import list_callers
from advisorcrm.services.callbacks.callback_recording import NewCallbackRecord, record_callback
from advisorcrm.services.callbacks.callback_scripts import ScriptRow, list_scripts
from advisorcrm.services.callbacks.callbacks import (
    CallCard,
    appoint_callback,
    assign_caller,
    give_up,
    note_try,
    open_callback,
)
from advisorcrm.services.drafts import DraftRow, list_drafts
from advisorcrm.terms import CallbackState
from advisorcrm.views import messages
from advisorcrm.views.callbacks.call_head import CallHead
from advisorcrm.views.callbacks.corrections_part import CorrectionsPart
from advisorcrm.views.callbacks.record_drafts import (
    RecordDrafts,
    answers_of,
    content_of,
    draft_of,
)
from advisorcrm.views.callbacks.record_form import RecordForm
from advisorcrm.views.callbacks.script_panel import ScriptPanel
from advisorcrm.views.contacts.draft_keeper import DraftContent
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level
from advisorcrm.views.widgets.upright_area import scrolling

FoundCall = tuple[CallCard, Sequence[ScriptRow], CorrectedCall, DraftRow | None]


class CallPanel(QWidget):
    """``client_wanted(id)``; ``finished(call id)`` when the next client's turn has come."""

    client_wanted = Signal(int)
    finished = Signal(int)
    told = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self.branch = ""
        self._card: CallCard | None = None
        self._is_dirty = False
        self.head = CallHead(around)
        self.bar = InlineBar()
        self.script = ScriptPanel()
        self.form = RecordForm(around.book)
        self.corrections = CorrectionsPart(around.book)
        self._counted = CallbackAnswers()
        self.drafts = RecordDrafts(around, self._draft, self)
        self.save_button = primary(_("保存并到下一位"), icon="check", key="Ctrl+Enter")
        self.empty = EmptyState("phone")
        self.empty.say(_("选一位客户开始回访"), _("↑↓ 选客户，⏎ 填记录，Ctrl+⏎ 保存并到下一位。"))
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        if around.may(Right.LEAD_LISTS):
            around.jobs.read(list_callers, then=self.head.offer_callers, key="callbacks.panel")

    def current(self) -> CallCard | None:
        """The call that is shown."""
        return self._card

    def open(self, callback_id: int | None) -> None:
        """Show a call, or that there is none."""
        if callback_id is None:
            self._card = None
            self._stack.setCurrentWidget(self.empty)
            return
        work = partial(_read_call, callback_id=callback_id, now=self._around.now())
        self._around.jobs.read(work, then=self._show, key=("callback", id(self)))

    def leave_for(self, callback_id: int) -> None:
        """Show another call; what was typed about this one is kept first, complete or not."""
        if self._is_dirty and self.save_button.isEnabled():
            self._is_dirty = False
            self._around.jobs.write(
                partial(self._record(), now=self._around.now()),
                then=partial(self._kept, self._card, callback_id),
                failed=self._refuse,
            )
        else:
            self.open(callback_id)

    def reload(self) -> None:
        """Read the call again; a form that is being filled keeps what was typed."""
        if self._card is not None:
            self.open(self._card.id)

    def is_dirty(self) -> bool:
        """Whether something was typed and not saved."""
        return self._is_dirty

    def save(self) -> None:
        """Keep the record; complete or not, the next client is shown."""
        if self._card is not None and self.save_button.isEnabled():
            self._is_dirty = False
            self.save_button.setEnabled(False)
            self._write(self._record(), partial(self._saved, self._card))

    def note_unanswered(self) -> None:
        """Nobody answered."""
        if self._card is not None:
            self._write(partial(note_try, callback_id=self._card.id), self._tried)

    def give_up(self) -> None:
        """The client cannot be reached."""
        if self._card is not None:
            work = partial(give_up, callback_id=self._card.id)
            then = partial(self._given_up, self._card.id)
            self._around.jobs.write(work, then=then, failed=self._refuse)

    def appoint(self, text: str) -> None:
        """Agree another time, typed as people say it."""
        if self._card is None:
            return
        try:
            at = self._moment(text)
        except InvalidFieldError as error:
            self._refuse(error)
            return
        key = self._card.id
        work = partial(appoint_callback, callback_id=key, at=at)
        self._write(work, partial(self._appointed, key))

    def assign(self, caller_id: int) -> None:
        """Somebody else is asked to call (manager)."""
        if self._card is not None:
            work = partial(assign_caller, callback_id=self._card.id, caller_id=caller_id)
            self._around.jobs.write(work, then=self._assigned, failed=self._refuse)

    def begin_correction(self) -> None:
        """The cursor goes where a finished record is put right (E)."""
        self.corrections.begin()

    def correct(self) -> None:
        """Write under a finished record what is right (R223)."""
        if self._card is None:
            return
        fixes = AnswerFixes()
        try:
            if self.corrections.answers.isChecked():
                fixes = fixes_between(self._counted, self.form.answers())
        except InvalidFieldError as error:
            self._refuse_correction(error)
            return
        new, now = self.corrections.correction(fixes), self._around.now()
        work = partial(correct_callback, callback_id=self._card.id, new=new, now=now)
        self._around.jobs.write(work, then=self._corrected, failed=self._refuse_correction)

    def _open_answers(self, is_open: bool) -> None:
        """The form shows what counts while it is put right, else the record as it was."""
        card = self._card
        if card is not None:
            self.form.show_answers(
                self._counted if is_open else card.answers, card.kind, card.items
            )
            self.form.open_answers(is_open=is_open)

    def _corrected(self, _answer: object) -> None:
        self.corrections.clear()
        self.reload()

    def _refuse_correction(self, error: Exception) -> None:
        self.corrections.show_problem(str(error))

    def _record(self) -> Callable[..., Any]:
        card = self._card
        if card is None:
            raise RuntimeError("there is no call to be kept")
        record = NewCallbackRecord(
            card.spoken_at or self._around.now(), self.form.answers(), card.way, card.version
        )
        return partial(record_callback, callback_id=card.id, record=record)

    def _kept(self, card: CallCard | None, callback_id: int, _missing: tuple[str, ...]) -> None:
        if card is not None:
            self.drafts.forget(card.id)
        self.open(callback_id)

    def _moment(self, text: str) -> datetime:
        moment = read_plain_date(text, self._around.now(), field="appointed_at")
        if moment.at is None:
            raise InvalidFieldError("appointed_at", _("请连时间一起写，例如明天 15:30。"))
        return datetime.combine(moment.on, moment.at, BRANCH_TIME)

    def _write(self, work: Callable[..., Any], then: Callable[[Any], object]) -> None:
        self._around.jobs.write(
            partial(work, now=self._around.now()), then=then, failed=self._refuse
        )

    def _show(self, found: FoundCall) -> None:
        card, scripts, corrected, draft = found
        is_same = self._card is not None and self._card.id == card.id
        if not is_same:
            self.corrections.clear()
        self._card, self._counted = card, corrected.counted
        self.head.show_card(card)
        may_write = card.may_work and self._around.may(Right.CALL_BACK)
        is_done = card.state is CallbackState.DONE
        self.corrections.show_call(corrected, is_done=is_done, may_write=may_write)
        self._stack.setCurrentWidget(self._call)
        self._show_save()
        if is_same and (self._is_dirty or self.corrections.answers.isChecked()):
            return
        self.bar.hide()
        self.form.setEnabled(self.save_button.isEnabled())
        self._fill(card, None if is_same else draft)
        self.script.show_scripts(
            scripts, salutation=card.salutation, caller=self._around.actor.name,
            branch=self.branch,
        )  # fmt: skip
        self.script.follow(self.form.outcome())

    def _fill(self, card: CallCard, draft: DraftRow | None) -> None:
        """Show the record as it is stored, or as it was being typed when the program ended."""
        is_open = draft is not None and self.save_button.isEnabled()
        answers = answers_of(draft.content) if draft is not None and is_open else card.answers
        self.form.show_answers(answers, card.kind, card.items)
        self._is_dirty = answers != card.answers
        self.drafts.begin(card.id, draft)
        if self._is_dirty and draft is not None:
            told = _("已取回 {at} 没有保存的记录。").format(at=show_instant(draft.saved_at))
            self.bar.say(Level.INFO, told)

    def _draft(self) -> DraftContent | None:
        if self._card is None or not self._is_dirty:
            return None
        return content_of(self._card.client_name, self.form.answers())

    def _saved(self, card: CallCard, missing: tuple[str, ...]) -> None:
        self.drafts.forget(card.id)
        self._show_save()
        name = card.client_name
        if missing:
            said = _("{name}的记录还缺 {parts}，补全后才算完成。")
            self.told.emit(said.format(name=name, parts=_("、").join(missing)))
        else:
            self.told.emit(_("{name}的回访已完成").format(name=name))
        self.finished.emit(card.id)

    def _tried(self, tries: int) -> None:
        self.told.emit(_("已记第 {count} 次未接通").format(count=tries))

    def _given_up(self, callback_id: int, _answer: object) -> None:
        self.told.emit(_("已记作联系不上"))
        self.finished.emit(callback_id)

    def _appointed(self, callback_id: int, _answer: object) -> None:
        self.head.when.clear()
        self.told.emit(_("已另约时间"))
        self.finished.emit(callback_id)

    def _assigned(self, _answer: object) -> None:
        self.bar.hide()
        self.told.emit(_("已分派回访人"))

    def _refuse(self, error: Exception) -> None:
        self._is_dirty = self._is_dirty or self._differs()
        if self._is_dirty:
            self.drafts.touch()
        self._show_save()
        level = Level.ERROR if isinstance(error, InvalidFieldError) else messages.level_of(error)
        self.bar.say(level, str(error))

    def _show_save(self) -> None:
        card = self._card
        self.save_button.setEnabled(bool(card and card.may_work and not card.state.is_closed))

    def _differs(self) -> bool:
        return self._card is not None and self.form.answers() != self._card.answers

    def _mark_dirty(self) -> None:
        self._is_dirty = not self.corrections.answers.isChecked()
        if self._is_dirty:
            self.drafts.touch()

    def _connect(self) -> None:
        self.head.client_wanted.connect(self.client_wanted)
        self.head.unanswered.connect(self.note_unanswered)
        self.head.given_up.connect(self.give_up)
        self.head.appointed.connect(self.appoint)
        self.head.assigned.connect(self.assign)
        self.form.changed.connect(self._mark_dirty)
        self.form.outcome_chosen.connect(self.script.follow)
        self.save_button.clicked.connect(self.save)
        self.corrections.submitted.connect(self.correct)
        self.corrections.answers_opened.connect(self._open_answers)

    def _lay_out(self) -> None:
        head = Card(margins=(14, 10, 14, 10))
        head.add(self.head)
        head.add(self.bar)
        record = Card(_("回访记录"), margins=(12, 8, 6, 10))
        record.add_right(self.save_button)
        record.add(scrolling(self.form), 1)
        record.add(self.corrections)
        pair = QHBoxLayout()
        pair.setSpacing(10)
        pair.addWidget(self.script, 4)
        pair.addWidget(record, 5)
        self._call = QWidget()
        call = QVBoxLayout(self._call)
        call.setContentsMargins(0, 0, 0, 0)
        call.setSpacing(10)
        call.addWidget(head)
        call.addLayout(pair, 1)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._call)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)


def _read_call(session: Any, actor: Any, callback_id: int, now: datetime) -> FoundCall:
    card = open_callback(session, actor, callback_id, now=now)
    corrected = list_corrections(session, actor, callback_id)
    draft = draft_of(list_drafts(session, actor), callback_id)
    return card, list_scripts(session, actor, kind=card.kind), corrected, draft
