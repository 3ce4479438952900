"""Card 身份与适当性: risk level and its expiry, identity document and its expiry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import Direction
from advisorcrm.services.access import Right
from advisorcrm.terms import DueKind, IdDocument, InvestorKind, RiskLevel
from advisorcrm.views.clients import file_values
from advisorcrm.views.clients.field_grid import FieldGrid
from advisorcrm.views.clients.field_maker import FieldMaker
from advisorcrm.views.clients.file_field import FileField, Meaning
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.date_line import DateLine
from advisorcrm.views.widgets.field import Verdict
from advisorcrm.views.widgets.level import Level


class IdentityCard(Card):
    """What expires says so beside the date."""

    def __init__(self, maker: FieldMaker, parent: QWidget | None = None) -> None:
        super().__init__(_("身份与适当性"), parent=parent)
        around = maker.around
        self.id_number = maker.masked("id_number")
        self.expires = _document_expiry(maker)
        self._fields: list[FileField] = [
            maker.term("risk_level", RiskLevel),
            maker.day("risk_tested_on", Direction.PAST),
            maker.day(
                "risk_expires_on",
                Direction.FUTURE,
                advise=partial(advise_expiry, around, "risk_expires_on"),
            ),
            maker.term("investor_kind", InvestorKind),
            maker.term("id_document", IdDocument),
            self.id_number,
            self.expires,
        ]
        if around.may(Right.EDIT_CLIENTS):
            permanent = quiet(_("长期"))
            permanent.clicked.connect(self._set_permanent)
            self.expires.field.add_beside(permanent)
        grid = FieldGrid()
        for field in self._fields:
            grid.add(field.field)
        self.add(grid)

    def fields(self) -> list[FileField]:
        """All fields of the card."""
        return self._fields

    def _set_permanent(self) -> None:
        self.expires.field.set_value(file_values.PERMANENT)
        self.expires.changed.emit()
        self.expires.field.focus()


def _document_expiry(maker: FieldMaker) -> FileField:
    clock = maker.around.clock
    meaning = Meaning(
        ("id_expires_on", "id_is_permanent"),
        file_values.write_document_expiry,
        partial(file_values.read_document_expiry, clock),
        partial(advise_expiry, maker.around, "id_expires_on"),
    )
    editor = DateLine(file_values.day_reader("id_expires_on", clock, Direction.FUTURE))
    return maker.made_of(editor, meaning, hint=_("日期或“长期”"))


def advise_expiry(around: Surroundings, name: str, values: Mapping[str, Any]) -> Verdict | None:
    """What has expired or soon will."""
    until: date | None = values[name]
    if until is None:
        return None
    days = (until - around.today()).days
    if days < 0:
        return Verdict(Level.WARN, _("已过期 {days} 天").format(days=-days))
    kind = DueKind.RISK_TEST if name == "risk_expires_on" else DueKind.ID_DOCUMENT
    if days <= around.settings.warns_of(kind):
        return Verdict(Level.WARN, _("还有 {days} 天到期").format(days=days))
    return None
