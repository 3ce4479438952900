"""Greetings in the settings: how long before a birthday, festivals, templates (R244, R245)."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm.columns import branch_date
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.access import Right, may
from advisorcrm.services.branch.settings import Settings, load_settings, save_setting
from advisorcrm.services.care.festivals import (
    FestivalRow,
    NewFestival,
    add_festival,
    archive_festival,
    list_festivals,
    restore_festival,
)
from advisorcrm.services.care.greetings import (
    NewTemplate,
    TemplateRow,
    add_template,
    archive_template,
    change_template,
    list_templates,
    restore_template,
)
from advisorcrm.views import messages
from advisorcrm.views.settings.festival_dialog import FestivalDialog
from advisorcrm.views.settings.template_dialog import TemplateDialog
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import Button, plain, quiet, soft
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.jobs import Jobs

_TABLE_PX = 210


class GreetingsPanel(QWidget):
    """Festivals and the branch's words are the manager's; everybody may have words of their own."""

    def __init__(self, jobs: Jobs, workplace: Workplace) -> None:
        super().__init__()
        self._jobs = jobs
        self._leads = may(workplace.actor, Right.LEAD_LISTS) and not workplace.is_read_only
        self.dialog: QDialog | None = None
        self.rows: list[TemplateRow] = []
        self.bar = InlineBar()
        self.restore = quiet(_("恢复"), icon="undo-2")
        self.bar.add_action(self.restore)
        self.restore.hide()
        self._back: Callable[..., object] | None = None
        self.from_days = Field(_("最早提前（天）"), QLineEdit())
        self.to_days = Field(_("最晚提前（天）"), QLineEdit())
        self.keep_days = plain(_("保存"))
        self.festivals = RecordTableModel(FestivalRow)
        self.festival_table = RecordTable(self.festivals, _("节日"))
        self.templates = RecordTableModel(TemplateRow)
        self.template_table = RecordTable(self.templates, _("问候模板"))
        self.add_festival = soft(_("添加节日"), icon="plus")
        self.drop_festival = plain(_("不再问候"), icon="x")
        self.add_own = soft(_("添加我的模板"), icon="plus")
        self.add_branch = plain(_("添加营业部模板"), icon="plus")
        self.change = plain(_("修改"), icon="pencil")
        self.drop = plain(_("停用"), icon="x")
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read everything again."""
        today = branch_date(datetime.now(UTC))
        festivals = partial(list_festivals, today=today)
        self._jobs.read(load_settings, then=self._show_days, key="greetings.days")
        self._jobs.read(festivals, then=self.festivals.show_rows, key="greetings.festivals")
        self._jobs.read(list_templates, then=self._show_templates, key="greetings.templates")

    def _show_days(self, settings: Settings) -> None:
        self.from_days.set_value(str(settings.birthday_to_days))
        self.to_days.set_value(str(settings.birthday_from_days))

    def _show_templates(self, rows: list[TemplateRow]) -> None:
        self.rows = rows
        self.templates.show_rows(rows)
        self._follow()

    def _follow(self, _line: int = -1) -> None:
        row = self._template()
        may_change = row is not None and (row.is_own or self._leads)
        self.change.setEnabled(may_change)
        self.drop.setEnabled(may_change)

    def _template(self) -> TemplateRow | None:
        key = self.template_table.current_id()
        return next((row for row in self.rows if row.id == key), None)

    def _keep_days(self, _checked: object = None) -> None:
        for name, field in (
            ("birthday_to_days", self.from_days),
            ("birthday_from_days", self.to_days),
        ):
            text = field.value()
            value = int(text) if text.isascii() and text.isdecimal() else -1
            self._write(partial(save_setting, name=name, value=value))

    def _ask_festival(self, _checked: object = None) -> None:
        dialog = FestivalDialog(self)
        dialog.submitted.connect(partial(self._add_festival, dialog))
        self._open(dialog)

    def _add_festival(self, dialog: FestivalDialog, new: NewFestival) -> None:
        work = partial(add_festival, new=new)
        self._jobs.write(work, then=partial(self._done, dialog), failed=dialog.show_problem)

    def _drop_festival(self, _checked: object = None) -> None:
        key = self.festival_table.current_id()
        if key is not None:
            work = partial(archive_festival, festival_id=key, now=datetime.now(UTC))
            self._put_away(work, partial(restore_festival, festival_id=key))

    def _ask_template(self, is_own: bool, _checked: object = None) -> None:
        self._ask(None, is_own=is_own)

    def _ask_change(self, _checked: object = None) -> None:
        row = self._template()
        if row is not None and (row.is_own or self._leads):
            self._ask(row, is_own=row.is_own)

    def _ask(self, row: TemplateRow | None, *, is_own: bool) -> None:
        dialog = TemplateDialog(row, is_own=is_own, parent=self)
        dialog.submitted.connect(partial(self._keep, dialog, row))
        self._open(dialog)

    def _keep(self, dialog: TemplateDialog, row: TemplateRow | None, new: NewTemplate) -> None:
        then, failed = partial(self._done, dialog), dialog.show_problem
        if row is None:
            self._jobs.write(partial(add_template, new=new), then=then, failed=failed)
        else:
            work = partial(change_template, template_id=row.id, new=new)
            self._jobs.write(work, then=then, failed=failed)

    def _drop(self, _checked: object = None) -> None:
        row = self._template()
        if row is not None:
            work = partial(archive_template, template_id=row.id, now=datetime.now(UTC))
            self._put_away(work, partial(restore_template, template_id=row.id))

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _done(self, dialog: FestivalDialog | TemplateDialog, _answer: object) -> None:
        dialog.accept()
        self.bar.hide()
        self.reload()

    def _write(self, work: Callable[..., object]) -> None:
        self._jobs.write(work, then=self._written, failed=self._refuse)

    def _put_away(self, work: Callable[..., object], back: Callable[..., object]) -> None:
        self._jobs.write(work, then=partial(self._offer_back, back), failed=self._refuse)

    def _offer_back(self, back: Callable[..., object], _answer: object) -> None:
        """It can be taken back as long as nothing else was done here."""
        self.reload()
        self._back = back
        self.bar.say(Level.INFO, _("已停用，以后不再列出。"))
        self.restore.show()

    def _take_back(self, _checked: object = None) -> None:
        if self._back is not None:
            self._write(self._back)

    def _written(self, _answer: object) -> None:
        self._back = None
        self.restore.hide()
        self.bar.hide()
        self.reload()

    def _refuse(self, error: Exception) -> None:
        self.restore.hide()
        if isinstance(error, InvalidFieldError):
            self.bar.say(Level.ERROR, error.reason)
        else:
            messages.show_problem(error, self)

    def _connect(self) -> None:
        self.keep_days.clicked.connect(self._keep_days)
        self.add_festival.clicked.connect(self._ask_festival)
        self.drop_festival.clicked.connect(self._drop_festival)
        self.add_own.clicked.connect(partial(self._ask_template, True))
        self.add_branch.clicked.connect(partial(self._ask_template, False))
        self.change.clicked.connect(self._ask_change)
        self.drop.clicked.connect(self._drop)
        self.restore.clicked.connect(self._take_back)
        self.template_table.chosen.connect(self._follow)
        self.template_table.opened.connect(self._ask_change)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self.bar)
        days = Card(_("生日提醒期"), sub=_("生日前几天列出来祝贺"))
        row = QHBoxLayout()
        row.setSpacing(12)
        for widget in (self.from_days, self.to_days, self.keep_days):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        days.body.addLayout(row)
        whole.addWidget(days)
        if not self._leads:
            days.hide()
        for title, table, buttons in (
            (_("问候的节日"), self.festival_table, (self.add_festival, self.drop_festival)),
            (
                _("问候模板"),
                self.template_table,
                (self.add_own, self.add_branch, self.change, self.drop),
            ),
        ):
            whole.addWidget(_card(title, table, buttons))
        for button in (self.add_festival, self.drop_festival, self.add_branch):
            button.setVisible(self._leads)
        whole.addStretch(1)


def _card(title: str, table: RecordTable, buttons: tuple[Button, ...]) -> Card:
    card = Card(title)
    table.setMinimumHeight(_TABLE_PX)
    card.add(table)
    row = QHBoxLayout()
    row.setContentsMargins(0, 6, 0, 0)
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    card.body.addLayout(row)
    return card
