"""The list of the counter: who must be told to renew data, who was, who has done it (R5, R17)."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm import terms
from advisorcrm.exports.record_list import RecordList
from advisorcrm.exports.record_lists import counter_list
from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.clients.counter_notices import (
    NoticeRow,
    mark_notified,
    mark_renewed,
    note_for_counter,
)
from advisorcrm.views.clients.code_editors import CodeBox
from advisorcrm.views.lists.record_list_dialog import RecordListDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.label import Label


class CounterDialog(RecordListDialog):
    """Marks and takes marks back; with a client at hand a new entry can be made."""

    def __init__(
        self, around: Surroundings, client_id: int | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, _("柜台更新清单"), "id-card", NoticeRow, parent)
        self._client_id = client_id
        self.all = CheckBox(_("含已更新的"))
        self.all.toggled.connect(self.reload)
        self.way = CodeBox(around.book, terms.CONTACT_WAY)
        self.way.setAccessibleName(_("通知方式"))
        self.way.set_code(terms.WAY_PHONE)
        self.matter = QLineEdit()
        self.matter.setAccessibleName(_("更新事项"))
        self.matter.setPlaceholderText(_("当前客户要更新什么，例如身份证到期"))
        self.note_button = plain(_("登记"), icon="plus")
        self.told_button = plain(_("已通知"), icon="check")
        self.renewed_button = plain(_("柜台已更新"), icon="circle-check")
        self._arrange()
        self.name_client(client_id if around.may(Right.EDIT_CLIENTS) else None)
        self.reload()

    def listed(self) -> RecordList:
        """The list as it leaves the program."""
        return counter_list(is_open=not self.all.isChecked())

    def nothing(self) -> str:
        """Nobody is to be told."""
        return _("没有要通知更新资料的客户")

    def nothing_hint(self) -> str:
        """How something would come to stand there."""
        return _("在客户页打开本清单登记要更新的事项")

    def note(self) -> None:
        """Put the client at hand on the list."""
        if self._client_id is not None:
            self._around.jobs.write(
                partial(
                    note_for_counter,
                    client_id=self._client_id,
                    matter=self.matter.text(),
                    now=self._around.now(),
                ),
                then=self._noted,
            )

    def mark_told(self) -> None:
        """The client was told today, or the mark was wrong."""
        row = self.current()
        if isinstance(row, NoticeRow):
            on = None if row.notified_on else self._around.today()
            inverse = partial(
                mark_notified, notice_id=row.id, way=row.notified_way, on=row.notified_on
            )
            self._around.jobs.write(
                partial(mark_notified, notice_id=row.id, way=self.way.code(), on=on),
                then=partial(self._tell, _("已改{name}的通知标记"), row, inverse),
            )

    def mark_renewed(self) -> None:
        """The counter has renewed the data today, or the mark was wrong."""
        row = self.current()
        if isinstance(row, NoticeRow):
            on = None if row.renewed_on else self._around.today()
            inverse = partial(mark_renewed, notice_id=row.id, on=row.renewed_on)
            self._around.jobs.write(
                partial(mark_renewed, notice_id=row.id, on=on),
                then=partial(self._tell, _("已改{name}的更新标记"), row, inverse),
            )

    def _arrange(self) -> None:
        may_edit = self._around.may(Right.EDIT_CLIENTS)
        if may_edit and self._client_id is not None:
            self.top.addWidget(self.matter, 1)
            self.top.addWidget(self.note_button)
        else:
            self.top.addStretch(1)
        self.top.addWidget(self.all)
        if may_edit:
            self.top.addSpacing(8)
            self.top.addWidget(Label(_("通知方式"), "text2", "caption"))
            self.top.addWidget(self.way)
            self.add_button(self.told_button).clicked.connect(self.mark_told)
            self.add_button(self.renewed_button).clicked.connect(self.mark_renewed)
        self.note_button.clicked.connect(self.note)
        self.matter.returnPressed.connect(self.note)

    def _noted(self, _answer: int) -> None:
        self.matter.clear()

    def _tell(self, form: str, row: NoticeRow, inverse: partial[None], _answer: object) -> None:
        self._around.undo.done(form.format(name=row.client_name), inverse)
