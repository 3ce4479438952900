"""The fields of a conversation in the order in which they are filled (R17, R35, R81)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME, CodeBook
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import N_, _, ngettext
from advisorcrm.rules.plain_dates import Direction, echo_text, read_plain_date
from advisorcrm.rules.topics import OTHERWISE, guess_topics
from advisorcrm.rules.workdays import day_kind
from advisorcrm.views.contacts.advice_choice import AdviceChoice
from advisorcrm.views.contacts.contact_entry import ContactEntry
from advisorcrm.views.contacts.next_step import NextStep
from advisorcrm.views.contacts.phrase_edit import PhraseEdit
from advisorcrm.views.contacts.reaction_chips import ReactionChips
from advisorcrm.views.contacts.topic_choice import TopicChoice
from advisorcrm.views.contacts.way_chips import WayChips
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.field import Field, Verdict, show_at_field
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_LINES = 4
_UPDATE_FILE = N_("顺便更新档案")


class ContactForm(QWidget):
    """Way, topics, time, content, reaction, advice, next step; ``changed`` after each of them."""

    changed = Signal()
    way_changed = Signal(str)

    def __init__(
        self, book: CodeBook, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._book = book
        self._clock = clock
        self._last_topics: tuple[str, ...] = ()
        self._is_filling = False
        self._entry = ContactEntry()
        self._make_fields(book)
        self._lay_out()
        self._connect()

    # For the dialog

    def fill(self, entry: ContactEntry) -> None:
        """Show what a draft holds, or a fresh form."""
        self._is_filling = True
        self._entry = entry
        self.way.choose(entry.way)
        self.topics.set_value(",".join(entry.topics))
        self.time.set_value(entry.time_text)
        self.content.set_value(entry.content)
        self.writing.moveCursor(QTextCursor.MoveOperation.End)
        self.reaction.choose(entry.reaction)
        self.advice.fill(is_advice=entry.is_advice, basis=entry.basis)
        self.next_step.fill(entry.next_text, entry.next_way, entry.next_note)
        self.counter.setChecked(entry.was_reminded_of_counter)
        self.update_file.setChecked(entry.updates_file)
        self._is_filling = False
        self._show_count()

    def entry(self) -> ContactEntry:
        """What stands in the fields now."""
        return replace(
            self._entry,
            way=self.way.code(),
            topics=self._codes(),
            time_text=self.time.value(),
            content=self.content.value(),
            reaction=self.reaction.code(),
            is_advice=self.advice.is_advice(),
            basis=self.advice.basis.value(),
            next_text=self.next_step.date.text(),
            next_way=self.next_step.way.code(),
            next_note=self.next_step.note.text(),
            was_reminded_of_counter=self.counter.isChecked(),
            updates_file=self.update_file.isChecked(),
        )

    def set_client(self, client_id: int | None, name: str) -> None:
        """Whom the conversation is with."""
        self._entry = replace(self._entry, client_id=client_id, client_name=name)

    def start_with(self, way: str, topics: Sequence[str]) -> None:
        """Begin as the last conversation with this client was; what was touched stays."""
        self._last_topics = tuple(topics)
        self._is_filling = True
        if not self._entry.way:
            self.way.choose(way)
            self.next_step.way.set_code(way)
            self._entry = replace(self._entry, way=way)
        self._is_filling = False
        self._guess_topics()

    def show_gaps(self, count: int) -> None:
        """How many fields of the client's file are missing."""
        gaps = ngettext("顺便更新档案 {count} 处", "顺便更新档案 {count} 处", count)
        self.update_file.setText(gaps.format(count=count) if count else _(_UPDATE_FILE))

    def show_problem(self, error: InvalidFieldError) -> bool:
        """Say it at its field and bring the cursor there; False if no field of ours is meant."""
        if error.field in ("next_on", "next_at"):
            self.next_step.show_problem(error)
            return True
        return show_at_field(error, self._fields)

    def focus_content(self) -> None:
        """Where writing begins."""
        self.content.focus()

    # Inside

    def _make_fields(self, book: CodeBook) -> None:
        self.way = WayChips(book)
        self.topics = Field(
            _("沟通主题"), TopicChoice(book), required=True, hint=_("可多选，输入首字母 pmkf")
        )
        self.time = Field(
            _("沟通时间"),
            QLineEdit(),
            hint=_("默认现在；可输 14:05、昨天 16:30"),
            judge=self._judge_time,
        )
        self.writing = PhraseEdit(_LINES)
        self.content = Field(_("沟通内容"), self.writing, required=True)
        self.count = IconLabel("info", "", "text3")
        self.reaction = ReactionChips()
        self.advice = AdviceChoice()
        self.next_step = NextStep(book, self._clock)
        self.counter = CheckBox(_("已提醒客户到柜台更新资料"))
        self.update_file = CheckBox(_(_UPDATE_FILE))
        self._fields = {
            "topics": self.topics,
            "contacted_at": self.time,
            "content": self.content,
            "basis": self.advice.basis,
        }

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(_titled(_("沟通方式"), self.way, _("Alt+数字")))
        pair = QHBoxLayout()
        pair.setSpacing(12)
        pair.addWidget(self.topics, 1)
        pair.addWidget(self.time, 1)
        whole.addLayout(pair)
        whole.addWidget(self.content)
        whole.addWidget(self.count)
        whole.addLayout(self._judgements())
        whole.addWidget(self.advice.basis)
        whole.addWidget(self.next_step)
        ticks = FlowLayout(gap=16)
        ticks.addWidget(self.counter)
        ticks.addWidget(self.update_file)
        whole.addLayout(ticks)
        whole.addStretch(1)

    def _judgements(self) -> QHBoxLayout:
        pair = QHBoxLayout()
        pair.setSpacing(12)
        pair.addLayout(_titled(_("客户反映"), self.reaction), 1)
        pair.addLayout(_titled(_("属于投资建议"), self.advice), 1)
        return pair

    def _connect(self) -> None:
        self.way.changed.connect(self._way_chosen)
        self.topics.changed.connect(self._topics_chosen)
        self.content.changed.connect(self._content_changed)
        self.writing.expanded.connect(self._guess_topics)
        for signal in (
            self.time.changed,
            self.reaction.changed,
            self.advice.changed,
            self.next_step.changed,
            self.counter.toggled,
            self.update_file.toggled,
        ):
            signal.connect(self._tell)

    def _tell(self) -> None:
        if not self._is_filling:
            self.changed.emit()

    def _way_chosen(self) -> None:
        if not self._is_filling:
            self._entry = replace(self._entry, way=self.way.code())
        self.way_changed.emit(self.way.code())
        self._tell()

    def _topics_chosen(self) -> None:
        if not self._is_filling:
            self._entry = replace(self._entry, topics_are_chosen=True)
        self._tell()

    def _content_changed(self) -> None:
        self._show_count()
        if not self._is_filling:
            self._guess_topics()
            self.changed.emit()

    def _guess_topics(self) -> None:
        """Until somebody chooses: what the words speak of, else what was spoken of last time."""
        if self._entry.topics_are_chosen:
            return
        offered = self._book.codes(terms.TOPIC)
        codes = guess_topics(self.content.value(), offered) or self._last_topics
        if not codes and OTHERWISE in offered:
            codes = (OTHERWISE,)
        self.topics.set_value(",".join(codes))

    def _codes(self) -> tuple[str, ...]:
        return tuple(code for code in self.topics.value().split(",") if code)

    def _show_count(self) -> None:
        count = len(self.content.value())
        text = ngettext("{count} 字", "{count} 字", count).format(count=count)
        self.count.show_text("info", text, "text3")

    def _judge_time(self, text: str) -> Verdict | None:
        now = self._clock()
        try:
            moment = read_plain_date(text, now, direction=Direction.PAST, field="contacted_at")
            self.entry().contacted_at(now)
        except InvalidFieldError as error:
            return Verdict(Level.ERROR, str(error))
        return Verdict(Level.OK, echo_text(moment, day_kind(moment.on)))


def default_time_text(now: datetime) -> str:
    """Now, as the field shows it."""
    return now.astimezone(BRANCH_TIME).strftime("%Y-%m-%d %H:%M")


def _titled(title: str, widget: QWidget, hint: str = "") -> QVBoxLayout:
    """A label above a group of chips or buttons."""
    head = QHBoxLayout()
    head.addWidget(Label(title, "text2", "caption"))
    head.addStretch(1)
    if hint:
        head.addWidget(Label(hint, "text3", "hint"))
    column = QVBoxLayout()
    column.setSpacing(3)
    column.addLayout(head)
    column.addWidget(widget)
    return column
