"""What is done with care from any page: note a greeting, register a present, approve it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from advisorcrm.i18n import _, ngettext
from advisorcrm.services.care.birthdays import BirthdayRow
from advisorcrm.services.care.care_records import (
    NewCareRecord,
    archive_care_record,
    record_care,
    restore_care_record,
)
from advisorcrm.services.care.festivals import FestivalRow
from advisorcrm.services.care.gifts import NewGift, decide_gift, register_gift
from advisorcrm.services.care.greeting_batches import GreetingAsk, record_greetings
from advisorcrm.terms import CareKind
from advisorcrm.views import messages
from advisorcrm.views.care.batch_dialog import BatchDialog
from advisorcrm.views.care.care_dialog import CareDialog
from advisorcrm.views.care.gift_dialog import GiftDialog
from advisorcrm.views.care.words_dialog import WordsDialog
from advisorcrm.views.surroundings import Surroundings


class CareWork(QObject):
    """``dialog`` is the one that is open; what can be taken back goes to the window's undo."""

    told = Signal(str)

    def __init__(self, around: Surroundings, window: Callable[[], QWidget]) -> None:
        super().__init__()
        self._around = around
        self._window = window
        self.dialog: QDialog | None = None

    def ask_care(
        self,
        client: tuple[int, str],
        kind: CareKind = CareKind.DAILY,
        occasion: tuple[str, date | None] = ("", None),
    ) -> CareDialog:
        """Ask what was done for a client (id and name)."""
        dialog = CareDialog(self._around, client, kind, occasion, self._window())
        dialog.submitted.connect(partial(self._keep, dialog))
        self._open(dialog)
        return dialog

    def greet_birthday(self, row: BirthdayRow) -> CareDialog:
        """Ask how somebody is congratulated; the greeting is drafted."""
        client = (row.client_id, row.client_name)
        return self.ask_care(client, CareKind.BIRTHDAY, (_("生日"), row.on))

    def ask_gift(self, client: tuple[int, str]) -> GiftDialog:
        """Ask what is given."""
        dialog = GiftDialog(self._around, client, self._window())
        dialog.submitted.connect(partial(self._register, dialog))
        self._open(dialog)
        return dialog

    def ask_batch(self, festival: FestivalRow) -> BatchDialog:
        """Ask whom to greet for a festival, and by which way."""
        dialog = BatchDialog(self._around, festival, self._window())
        dialog.submitted.connect(partial(self._keep_batch, dialog))
        self._open(dialog)
        return dialog

    def archive(self, care_id: int) -> None:
        """Take a record back; it can be undone."""
        work = partial(archive_care_record, care_id=care_id, now=self._around.now())
        self._around.jobs.write(work, then=partial(self._archived, care_id), failed=self._refuse)

    def approve(self, gift_id: int) -> None:
        """Approve a present."""
        work = partial(decide_gift, gift_id=gift_id, is_approved=True, now=self._around.now())
        self._around.jobs.write(work, failed=self._refuse)

    def ask_refusal(self, gift_id: int) -> WordsDialog:
        """Ask why a present is not approved."""
        dialog = WordsDialog(_("不批准礼品"), _("原因"), _("不批准"), self._window())
        dialog.submitted.connect(partial(self._refuse_gift, dialog, gift_id))
        self._open(dialog)
        return dialog

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(partial(self._forget, dialog))
        dialog.open()

    def _forget(self, dialog: QDialog, _result: int) -> None:
        if self.dialog is dialog:
            self.dialog = None
        dialog.deleteLater()

    def _keep(self, dialog: CareDialog, new: NewCareRecord) -> None:
        work = partial(record_care, new=new, now=self._around.now())
        self._around.jobs.write(work, then=dialog.accept_answer, failed=dialog.show_problem)

    def _keep_batch(self, dialog: BatchDialog, ask: GreetingAsk) -> None:
        work = partial(record_greetings, ask=ask, now=self._around.now())
        self._around.jobs.write(
            work, then=partial(self._kept_batch, dialog), failed=dialog.show_problem
        )

    def _kept_batch(self, dialog: BatchDialog, count: int) -> None:
        dialog.accept()
        said = ngettext("已记下 {count} 户的问候", "已记下 {count} 户的问候", count)
        self.told.emit(said.format(count=f"{count:,}"))

    def _register(self, dialog: GiftDialog, new: NewGift) -> None:
        work = partial(register_gift, new=new, now=self._around.now())
        self._around.jobs.write(work, then=dialog.accept_answer, failed=dialog.show_problem)

    def _refuse_gift(self, dialog: WordsDialog, gift_id: int, words: str) -> None:
        work = partial(
            decide_gift, gift_id=gift_id, is_approved=False, note=words, now=self._around.now()
        )
        self._around.jobs.write(work, then=dialog.accept_answer, failed=dialog.show_problem)

    def _archived(self, care_id: int, _answer: object) -> None:
        self._around.undo.done(
            _("已收起一条关怀记录"), partial(restore_care_record, care_id=care_id)
        )

    def _refuse(self, error: Exception) -> None:
        messages.show_problem(error, self._window())
