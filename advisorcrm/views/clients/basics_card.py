"""Card 基本: name and how it is read, account, whose client it is, remark."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import Direction
from advisorcrm.services.access import sees_branch
from advisorcrm.terms import ClientKind, ClientStage, Sex
from advisorcrm.views.clients.field_grid import FieldGrid
from advisorcrm.views.clients.field_maker import FieldMaker
from advisorcrm.views.clients.file_field import FileField
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.combo_box import ComboBox


class BasicsCard(Card):
    """An advisor's clients are his own: only the branch hands them to another."""

    def __init__(self, maker: FieldMaker, parent: QWidget | None = None) -> None:
        super().__init__(_("基本"), parent=parent)
        self.account = maker.masked("account")
        self.advisor = maker.chosen("advisor_id")
        self.group = maker.chosen("client_group_id")
        self.remark = maker.remark()
        self._fields: list[FileField] = [
            maker.text("name", required=True),
            maker.text("pinyin", hint=_("读音不对可改")),
            maker.text("initials"),
            maker.text("alias"),
            self.account,
            maker.day("opened_on", Direction.PAST),
            maker.term("kind", ClientKind, empty=False),
            maker.term("sex", Sex),
            maker.term("stage", ClientStage, empty=False),
            self.advisor,
            self.group,
            self.remark,
        ]
        if not sees_branch(maker.around.actor):
            self.advisor.set_read_only()
        grid = FieldGrid()
        for field in self._fields:
            grid.add(field.field, 3 if field is self.remark else 1)
        self.add(grid)

    def fields(self) -> list[FileField]:
        """All fields of the card."""
        return self._fields

    def show_people(
        self, advisors: Sequence[tuple[int, str, str]], groups: Sequence[tuple[int, str]]
    ) -> None:
        """Offer these advisors and groups."""
        offered = [(str(key), f"{name} {number}") for key, number, name in advisors]
        _offer(self.advisor, offered)
        _offer(self.group, [(str(key), name) for key, name in groups])


def _offer(field: FileField, choices: list[tuple[str, str]]) -> None:
    editor = field.field.editor
    if isinstance(editor, ComboBox):
        editor.set_choices(choices, empty=_("未分配"))
