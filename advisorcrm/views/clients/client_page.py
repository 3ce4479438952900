"""The page of one client: head, file, timeline; it lives on and shows one after the other."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.masking import mask_name
from advisorcrm.services.access import Right
from advisorcrm.services.contacts.contact_log_rows import reads_own_only
from advisorcrm.services.contacts.contact_logs import ContactLogTotals
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.services.files.client_points import archive_point, judge_point
from advisorcrm.terms import Validity
from advisorcrm.views.clients.client_badges import CONSENTS
from advisorcrm.views.clients.client_page_parts import ClientPageParts
from advisorcrm.views.clients.client_reading import ClientReading
from advisorcrm.views.clients.history_tab import HistoryTab
from advisorcrm.views.clients.look_note import LookNote
from advisorcrm.views.clients.timeline_tab import TimelineTab
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.level import Level

FILE, TIMELINE = 0, 1
WORST = "*"
"""Instead of a field: whichever gap is the worst once the file is there."""


class ClientPage(ClientPageParts):
    """``client_wanted(id)`` by Alt+Up and Alt+Down; the window keeps the history."""

    client_wanted = Signal(int)
    log_wanted = Signal(int)
    correction_wanted = Signal(object)
    print_wanted = Signal(int)
    export_wanted = Signal(object)
    told = Signal(str)
    status_changed = Signal(str)
    gone = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._gap = ""
        self._is_stale = False  # no client yet
        self._is_private = False
        self.client_id = -1
        self._reading = ClientReading(around, self)
        self._look = LookNote(around, self._refuse)
        self._connect()
        self._add_keys()

    # For the window

    def open_record(self, client_id: int) -> None:
        """Show another client; what was typed about the one before stays a draft."""
        if client_id == self.client_id:
            self.reload()
            return
        self.saving.start(client_id)
        self.client_id = client_id
        self._look.start(client_id)
        self.why.clear()
        self.form.start(client_id)
        self.side.missing.forget_place()
        self.bar.hide()
        self.timeline_tab.show_client(client_id)
        self.hanging.show_client(client_id)
        self.history.show_client(client_id)
        self._read()
        self._read_tab()

    def reload(self) -> None:
        """Read the client shown again; later, if nobody looks."""
        if self.client_id >= 0:
            super().reload()

    def current_client_id(self) -> int | None:
        """The client a quick action is about."""
        return self.client_id if self.client_id >= 0 else None

    def set_private(self, *, is_private: bool) -> None:
        """Mask the name too, for a desk in public view (F9)."""
        self._is_private = is_private
        self.header.set_private(is_private=is_private)
        self.hanging.family.set_private(is_private=is_private)

    def primary_focus(self) -> QWidget:
        """Where the keyboard starts: on the tabs, so that letters are keys."""
        return self.tabs

    def status_text(self) -> str:
        """``王秀兰 · 第 4 / 17 户 · Alt+↑ Alt+↓``."""
        file = self.saving.file
        if file is None:
            return ""
        name = mask_name(file.name) if self._is_private else file.name
        place, count = self._around.walk.place(file.id)
        if not place:
            return name
        return _("{name} · 第 {place} / {count} 户 · Alt+↑ Alt+↓").format(
            name=name, place=place, count=count
        )

    # What the person does

    def show_tab(self, tab: int) -> None:
        """档案 or 沟通时间线."""
        self.tabs.setCurrentIndex(tab)

    def go_along(self, step: int) -> None:
        """The client before or after in the list the person came from."""
        wanted = self._around.walk.neighbour(self.client_id, step)
        if wanted is not None:
            self.client_wanted.emit(wanted)

    def jump_to(self, field: str) -> None:
        """Go to a field of the file, at once or as soon as the file is there; or to none yet."""
        self.show_tab(FILE)
        if not field:
            return
        if self.saving.file is None:
            self._gap = field
        elif field == "consent":  # no field of the form: it has a ledger of its own
            self.proofs.open(CONSENTS, self.saving.file)
        else:
            self.form.go_to(field)

    def complete_file(self) -> None:
        """Go to the worst gap of the file, at once or as soon as the file is there (R79)."""
        self.show_tab(FILE)
        self.side.missing.forget_place()
        if self.saving.file is None:
            self._gap = WORST
        else:
            self.next_gap()

    def next_gap(self, step: int = 1) -> None:
        """The next thing that is missing (F8)."""
        self.side.missing.jump_on(step)

    def reveal(self) -> None:
        """Show the preferred telephone in full, with a reason (V)."""
        tile = self.form.contact.preferred()
        if tile is not None:
            tile.reveal.press()

    def log(self) -> None:
        """Ask for a contact log about this client."""
        if self.client_id >= 0:
            self.log_wanted.emit(self.client_id)

    def show_proof(self, door: str) -> None:
        """Open what a badge of the head is about."""
        if self.saving.file is not None:
            self.proofs.open(door, self.saving.file)

    def print_card(self) -> None:
        """Ask for the client's card on paper."""
        if self.client_id >= 0:
            self.print_wanted.emit(self.client_id)

    def print_shown(self) -> None:
        """On paper what is looked at: the stream, two versions, else the card (Ctrl+P)."""
        shown = self.tabs.stack.currentWidget()
        if shown is self.timeline_tab:
            self.timeline_tab.print_stream()
        elif shown is self.history:
            self.history.pane.print_comparison()
        else:
            self.print_card()

    # Qt's events

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the draft and mask everything."""
        self.saving.flush()
        self.form.hide_again()
        super().hideEvent(event)

    # Inside

    def _refresh(self) -> None:
        self._read()
        self._read_tab()

    def _read(self) -> None:
        self._reading.read(self.client_id)
        self.hanging.read_counts(self.client_id)

    def _show_file(self, file: ClientFile) -> None:
        if file.id != self.client_id:
            return
        self.header.show_file(file)
        self.form.show_file(file)
        self.saving.show_file(file)
        self.hanging.show_file(file)
        self.history.show_file(file)
        if reads_own_only(self._around.actor):
            self.side.missing.show_contacts(has_any=file.last_contact_at is not None)
        self._show_state()
        self._look.seen(file.id)
        self.sources.read(file.id)
        self.status_changed.emit(self.status_text())
        if self._gap:
            gap, self._gap = self._gap, ""
            if gap == WORST:
                self.next_gap()
            else:
                self.side.missing.jump(gap)

    def _show_count(self, totals: ContactLogTotals) -> None:
        text = _("沟通时间线 {count}").format(count=totals.entries)
        self.tabs.setTabText(TIMELINE, text)
        self.side.recent.show_total(totals.entries)
        if not reads_own_only(self._around.actor):
            self.side.missing.show_contacts(has_any=totals.entries > 0)

    def _leave(self, error: Exception) -> None:
        """The client is gone, or no longer this person's."""
        self.client_id = -1
        self.gone.emit(str(error))

    def _show_state(self) -> None:
        """What follows from what is typed: the buttons, the ring, the list of gaps."""
        file = self.saving.file
        if file is None:
            return
        is_dirty = self.form.is_dirty()
        self.give_up.setVisible(file.may_edit and is_dirty)
        self.why.setVisible(file.may_edit and is_dirty)
        is_here = self.tabs.currentIndex() == FILE
        self.save.setVisible(file.may_edit and (is_here or is_dirty))
        percent = self.form.completeness()
        self.header.show_completeness(percent)
        self.side.missing.show_missing(self.form.missing(), percent)
        if file.is_restricted:
            self.bar.say(Level.WARN, _("客户要求限制处理：档案只能查看，不得批量联系。"))
        elif not self.form.wrong():
            self.bar.hide()

    def _refuse(self, reason: object) -> None:
        self.bar.say(Level.ERROR, str(reason))

    def _after_saving(self) -> None:
        self.why.clear()
        self.bar.hide()
        self._read()
        self.told.emit(_("已保存"))

    def _judge(self, point_id: int, validity: Validity) -> None:
        self._around.jobs.write(
            partial(judge_point, point_id=point_id, validity=validity, today=self._around.today())
        )

    def _archive(self, point_id: int) -> None:
        self._around.jobs.write(partial(archive_point, point_id=point_id, now=self._around.now()))

    def _turn(self) -> None:
        self._show_state()
        self._read_tab()

    def _read_tab(self) -> None:
        """Stream and history are read only when they are looked at."""
        shown = self.tabs.stack.currentWidget()
        if isinstance(shown, TimelineTab | HistoryTab):
            shown.reload()
        elif shown is not None:
            self.hanging.reload(shown)

    def _show_timeline(self) -> None:
        self.show_tab(TIMELINE)
        self.timeline.go_to(0)

    def _connect(self) -> None:
        self._around.jobs.changed.connect(self.reload)
        self._reading.file_read.connect(self._show_file)
        self._reading.counted.connect(self._show_count)
        self._reading.logs_read.connect(self.side.recent.show_logs)
        self._reading.steps_read.connect(self.side.steps.show_steps)
        self._reading.appointments_read.connect(self.side.steps.show_appointments)
        self._reading.people_read.connect(self.form.show_people)
        self._reading.refused.connect(self._leave)
        self.header.log_wanted.connect(self.log)
        self.header.print_wanted.connect(self.print_card)
        self.header.proof_wanted.connect(self.show_proof)
        self._connect_proofs()
        self.export.wanted.connect(self.export_wanted)
        self.tabs.currentChanged.connect(self._turn)
        self.form.changed.connect(self._show_state)
        self.form.judged.connect(self._judge)
        self.form.archived.connect(self._archive)
        self.side.missing.jumped.connect(self.jump_to)
        self.side.recent.all_wanted.connect(self._show_timeline)
        self.timeline.correction_wanted.connect(self.correction_wanted)
        self.timeline.log_wanted.connect(self.log)
        self.hanging.renamed.connect(self.tabs.rename)
        self.hanging.client_wanted.connect(self.client_wanted)
        self.sources.told.connect(self.told)
        self._connect_history()
        self.saving.stored.connect(self._after_saving)
        self.saving.refused.connect(self._refuse)
        self.saving.drafted.connect(self.draft.setText)
        self.save.clicked.connect(self.saving.save)
        self.give_up.clicked.connect(self.saving.give_up)

    def _connect_proofs(self) -> None:
        self.proofs.copy_wanted.connect(self.export.export_personal_data)
        self.proofs.file_wanted.connect(self.hanging.attachments.choose)
        self.hanging.attachments.refused.connect(self.proofs.say)

    def _connect_history(self) -> None:
        self.history.restored.connect(self.told)
        self.timeline_tab.history.restored.connect(self.told)
        for tab in (self.timeline_tab, self.history):
            tab.report_wanted.connect(self.hanging.report_wanted)

    def _add_keys(self) -> None:
        """In the order of the overlay, as far as the person may do what they do."""
        keys, may = self._page_keys, self._around.may
        keys.add("Ctrl+Tab", self.tabs.go_next, _("下一个标签"))
        keys.add("Alt+Up", partial(self.go_along, -1), _("上一位客户"))
        keys.add("Alt+Down", partial(self.go_along, 1), _("下一位客户"))
        keys.add("F5", self.reload)
        keys.add("Esc", self.tabs.setFocus, _("离开字段，字母又是快捷键"))
        if may(Right.EDIT_CLIENTS):
            keys.add("Ctrl+S", self.saving.save, _("保存"))
            keys.add("F7", self.sources.open_here, _("这个字段的来源"))
            keys.add("F8", self.next_gap, _("下一处缺项"))
            keys.add("Shift+F8", partial(self.next_gap, -1), _("上一处缺项"))
        keys.add("Ctrl+PgDown", partial(self.form.go_section, 1), _("下一张卡片"))
        keys.add("Ctrl+PgUp", partial(self.form.go_section, -1))
        if may(Right.LOG_CONTACTS):
            keys.add("N", self.log, _("记沟通"))
            keys.add("E", self.timeline.correct, _("更正选中的沟通"))
        keys.add("/", self.timeline.focus_filter, _("筛选时间线"))
        if may(Right.REVEAL):
            keys.add("V", self.reveal, _("显示手机号码"))
        if may(Right.EXPORT):
            keys.add("Ctrl+P", self.print_shown, _("打印资料卡、时间线或比较"))
