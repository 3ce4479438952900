"""Sources on the page: each field's tooltip says where its value comes from, a menu sets it (R78).

The menu opens by the right mouse button on the field's label, or by F7 where the cursor is.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.files.field_sources import STATED, SourceRow, list_sources, set_source
from advisorcrm.terms import ValueSource
from advisorcrm.views.clients.client_form import ClientForm
from advisorcrm.views.clients.file_field import FileField
from advisorcrm.views.surroundings import Surroundings


class SourceMarks(QObject):
    """Keeps the tooltips of a form's fields; ``told(sentence)`` after a source was set."""

    told = Signal(str)

    def __init__(self, around: Surroundings, form: ClientForm) -> None:
        super().__init__(form)
        self._around = around
        self._form = form
        self._client_id = -1
        self.sources: dict[str, SourceRow] = {}
        self.menu: QMenu | None = None
        if around.may(Right.EDIT_CLIENTS):
            for field in form.fields.values():
                field.field.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                field.field.customContextMenuRequested.connect(partial(self._open_at, field))

    def read(self, client_id: int) -> None:
        """Read the sources of a file."""
        self._client_id = client_id
        work = partial(list_sources, client_id=client_id)
        self._around.jobs.read(work, then=self._show, key="client.sources")

    def open_here(self) -> None:
        """The menu of the field the cursor is in (F7)."""
        focused = QApplication.focusWidget()
        for field in self._form.fields.values():
            if focused is not None and field.field.isAncestorOf(focused):
                self._open_at(field, QPoint(0, field.field.height()))

    def choose(self, field: FileField, source: ValueSource) -> None:
        """Say where what stands in a field comes from."""
        work = partial(
            set_source,
            client_id=self._client_id,
            field=field.name,
            source=source,
            now=self._around.now(),
        )
        self._around.jobs.write(work, then=partial(self._set, field, source))

    def _set(self, field: FileField, source: ValueSource, _answer: object) -> None:
        said = _("{label}的来源：{source}").format(label=field.label, source=source.label)
        self.told.emit(said)

    def _open_at(self, field: FileField, place: QPoint) -> None:
        if not self._around.may(Right.EDIT_CLIENTS) or self._around.jobs.is_read_only:
            return
        menu = QMenu(field.field)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(_("{label}的来源").format(label=field.label))
        menu.addSection(_("{label}的来源").format(label=field.label))
        group = QActionGroup(menu)
        known = self.sources.get(field.name)
        for source in STATED:
            action = menu.addAction(source.label)
            action.setCheckable(True)
            action.setChecked(known is not None and known.source is source)
            action.triggered.connect(partial(self._choose, field, source))
            group.addAction(action)
        self.menu = menu
        menu.popup(field.field.mapToGlobal(place))

    def _choose(self, field: FileField, source: ValueSource, _checked: object = None) -> None:
        self.choose(field, source)

    def _show(self, sources: dict[str, SourceRow]) -> None:
        self.sources = sources
        for field in self._form.fields.values():
            found = next((sources[name] for name in field.names if name in sources), None)
            _tip(field.field, found.in_words if found else "")


def _tip(widget: QWidget, text: str) -> None:
    from html import escape

    widget.setToolTip(escape(text))
    widget.setAccessibleDescription(text)
