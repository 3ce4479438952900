"""The lock screen: the time, who is locked, what goes on meanwhile; nothing of any client."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _
from advisorcrm.rules.lunar import lunar_of
from advisorcrm.views import theme
from advisorcrm.views.sign_in.centred_card import CentredCard
from advisorcrm.views.sign_in.password_line import PasswordLine
from advisorcrm.views.sign_in.waiting_button import WaitingButton
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level
from advisorcrm.views.widgets.line import Line

_TICK_MS = 1000
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class LockInfo:
    """What stays known while the key is dropped: no names but the person's own."""

    name: str
    role: str
    locked: str = ""  # "14:27 锁定，空闲满 5 分钟"
    drafts: int = 0
    drafts_at: str = ""
    ends: tuple[datetime, ...] = ()
    place: str = ""
    saved: str = ""


class LockScreen(CentredCard):
    """``unlock_wanted(password)``, ``switch_wanted``, ``quit_wanted``; Esc does nothing."""

    unlock_wanted = Signal(str)
    switch_wanted = Signal()
    quit_wanted = Signal()

    def __init__(
        self, info: LockInfo, *, clock: Clock | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._info = info
        self._clock = clock or branch_now
        self.setAutoFillBackground(True)
        self._time = Label("", size="clock")
        self._day = Label("", "text2")
        self.password = PasswordLine()
        self.enter = WaitingButton(_("解锁"), key="⏎")
        self._said = InlineBar()
        self._due = Fact("timer", "warn")
        self._capitals = IconLabel("triangle-alert", _("大写锁定已打开"), "warn")
        self._fill()
        self._connect()
        self.setFocusProxy(self.password)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._timer.start(_TICK_MS)
        self.tick()

    def show_failure(self, reason: str, *, wait_seconds: float = 0) -> None:
        """A wrong password waits as at sign-in."""
        self._said.say(Level.ERROR, reason)
        self.enter.wait(wait_seconds)
        self.password.selectAll()
        self.password.setFocus()

    def tick(self) -> None:
        """Show the time, the day, and what still runs out today."""
        now = self._clock()
        self._time.setText(f"{now:%H:%M}")
        weekday = (_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"),
                   _("星期日"))[now.weekday()]  # fmt: skip
        day = _("{month} 月 {day} 日 {weekday}").format(
            month=now.month, day=now.day, weekday=weekday
        )
        lunar = _("农历{day}").format(day=lunar_of(now.date()).label_zh)
        self._day.setText(f"{day} · {lunar}")
        self._show_due(now)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing behind the lock hears a key."""
        event.accept()

    def _fill(self) -> None:
        for label in (self._time, self._day):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.above.addWidget(label)
        self.body.addLayout(self._head())
        top = QHBoxLayout()
        top.addWidget(Label(_("密码"), "text2", "caption"))
        top.addStretch(1)
        top.addWidget(Label(self._info.locked, "text3", "hint"))
        asked = QVBoxLayout()
        asked.setSpacing(3)
        asked.addLayout(top)
        asked.addWidget(self.password)
        asked.addWidget(self._capitals)
        self._capitals.hide()
        self.body.addLayout(asked)
        self.body.addWidget(self._said)
        self.body.addWidget(self.enter)
        self.body.addWidget(Line())
        for fact in self._facts():
            self.body.addWidget(fact)
        self.body.addWidget(Line())
        self.body.addLayout(self._foot())
        self._fill_status()

    def _head(self) -> QHBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addWidget(Label(self._info.name, size="subtitle", weight=600))
        names.addWidget(Label(self._info.role, "text2", "caption"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Initial(self._info.name))
        row.addLayout(names, 1)
        row.addWidget(Badge(_("已锁定"), "mute", "lock"))
        return row

    def _facts(self) -> list[Fact]:
        info = self._info
        facts = []
        if info.drafts:
            drafts = Fact("file-text", "ok")
            drafts.say(_("{count} 份草稿已保存").format(count=info.drafts), info.drafts_at)
            facts.append(drafts)
        cleared = Fact("eye-off", "text2")
        cleared.say(_("已收回显示的号码，剪贴板已清空"))
        return [*facts, self._due, cleared]

    def _show_due(self, now: datetime) -> None:
        """What still runs out today; the line goes with the last of it."""
        left = [at.astimezone(BRANCH_TIME) for at in self._info.ends if at > now]
        self._due.setVisible(bool(left))
        if left:
            going = _("时限继续计时：今日还有 {count} 项到期").format(count=len(left))
            self._due.say(going, _("最近 {time}").format(time=f"{left[0]:%H:%M}"))

    def _foot(self) -> QHBoxLayout:
        switch = quiet(_("换用户登录"), icon="user")
        switch.clicked.connect(self.switch_wanted)
        leave = quiet(_("退出程序"), icon="x")
        leave.clicked.connect(self.quit_wanted)
        row = QHBoxLayout()
        row.addWidget(switch)
        row.addStretch(1)
        row.addWidget(leave)
        return row

    def _fill_status(self) -> None:
        left = []
        if self._info.place:
            left.append(IconLabel("database", self._info.place))
        if self._info.saved:
            left.append(IconLabel("circle-check", self._info.saved, "ok"))
        right = [IconLabel("lock", _("Ctrl+Alt+L 锁定 · 也随系统锁屏"))]
        self.show_status(left, right)

    def _connect(self) -> None:
        self.password.returnPressed.connect(self.enter.press)
        self.password.capitals_locked.connect(self._capitals.setVisible)
        self.enter.pressed.connect(self._submit)

    def _submit(self) -> None:
        if self.password.text():
            self.enter.show_busy(_("正在打开…"))
            self.unlock_wanted.emit(self.password.text())
            return
        self.password.setFocus()


class Fact(QWidget):
    """One line of what goes on behind the lock, with its time at the right."""

    def __init__(self, icon: str, tone: str) -> None:
        super().__init__()
        quiet_tone = "text2" if tone == "text2" else "text"
        self._text = IconLabel(icon, "", quiet_tone, size="body", icon_px=15)
        self._text.mark.show_icon(icon, tone)
        self._remark = Label("", "warn" if tone == "warn" else "text3", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._text, 1)
        row.addWidget(self._remark)

    def say(self, text: str, remark: str = "") -> None:
        """Tell it."""
        self._text.label.setText(text)
        self._remark.setText(remark)


class Initial(QWidget):
    """The first character of a name in a disc."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._letter = name[:1]
        self.setFixedSize(theme.px(44), theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw disc and character."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawEllipse(self.rect())
        painter.setPen(theme.colour("accent"))
        painter.setFont(theme.font("page_title", 600))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._letter)


def branch_now() -> datetime:
    """The time at the branch."""
    return datetime.now(BRANCH_TIME)
