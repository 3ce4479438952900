"""Recording a conversation: who, what was said, what comes next (R17, R35, R80, R81).

Non-modal, one per client. What is typed is a draft until it is saved; a failed save keeps the
form as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _, language
from advisorcrm.services.clients.client_search import FoundClient
from advisorcrm.services.contacts.contact_log_rows import ContactLogRow
from advisorcrm.services.contacts.contact_logs import log_contact
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.views import theme
from advisorcrm.views.contacts.client_finder import ClientFinder
from advisorcrm.views.contacts.client_reader import ClientReader
from advisorcrm.views.contacts.client_strip import ClientStrip
from advisorcrm.views.contacts.contact_entry import ContactEntry
from advisorcrm.views.contacts.contact_form import ContactForm, default_time_text
from advisorcrm.views.contacts.draft_keeper import DraftContent, DraftKeeper
from advisorcrm.views.contacts.earlier_contacts import SHOWN, EarlierContacts
from advisorcrm.views.contacts.entry_frame import (
    column,
    foot_bar,
    head_bar,
    lay_out_frame,
)
from advisorcrm.views.contacts.entry_steps import EntrySteps
from advisorcrm.views.contacts.phrase_edit import PhraseEdit, PhraseLine, show_phrases
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import bare, plain, primary
from advisorcrm.views.widgets.field import is_typed_out
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level
from advisorcrm.views.widgets.upright_area import scrolling

FORM = "contact_log"
_SIZES = {"zh_CN": QSize(1060, 786), "en": QSize(1100, 786)}


class ContactLogDialog(QDialog):
    """``saved(client_id, updates_file)`` when the record is kept, ``folded`` when put aside.

    ``told(sentence)`` about whom it was kept.
    """

    saved = Signal(int, bool)
    folded = Signal()
    client_chosen = Signal(int)
    told = Signal(str)

    def __init__(
        self, desk: Surroundings, entry: ContactEntry | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._jobs = desk.jobs
        self._is_saving = False
        self._written_at: QWidget | None = None
        self._goes_on = False
        self._is_done = False
        self._file: ClientFile | None = None
        self.setProperty("zone", "app")
        self._make_parts()
        self._lay_out()
        self._connect()
        self.start(entry)
        self._fit_screen()

    # For the one that opens it

    def start(self, entry: ContactEntry | None = None) -> None:
        """Begin with a draft's content, or with a fresh form."""
        is_draft = entry is not None and entry.is_worth_keeping
        entry = entry or ContactEntry()
        if not entry.time_text:
            entry = replace(entry, time_text=default_time_text(self._desk.now()))
        self.drafts.start((FORM, entry.uuid), is_kept=is_draft)
        self.form.fill(entry)
        self.earlier.clear()
        self.draft_state.setText("")
        self.problem.hide()
        if entry.client_id is None:
            self.find_client()
        else:
            self.take_client(entry.client_id, entry.client_name)

    def entry(self) -> ContactEntry:
        """What stands in the form."""
        return self.form.entry()

    def client_id(self) -> int | None:
        """Whom it is about, if that is known."""
        return self.form.entry().client_id

    def find_client(self) -> None:
        """Step 1: the finder takes the place of the client."""
        if self.client_id() is None:
            self.setWindowTitle(_("记沟通"))
        self.strip.hide()
        self.finder.show()
        self.finder.start()
        self.steps.show_step(0)

    def take_client(self, client_id: int, name: str, typed: str = "") -> None:
        """Step 2: this client; the cursor goes where writing begins."""
        self.form.set_client(client_id, name)
        self.finder.hide()
        self.strip.show_name(name, typed)
        self.strip.show()
        self.setWindowTitle(_("记沟通 – {name}").format(name=name) if name else _("记沟通"))
        self.form.focus_content()
        self.steps.show_step(1)
        self.reader.read(client_id, self._desk.today(), most=SHOWN)

    def save(self) -> None:
        """Keep the record; the form stays until that has worked."""
        self._save(goes_on=False)

    def save_and_go_on(self) -> None:
        """Keep the record and begin with the next client."""
        self._save(goes_on=True)

    def fold(self) -> None:
        """Put the form aside; what was typed stays as a draft.

        What is being saved is no draft: the form waits unseen, and comes back if it was refused.
        """
        if self._is_saving:
            self._goes_on = False
            self.hide()
            return
        if not self._is_done:
            self._is_done = True
            self.drafts.keep()
            self.folded.emit()
        self.done(QDialog.DialogCode.Rejected)

    def quote_last(self) -> None:
        """Put the last conversation before the cursor, to go on from it."""
        quotation = self.earlier.quotation()
        if quotation:
            self.form.writing.insert(quotation)
            self.form.focus_content()

    # Qt's events

    def reject(self) -> None:
        """Esc goes back from the finder to the client there was, else it folds."""
        if self.finder.isVisible() and self.client_id() is not None:
            self.finder.hide()
            self.strip.show()
            self.form.focus_content()
        else:
            self.fold()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Closing the window folds, without asking."""
        self.fold()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Going to another window keeps the draft at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.drafts.keep()

    # Parts

    def _make_parts(self) -> None:
        desk = self._desk
        self.steps = EntrySteps()
        self.draft_state = Label("", "text2", "caption")
        self.problem = InlineBar()
        self.finder = ClientFinder(desk.jobs, desk.book)
        self.strip = ClientStrip(desk.book, desk.settings.contact_hours)
        self.form = ContactForm(desk.book, desk.clock)
        self.earlier = EarlierContacts(desk.book)
        self.save_button = primary(_("保存"), key="Ctrl+Enter")
        self.go_on_button = plain(_("保存并记下一位"), key="Ctrl+Shift+Enter")
        self.close_button = bare("x", _("收起，草稿保留"), key="Esc")
        self.reader = ClientReader(self._jobs, self)
        self.drafts = DraftKeeper(self._jobs, (FORM, ""), desk.clock, self._draft, self)

    def _lay_out(self) -> None:
        self.earlier.setProperty("zone", "sunken")
        self.earlier.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        keys = _("Tab 下一格 · Ctrl+Enter 保存 · Esc 收起（草稿保留） · Ctrl+K 收起并找别的客户")
        title = Label(_("记沟通"), size="page_title", weight=600)
        self._left = column((self.problem, self.finder, self.strip, self.form))
        lay_out_frame(
            self,
            head_bar((title, self.steps), (self.draft_state, self.close_button)),
            (self._left, scrolling(self.earlier)),
            foot_bar((Label(keys, "text2", "caption"),), (self.go_on_button, self.save_button)),
        )

    def _connect(self) -> None:
        self.finder.chosen.connect(self._client_found)
        self.strip.other_wanted.connect(self.find_client)
        self.form.changed.connect(self.drafts.touch)
        self.form.way_changed.connect(self._warn)
        self.drafts.kept.connect(self._show_draft_kept)
        self.drafts.failed.connect(self._show_draft_lost)
        self.reader.file_read.connect(self._show_file)
        self.reader.logs_read.connect(self._show_logs)
        self.reader.count_read.connect(self.earlier.show_count)
        self.reader.steps_read.connect(self._show_steps)
        self.save_button.clicked.connect(self.save)
        self.go_on_button.clicked.connect(self.save_and_go_on)
        self.close_button.clicked.connect(self.fold)
        keys = {
            "Ctrl+Return": self.save,
            "Ctrl+Enter": self.save,
            "Ctrl+Shift+Return": self.save_and_go_on,
            "Ctrl+Shift+Enter": self.save_and_go_on,
            "Alt+N": self._go_to_next_step,
            "Alt+H": self.quote_last,
            "Alt+Q": self._show_phrases,
            "Ctrl+L": self.find_client,
        }
        for key, slot in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(slot)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    def _fit_screen(self) -> None:
        """The size of the design, or what the screen has room for."""
        wanted = _SIZES[language()] * (theme.current.scale / 100)
        screen = self.screen() or QGuiApplication.primaryScreen()
        room = screen.availableGeometry().size() - QSize(0, 40)
        self.resize(wanted.boundedTo(room))

    # The client

    def _client_found(self, client: FoundClient, typed: str) -> None:
        self.take_client(client.id, client.name, typed)
        self.client_chosen.emit(client.id)

    def _show_file(self, file: ClientFile) -> None:
        self._file = file
        self.form.set_client(file.id, file.name)
        self.form.show_gaps(len(file.missing))
        self.strip.show_file(file)
        self.setWindowTitle(_("记沟通 – {name}").format(name=file.name))
        self._warn(self.form.way.code())

    def _show_logs(self, logs: Sequence[ContactLogRow]) -> None:
        self.earlier.show_logs(logs)
        last = logs[0] if logs else None
        self.form.start_with(last.way if last else terms.WAY_PHONE, last.topics if last else ())
        self.form.advice.offer([log.basis for log in logs])
        self._warn(self.form.way.code())

    def _show_steps(self, steps: Sequence[ContactLogRow]) -> None:
        self.earlier.show_open(self._file, steps, self._desk.today())

    def _warn(self, way: str) -> None:
        self.strip.warn(way, self._desk.now())

    # Saving

    def _save(self, *, goes_on: bool) -> None:
        if self._is_saving or not is_typed_out(self.form):
            return
        self._goes_on = goes_on
        now = self._desk.now()
        try:
            record = self.entry().record(now)
        except InvalidFieldError as error:
            self._show_problem(error)
            return
        self._hold_still()
        self._jobs.write(
            partial(log_contact, entry=record, now=now),
            then=self._kept,
            failed=self._show_problem,
            label=_("保存沟通记录"),
        )

    def _hold_still(self) -> None:
        """What is typed while it is being saved would stand in no record."""
        self._is_saving = True
        self._written_at = self.focusWidget()
        self.setFocus()
        self._left.setEnabled(False)

    def _go_on_writing(self) -> None:
        self._is_saving = False
        self._left.setEnabled(True)
        if self._written_at is not None:
            self._written_at.setFocus()

    def _kept(self, _record_id: int) -> None:
        entry = self.entry()
        self._go_on_writing()
        self.drafts.discard()
        goes_on = self._goes_on
        if goes_on:
            self.start()
        else:
            self._is_done = True
        self.saved.emit(entry.client_id or 0, entry.updates_file)
        self.told.emit(_("已记沟通：{name}").format(name=entry.client_name))
        if not goes_on:
            self.accept()

    def _show_problem(self, error: Exception) -> None:
        """Beside its field where it has one, on top where not; the text stays."""
        if self._is_saving:
            self._go_on_writing()
            self.show()
        if isinstance(error, InvalidFieldError) and self.form.show_problem(error):
            return
        if isinstance(error, InvalidFieldError) and error.field == "client_id":
            self.find_client()
        self.drafts.keep()
        told = _("未保存：{reason}写好的内容还在，可再按 Ctrl+Enter。").format(reason=error)
        self.problem.say(Level.ERROR, told)

    # Drafts

    def _draft(self) -> DraftContent | None:
        entry = self.entry()
        if not entry.is_worth_keeping:
            return None
        title = _("记沟通 · {name}").format(name=entry.client_name or _("未选客户"))
        return DraftContent(title, entry.as_draft())

    def _show_draft_kept(self, at: datetime) -> None:
        clock = at.astimezone(BRANCH_TIME).strftime("%H:%M:%S")
        self.draft_state.setText(_("草稿已存 {time}").format(time=clock))

    def _show_draft_lost(self, error: Exception) -> None:
        self.problem.say(Level.WARN, _("草稿没有存下：{reason}").format(reason=error))

    # Focus

    def _go_to_next_step(self) -> None:
        self.form.next_step.date.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_phrases(self) -> None:
        editor = self.focusWidget()
        if not isinstance(editor, PhraseEdit | PhraseLine):
            editor = self.form.writing
        show_phrases(editor)

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self._left.isAncestorOf(now):
            return
        self._left.ensureWidgetVisible(now)
        if self.finder.isAncestorOf(now):
            self.steps.show_step(0)
        else:
            self.steps.show_step(2 if self.form.next_step.isAncestorOf(now) else 1)
