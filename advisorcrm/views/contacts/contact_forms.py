"""Opens the forms of contacts, one per client, and brings drafts back (R35, R80)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.services.contacts.contact_log_rows import ContactLogRow
from advisorcrm.services.contacts.contact_logs import log_contact
from advisorcrm.services.contacts.new_contact_log import NewContactLog
from advisorcrm.services.drafts import DraftRow, discard_draft, list_drafts
from advisorcrm.views.contacts import contact_log_dialog, correction_dialog
from advisorcrm.views.contacts.contact_entry import ContactEntry, entry_from_draft
from advisorcrm.views.contacts.contact_log_dialog import ContactLogDialog
from advisorcrm.views.contacts.correction_dialog import (
    Correction,
    CorrectionDialog,
    correction_from_draft,
    correction_of,
)
from advisorcrm.views.discard_dialog import DiscardDialog, draft_dialog
from advisorcrm.views.surroundings import Surroundings


class ContactForms(QObject):
    """Lives as long as the window.

    ``saved(client_id)`` after a record was kept, ``file_wanted(client_id)`` when the file shall
    be completed next, ``drafts_changed(drafts)`` with what is folded, and ``draft_wanted(draft)``
    for a draft of somebody else's form. ``search_wanted`` when somebody else calls meanwhile and
    ``told(sentence)`` for the window.
    """

    saved = Signal(int)
    file_wanted = Signal(int)
    drafts_changed = Signal(list)
    draft_wanted = Signal(object)
    search_wanted = Signal()
    told = Signal(str)

    def __init__(self, desk: Surroundings, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._open: list[ContactLogDialog | CorrectionDialog] = []
        self._drafts: tuple[DraftRow, ...] = ()
        self.asked: DiscardDialog | None = None
        """The question whether a draft shall be given up."""
        desk.jobs.saved.connect(self.recover)

    # For the window

    def open(self, client_id: int | None = None, name: str = "") -> ContactLogDialog:
        """The form for a client, or for one that is still to be found."""
        known = self._dialog_of(client_id)
        if known is not None:
            return self._raise(known)
        draft = self._draft_of(client_id)
        if draft is not None:
            return self._open_log(entry_from_draft(draft.content))
        return self._open_log(ContactEntry(client_id=client_id, client_name=name))

    def correct(self, log: ContactLogRow) -> CorrectionDialog:
        """The form that corrects a conversation; one that was put aside comes back."""
        key = correction_dialog.FORM, str(log.id)
        draft = next((one for one in self._drafts if (one.form, one.subject) == key), None)
        found = correction_from_draft(draft.content) if draft else correction_of(log)
        return self._open_correction(found)

    def reopen(self, draft: DraftRow) -> None:
        """Go on with a draft."""
        if draft.form == contact_log_dialog.FORM:
            self._open_log(entry_from_draft(draft.content))
        elif draft.form == correction_dialog.FORM:
            self._open_correction(correction_from_draft(draft.content))
        else:
            self.draft_wanted.emit(draft)
        self._tell_drafts()

    def ask_to_discard(self, draft: DraftRow) -> None:
        """Give a draft up, once that is confirmed."""
        self.asked = draft_dialog(draft.title, self._window)
        self.asked.accepted.connect(partial(self.discard, draft))
        self.asked.open()

    def discard(self, draft: DraftRow) -> None:
        """Forget a draft."""
        self._desk.jobs.write(partial(discard_draft, form=draft.form, subject=draft.subject))

    def recover(self) -> None:
        """Look which drafts there are: at start, and after every save."""
        self._desk.jobs.read(list_drafts, then=self._take_drafts, key="contact_forms.drafts")

    def is_open(self) -> bool:
        """Whether a form is being filled: the idle lock waits for it."""
        return any(dialog.isVisible() for dialog in self._alive())

    def fold_all(self) -> None:
        """Put every form aside: before the lock, and before the program ends."""
        for dialog in self._alive():
            dialog.fold()

    def keep_all(self) -> int:
        """Write every draft now, the forms stay as they are; returns how many forms are open."""
        dialogs = self._alive()
        for dialog in dialogs:
            dialog.drafts.keep()
        return len(dialogs)

    def drafts(self) -> tuple[DraftRow, ...]:
        """What is folded at present."""
        open_keys = {dialog.drafts.key for dialog in self._alive()}
        return tuple(one for one in self._drafts if (one.form, one.subject) not in open_keys)

    # Inside

    def _open_log(self, entry: ContactEntry) -> ContactLogDialog:
        dialog = ContactLogDialog(self._desk, entry, self._window)
        dialog.saved.connect(self._saved)
        dialog.told.connect(self.told)
        dialog.client_chosen.connect(partial(self._client_chosen, dialog))
        self._show(dialog)
        return dialog

    def _open_correction(self, correction: Correction) -> CorrectionDialog:
        dialog = CorrectionDialog(self._desk, correction, self._window)
        dialog.submitted.connect(partial(self._write_correction, dialog))
        self._show(dialog)
        return dialog

    def _show(self, dialog: ContactLogDialog | CorrectionDialog) -> None:
        self._open.append(dialog)
        dialog.finished.connect(partial(self._close, dialog))
        for key, go in (("Ctrl+K", self.search_wanted.emit), ("Ctrl+N", self.open)):
            shortcut = QShortcut(QKeySequence(key), dialog)
            shortcut.activated.connect(partial(self._put_aside, dialog, go))
        dialog.show()
        dialog.activateWindow()

    def _put_aside(
        self, dialog: ContactLogDialog | CorrectionDialog, go: Callable[[], object]
    ) -> None:
        """Somebody else calls: what is written stays as a draft, and the next client is found."""
        dialog.fold()
        self._window.activateWindow()
        go()

    def _raise(self, dialog: ContactLogDialog) -> ContactLogDialog:
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return dialog

    def _close(self, dialog: ContactLogDialog | CorrectionDialog, _result: int) -> None:
        if dialog in self._open:
            self._open.remove(dialog)
        dialog.deleteLater()
        self._tell_drafts()

    def _client_chosen(self, dialog: ContactLogDialog, client_id: int) -> None:
        """One form per client: an empty one gives way to the open one, or takes up a draft."""
        if dialog.entry().is_worth_keeping:
            return
        for other in self._alive():
            if not isinstance(other, ContactLogDialog) or other is dialog:
                continue
            if other.client_id() == client_id:
                dialog.reject()
                self._raise(other)
                return
        draft = self._draft_of(client_id)
        if draft is not None:
            dialog.start(entry_from_draft(draft.content))
            self._tell_drafts()

    def _write_correction(self, dialog: CorrectionDialog, record: NewContactLog) -> None:
        self._desk.jobs.write(
            partial(log_contact, entry=record, now=self._desk.now()),
            then=partial(self._corrected, dialog, dialog.correction().client_name),
            failed=dialog.show_problem,
        )

    def _corrected(self, dialog: CorrectionDialog, name: str, _record_id: int) -> None:
        self.told.emit(_("已更正沟通：{name}").format(name=name))
        if shiboken6.isValid(dialog):
            dialog.accept()

    def _saved(self, client_id: int, updates_file: bool) -> None:
        self.saved.emit(client_id)
        if updates_file:
            self.file_wanted.emit(client_id)

    def _take_drafts(self, drafts: Sequence[DraftRow]) -> None:
        self._drafts = tuple(drafts)
        self._tell_drafts()

    def _tell_drafts(self) -> None:
        self.drafts_changed.emit(list(self.drafts()))

    def _alive(self) -> list[ContactLogDialog | CorrectionDialog]:
        return [dialog for dialog in self._open if shiboken6.isValid(dialog)]

    def _dialog_of(self, client_id: int | None) -> ContactLogDialog | None:
        for dialog in self._alive():
            if isinstance(dialog, ContactLogDialog) and dialog.client_id() == client_id:
                return dialog
        return None

    def _draft_of(self, client_id: int | None) -> DraftRow | None:
        """The newest folded form about the client."""
        if client_id is None:
            return None
        for draft in self.drafts():
            is_log = draft.form == contact_log_dialog.FORM
            if is_log and draft.content.get("client_id") == client_id:
                return draft
        return None
