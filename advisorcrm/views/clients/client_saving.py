"""Keeps what is typed in a client's file as a draft, stores it, and settles conflicts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.errors import AdvisorCrmError, InvalidFieldError
from advisorcrm.i18n import _, ngettext
from advisorcrm.services.drafts import DraftRow, list_drafts, save_draft
from advisorcrm.services.files.client_edits import DRAFT_FORM, keep_losers, save_client_edit
from advisorcrm.services.files.client_files import ClientFile, open_client_file
from advisorcrm.services.files.conflicts import ClientConflictError
from advisorcrm.views import messages
from advisorcrm.views.clients.client_form import ClientForm, stored_of
from advisorcrm.views.clients.conflict_dialog import ConflictDialog
from advisorcrm.views.clients.file_conflict import (
    clashes_of,
    lost_points,
    settle_points,
    sides_of,
)
from advisorcrm.views.contacts.draft_keeper import DraftContent, DraftKeeper
from advisorcrm.views.discard_dialog import DiscardDialog, changes_dialog
from advisorcrm.views.surroundings import Surroundings


class ClientSaving(QObject):
    """``stored`` after 保存, ``refused(sentence)`` when it could not be, ``drafted(words)``."""

    stored = Signal()
    refused = Signal(str)
    drafted = Signal(str)

    def __init__(self, around: Surroundings, form: ClientForm, page: QWidget) -> None:
        super().__init__(page)
        self._around = around
        self._form = form
        self._page = page
        self._client_id = -1
        self._sent: tuple[int, str, dict[str, Any]] | None = None
        self.file: ClientFile | None = None
        self.reason: Callable[[], str] = str
        """Why something is changed, where the person says so."""
        self.dialog: ConflictDialog | DiscardDialog | None = None
        self.keeper = DraftKeeper(
            around.jobs, (DRAFT_FORM, ""), around.clock, self._draft_content, self
        )
        self.keeper.kept.connect(self._tell_kept)
        self.keeper.failed.connect(self._tell_draft_lost)
        form.changed.connect(self._touch)

    # One client after the other

    def start(self, client_id: int) -> None:
        """Another client's file will be shown; the draft of the one before is kept."""
        self.flush()
        self._client_id = client_id
        self.file = None
        self.keeper.start((DRAFT_FORM, str(client_id)))
        self.drafted.emit("")

    def show_file(self, file: ClientFile) -> None:
        """The file as it is stored now; the first time, what was typed before comes back."""
        is_first = self.file is None
        self.file = file
        if is_first and file.may_edit:
            self._around.jobs.read(list_drafts, then=self._take_draft, key="client.drafts")

    def flush(self) -> None:
        """Keep the draft now: the page is left, locked or closed."""
        if self._sent is None:
            self.keeper.keep()

    # Saving

    def save(self) -> None:
        """Store everything typed, if all of it is right."""
        wrong = self._form.check()
        if wrong:
            count = len(wrong)
            said = ngettext(
                "{count} 处需要改正后才能保存。", "{count} 处需要改正后才能保存。", count
            )
            self.refused.emit(said.format(count=count))
            wrong[0].focus()
            return
        if not self._form.is_dirty() or self._sent is not None:
            return
        self._send()

    def give_up(self) -> None:
        """Throw away what was typed, once that was confirmed."""
        if self.file is None or not self._form.is_dirty():
            return
        self.dialog = changes_dialog(self.file.name, self._page.window())
        self.dialog.accepted.connect(self._discard)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    # Inside

    def _send(self) -> None:
        try:
            edit = replace(self._form.edit(), why=self.reason())
        except InvalidFieldError as error:
            self._form.show_error(error)
            return
        name = self.file.name if self.file else ""
        self._sent = (self._client_id, name, self._form.draft())
        self._hand_over_draft()
        self._form.begin_saving()
        self._around.jobs.write(
            partial(save_client_edit, client_id=self._client_id, edit=edit, now=self._around.now()),
            then=partial(self._end, self._client_id),
            failed=partial(self._refuse, self._client_id),
            label=_("保存档案"),
        )

    def _hand_over_draft(self) -> None:
        """Kept before the save, and forgotten by it: a draft of it never comes after it."""
        self.keeper.keep()
        self.keeper.start(self.keeper.key)

    def _end(self, client_id: int, _answer: object) -> None:
        self._sent = None
        if client_id != self._client_id:
            return
        self._form.end_saving()
        if self._form.is_dirty():
            self._touch()
        else:
            self.keeper.discard()
        self.drafted.emit("")
        self.stored.emit()

    def _refuse(self, client_id: int, error: Exception) -> None:
        sent, self._sent = self._sent, None
        self._take_draft_back(client_id)
        if client_id != self._client_id:
            self._keep_elsewhere(sent)
            messages.show_problem(error)
        elif isinstance(error, ClientConflictError):
            work = partial(open_client_file, client_id=client_id, today=self._around.today())
            self._around.jobs.read(work, then=partial(self._ask, error), key="client.conflict")
        elif isinstance(error, InvalidFieldError) and self._form.show_error(error):
            self.refused.emit(_("未保存：{reason}").format(reason=error.reason))
        elif isinstance(error, AdvisorCrmError):
            reason = _("未保存：{reason}草稿已在本机。").format(reason=str(error))
            self.refused.emit(reason)
        else:
            messages.show_problem(error)

    def _take_draft_back(self, client_id: int) -> None:
        """Nothing was stored: the draft that was handed over is still there, and still ours."""
        if client_id == self._client_id:
            self.keeper.start((DRAFT_FORM, str(client_id)), is_kept=True)
            self._touch()

    def _keep_elsewhere(self, sent: tuple[int, str, dict[str, Any]] | None) -> None:
        """What was refused after the page had gone on to another client stays a draft."""
        if sent is None:
            return
        client_id, name, content = sent
        self._around.jobs.write(
            partial(
                save_draft,
                form=DRAFT_FORM,
                subject=str(client_id),
                title=name,
                content=content,
                now=self._around.now(),
            )
        )

    def _ask(self, error: ClientConflictError, theirs: ClientFile) -> None:
        """Let the person choose, field by field."""
        before = self.file
        clashes = clashes_of(self._form, error, theirs)
        if before is None or theirs.id != self._client_id or not clashes:
            messages.show_problem(error)
            return
        sides = sides_of(self._form, error, before, theirs)
        self.dialog = ConflictDialog(clashes, sides, self._page.window())
        self.dialog.merged.connect(partial(self._merge, error, theirs))
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _merge(
        self, error: ClientConflictError, theirs: ClientFile, losers: frozenset[str]
    ) -> None:
        stored = stored_of(theirs)
        self._keep_losers(error, losers)
        settle_points(self._form, error, theirs, losers)
        for field in self._form.fields.values():
            if field.name in losers:
                field.take(stored)
            elif field.is_dirty():
                field.see(stored)
        self._form.show_file(theirs)
        if self._form.is_dirty():
            self._send()
        else:
            self._discard()
            self.stored.emit()

    def _keep_losers(self, error: ClientConflictError, losers: frozenset[str]) -> None:
        """What was typed and is not taken stays in the history all the same."""
        typed: dict[str, Any] = {}
        for name in losers & self._form.fields.keys():
            changes = self._form.fields[name].changes()
            typed |= {field: change.wanted for field, change in changes.items()}
        points = lost_points(self._form, error, losers)
        if typed or points:
            work = partial(
                keep_losers,
                client_id=self._client_id,
                losers=typed,
                points=points,
                now=self._around.now(),
            )
            self._around.jobs.write(work, is_quiet=True)

    def _discard(self) -> None:
        self._form.give_up()
        self.keeper.discard()
        self.drafted.emit("")

    def _touch(self) -> None:
        self.keeper.touch()

    def _draft_content(self) -> DraftContent | None:
        content = self._form.draft()
        if not content or self.file is None:
            return None
        return DraftContent(self.file.name, content)

    def _take_draft(self, drafts: Sequence[DraftRow]) -> None:
        for draft in drafts:
            is_ours = (draft.form, draft.subject) == (DRAFT_FORM, str(self._client_id))
            if is_ours and not self._form.is_dirty():
                self._form.restore(draft.content)
                self.keeper.start((DRAFT_FORM, str(self._client_id)), is_kept=True)
                self.drafted.emit(_("恢复了 {time} 的草稿").format(time=_clock(draft.saved_at)))

    def _tell_kept(self, at: datetime) -> None:
        if self._sent is None and not self._form.is_dirty():
            return  # it was stored meanwhile
        self.drafted.emit(_("草稿已自动保存 {time}").format(time=_clock(at)))

    def _tell_draft_lost(self, error: Exception) -> None:
        self.refused.emit(str(error))


def _clock(at: datetime) -> str:
    return at.astimezone(BRANCH_TIME).strftime("%H:%M")
