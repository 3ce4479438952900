"""The login window: first thing seen, so it imports nothing that is not on it.

It only asks; ``app`` signs in and answers with ``show_failure`` or closes the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm import i18n
from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.remembered import recall, remember
from advisorcrm.views.sign_in.centred_card import CentredCard
from advisorcrm.views.sign_in.password_line import PasswordLine, eye_for
from advisorcrm.views.sign_in.waiting_button import WaitingButton
from advisorcrm.views.widgets.buttons import Button, quiet
from advisorcrm.views.widgets.icon_label import IconLabel, IconMark
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line

if TYPE_CHECKING:
    from advisorcrm.terms import Role

_LANGUAGES = (("zh_CN", "中文"), ("en", "English"))  # chinese: data


class LoginInfo(NamedTuple):
    """What the window tells before anybody has signed in: no client data, no list of people."""

    branch: str = ""
    place: str = ""
    backup: str = ""
    day: str = ""
    version: str = ""
    is_encrypted: bool = True
    backup_tone: str = "text2"


class LoginWindow(CentredCard):
    """Asks for 工号 and password; ``painted`` once, when it is seen for the first time."""

    submitted = Signal(str, str)
    painted = Signal()
    recovery_wanted = Signal()
    language_chosen = Signal(str)
    new_wanted = Signal()
    open_wanted = Signal()
    restore_wanted = Signal(str, str)

    def __init__(self, info: LoginInfo | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._branch = Label(recall("login/branch") or _("尚未登录"), "text2")
        self._is_busy = False
        self._is_seen = False
        self.setWindowTitle(_("登录 – 客户服务"))
        self.setMinimumSize(640, 520)
        self.resize(1280, 800)
        self.number = QLineEdit(recall("login/number"))
        self.number.setAccessibleName(_("工号"))
        self.password = PasswordLine()
        self.enter = WaitingButton(_("登录"))
        self._capitals: IconLabel | None = None
        self.restore: Button | None = None
        self._failure = _FailureBox()
        self._fill()
        self._connect()
        if info is not None:
            self.show_info(info)

    def show_info(self, info: LoginInfo) -> None:
        """Tell about the database; read after the first paint, while the password is typed."""
        if info.branch:
            self._branch.setText(info.branch)
            remember("login/branch", info.branch)
        state = _("{place} · 已加密") if info.is_encrypted else "{place}"
        left = [IconLabel("database", state.format(place=info.place))] if info.place else []
        if info.backup:
            left.append(IconLabel("hard-drive-download", info.backup, info.backup_tone))
        right = [IconLabel("calendar", info.day)] if info.day else []
        if info.version:
            right.append(IconLabel("info", _("版本 {version}").format(version=info.version)))
        self.show_status(left, right)

    def show_failure(self, reason: str, *, wait_seconds: float = 0) -> None:
        """Say why it did not work and how long to wait; the password is to be typed again."""
        self._is_busy = False
        self._failure.say(reason)
        self._mark(is_wrong=True)
        self.enter.wait(wait_seconds)
        self.password.selectAll()
        self.password.setFocus()

    def show_notice(self, sentence: str) -> None:
        """Say what is wrong with this computer; signing in stays possible."""
        self._failure.say(sentence)

    def show_done(self, sentence: str) -> None:
        """Say what has been done and is well."""
        self._failure.say(sentence, is_good=True)

    def show_signed_in(self, number: str, name: str, role: Role) -> None:
        """Remember who it was for the next start."""
        remember("login/number", number)
        remember("login/name", name)
        remember("login/role", role.value)

    def show_no_database(self) -> None:
        """There is nothing to sign in to: offer to make a database or to open another."""
        self._failure.say(_("没有找到数据库。可以新建，或打开已有的数据库文件。"))
        new = quiet(_("新建"), icon="plus")
        new.clicked.connect(self.new_wanted)
        other = quiet(_("打开"), icon="folder-open")
        other.clicked.connect(self.open_wanted)
        self._failure.add_actions(new, other)
        self.enter.button.setEnabled(False)

    def offer_copy(self, made_at: str) -> None:
        """There is a copy: whoever is named above may put it in the place of the file."""
        if self.restore is None:
            self.restore = quiet(_("用 {at} 的备份恢复").format(at=made_at), icon="rotate-ccw")
            self.restore.clicked.connect(self._want_copy)
            self._failure.add_actions(self.restore)

    def show_restoring(self) -> None:
        """The copy is checked and put in place."""
        self._is_busy = True
        self.enter.show_busy(_("正在恢复…"))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Put the cursor where something is missing."""
        super().showEvent(event)
        (self.password if self.number.text() else self.number).setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tell when the first paint, that of the children included, is over."""
        super().paintEvent(event)
        if not self._is_seen:
            self._is_seen = True
            QTimer.singleShot(0, self.painted.emit)

    def _fill(self) -> None:
        self.body.addLayout(self._head())
        name = recall("login/name")
        last = _("上次登录：{name}").format(name=name) if name else ""
        self.body.addLayout(_labelled(_("工号"), self.number, hint=last))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.password, 1)
        line.addWidget(eye_for(self.password))
        self._asked = _labelled(_("密码"), line)
        self.body.addLayout(self._asked)
        self.body.addWidget(self._failure)
        self.body.addWidget(self.enter)
        self.body.addSpacing(2)
        self.body.addWidget(Line())
        self.body.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        tile = QFrame()
        tile.setProperty("zone", "tile")
        tile.setFixedSize(theme.px(44), theme.px(44))
        inside = QHBoxLayout(tile)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(IconMark("users", "accent", 24))
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addWidget(Label(_("客户服务"), size="page_title", weight=600))
        names.addWidget(self._branch)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.setContentsMargins(0, 4, 0, 6)
        row.addWidget(tile)
        row.addLayout(names, 1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for code, label in _LANGUAGES:
            chip = Button(label, "chip")
            chip.setCheckable(True)
            chip.setChecked(code == i18n.language())
            chip.setProperty("language", code)
            chip.clicked.connect(self._choose_language)
            row.addWidget(chip)
        row.addStretch(1)
        recover = quiet(_("用恢复单打开"), icon="file-key")
        recover.clicked.connect(self.recovery_wanted)
        row.addWidget(recover)
        return row

    def _connect(self) -> None:
        self.number.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self.enter.press)
        self.password.textEdited.connect(self._forgive)
        self.password.capitals_locked.connect(self._tell_capitals)
        self.enter.pressed.connect(self._submit)

    def _submit(self) -> None:
        if self._is_complete():
            self._is_busy = True
            self.enter.show_busy(_("正在打开…"))
            self.submitted.emit(self.number.text().strip(), self.password.text())

    def _want_copy(self) -> None:
        if self._is_complete():
            self.restore_wanted.emit(self.number.text().strip(), self.password.text())

    def _is_complete(self) -> bool:
        """Number and password are there, and nothing is being opened already."""
        number, password = self.number.text().strip(), self.password.text()
        if self._is_busy:
            return False
        if not number or not password:
            self._failure.say(_("请填写工号和密码。"))
            (self.password if number else self.number).setFocus()
            return False
        return True

    def _tell_capitals(self, is_locked: bool) -> None:
        """Made when it is first needed: the window shall be painted at once."""
        if self._capitals is None and is_locked:
            self._capitals = IconLabel("triangle-alert", _("大写锁定已打开"), "warn")
            self._asked.addWidget(self._capitals)
        if self._capitals is not None:
            self._capitals.setVisible(is_locked)

    def _forgive(self) -> None:
        self._mark(is_wrong=False)

    def _mark(self, *, is_wrong: bool) -> None:
        shown = "error" if is_wrong else ""
        if (self.password.property("level") or "") != shown:
            self.password.setProperty("level", shown)
            self.password.style().unpolish(self.password)
            self.password.style().polish(self.password)

    def _choose_language(self) -> None:
        chip = self.sender()
        if isinstance(chip, Button):
            chip.setChecked(True)
            self.language_chosen.emit(str(chip.property("language")))


class _FailureBox(QFrame):
    """What went wrong and what is left; announced, and hidden, even empty, until then."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("zone", "bar")
        self.setProperty("level", "error")
        self._is_filled = False
        self.hide()

    def _fill(self) -> None:
        if self._is_filled:
            return
        self._is_filled = True
        self._first = Label("", "crit", wrap=True)
        self._rest = Label("", "text2", "caption", wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._first)
        texts.addWidget(self._rest)
        self._actions = QHBoxLayout()
        self._actions.addStretch(1)  # an empty layout would allow no width at all
        texts.addLayout(self._actions)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        mark = QVBoxLayout()
        self._mark = IconMark("triangle-alert", "crit", 15)
        mark.addWidget(self._mark)
        mark.addStretch(1)
        row.addLayout(mark)
        row.addLayout(texts, 1)

    def say(self, reason: str, *, is_good: bool = False) -> None:
        """The remedy, the last sentence, stands on its own line; good news in its own colour."""
        self._fill()
        tone = "ok" if is_good else "crit"
        self._mark.show_icon("circle-check" if is_good else "triangle-alert", tone)
        self._first.set_tone(tone)
        self.setProperty("level", "ok" if is_good else "error")
        self.style().unpolish(self)
        self.style().polish(self)
        first, rest = split_remedy(reason)
        self._first.setText(first)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self.setAccessibleName(reason)
        self.show()

    def add_actions(self, *buttons: Button) -> None:
        """Put buttons under the sentence."""
        self._fill()
        for place, button in enumerate(buttons):
            self._actions.insertWidget(place, button)


def split_remedy(reason: str) -> tuple[str, str]:
    """What happened, and the last sentence apart, if there is more than one."""
    for stop in ("。", ". "):
        head, found, tail = reason.rstrip(". ").removesuffix("。").rpartition(stop)
        if found:
            return head + stop.strip(), tail + stop.strip()
    return reason, ""


def _labelled(label: str, editor: QLineEdit | QHBoxLayout, *, hint: str = "") -> QVBoxLayout:
    """Label above, editor below; the full ``Field`` is more than login needs."""
    top = QHBoxLayout()
    top.addWidget(Label(label, "text2", "caption"))
    top.addStretch(1)
    if hint:
        top.addWidget(Label(hint, "text3", "hint"))
    column = QVBoxLayout()
    column.setSpacing(3)
    column.addLayout(top)
    if isinstance(editor, QLineEdit):
        column.addWidget(editor)
    else:
        column.addLayout(editor)
    return column
