"""The wizard of the first run: five steps, then the recovery sheet.

It only collects; ``app`` makes the database from what ``finished`` brings and answers with
``show_recovery_key`` or ``show_problem``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from advisorcrm import i18n
from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.first_run.answers import FirstRunAnswers, drop_draft, load_draft, save_draft
from advisorcrm.views.first_run.branch_preview import BranchPreview
from advisorcrm.views.first_run.branch_step import BranchStep
from advisorcrm.views.first_run.database_step import DatabaseStep
from advisorcrm.views.first_run.look_step import LookStep
from advisorcrm.views.first_run.people_step import PeopleStep
from advisorcrm.views.first_run.recovery_page import RecoveryPage
from advisorcrm.views.first_run.start_step import SAMPLE, StartStep
from advisorcrm.views.first_run.step import Step
from advisorcrm.views.first_run.step_list import StepList
from advisorcrm.views.remembered import remember
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import plain, primary, quiet
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_SAVE_MS = 1500
_SIDE_PX, _THREE_PX = 344, 1180
"""How wide the sheets as they print are, and the window in which they lie beside the form."""
_ANY_PX = 16_777_215  # Qt's QWIDGETSIZE_MAX
_NAMES = ("look", "database", "branch", "people", "start")
_BRANCH_STEP = 2


class FirstRunWizard(QWidget):
    """``finished(FirstRunAnswers)``, ``existing_chosen(path)``, ``left`` after the sheet."""

    finished = Signal(object)
    existing_chosen = Signal(str)
    left = Signal()

    def __init__(self, location: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._location = location
        self._current = 0
        self._reached = 0
        self._is_making = False
        self._sheet: RecoveryPage | None = None
        self.setMinimumSize(1024, 640)
        self.resize(1440, 900)
        self._save_soon = QTimer(self)
        self._save_soon.setSingleShot(True)
        self._save_soon.setInterval(_SAVE_MS)
        self._save_soon.timeout.connect(self._save)
        self._shell = QVBoxLayout(self)
        self._shell.setContentsMargins(0, 0, 0, 0)
        self._body: QWidget | None = None
        self._start_over(load_draft())
        self._bind_keys()
        theme.current.changed.connect(self._place_side)

    # For app

    def show_problem(self, error: Exception) -> None:
        """The database could not be made: say why, nothing is lost."""
        self._is_making = False
        self._said.say(Level.ERROR, str(error))
        self._refresh()

    def show_recovery_key(self, key: str) -> None:
        """Everything is made: now the sheet that opens it when every password is lost."""
        drop_draft()
        self._save_soon.stop()
        self._sheet = RecoveryPage(self._branch.info().name, key)
        self._sheet.left.connect(self.left)
        self._pages.addWidget(self._sheet)
        self._turn_to(self._sheet)
        self._side.hide()
        self._foot.hide()
        self._said.hide()
        self._title.setText(_("恢复单"))
        self._remark.setText(_("数据库和账号已建立。"))
        self._badge.hide()
        self._list.show_steps(-1, -1, [True] * len(self.steps), [s.summary() for s in self.steps])

    def answers(self) -> FirstRunAnswers:
        """What the five steps hold."""
        return FirstRunAnswers(
            language=i18n.language(),
            appearance=theme.current.appearance,
            font_percent=theme.current.scale,
            location=self._database.place.value(),
            branch=self._branch.info(),
            people=self._people.people(),
            high_end_tiers=self._start.high_end_tiers(),
            start_with=self._start.start_with(),
        )

    def go_to(self, number: int) -> None:
        """Show a step that has been reached."""
        if 0 <= number <= self._reached and not self._is_making:
            self._current = number
            self._refresh()
            first = next(iter(self.steps[number].fields.values()), None)
            if first is not None:
                first.focus()

    def next_step(self) -> None:
        """Go on, or say what is missing; after the last step everything is made."""
        if self._sheet is not None:
            self._sheet.leave()
            return
        step = self.steps[self._current]
        if not step.check():
            self.go_to_missing()
            return
        self._people.suggest_manager(self._branch.info().manager_name)
        if self._current + 1 < len(self.steps):
            self._reached = max(self._reached, self._current + 1)
            self.go_to(self._current + 1)
            return
        self._finish()

    def last_step(self) -> None:
        """Go back; nothing typed is lost."""
        if self._sheet is None:
            self.go_to(self._current - 1)

    def go_to_missing(self) -> None:
        """Put the cursor into the next field that stops the step."""
        if self._sheet is not None:
            return
        self._refresh()
        missing = self.steps[self._current].missing()
        if missing:
            missing[0].focus()

    # Qt's events

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Leaving keeps what was typed; a key that is nowhere on paper keeps the window."""
        if self._sheet is not None and not self._sheet.is_kept:
            self._sheet.leave()
            event.ignore()
            return
        if self._save_soon.isActive():
            self._save()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The sheets as they print lie beside the form or, where that is narrow, below it."""
        super().resizeEvent(event)
        self._place_side()

    # Inside

    def _place_side(self) -> None:
        has_room = self.width() >= theme.px(_THREE_PX)
        self._side.setMaximumWidth(theme.px(_SIDE_PX) if has_room else _ANY_PX)
        self._side.setMinimumWidth(theme.px(_SIDE_PX) if has_room else 0)
        if has_room:
            self._beside.insertWidget(0, self._side)
        else:
            self._below.addWidget(self._side)

    def _start_over(self, values: dict[str, dict[str, str]]) -> None:
        """Build every step anew: at the start and after a change of language."""
        if self._body is not None:
            self._body.deleteLater()
        self._look = LookStep()
        self._database = DatabaseStep(self._location)
        self._branch = BranchStep()
        self._people = PeopleStep()
        self._start = StartStep()
        self.steps: list[Step] = [
            self._look, self._database, self._branch, self._people, self._start,
        ]  # fmt: skip
        for name, step in zip(_NAMES, self.steps, strict=True):
            step.fill(values.get(name, {}))
            step.changed.connect(self._typed)
        self._look.language_chosen.connect(self._use_language)
        self._database.existing_chosen.connect(self.existing_chosen)
        self._body = self._build()
        self._shell.addWidget(self._body)
        self.setWindowTitle(_("首次设置 – 客户服务"))
        self._refresh()

    def _build(self) -> QWidget:
        body = QWidget()
        self._list = StepList([step.title for step in self.steps])
        self._list.chosen.connect(self.go_to)
        self._pages = QVBoxLayout()
        for step in self.steps:
            step.hide()
            self._pages.addWidget(step)
        self._side = BranchPreview()
        middle = QHBoxLayout()
        middle.setContentsMargins(32, 24, 32, 16)
        middle.setSpacing(16)
        middle.addWidget(self._scrolled(), 1)
        self._beside = QVBoxLayout()
        self._beside.addStretch(1)
        middle.addLayout(self._beside)
        self._place_side()
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self._list)
        upper.addLayout(middle, 1)
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper, 1)
        whole.addWidget(self._build_foot())
        return body

    def _scrolled(self) -> QScrollArea:
        """Head and step in a scroll area: pages taller than the window scroll."""
        self._title = Label("", size="figure", weight=600)
        self._badge = Badge("", "info")
        self._remark = Label("", "text2", wrap=True)
        self._said = InlineBar()
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._badge)
        head.addStretch(1)
        inner = QWidget()
        inner.setProperty("zone", "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._remark)
        column.addWidget(self._said)
        column.addSpacing(4)
        column.addLayout(self._pages, 1)
        self._below = QVBoxLayout()
        column.addLayout(self._below)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the focus and scroll it
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inner)
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        return area

    def _build_foot(self) -> QWidget:
        self._foot = QFrame()
        self._foot.setProperty("zone", "foot")
        self._missing = IconLabel("triangle-alert", "", "crit", weight=500, icon_px=15)
        self._saved = Label("", "text3", "caption")
        later = quiet(_("稍后继续"), key="Esc")
        later.clicked.connect(self.close)
        self._back = plain(_("上一步"), key="Alt+←")
        self._back.clicked.connect(self.last_step)
        self._next = primary(_("下一步"), key="Ctrl+Enter")
        self._next.clicked.connect(self.next_step)
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(24, 12, 32, 12)
        row.setSpacing(12)
        row.addWidget(self._missing)
        row.addWidget(self._saved)
        row.addStretch(1)
        for part in (later, self._back, self._next):
            row.addWidget(part)
        return self._foot

    def _bind_keys(self) -> None:
        bound = (
            ("Ctrl+Return", self.next_step),
            ("Ctrl+Enter", self.next_step),
            ("Alt+Left", self.last_step),
            ("F8", self.go_to_missing),
            ("Escape", self.close),
        )
        for keys, run in bound:
            QShortcut(QKeySequence(keys), self).activated.connect(run)

    def _refresh(self) -> None:
        step = self.steps[self._current]
        count = len(self.steps)
        self._turn_to(step)
        form = _("第 {number} 步：{title}")
        self._title.setText(form.format(number=self._current + 1, title=step.title))
        self._badge.show_badge(f"{self._current + 1} / {count}", "info")
        self._remark.setText(step.remark)
        self._side.setVisible(self._current == _BRANCH_STEP)
        is_last = self._current == count - 1
        self._next.show_text(_("建立数据库") if is_last else _("下一步"))
        self._next.setEnabled(not self._is_making)
        self._back.setEnabled(self._current > 0 and not self._is_making)
        done = [
            number < self._reached and not one.missing() for number, one in enumerate(self.steps)
        ]
        self._list.show_steps(self._current, self._reached, done, [s.summary() for s in self.steps])
        if is_last:
            self._start.show_summary(self._summary())
        self._show_missing()

    def _turn_to(self, page: QWidget) -> None:
        """Show one page; a stack would be as high as its highest page."""
        for one in (*self.steps, self._sheet or page):
            one.setVisible(one is page)

    def _show_missing(self) -> None:
        step = self.steps[self._current]
        missing = step.missing()
        names = _("、").join(field.label for field in missing[:3])
        form = _("还差 {count} 处：{names}")
        self._missing.show_text(
            "triangle-alert", form.format(count=len(missing), names=names), "crit"
        )
        self._missing.setVisible(bool(missing) and step.is_begun())
        wrong = {name for name, field in self._branch.fields.items()
                 if field.level() is Level.ERROR}  # fmt: skip
        self._side.show_branch(self._branch.info(), wrong)

    def _summary(self) -> list[tuple[str, str]]:
        people = self._people.people()
        begins = self._start.start_with()
        lines = [
            ("database", _("加密数据库 {place}").format(place=self._database.place.value())),
            ("building-2", f"{self._branch.info().company} {self._branch.info().name}"),
            *(
                ("user", f"{one.role.label} {one.name}（{one.employee_no}）") for one in people
            ),  # chinese: data
            ("list-checks", _("客户类型、沟通主题等代码表")),
        ]
        if begins == SAMPLE:
            lines.append(("sparkles", _("示例客户和沟通记录")))
        return lines

    def _typed(self) -> None:
        self._save_soon.start()
        self._show_missing()

    def _save(self) -> None:
        values = {name: step.values() for name, step in zip(_NAMES, self.steps, strict=True)}
        if save_draft(values):
            now = datetime.now(BRANCH_TIME)
            form = _("F8 跳到 · 已自动保存 {time}")
            self._saved.setText(form.format(time=f"{now:%H:%M:%S}"))

    def _use_language(self, language: str) -> None:
        """Words change at once; what was typed stays."""
        values = {name: step.values() for name, step in zip(_NAMES, self.steps, strict=True)}
        i18n.use_language(language)
        remember("language", language)
        QTimer.singleShot(0, self, self._rebuild(values))

    def _rebuild(self, values: dict[str, dict[str, str]]) -> Callable[[], None]:
        def build() -> None:
            self._start_over(values)

        return build

    def _finish(self) -> None:
        wrong = next((n for n, step in enumerate(self.steps) if not step.check()), None)
        if wrong is not None:
            self.go_to(wrong)
            self.go_to_missing()
            return
        remember("theme", theme.current.appearance)
        remember("font_percent", str(theme.current.scale))
        self._is_making = True
        self._said.say(Level.INFO, _("正在建立数据库，请稍等…"))
        self._refresh()
        self.finished.emit(self.answers())
