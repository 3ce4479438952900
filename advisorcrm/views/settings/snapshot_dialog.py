"""A snapshot opened: sums by advisor and group, and its workbook (R6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QWidget

from advisorcrm.columns import show_instant
from advisorcrm.i18n import _, ngettext
from advisorcrm.views import messages
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.dialog_foot import close_button
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.dialog_room import open_large
from advisorcrm.views.widgets.label import Label

if TYPE_CHECKING:
    from advisorcrm.exports.imprint import Imprint
    from advisorcrm.services.completeness.completeness_snapshots import Snapshot, SnapshotShare
    from advisorcrm.views.jobs import Jobs


class SnapshotDialog(QDialog):
    """``told`` with where the workbook lies."""

    told = Signal(str)

    def __init__(self, jobs: Jobs, snapshot: Snapshot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from advisorcrm.services.completeness.completeness_snapshots import SnapshotShare

        self._jobs = jobs
        self._id = snapshot.row.id
        self._name = f"完备情况-{snapshot.row.taken_on:%Y%m%d}.xlsx"  # chinese: data
        self.ask_path: Callable[[str], str] = self._ask_path
        """Asks where to; a test answers instead of the file dialog."""
        self.setWindowTitle(_("检查快照 {date}").format(date=snapshot.row.taken_on.isoformat()))
        self.model = RecordTableModel(SnapshotShare)
        self.table = RecordTable(self.model, name=_("检查快照"))
        self.model.show_rows([_said(share) for share in snapshot.shares])
        self.export_button = primary(_("导出"), icon="upload")
        self.export_button.clicked.connect(self.export)
        close = close_button(self)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self.export_button)
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "circle-check"))
        whole.addWidget(
            Label(
                ngettext(
                    "{count} 户 · 平均完备率 {percent}% · {who} 拍于 {at}",
                    "{count} 户 · 平均完备率 {percent}% · {who} 拍于 {at}",
                    snapshot.row.clients,
                ).format(
                    count=snapshot.row.clients,
                    percent=snapshot.row.percent,
                    who=snapshot.row.taken_by,
                    at=show_instant(snapshot.row.taken_at),
                ),
                "text2",
            )
        )
        whole.addWidget(self.table, 1)
        whole.addLayout(foot)
        open_large(self, 640, 440)

    def export(self) -> None:
        """Ask for a file and write the workbook there."""
        from advisorcrm.exports.completeness_snapshot import register_snapshot

        path = self.ask_path(self._name)
        if path:
            self._jobs.write(
                partial(register_snapshot, snapshot_id=self._id, now=datetime.now(UTC)),
                then=partial(self._export_to, Path(path)),
                failed=self._failed,
            )

    def _export_to(self, path: Path, imprint: Imprint) -> None:
        from advisorcrm.exports.completeness_snapshot import export_snapshot

        path = path if path.suffix else path.with_suffix(".xlsx")
        self._jobs.long(
            partial(export_snapshot, snapshot_id=self._id, imprint=imprint, path=path),
            then=partial(self._done, path),
            failed=self._failed,
        )

    def _done(self, path: Path, _count: int) -> None:
        self.told.emit(_("已导出到 {path}").format(path=path))

    def _failed(self, error: Exception) -> None:
        messages.show_problem(error, self)

    def _ask_path(self, name: str) -> str:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        path, _filter = QFileDialog.getSaveFileName(
            self, _("导出到"), str(Path(folder) / name), _("Excel 工作簿 (*.xlsx)")
        )
        return path


def _said(share: SnapshotShare) -> SnapshotShare:
    """A sum with its heads in the language of the windows; the workbook's are Chinese."""
    from advisorcrm.services.completeness.completeness_snapshots import NOBODY

    return replace(
        share, kind=_(share.kind), name=_(NOBODY) if share.name == NOBODY else share.name
    )
