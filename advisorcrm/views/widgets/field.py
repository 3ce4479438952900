"""A field of a form: label above, editor, and one line that says what is wrong with it.

A field is judged when it is left; once it was found wrong it is judged again on every key, so that
the message goes as soon as it is right. Nothing is judged while an input method composes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.widgets.editors import change_signal, fill_editor, read_editor
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level
from advisorcrm.views.widgets.room import make_room

_WHOLE_PX = 120
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class Verdict(NamedTuple):
    """What is said about a value, and how serious it is."""

    level: Level
    text: str


Judge = Callable[[str], Verdict | None]


class Field(QWidget):
    """Label, 必填, hint, editor and message; ``changed`` after every change of the value."""

    changed = Signal()

    def __init__(
        self,
        label: str,
        editor: QWidget,
        *,
        required: bool = False,
        hint: str = "",
        judge: Judge | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.label = label
        self.editor = editor
        self.is_required = required
        self._judge = judge
        self._level: Level | None = None
        self._is_composing = False
        self._is_dirty = False
        self._mark = IconMark("info", "text3", 13)
        self._message = Label("", "text3", "caption", wrap=True)
        self._line = QHBoxLayout()
        self._build(hint)
        self._name_editor()
        editor.installEventFilter(self)
        change_signal(editor).connect(self._value_changed)

    def value(self) -> str:
        """What the field holds, as text or codes."""
        return read_editor(self.editor)

    def is_composing(self) -> bool:
        """Whether an input method still holds what is being typed."""
        return self._is_composing

    def is_written(self) -> bool:
        """Whether somebody has typed a text here that is not kept yet; no password."""
        if isinstance(self.editor, QLineEdit):
            is_text = self.editor.echoMode() == QLineEdit.EchoMode.Normal
        else:
            is_text = isinstance(self.editor, QPlainTextEdit)
        return is_text and self._is_dirty and bool(self.value())

    def mark_kept(self) -> None:
        """What stands here is stored: nothing is lost when the form is left."""
        self._is_dirty = False

    def set_value(self, value: str) -> None:
        """Fill the field; it is not judged for it."""
        with QSignalBlocker(self.editor):
            fill_editor(self.editor, value)
        self._is_dirty = False
        if self._level in (Level.ERROR, Level.WARN):
            self.check()

    def check(self) -> bool:
        """Judge now, as on saving; False if an error blocks."""
        verdict = self._verdict(is_final=True)
        self._show(verdict)
        return verdict is None or verdict.level is not Level.ERROR

    def show_message(self, level: Level, text: str) -> None:
        """Say something about the field from outside (an echo, an error of the service)."""
        self._show(Verdict(level, text))

    def clear_message(self) -> None:
        """Say nothing."""
        self._show(None)

    def level(self) -> Level | None:
        """How serious what is shown is; None if nothing is."""
        return self._level

    def message(self) -> str:
        """The sentence shown under the editor."""
        return self._message.text() if self._level else ""

    def add_beside(self, widget: QWidget) -> None:
        """Put a button or echo to the right of the editor."""
        self._line.addWidget(widget)

    def add_beside_message(self, widget: QWidget) -> None:
        """Put what answers the message to the right of it."""
        for part in (self._mark, self._message):
            self._foot_line.setAlignment(part, Qt.AlignmentFlag.AlignVCenter)
        self._foot_line.addWidget(widget)

    def focus(self) -> None:
        """Bring the cursor here."""
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See the editor being left and the input method composing."""
        if isinstance(event, QInputMethodEvent):
            self._is_composing = bool(event.preeditString())
        elif isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._is_composing = False
            if event.reason() not in _PASSING:
                self._show_left()
        return super().eventFilter(watched, event)

    def _build(self, hint: str) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        top = QHBoxLayout()
        top.setSpacing(5)
        top.addWidget(_whole(Label(self.label, "text2", "caption")))
        if self.is_required:
            top.addWidget(_whole(Label(_("必填"), "accent", "hint")))
        top.addStretch(1)
        if hint:
            top.addWidget(Label(hint, "text3", "hint"))
        whole.addLayout(top)
        self._line.setSpacing(4)
        self._line.addWidget(self.editor, 1)
        whole.addLayout(self._line)
        self._foot = QWidget()
        self._foot_line = QHBoxLayout(self._foot)
        self._foot_line.setContentsMargins(0, 0, 0, 0)
        self._foot_line.setSpacing(5)
        self._mark.setFixedHeight(self._message.fontMetrics().height())
        self._foot_line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self._foot_line.addWidget(self._message, 1)
        self._foot.hide()
        whole.addWidget(self._foot)
        whole.addStretch(1)

    def _name_editor(self) -> None:
        form = _("{label}，必填") if self.is_required else "{label}"
        self.editor.setAccessibleName(form.format(label=self.label))
        self.setFocusProxy(self.editor)
        if isinstance(self.editor, QPlainTextEdit):
            self.editor.setTabChangesFocus(True)  # else Tab never leaves it again

    def _value_changed(self) -> None:
        self._is_dirty = True
        if not self._is_composing and self._level in (Level.ERROR, Level.WARN):
            self._show(self._verdict(is_final=False))
        self.changed.emit()

    def _show_left(self) -> None:
        if self._is_dirty or self._level in (Level.ERROR, Level.WARN):
            self._show(self._verdict(is_final=False))

    def _verdict(self, *, is_final: bool) -> Verdict | None:
        value = self.value()
        if not value and self.is_required and (is_final or self._is_dirty):
            return Verdict(Level.ERROR, _("请填写{label}。").format(label=self.label))
        return self._judge(value) if self._judge else None

    def _show(self, verdict: Verdict | None) -> None:
        self._level = verdict.level if verdict else None
        text = verdict.text if verdict else ""
        if verdict:
            self._mark.show_icon(verdict.level.icon, verdict.level.tone)
            self._message.set_tone(verdict.level.tone)
        if text != self._message.text():
            self._message.setText(text)
            make_room(self)
        self._foot.setVisible(bool(verdict))
        self.editor.setAccessibleDescription(text)
        shown = str(self._level) if self._level in (Level.ERROR, Level.WARN) else ""
        if self.editor.property("level") != shown:
            self.editor.setProperty("level", shown)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)


def _whole(label: Label) -> Label:
    """Let the hint be cut before the label is."""
    wide = label.fontMetrics().horizontalAdvance(label.text()) + 1
    label.setMinimumWidth(min(wide, theme.px(_WHOLE_PX)))
    return label


def is_typed_out(form: QWidget) -> bool:
    """What an input method still holds belongs to the text: it is asked to hand it over."""
    QGuiApplication.inputMethod().commit()
    return not any(field.is_composing() for field in form.findChildren(Field))


def show_at_field(error: Exception, fields: Mapping[str, Field]) -> bool:
    """Say what was refused at its field and bring the cursor there; False if it is of none."""
    field = fields.get(error.field) if isinstance(error, InvalidFieldError) else None
    if field is None:
        return False
    field.show_message(Level.ERROR, str(error))
    field.focus()
    return True
