"""今日收尾: what is left to write, work log, tomorrow's plan, matters for the leader (R47)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.plain_dates import day_label
from advisorcrm.services.access import Right
from advisorcrm.services.days.day_closings import (
    DaySheet,
    PlanRow,
    add_plan,
    archive_plan,
    close_day,
    open_day,
    restore_plan,
    write_day,
)
from advisorcrm.services.days.day_forms import DayItem
from advisorcrm.services.days.day_items import list_day_items, restore_day_item, skip_day_item
from advisorcrm.services.days.day_matters import (
    MatterRow,
    add_matter,
    archive_matter,
    restore_matter,
)
from advisorcrm.services.days.unclosed_days import ClosableDay, list_closable_days
from advisorcrm.terms import AccessKind
from advisorcrm.views import day_reports, messages
from advisorcrm.views.branch_page import stack_up
from advisorcrm.views.contacts.phrase_edit import PhraseEdit
from advisorcrm.views.day_end.entry_card import EntryCard
from advisorcrm.views.day_end.items_card import ItemsCard
from advisorcrm.views.page_keys import PageKeys
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level
from advisorcrm.views.widgets.page_head import PageHead

_DAY_WIDE = 16
"""Letters of the longest day."""


class DayEndPage(QWidget):
    """Lives as long as the window; signals carry its wishes to it."""

    log_wanted = Signal(int)
    client_wanted = Signal(int)
    form_wanted = Signal(str, int)
    print_wanted = Signal(object)
    export_wanted = Signal(object)
    told = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self.sheet: DaySheet | None = None
        self.head = PageHead(_("今日收尾"))
        self._day: date | None = None  # None is today, over midnight too
        self.days = ComboBox()
        self.days.setAccessibleName(_("哪一天"))
        self.days.setMinimumContentsLength(_DAY_WIDE)
        self.state = Badge("", "mute")
        self.print_button = plain(_("打印"), icon="printer", key="Ctrl+P")
        self.export_button = plain(_("导出"), icon="upload", key="Ctrl+E")
        self.close_button = primary(_("收尾"), icon="check", key="Ctrl+Enter")
        self.bar = InlineBar()
        self.items = ItemsCard()
        self.summary = Field(_("当日工作总结"), PhraseEdit(3), required=True)
        self.acceptance = Field(_("资讯推送与客户接受程度"), PhraseEdit(2))
        self.reactions = Label("", "text2", "caption", wrap=True)
        self.plans = EntryCard(
            _("次日计划"), PlanRow, ("text", "due_on"), _("明天要做什么；收尾后成为任务")
        )
        self.matters = EntryCard(
            _("上报事项"), MatterRow, ("text", "answer"), _("要请营业部领导知道的事")
        )
        self._keys = PageKeys(self, letters=around.settings.single_keys)
        self._lay_out()
        self._connect()

    # For the window

    def reload(self) -> None:
        """Read the day again, if somebody looks."""
        if not self.isVisible():
            return
        jobs, today = self._around.jobs, self._around.today()
        on = self._day or today
        days = partial(list_closable_days, today=today)
        jobs.read(days, then=self._show_days, key="day_end.days")
        jobs.read(partial(open_day, on=on), then=self._show_sheet, key="day_end.sheet")
        jobs.read(partial(list_day_items, on=on), then=self.items.show_items, key="day_end.items")

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the overlay."""
        return self._keys.listed()

    def primary_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.items.table

    def current_client_id(self) -> int | None:
        """The client a quick action is about."""
        item = self.items.current()
        return item.client_id if item else None

    def set_private(self, *, is_private: bool) -> None:
        """Mask names, for a desk in public view (F9)."""
        self.items.model.set_private(is_private=is_private)

    def show_day(self, day: date | None) -> None:
        """Turn to today, or to a working day before that was forgotten."""
        self.save()
        self._day = None if day == self._around.today() else day
        self.reload()

    # What the person does

    def save(self) -> None:
        """Keep what was typed."""
        work = self._unsaved()
        if work is not None:
            self._write(work)

    def close_day(self) -> None:
        """End the day."""
        if self.sheet is None or not self.sheet.may_write:
            return
        self.close_button.setEnabled(False)
        self.save()
        work = partial(close_day, on=self.sheet.on, now=self._around.now())
        self._around.jobs.write(work, then=self._closed, failed=self._refuse)

    def print_day(self) -> None:
        """The work log on paper."""
        self._leave(self.print_wanted, AccessKind.PRINT)

    def export_day(self) -> None:
        """The work log as a file."""
        self._leave(self.export_wanted, AccessKind.EXPORT)

    # Qt's events

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read when looked at."""
        super().showEvent(event)
        self.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The page's own keys."""
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """What was typed is kept when it is left."""
        if event.type() == QEvent.Type.FocusOut:
            self.save()
        return super().eventFilter(watched, event)

    # Inside

    def _unsaved(self) -> Callable[..., None] | None:
        """What stores the words that were typed, if any were."""
        if self.sheet is None or not self.sheet.may_write or not self._is_changed():
            return None
        return partial(
            write_day, summary=self.summary.value(), acceptance=self.acceptance.value(),
            on=self.sheet.on, today=self._around.today(),
        )  # fmt: skip

    def _show_sheet(self, sheet: DaySheet) -> None:
        is_first = self.sheet is None or self.sheet.on != sheet.on
        of_yesterday = self._unsaved() if is_first else None  # typed over midnight
        if is_first or not self._is_changed():
            self.summary.set_value(sheet.summary)
            self.acceptance.set_value(sheet.acceptance)
        self.sheet = sheet
        for field in (self.summary, self.acceptance):
            field.setEnabled(sheet.may_write)
        self.plans.show_rows(sheet.plans, may_write=sheet.may_write)
        self.matters.show_rows(sheet.matters, may_write=sheet.may_write)
        self.close_button.setEnabled(sheet.may_write)
        is_today = sheet.on == self._around.today()
        self.head.title.setText(_("今日收尾") if is_today else _("补收尾"))
        self.head.sub.setText(f"{sheet.on} {sheet.user_name}")
        self.reactions.setText(_said(sheet))
        closed = sheet.closed_at
        told = _("未收尾")
        if closed is not None:
            told = _("{time} 已收尾").format(time=f"{closed.astimezone(BRANCH_TIME):%H:%M}")
        self.state.show_badge(told, "ok" if closed else "warn", "check" if closed else "clock")
        if of_yesterday is not None:
            self._write(of_yesterday)

    def _show_days(self, days: Sequence[ClosableDay]) -> None:
        """Today and the days before; those that nobody closed say so."""
        said = [(day.on.isoformat(), _said_day(day, self._around.today())) for day in days]
        with QSignalBlocker(self.days):
            self.days.set_choices(said)
            self.days.set_code((self._day or self._around.today()).isoformat())

    def _choose_day(self) -> None:
        self.show_day(date.fromisoformat(self.days.code()))

    def _is_changed(self) -> bool:
        sheet = self.sheet
        return sheet is not None and (self.summary.value(), self.acceptance.value()) != (
            sheet.summary.strip(), sheet.acceptance.strip(),
        )  # fmt: skip

    def _add_plan(self, text: str) -> None:
        self._enter(self.plans, text, add_plan)

    def _add_matter(self, text: str) -> None:
        self._enter(self.matters, text, add_matter)

    def _enter(self, card: EntryCard, text: str, service: Callable[..., int]) -> None:
        work = partial(service, text=text, on=self._on(), today=self._around.today())
        self._around.jobs.write(work, failed=partial(self._not_entered, card, text))

    def _not_entered(self, card: EntryCard, text: str, error: Exception) -> None:
        self._refuse(error)
        card.take_back(text)

    def _remove_plan(self, plan_id: int) -> None:
        work = partial(archive_plan, plan_id=plan_id, now=self._around.now())
        self._write(work, _("已去掉一条计划"), partial(restore_plan, plan_id=plan_id))

    def _remove_matter(self, matter_id: int) -> None:
        work = partial(archive_matter, matter_id=matter_id, now=self._around.now())
        self._write(work, _("已去掉一件上报事项"), partial(restore_matter, matter_id=matter_id))

    def _skip(self, item: DayItem) -> None:
        if item.client_id is None:
            return
        on, now = self._on(), self._around.now()
        told = _("{name}：当日略过").format(name=item.client_name)
        self._write(
            partial(skip_day_item, kind=item.kind, client_id=item.client_id, on=on, now=now),
            told,
            partial(restore_day_item, kind=item.kind, client_id=item.client_id, on=on, now=now),
        )

    def _on(self) -> date:
        return self.sheet.on if self.sheet else self._around.today()

    def _write(
        self,
        work: Callable[..., object],
        told: str = "",
        inverse: Callable[..., object] | None = None,
    ) -> None:
        then = partial(self._offer_undo, told, inverse) if inverse else None
        self._around.jobs.write(work, then=then, failed=self._refuse)

    def _offer_undo(self, told: str, inverse: Callable[..., object], _answer: object) -> None:
        self._around.undo.done(told, inverse)

    def _closed(self, tasks: int) -> None:
        self.bar.hide()
        if self.sheet is not None and self._day is not None:
            self.sheet = replace(self.sheet, closed_at=self._around.now())  # all of it is kept
            self._day = None
            self.reload()
        said = ngettext("已收尾，{count} 条计划成为任务", "已收尾，{count} 条计划成为任务", tasks)
        self.told.emit(said.format(count=tasks))

    def _refuse(self, error: Exception) -> None:
        self.close_button.setEnabled(self.sheet is not None and self.sheet.may_write)
        if isinstance(error, InvalidFieldError) and error.field == "summary":
            self.summary.show_message(Level.ERROR, error.reason)
            self.summary.focus()
            return
        self.bar.say(messages.level_of(error), str(error))
        if isinstance(error, InvalidFieldError) and error.field == "plan":
            self.plans.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self, wish: SignalInstance, kind: AccessKind) -> None:
        if self.sheet is not None and self._around.may(Right.EXPORT):
            self.save()
            wish.emit(day_reports.day_closing(self.sheet.on, None, kind))

    def _connect(self) -> None:
        self._around.jobs.changed.connect(self.reload)
        self.days.currentIndexChanged.connect(self._choose_day)
        self.items.log_wanted.connect(self.log_wanted)
        self.items.file_wanted.connect(self.client_wanted)
        self.items.form_wanted.connect(self.form_wanted)
        self.items.skipped.connect(self._skip)
        self.plans.added.connect(self._add_plan)
        self.plans.removed.connect(self._remove_plan)
        self.matters.added.connect(self._add_matter)
        self.matters.removed.connect(self._remove_matter)
        self.close_button.clicked.connect(self.close_day)
        self.print_button.clicked.connect(self.print_day)
        self.export_button.clicked.connect(self.export_day)
        for field in (self.summary, self.acceptance):
            field.editor.installEventFilter(self)
        self.items.table.letters_are_keys = self._around.settings.single_keys
        self._keys.watch(self.items.table)
        for key, call, what in (
            ("N", self.items.log, _("记沟通")), ("E", self.items.open_file, _("打开档案")),
            ("X", self.items.skip, _("略过")), ("Ctrl+S", self.save, _("保存")),
            ("Ctrl+Return", self.close_button.click, _("收尾")),
            ("Ctrl+P", self.print_day, _("打印")), ("Ctrl+E", self.export_day, _("导出")),
            ("F5", self.reload, ""),
        ):  # fmt: skip
            self._keys.add(key, call, what)

    def _lay_out(self) -> None:
        for state in (self.days, self.state):
            self.head.add_state(state)
        buttons = [self.print_button, self.export_button] if self._around.may(Right.EXPORT) else []
        for button in (*buttons, self.close_button):
            self.head.add_button(button)
        log = Card(_("工作日志"))
        for part in (self.summary, self.acceptance, self.reactions):
            log.add(part)
        right = QVBoxLayout()
        right.setSpacing(8)
        for card, share in ((log, 0), (self.plans, 1), (self.matters, 1)):
            right.addWidget(card, share)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self.items, 55)
        both.addLayout(right, 45)
        stack_up(self, self.head, self.bar, both)


def _said_day(day: ClosableDay, today: date) -> str:
    if day.on == today:
        return _("今天 {day}").format(day=f"{day.on:%m-%d}")
    told = day_label(f"{day.on:%m-%d}", day.on)
    return _("{day} 未收尾").format(day=told) if day.is_forgotten else told


def _said(sheet: DaySheet) -> str:
    """How many conversations, and how they were taken (R27)."""
    parts: Sequence[str] = [_("当日沟通 {count} 次").format(count=sheet.contacts)]
    parts = [*parts, *(f"{kind.label} {count}" for kind, count in sheet.reactions.items())]
    tasks = _("任务已办 {done}，未办 {left}")
    parts = [*parts, tasks.format(done=sheet.tasks.done, left=sheet.tasks.left)]
    return " · ".join(parts)
