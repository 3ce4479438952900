"""What the bulk bar does: one transaction each, told with the way back (ui.md 3.3, 4)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from advisorcrm.exports.envelopes import SIZES, AddressCount, count_addresses
from advisorcrm.i18n import _, ngettext
from advisorcrm.services.allocations.handovers import (
    HandedOver,
    NewHandover,
    hand_over,
    undo_handover,
)
from advisorcrm.services.branch.users import list_advisors
from advisorcrm.services.clients.client_tags import Tagged, Tagging, tag_clients, untag_clients
from advisorcrm.services.consents.may_send import SendCount
from advisorcrm.views import reports
from advisorcrm.views.clients.bulk_bar import BulkBar
from advisorcrm.views.clients.hand_over_dialog import HandOverDialog
from advisorcrm.views.clients.send_sentence import sms_question, sms_sentence
from advisorcrm.views.clients.tag_dialog import TagDialog
from advisorcrm.views.surroundings import Surroundings


class BulkWork(QObject):
    """``told`` without a way back, ``report_wanted`` for paper.

    ``allocation_wanted(ids)`` and ``tasks_wanted(ids)`` for what others do with the clients.
    """

    told = Signal(str)
    report_wanted = Signal(object)
    allocation_wanted = Signal(list)
    tasks_wanted = Signal(list)

    def __init__(self, around: Surroundings, bar: BulkBar, page: QWidget) -> None:
        super().__init__(page)
        self._around = around
        self._bar = bar
        self._page = page
        self.ids: tuple[int, ...] = ()
        self.dialog: QDialog | None = None
        self.sizes = QMenu(bar)
        for form, label in SIZES.items():
            self.sizes.addAction(label).triggered.connect(partial(self._print, form))
        bar.task_wanted.connect(self.ask_task)
        bar.hand_over_wanted.connect(self.ask_advisor)
        bar.tag_wanted.connect(self.ask_tags)
        bar.envelopes_wanted.connect(self.print_envelopes)

    def select(self, ids: Sequence[int]) -> None:
        """These are ticked now: say who would be left out."""
        self.ids = tuple(ids)
        if ids:
            work = partial(count_addresses, client_ids=self.ids)
            self._around.jobs.read(work, then=self._announce, key="clients.addresses")
            now = self._around.now()
            self._around.jobs.long(sms_question(self.ids, now), then=self._announce_sms)

    def ask_advisor(self) -> None:
        """Hand the ticked clients over."""
        days = self._around.settings.first_contact_days
        dialog = HandOverDialog(len(self.ids), self._page.window(), days=days)
        attempt = str(uuid.uuid4())
        dialog.submitted.connect(partial(self._hand_over, dialog, attempt, self.ids))
        dialog.balance_wanted.connect(partial(self._want_balance, dialog, self.ids))
        self._around.jobs.read(list_advisors, then=dialog.offer)
        self._open(dialog)

    def ask_task(self) -> None:
        """A task about each of the ticked clients."""
        self.tasks_wanted.emit(list(self.ids))

    def ask_tags(self) -> None:
        """Tag the ticked clients."""
        dialog = TagDialog(len(self.ids), self._around.book, self._page.window())
        dialog.submitted.connect(partial(self._tag, dialog, self.ids))
        self._open(dialog)

    def print_envelopes(self) -> None:
        """An envelope for each ticked client with an address, of the size that is chosen."""
        self.sizes.popup(QCursor.pos())

    def _print(self, form: str, _checked: object = None) -> None:
        self.report_wanted.emit(reports.envelopes(self.ids, form))

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _want_balance(self, dialog: HandOverDialog, ids: tuple[int, ...]) -> None:
        dialog.reject()
        self.allocation_wanted.emit(list(ids))

    def _hand_over(
        self, dialog: HandOverDialog, attempt: str, ids: tuple[int, ...], to: int, reason: str
    ) -> None:
        new = NewHandover(attempt, tuple((key, to) for key in ids), reason)
        self._around.jobs.write(
            partial(hand_over, new=new, now=self._around.now()),
            then=partial(self._handed, dialog),
            failed=dialog.show_problem,
            label=_("移交客户"),
        )

    def _handed(self, dialog: HandOverDialog, done: HandedOver) -> None:
        dialog.accept()
        tell_handed(self._around, done)

    def _tag(self, dialog: TagDialog, ids: tuple[int, ...], tagging: Tagging) -> None:
        self._around.jobs.write(
            partial(tag_clients, client_ids=ids, tagging=tagging, now=self._around.now()),
            then=partial(self._tagged, dialog),
            failed=dialog.show_problem,
            label=_("打标签"),
        )

    def _tagged(self, dialog: TagDialog, tagged: Tagged) -> None:
        dialog.accept()
        count = len(tagged.changes)
        if not count:
            self.told.emit(_("所选客户的标签已是这样，没有改动。"))
            return
        said = ngettext("已给 {count} 户改标签", "已给 {count} 户改标签", count)
        inverse = partial(untag_clients, tagged=tagged, now=self._around.now())
        self._around.undo.done(said.format(count=f"{count:,}"), inverse)

    def _announce_sms(self, count: SendCount) -> None:
        """Who would get no short message; an answer about an earlier selection is dropped."""
        if count.asked == self.ids:
            self._bar.show_excluded(sms_sentence(count))

    def _announce(self, found: AddressCount) -> None:
        self._bar.show_left_out("　".join(_left_out(found)))


def _left_out(found: AddressCount) -> Iterator[str]:
    """Who gets no envelope for want of an address, and whose file stays in the house."""
    if found.without:
        yield _("信封仅 {count} 户（{without} 户没有地址）").format(
            count=f"{found.written:,}", without=f"{found.without:,}"
        )
    if found.held_back:
        said = ngettext(
            "{count} 户限制处理，不打印不导出",
            "{count} 户限制处理，不打印不导出",
            found.held_back,
        )
        yield said.format(count=f"{found.held_back:,}")


def tell_handed(around: Surroundings, done: HandedOver) -> None:
    """Say who was handed over to whom, and offer to take it back."""
    said = ngettext(
        "已移交 {count} 户给 {names}", "已移交 {count} 户给 {names}", done.client_count
    ).format(count=f"{done.client_count:,}", names=_("、").join(done.advisor_names))
    around.undo.done(said, partial(undo_handover, handover_id=done.id, now=around.now()))
