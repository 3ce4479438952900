"""设置 › 日志: who saw, revealed, printed and exported what, for the manager (R16, R148)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.columns import CodeBook, branch_date
from advisorcrm.i18n import _
from advisorcrm.terms import AccessKind
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import plain, quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from advisorcrm.exports.imprint import Imprint
    from advisorcrm.services.access_logs import AccessFilter, AccessLogRow
    from advisorcrm.views.jobs import Jobs

_PAGE = 200
_SPANS = ("1", "7", "30")


class LogPanel(QWidget):
    """Narrowed down by person, client, kind and day; exported as a workbook."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        from advisorcrm.services.access_logs import AccessLogRow

        self._jobs = jobs
        self._limit = _PAGE
        self.ask_path: Callable[[], str] = self._ask_path
        """Asks where to; a test answers instead of the file dialog."""
        self.model = RecordTableModel(AccessLogRow, book=CodeBook(), sortable=False)
        self.table = RecordTable(self.model, name=_("日志"))
        self.person = ComboBox(empty=_("所有人"))
        self.kind = ComboBox([(one.value, one.label) for one in AccessKind], empty=_("所有操作"))
        self.span = ComboBox(zip(_SPANS, (_("今天"), _("最近 7 天"), _("最近 30 天")), strict=True),
                             empty=_("全部时间"))  # fmt: skip
        self.client = SearchLine(_("客户姓名、账号或编号"))
        self.told = Label("", "text2", "caption")
        self.older = quiet(_("更早的"))
        self.export_button = plain(_("导出"), icon="download")
        for box, name in (
            (self.person, _("谁")), (self.kind, _("做了什么")), (self.span, _("时间")),
        ):  # fmt: skip
            box.setAccessibleName(name)
            box.currentIndexChanged.connect(self._narrow)
        self.client.searched.connect(self._narrow)
        self.older.clicked.connect(self._read_older)
        self.export_button.clicked.connect(self.export)
        self._lay_out()

    def reload(self) -> None:
        """Read people and log again."""
        from advisorcrm.services.access_logs import list_accesses, list_people

        self._jobs.read(list_people, then=self._show_people, key="log.people")
        work = partial(list_accesses, query=self.query(), limit=self._limit)
        self._jobs.read(work, then=self._show, key="log.rows")

    def query(self) -> AccessFilter:
        """What the log is narrowed down to."""
        from advisorcrm.services.access_logs import AccessFilter

        return AccessFilter(
            user_id=int(self.person.code()) if self.person.code() else None,
            kind=AccessKind(self.kind.code()) if self.kind.code() else None,
            client=self.client.text().strip(),
            from_on=_first_day(self.span.code()),
        )

    def export(self) -> None:
        """Write what is shown, and everything older of it, as a workbook."""
        from advisorcrm.exports.access_log import register_access_log

        path = self.ask_path()
        if path:
            target = Path(path) if Path(path).suffix else Path(path).with_suffix(".xlsx")
            self._jobs.write(
                partial(register_access_log, now=datetime.now(UTC)),
                then=partial(self._write, target),
            )

    def _write(self, path: Path, imprint: Imprint) -> None:
        from advisorcrm.exports.access_log import export_access_log

        work = partial(export_access_log, query=self.query(), imprint=imprint, path=path)
        self._jobs.long(work, then=partial(self._tell, path))

    def _tell(self, path: Path, _count: int) -> None:
        self.told.setText(_("已导出到 {path}").format(path=path))

    def _narrow(self, _what: object = None) -> None:
        self._limit = _PAGE
        self.reload()

    def _read_older(self) -> None:
        self._limit += _PAGE
        self.reload()

    def _show_people(self, people: list[tuple[int, str]]) -> None:
        self.person.set_choices([(str(key), name) for key, name in people], empty=_("所有人"))

    def _show(self, rows: list[AccessLogRow]) -> None:
        self.model.show_rows(rows)
        self.older.setVisible(len(rows) == self._limit)

    def _ask_path(self) -> str:
        path, _filter = QFileDialog.getSaveFileName(
            self, _("导出到"), _("查看记录") + ".xlsx", _("Excel 工作簿 (*.xlsx)")
        )
        return path

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for widget in (self.client, self.person, self.kind, self.span):
            bar.addWidget(widget, 1)
        card = Card(_("日志"), margins=(0, 0, 0, 0))
        card.add_right(self.export_button)
        card.add(self.table, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(self.older)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(bar)
        whole.addWidget(card, 1)
        whole.addLayout(foot)


def _first_day(days: str) -> date | None:
    if not days:
        return None
    today = branch_date(datetime.now(UTC))
    return today - timedelta(days=int(days) - 1)
