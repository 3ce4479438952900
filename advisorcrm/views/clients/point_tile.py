"""One way to reach a client: masked, with its validity and when that was found out (R4)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.files.client_checks import clean_noted_point
from advisorcrm.services.files.client_points import PointEdit, PointRow, reveal_point
from advisorcrm.terms import PointKind, Validity
from advisorcrm.views.clients.file_field import set_read_only
from advisorcrm.views.clients.reveal_button import RevealButton
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import Button, bare
from advisorcrm.views.widgets.field import Field, Verdict
from advisorcrm.views.widgets.level import Level

_LEVELS = {Validity.VALID: Level.OK, Validity.INVALID: Level.WARN, Validity.UNVERIFIED: Level.WARN}


class PointTile(QWidget):
    """``judged(id, validity)`` and ``archived(id)`` act at once; a typed number waits for 保存."""

    changed = Signal()
    judged = Signal(int, object)
    archived = Signal(int)

    def __init__(
        self,
        around: Surroundings,
        kind: PointKind,
        point: PointRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._may_ever_edit = self._may_edit = around.may(Right.EDIT_CLIENTS)
        self.kind = kind
        self.point = point
        self.replaced_id: int | None = None
        """A number that stands no more, in whose place the one typed shall be."""
        self._is_typing = point is None
        self._is_gap = False
        self.line = QLineEdit()
        self.field = Field(kind.label, self.line, judge=self._judge)
        self.reveal = RevealButton(around, kind.label)
        self.more = bare("ellipsis-vertical", _("{kind}：更多").format(kind=kind.label))
        self.verdicts = self._make_verdicts()
        self._lay_out()
        self._connect()
        self.show_point(point)

    # Showing

    def show_point(self, point: PointRow | None, *, is_gap: bool = False) -> None:
        """Show what is stored; what is being typed stays."""
        self.point = point
        self._is_gap = is_gap
        if point is not None:
            self.reveal.aim(partial(reveal_point, point_id=point.id))
        if not self.is_dirty() and not (point is not None and self._is_typing):
            self._show_stored()
        self._show_tools()

    def set_gap(self, *, is_gap: bool) -> None:
        """Whether the file lacks such a number."""
        self._is_gap = is_gap
        if not self.is_dirty():
            self._remark()

    def lock(self, *, is_locked: bool) -> None:
        """Let the number rest while the file is restricted."""
        self._may_edit = self._may_ever_edit and not is_locked
        self._show_tools()

    def change(self) -> None:
        """Type another number in place of this one."""
        if not self._may_edit or self._is_typing:
            return
        self.reveal.hide_again()
        self._is_typing = True
        set_read_only(self.line, read_only=False)
        self.line.setPlaceholderText(_("新的{kind}，Esc 放弃").format(kind=self.kind.label))
        self.field.set_value("")
        self.field.clear_message()
        self._show_tools()
        self.field.focus()

    def give_up(self) -> None:
        """Drop what was typed."""
        self.replaced_id = None
        self._show_stored()
        self._show_tools()
        self.changed.emit()

    # What was typed

    def is_dirty(self) -> bool:
        """Whether a number was typed."""
        return self._is_typing and bool(self.field.value())

    def check(self) -> bool:
        """Whether what was typed may be saved."""
        return not self.is_dirty() or self.field.check()

    def edit(self) -> PointEdit:
        """What is to be stored."""
        point_id = self.point.id if self.point else self.replaced_id
        return PointEdit(self.kind, self.field.value(), point_id)

    def type_number(self, text: str) -> None:
        """Type again what a draft holds."""
        if self.point is not None:
            self.change()
        self.field.set_value(text)
        self.field.check()

    def judge_point(self, validity: Validity) -> None:
        """Say whether the number works."""
        if self.point is not None and self._may_edit:
            self.judged.emit(self.point.id, validity)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Esc gives up typing."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and self._is_typing
            and (self.point is not None or self.field.value())
        ):
            self.give_up()
            return True
        return super().eventFilter(watched, event)

    # Inside

    def _make_verdicts(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for validity in (Validity.VALID, Validity.INVALID):
            button = Button(validity.label, "small")
            button.setAccessibleName(
                _("{kind}：标为{validity}").format(kind=self.kind.label, validity=validity.label)
            )
            button.clicked.connect(partial(self._say_validity, validity))
            row.addWidget(button)
        return box

    def _lay_out(self) -> None:
        self.field.add_beside(self.reveal)
        self.field.add_beside(self.more)
        self.field.add_beside_message(self.verdicts)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.field)
        whole.addStretch(1)

    def _connect(self) -> None:
        self.line.installEventFilter(self)
        self.field.changed.connect(self.changed)
        self.more.clicked.connect(self.open_menu)
        self.reveal.shown.connect(self._show_number)
        self.reveal.masked.connect(self._mask)

    def open_menu(self) -> QMenu:
        """Everything that can be done with the number."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for validity, text in _judgements():
            action = menu.addAction(text)
            action.setEnabled(self.point is not None and self.point.validity is not validity)
            action.triggered.connect(partial(self._say_validity, validity))
        menu.addSeparator()
        menu.addAction(_("修改号码")).triggered.connect(self.change)
        menu.addAction(_("停用这个号码")).triggered.connect(self._archive)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        return menu

    def _say_validity(self, validity: Validity, _checked: object = None) -> None:
        self.judge_point(validity)

    def _archive(self) -> None:
        if self.point is not None:
            self.archived.emit(self.point.id)

    def _show_stored(self) -> None:
        self._is_typing = self.point is None
        self.line.setPlaceholderText("")
        set_read_only(self.line, read_only=not (self._is_typing and self._may_edit))
        if not self.reveal.is_revealed():
            self.field.set_value(self.point.masked if self.point else "")
        self._remark()

    def _show_tools(self) -> None:
        stands = self.point is not None and not self._is_typing
        self.reveal.setVisible(stands and self.reveal.is_aimed())
        self.more.setVisible(stands and self._may_edit)
        unknown = self.point is not None and self.point.validity is Validity.UNVERIFIED
        self.verdicts.setVisible(stands and unknown and self._may_edit)
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)

    def _show_number(self, number: str) -> None:
        self.field.set_value(number)
        self.line.setFocus()
        self.line.selectAll()

    def _mask(self) -> None:
        if not self._is_typing:
            self.field.set_value(self.point.masked if self.point else "")

    def _remark(self) -> None:
        verdict = self._judge(self.field.value())
        if verdict:
            self.field.show_message(*verdict)
        else:
            self.field.clear_message()

    def _judge(self, text: str) -> Verdict | None:
        if not self._is_typing:
            return self._standing()
        if not text:
            return Verdict(Level.WARN, _("待补")) if self._is_gap else None
        try:
            _value, note = clean_noted_point(self.kind, text)
        except InvalidFieldError as error:
            return Verdict(Level.ERROR, str(error))
        return Verdict(Level.OK, note_told(note)) if note else None

    def _standing(self) -> Verdict | None:
        """``2026-11-05 核实 · 有效 · 备注：微信同号``."""
        if self.point is None:
            return None
        text, on = self.point.validity.label, self.point.verified_on
        if on is not None:
            text = _("{date} 核实 · {validity}").format(date=on.isoformat(), validity=text)
        if self.point.note:
            text = f"{text} · {note_told(self.point.note)}"
        return Verdict(_LEVELS[self.point.validity], text)


def note_told(note: str) -> str:
    """What was written beside a number, as a field tells it."""
    return _("备注：{note}").format(note=note)


def _judgements() -> tuple[tuple[Validity, str], ...]:
    return (
        (Validity.VALID, _("标为有效")),
        (Validity.INVALID, _("标为无效")),
        (Validity.UNVERIFIED, _("改为待核")),
    )
