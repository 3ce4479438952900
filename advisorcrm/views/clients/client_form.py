"""The tab 档案: the cards of one client's file, what was typed in them, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.missing_fields import MissingField, completeness, missing_of
from advisorcrm.services.access import Right
from advisorcrm.services.files.client_edits import ClientEdit
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.services.files.client_points import PointEdit
from advisorcrm.services.files.own_values import OWN
from advisorcrm.views.clients.basics_card import BasicsCard
from advisorcrm.views.clients.care_card import CareCard
from advisorcrm.views.clients.contact_card import ContactCard
from advisorcrm.views.clients.field_maker import FieldMaker
from advisorcrm.views.clients.file_field import FileField
from advisorcrm.views.clients.identity_card import IdentityCard
from advisorcrm.views.clients.masked_field import MaskedField
from advisorcrm.views.clients.needs_card import NeedsCard
from advisorcrm.views.clients.own_card import OwnCard
from advisorcrm.views.seats.on_site_card import OnSiteCard
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.level import Level
from advisorcrm.views.widgets.upright_area import make_upright


class ClientForm(QScrollArea):
    """``changed`` after every key; ``judged`` and ``archived`` concern numbers and act at once."""

    changed = Signal()
    judged = Signal(int, object)
    archived = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._file: ClientFile | None = None
        self._sent_points: tuple[PointEdit, ...] = ()
        maker = FieldMaker(around)
        self.contact = ContactCard(maker)
        self.needs = NeedsCard(maker)
        self.care = CareCard(maker)
        self.identity = IdentityCard(maker)
        self.basics = BasicsCard(maker)
        self.own = OwnCard(maker)
        self.cards = (
            self.contact, self.needs, self.care, self.identity, self.basics, self.own
        )  # fmt: skip
        self.on_site = OnSiteCard(around)
        self.fields: dict[str, FileField] = {}
        for card in self.cards:
            self._take_fields(card.fields())
        self._lay_out()
        self.contact.changed.connect(self._tell)
        self.contact.judged.connect(self.judged)
        self.contact.archived.connect(self.archived)

    # Showing

    def start(self, client_id: int) -> None:
        """Another client: drop everything typed."""
        self._file = None
        self.on_site.show_client(client_id)
        self.contact.start()
        for field in self.fields.values():
            if isinstance(field, MaskedField):
                field.aim(client_id)
            else:
                field.forget()
        self.verticalScrollBar().setValue(0)

    def show_file(self, file: ClientFile) -> None:
        """Show a file; what is being typed stays."""
        self._file = file
        self._offer_own(file)
        stored = stored_of(file)
        gaps = frozenset(name for gap in file.missing for name in gap.fields)
        for field in self.fields.values():
            field.show_file(stored, is_gap=bool(gaps.intersection(field.names)))
            if not isinstance(field, MaskedField):
                field.lock(is_locked=not file.may_edit)
        self.contact.show_file(file, gaps)
        self.needs.count(self.present())
        self.on_site.reload()

    def show_people(
        self, advisors: Sequence[tuple[int, str, str]], groups: Sequence[tuple[int, str]]
    ) -> None:
        """Offer these advisors and groups."""
        self.basics.show_people(advisors, groups)
        if self._file is not None:
            for field in (self.basics.advisor, self.basics.group):
                field.take(stored_of(self._file))

    # What was typed

    def is_dirty(self) -> bool:
        """Whether anything waits to be saved."""
        return bool(self.contact.edits()) or any(f.is_dirty() for f in self.fields.values())

    def check(self) -> list[Field]:
        """The fields that are wrong, in reading order; none if all may be saved."""
        wrong = [tile.field for tile in self.contact.tiles if not tile.check()]
        return wrong + [field.field for field in self.fields.values() if not field.check()]

    def wrong(self) -> bool:
        """Whether an error is shown anywhere."""
        shown = [tile.field for tile in self.contact.tiles]
        shown += [field.field for field in self.fields.values()]
        return any(field.level() is Level.ERROR for field in shown)

    def edit(self) -> ClientEdit:
        """Everything typed, to be saved at once. Raises InvalidFieldError."""
        changes = {}
        for field in self.fields.values():
            changes.update(field.changes())
        return ClientEdit(changes, self.contact.edits())

    def give_up(self) -> None:
        """Drop everything typed."""
        for field in self.fields.values():
            field.give_up()
        for tile in list(self.contact.tiles):
            if tile.is_dirty():
                tile.give_up()
        self._tell()

    def begin_saving(self) -> None:
        """Remember what is sent; typing may go on meanwhile."""
        for field in self.fields.values():
            field.begin_saving()
        self._sent_points = self.contact.edits()

    def end_saving(self) -> None:
        """What was sent is stored now."""
        for field in self.fields.values():
            field.end_saving()
        for tile in list(self.contact.tiles):
            if tile.is_dirty() and tile.edit() in self._sent_points:
                tile.give_up()
        self._sent_points = ()

    def present(self) -> Mapping[str, Any]:
        """The file as it would be if it were saved now."""
        values: dict[str, Any] = stored_of(self._file) if self._file else {}
        for field in self.fields.values():
            values.update(field.present())
        return values

    def missing(self) -> list[MissingField]:
        """What the file would still lack if it were saved now."""
        if self._file is None:
            return []
        if not self._file.may_edit:  # what is kept from the person is not missing for that
            return list(self._file.missing)
        gaps = missing_of(
            self.present(),
            self._file.points,
            today=self._around.today(),
            book=self._file.weights,
        )
        return [self._with_fault(gap) for gap in gaps]

    def completeness(self) -> int:
        """How complete the file would be if it were saved now, in percent."""
        if self._file is None:
            return 0
        if not self._file.may_edit:
            return self._file.completeness
        return completeness(
            self.present(),
            self._file.points,
            today=self._around.today(),
            book=self._file.weights,
        )

    # Drafts

    def draft(self) -> dict[str, Any]:
        """What was typed, as a draft keeps it; empty if nothing was."""
        fields = {name: field.draft() for name, field in self.fields.items() if field.is_dirty()}
        points = self.contact.drafts()
        return {"fields": fields, "points": points} if fields or points else {}

    def restore(self, content: Mapping[str, Any]) -> None:
        """Type again what a draft holds."""
        for name, draft in content.get("fields", {}).items():
            if name in self.fields and draft:
                self.fields[name].restore(draft)
        self.contact.restore(list(content.get("points", ())))
        self._tell()

    # Going to a field

    def go_to(self, name: str) -> bool:
        """Scroll to a field by the name of one of its values, and focus it."""
        field = self._field_of(name)
        if field is None:
            return False
        field.focus()
        self.ensureWidgetVisible(field, 0, 60)
        return True

    def show_error(self, error: InvalidFieldError) -> bool:
        """Say what the service refused at the field it is about."""
        field = self._field_of(error.field)
        if field is None:
            return False
        field.show_message(Level.ERROR, error.reason)
        self.ensureWidgetVisible(field, 0, 60)
        field.focus()
        return True

    def go_section(self, step: int) -> None:
        """The card after or before the one the cursor is in."""
        focused = self.focusWidget()
        holding = (
            at for at, card in enumerate(self.cards) if focused and card.isAncestorOf(focused)
        )
        at = next(holding, -1 if step > 0 else 0)
        last = len(self.cards) - (1 if self.own.fields() else 2)
        card = self.cards[min(max(at + step, 0), last)]
        self.ensureWidgetVisible(card, 0, 0)
        card.fields()[0].field.focus()

    def hide_again(self) -> None:
        """Hide everything that was revealed."""
        for tile in self.contact.tiles:
            tile.reveal.hide_again()
        for field in self.fields.values():
            if isinstance(field, MaskedField):
                field.reveal.hide_again()

    def fields_about(self, names: Iterable[str]) -> list[FileField]:
        """The fields that hold any of these stored values."""
        wanted = set(names)
        return [field for field in self.fields.values() if wanted.intersection(field.names)]

    # Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on to the next field, as in a table; what an editor takes itself stays its."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_enter and not held and isinstance(self.focusWidget(), QLineEdit):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    # Inside

    def _with_fault(self, gap: MissingField) -> MissingField:
        """A gap somebody is filling in wrongly says so."""
        field = self._field_of(gap.name)
        if field is None or field.level() is not Level.ERROR:
            return gap
        return replace(gap, reason=_("填得不对"), is_doubt=True)

    def _field_of(self, name: str) -> Field | None:
        for field in self.fields.values():
            if name in field.names:
                return field.field
        tile = self.contact.tile_to_fill(name)
        return tile.field if tile else None

    def _take_fields(self, fields: Iterable[FileField]) -> None:
        for field in fields:
            self.fields[field.name] = field
            field.changed.connect(self._tell)
            if not self._around.may(Right.EDIT_CLIENTS) and not isinstance(field, MaskedField):
                field.set_read_only()

    def _offer_own(self, file: ClientFile) -> None:
        """The branch's own fields may be others than at the last file."""
        before = self.own.fields()
        if self.own.offer(file.own_fields):
            for field in before:
                del self.fields[field.name]
            self._take_fields(self.own.fields())

    def _tell(self) -> None:
        if self._file is not None:
            self.needs.count(self.present())
            self.changed.emit()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("zone", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 8)
        column.setSpacing(10)
        for card in self.cards:
            column.addWidget(card)
        column.insertWidget(column.indexOf(self.basics), self.on_site)
        column.addStretch(1)
        make_upright(self, inside)


def stored_of(file: ClientFile) -> dict[str, Any]:
    """The stored values of a file by name."""
    stored = {item.name: getattr(file, item.name) for item in fields(file)}
    for row in file.own_fields:
        stored[OWN + row.name] = file.own_values.get(OWN + row.name, "")
    return stored
