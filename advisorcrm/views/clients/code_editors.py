"""Editors for coded fields that also show a code the branch no longer offers."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _
from advisorcrm.views.widgets.choice_button import Choice, ChoiceButton
from advisorcrm.views.widgets.combo_box import ComboBox


class CodeBox(ComboBox):
    """One code of a list; a retired one stays choosable where it is in use."""

    def __init__(self, book: CodeBook, list_name: str, parent: QWidget | None = None) -> None:
        self._book = book
        self._list_name = list_name
        super().__init__(self._offered(), empty=_("请选择"), parent=parent)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what the branch offers by now."""
        super().showEvent(event)
        self.renew()

    def renew(self) -> None:
        """The lists have changed while it is seen; one that is dropped down waits."""
        if self.view().isVisible():
            return
        now = [("", _("请选择")), *self._offered()]
        shown = [(self.itemData(row), self.itemText(row)) for row in range(self.count())]
        if now != shown[: len(now)]:
            self.set_choices(now[1:], empty=_("请选择"))

    def _offered(self) -> list[tuple[str, str]]:
        codes = self._book.codes(self._list_name)
        return [(code, self._book.label(self._list_name, code)) for code in codes]

    def set_code(self, code: str | None) -> None:
        """Choose by code."""
        if code and self.findData(str(code)) < 0:
            self.addItem(self._book.label(self._list_name, code), str(code))
        super().set_code(code)


class CodesButton(ChoiceButton):
    """Several codes of a list; retired ones stay ticked where they are in use."""

    def __init__(self, book: CodeBook, list_name: str, parent: QWidget | None = None) -> None:
        self._book = book
        self._list_name = list_name
        super().__init__(self._offered(), parent=parent)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what the branch offers by now."""
        super().showEvent(event)
        self.renew()

    def renew(self) -> None:
        """The lists have changed while it is seen."""
        self.set_choices(self._offered())

    def _offered(self) -> list[Choice]:
        codes = self._book.codes(self._list_name)
        return [Choice(code, self._book.label(self._list_name, code)) for code in codes]

    def say(self, text: str) -> str:
        """Codes joined by commas, in words."""
        codes = (code for code in text.split(",") if code)
        return _("、").join(self._book.label(self._list_name, code) for code in codes)


def renew_editors(window: QWidget) -> None:
    """Let every editor of a window, its dialogs included, offer what is offered by now."""
    editors: list[CodeBox | CodesButton] = [
        *window.findChildren(CodeBox),
        *window.findChildren(CodesButton),
    ]
    for editor in editors:
        if editor.isVisible():
            editor.renew()
