"""The tab 附件: the files of a client, added by button or drop, opened in their own program."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from advisorcrm import private_files
from advisorcrm.errors import SystemTroubleError
from advisorcrm.i18n import _, ngettext
from advisorcrm.services.access import Right
from advisorcrm.services.branch.settings import Settings, load_settings
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter
from advisorcrm.services.contacts.contact_logs import list_contact_logs
from advisorcrm.services.files.attachment_files import read_upload
from advisorcrm.services.files.attachments import (
    AttachedFile,
    AttachmentRow,
    NewAttachment,
    add_attachments,
    archive_attachment,
    archive_attachments,
    list_attachments,
    read_attachment,
    restore_attachment,
)
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.views import messages
from advisorcrm.views.attachments.attachment_dialog import AttachmentDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import plain, soft
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label

_OFFERED_LOGS = 12


class AttachmentsTab(QWidget):
    """``counted`` with the number of files; reads when it is looked at."""

    counted = Signal(int)
    refused = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._client_id = -1
        self._may_edit = False
        self.dialog: AttachmentDialog | None = None
        self.choose_paths: Callable[[], Sequence[str]] = self._choose_paths
        """Asks for files; a test answers instead of the file dialog."""
        self.open_path: Callable[[Path], bool] = _open_in_its_program
        self.model = RecordTableModel(AttachmentRow, sortable=True)
        self.model.set_book(around.book)
        self.table = RecordTable(self.model, name=_("附件"))
        self.empty = EmptyState("file-text")
        self.add_button = soft(_("添加附件"), icon="plus", key="Ins")
        self.open_button = plain(_("打开"), icon="eye", key="⏎")
        self.archive_button = plain(_("收起附件"), icon="x", key="Del")
        self.bar = InlineBar()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self._show_rights()

    # For the page

    def show_client(self, client_id: int) -> None:
        """Another client."""
        self._client_id = client_id
        self._may_edit = False
        self.model.show_rows(())
        self.bar.hide()
        self._show_rights()

    def show_file(self, file: ClientFile) -> None:
        """Whose file it is decides who may add."""
        self._may_edit = file.may_edit and self._around.may(Right.EDIT_CLIENTS)
        self._show_rights()

    def reload(self) -> None:
        """Read the list again."""
        if self._client_id >= 0:
            work = partial(list_attachments, client_id=self._client_id)
            self._around.jobs.read(work, then=self._show_rows, key="client.attachments")

    # What the person does

    def add_files(self, paths: Sequence[Path]) -> None:
        """Read files beside the windows, then ask what they are."""
        if paths and self._may_edit:
            self._around.jobs.read(load_settings, then=partial(self._read_files, tuple(paths)))

    def choose(self) -> None:
        """Ask for files, then what they are."""
        if self._may_edit:
            self.add_files([Path(path) for path in self.choose_paths()])

    def open_current(self) -> None:
        """Open the chosen file in the program that knows its kind; the look is logged."""
        chosen = self.table.current_id()
        if chosen is not None and self._around.may(Right.REVEAL):
            work = partial(read_attachment, attachment_id=chosen, now=self._around.now())
            self._around.jobs.write(work, then=self._hand_out, failed=self._refuse)

    def archive_current(self) -> None:
        """Put the chosen file away; it can be taken back."""
        row = self.model.row_at(self.table.current_row())
        if row is None or not self._may_edit:
            return
        work = partial(archive_attachment, attachment_id=row.id, now=self._around.now())
        done = partial(self._after_archiving, row.id, row.file_name)
        self._around.jobs.write(work, then=done, failed=self._refuse)

    # Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Insert adds, Delete puts away."""
        if event.key() == Qt.Key.Key_Insert:
            self.choose()
        elif event.key() == Qt.Key.Key_Delete:
            self.archive_current()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Local files may be dropped by who may add."""
        if self._may_edit and _local_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take the files."""
        paths = _local_paths(event)
        if paths:
            event.acceptProposedAction()
            self.add_files(paths)

    # Inside

    def _show_rows(self, rows: list[AttachmentRow]) -> None:
        self.model.show_rows(rows)
        if rows and self.table.current_row() < 0:
            self.table.go_to(0)
        self._pages.setCurrentWidget(self.table if rows else self.empty)
        self.counted.emit(len(rows))
        self._show_rights()

    def _show_rights(self) -> None:
        is_chosen = self.table.current_row() >= 0
        self.add_button.setVisible(self._may_edit)
        self.archive_button.setVisible(self._may_edit)
        self.archive_button.setEnabled(is_chosen)
        self.open_button.setVisible(self._around.may(Right.REVEAL))
        self.open_button.setEnabled(is_chosen)
        self.hint.setVisible(self._may_edit)
        remark = _("合同、录音、截图等；把文件拖到这里，或点“添加附件”。") if self._may_edit else ""
        self.empty.say(_("还没有附件"), remark)

    def _choose_paths(self) -> Sequence[str]:
        paths, _kind = QFileDialog.getOpenFileNames(self, _("选要添加的文件"))
        return paths

    def _read_files(self, paths: tuple[Path, ...], settings: Settings) -> None:
        """The limit in force, not the one of sign-in, decides how large a file may be."""
        work = partial(_read_all, paths, settings.attachment_mb)
        self._around.jobs.run(work, then=self._ask, failed=self._refuse)

    def _ask(self, files: list[AttachedFile]) -> None:
        self.bar.hide()
        dialog = AttachmentDialog(files, self._around.book, self)
        news = [str(uuid.uuid4()) for _file in files]
        dialog.decided.connect(partial(self._add, dialog, self._client_id, news))
        dialog.finished.connect(self._forget_dialog)
        self.dialog = dialog
        query = ContactLogFilter(client_id=self._client_id)
        work = partial(list_contact_logs, query=query, limit=_OFFERED_LOGS)
        self._around.jobs.read(work, then=dialog.offer_logs)
        dialog.open()

    def _add(
        self,
        dialog: AttachmentDialog,
        client_id: int,
        uuids: list[str],
        kind: str,
        note: str,
        log_id: int | None,
    ) -> None:
        news = [
            NewAttachment(one, client_id, kind, file.file_name, file.content, note, log_id)
            for one, file in zip(uuids, dialog.files, strict=True)
        ]
        work = partial(add_attachments, news=news, now=self._around.now())
        then = partial(self._after_adding, dialog)
        self._around.jobs.write(work, then=then, failed=dialog.show_problem)

    def _after_adding(self, dialog: AttachmentDialog, ids: list[int]) -> None:
        dialog.accept()
        first = dialog.files[0].file_name
        told = ngettext("已添加附件“{name}”", "已添加附件“{name}”等 {count} 个", len(ids))
        inverse = partial(archive_attachments, attachment_ids=ids, now=self._around.now())
        self._around.undo.done(told.format(name=first, count=len(ids)), inverse)

    def _forget_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _hand_out(self, file: AttachedFile) -> None:
        place = partial(private_files.hand_out, file.file_name, file.content)
        self._around.jobs.run(place, then=self._show_elsewhere, failed=self._refuse)

    def _show_elsewhere(self, path: Path) -> None:
        self.bar.hide()
        if not self.open_path(path):
            name = path.name
            self._refuse(
                SystemTroubleError(_("电脑上没有能打开“{name}”的程序。").format(name=name))
            )

    def _after_archiving(self, attachment_id: int, name: str, _answer: object) -> None:
        told = _("已收起附件“{name}”，内容仍保存").format(name=name)
        self._around.undo.done(told, partial(restore_attachment, attachment_id=attachment_id))

    def _refuse(self, error: Exception) -> None:
        self.bar.say(messages.level_of(error), str(error))
        self.refused.emit(error)

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.choose)
        self.open_button.clicked.connect(self.open_current)
        self.archive_button.clicked.connect(self.archive_current)
        self.table.opened.connect(self.open_current)
        self.table.chosen.connect(self._show_rights)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        for button in (self.add_button, self.open_button, self.archive_button):
            line.addWidget(button)
        self.hint = Label(_("也可把文件拖进来；打开会记入查看日志"), "text2", "caption")
        line.addWidget(self.hint)
        line.addStretch(1)
        card = Card(margins=(0, 0, 0, 0))
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        card.add(self._pages, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(line)
        whole.addWidget(self.bar)
        whole.addWidget(card, 1)


def _read_all(paths: Sequence[Path], most_mb: int) -> list[AttachedFile]:
    return [AttachedFile(path.name, read_upload(path, most_mb=most_mb)) for path in paths]


def _open_in_its_program(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _local_paths(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
