"""The tabs of what hangs on a client's file: care, attachments, who comes after them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.care.care_records import count_care
from advisorcrm.services.files.attachments import count_attachments
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.views.attachments.attachments_tab import AttachmentsTab
from advisorcrm.views.care.care_tab import CareTab
from advisorcrm.views.family.family_tab import FamilyTab
from advisorcrm.views.reports import family
from advisorcrm.views.surroundings import Surroundings


class HangingTabs(QObject):
    """``renamed(tab, text)`` when a count changes; ``report_wanted`` with what is to be printed."""

    renamed = Signal(object, str)
    client_wanted = Signal(int)
    report_wanted = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = around
        self.care = CareTab(around)
        self.care.counted.connect(self._show_care)
        self.attachments = AttachmentsTab(around)
        self.attachments.counted.connect(self._show_attachments)
        self.family = FamilyTab(around)
        self.family.client_wanted.connect(self.client_wanted)
        self.family.print_wanted.connect(self._print_family)

    def listed(self) -> list[tuple[QWidget, str]]:
        """The tabs in their order, with what stands on them."""
        family = (self.family, _("家庭与关系"))
        if not self._reads_files():
            return [family]
        return [(self.care, _("关怀")), (self.attachments, _("附件")), family]

    def show_client(self, client_id: int) -> None:
        """Another client."""
        self.family.show_client(client_id)
        if not self._reads_files():
            return
        self.care.show_client(client_id)
        self.attachments.show_client(client_id)
        self.renamed.emit(self.care, _("关怀"))
        self.renamed.emit(self.attachments, _("附件"))

    def show_file(self, file: ClientFile) -> None:
        """The file has come: who may do what."""
        self.family.show_file(file)
        if self._reads_files():
            self.care.show_file(file)
            self.attachments.show_file(file)

    def read_counts(self, client_id: int) -> None:
        """Ask how much hangs on the file."""
        if not self._reads_files():
            return
        jobs = self._around.jobs
        work = partial(count_attachments, client_id=client_id)
        jobs.read(work, then=self._show_attachments, key="client.attachment_count")
        care = partial(count_care, client_id=client_id)
        jobs.read(care, then=self._show_care, key="client.care_count")

    def reload(self, shown: QWidget) -> None:
        """Read again what is looked at."""
        if isinstance(shown, CareTab | AttachmentsTab | FamilyTab):
            shown.reload()

    def _reads_files(self) -> bool:
        """The front desk has the card: what hangs on the file is absent, not empty."""
        return self._around.may(Right.READ_FILES)

    def _print_family(self, client_id: int) -> None:
        self.report_wanted.emit(family(client_id))

    def _show_care(self, count: int) -> None:
        self.renamed.emit(self.care, _("关怀 {count}").format(count=count))

    def _show_attachments(self, count: int) -> None:
        self.renamed.emit(self.attachments, _("附件 {count}").format(count=count))
