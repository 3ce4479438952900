"""Return calls: the rounds, the call list, and the call beside it (R219–R225)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from advisorcrm.i18n import _, ngettext
from advisorcrm.services.access import Right
from advisorcrm.services.branch.branches import BranchInfo
from advisorcrm.services.callbacks.callback_campaigns import (
    CampaignRow,
    archive_campaign,
    list_campaigns,
)
from advisorcrm.services.callbacks.callback_rows import CallbackFilter, CallbackRow, list_callbacks
from advisorcrm.views import theme
from advisorcrm.views.branch_page import BranchPage, stack_up
from advisorcrm.views.callbacks.call_panel import CallPanel
from advisorcrm.views.discard_dialog import DiscardDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_cells import Look
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.card_foot import CardFoot
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.page_head import PageHead

_LIST_PX = 420
_COLUMNS = ("client_name", "state", "due_on", "days_late")


class CallbacksPage(BranchPage):
    """Lives as long as the window; ``client_wanted(id)``, ``told(sentence)``.

    ``new_wanted``, ``library_wanted``, ``matters_wanted`` and ``papers_wanted(campaign id)``.
    """

    client_wanted = Signal(int)
    told = Signal(str)
    new_wanted = Signal()
    library_wanted = Signal()
    matters_wanted = Signal()
    papers_wanted = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._is_showing = False
        self._wanted: int | None = None
        self.campaigns: list[CampaignRow] = []
        self.rows: list[CallbackRow] = []
        self.head = PageHead(_("回访"))
        self.progress = Badge("", "info")
        self.late = Badge("", "crit")
        self.campaign = ComboBox()
        self.campaign.setAccessibleName(_("回访活动"))
        self.unfinished = Chip(_("只看未完成"))
        self.unfinished.setChecked(True)
        self.model = RecordTableModel(
            CallbackRow,
            book=around.book,
            columns=_COLUMNS,
            looks={"client_name": Look(is_name=True)},
        )
        self.table = RecordTable(self.model, _("回访名单"))
        self.empty = EmptyState("phone")
        self.panel = CallPanel(around)
        self.papers_button = plain(_("表格与报告"), icon="printer", key="Ctrl+P")
        self.matters_button = plain(_("待跟进"), icon="triangle-alert")
        self.archive_button = plain(_("撤销活动"), icon="x")
        self.dialog: DiscardDialog | None = None
        self.new_button = primary(_("新回访活动"), icon="plus")
        self._lay_out()
        self._connect()
        self._add_keys()

    # For the window

    def primary_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.table

    def current_client_id(self) -> int | None:
        """The client a quick action is about."""
        card = self.panel.current()
        return card.client_id if card else None

    def set_private(self, *, is_private: bool) -> None:
        """Mask the names too, for a desk in public view (F9)."""
        self.model.set_private(is_private=is_private)
        self.panel.head.set_private(is_private=is_private)

    def take_branch(self, branch: BranchInfo) -> None:
        """The branch's name, which callers say."""
        self.panel.branch = branch.name

    def campaign_id(self) -> int | None:
        """The round that is shown; None for all of them."""
        code = self.campaign.code()
        return int(code) if code else None

    def choose_campaign(self, campaign_id: int) -> None:
        """Show one round."""
        self.campaign.set_code(str(campaign_id))

    def show_call(self, callback_id: int) -> None:
        """Show one call, whichever round it is of, as soon as the list has been read."""
        self._wanted = callback_id
        if self.campaign.code():
            self.campaign.set_code("")  # reads the list
        else:
            self._read_rows()

    # What the person does

    def go_on(self) -> None:
        """The next client of the list that still has to be called."""
        key = self.table.current_id()
        ids = [row.id for row in self.rows]
        start = ids.index(key) + 1 if key in ids else 0
        order = [*self.rows[start:], *self.rows[:start]]
        following = next((row for row in order if not row.state.is_closed), None)
        if following is not None:
            self.table.go_to_id(following.id)

    def _finish(self, callback_id: int) -> None:
        """A call is done for now; a list that was read meanwhile may stand on the next one."""
        if self.table.current_id() == callback_id:
            self.go_on()

    def fill_record(self) -> None:
        """Bring the cursor into the record."""
        self.panel.form.content.focus()

    def ask_papers(self) -> None:
        """The forms and reports of the round."""
        if self._around.may(Right.SEE_CALLBACKS):
            self.papers_wanted.emit(self.campaign_id())

    def ask_to_archive(self, _checked: object = None) -> None:
        """Put the shown round away, if nobody was called in it (manager)."""
        row = next((row for row in self.campaigns if row.id == self.campaign_id()), None)
        if row is None:
            return
        told = ngettext(
            "“{name}”的 {count} 位客户不再列入回访名单。",
            "“{name}”的 {count} 位客户不再列入回访名单。",
            row.calls,
        ).format(name=row.name, count=row.calls)
        self.dialog = DiscardDialog(_("撤销活动"), told, self)
        self.dialog.keep.show_text(_("保留"))
        self.dialog.accepted.connect(partial(self._archive, row))
        self.dialog.open()

    def _archive(self, row: CampaignRow) -> None:
        work = partial(archive_campaign, campaign_id=row.id, now=self._around.now())
        self._around.jobs.write(work, then=partial(self._archived, row.name))

    def _archived(self, name: str, _answer: object) -> None:
        self.told.emit(_("已撤销回访活动：{name}").format(name=name))

    # Inside

    def _show_campaigns(self, rows: list[CampaignRow]) -> None:
        self.campaigns = rows
        choices = [(str(row.id), f"{row.name}　{row.coverage}%") for row in rows]
        self.campaign.set_choices(choices, empty=_("全部回访"))
        self._read_rows()

    def _read_rows(self) -> None:
        query = CallbackFilter(self.campaign_id(), unfinished_only=self.unfinished.isChecked())
        work = partial(list_callbacks, query=query, today=self._around.today())
        self._around.jobs.read(work, then=self._show_rows, key="callbacks.rows")

    def _show_rows(self, rows: list[CallbackRow]) -> None:
        """The cursor stays with its client; where that one is gone, the next is shown."""
        key, line = self._wanted or self.table.current_id(), self.table.current_row()
        self._wanted = None
        self._is_showing = True
        self.rows = rows
        self.model.show_rows(rows)
        if key is None or not self.table.go_to_id(key):
            self.table.go_to(max(0, min(line, len(rows) - 1)))
        self._is_showing = False
        self._show_figures()
        self._stack.setCurrentIndex(0 if rows else 1)
        if rows:
            self._choose(self.table.current_row())
        else:
            self._show_empty()

    def _show_empty(self) -> None:
        if self.campaigns:
            self.empty.say(_("没有要回访的客户了"), _("关掉“只看未完成”可以看已完成的。"))
        elif self._around.may(Right.LEAD_LISTS):
            self.empty.say(_("还没有回访活动"), _("点“新回访活动”，从客户条件或视图生成名单。"))
        else:
            self.empty.say(_("没有请您做的回访"), _("客服经理分派后列在这里。"))
        self.panel.open(None)

    def _show_figures(self) -> None:
        chosen = self.campaign_id()
        rows = [row for row in self.campaigns if chosen in (None, row.id)]
        self.archive_button.setEnabled(chosen is not None and not any(row.done for row in rows))
        calls, done = sum(row.calls for row in rows), sum(row.done for row in rows)
        late = sum(row.late for row in rows)
        matters = sum(row.follow_ups for row in rows)
        self.matters_button.show_text(
            _("待跟进 {count}").format(count=matters) if matters else _("待跟进")
        )
        percent = 100 * done // calls if calls else 100
        told = _("回访率 {percent}%（{done} / {calls}）")
        self.progress.show_badge(told.format(percent=percent, done=done, calls=calls), "info")
        self.progress.setVisible(bool(calls))
        self.late.show_badge(_("逾期 {count}").format(count=late), "crit")
        self.late.setVisible(bool(late))

    def _choose(self, line: int) -> None:
        if self._is_showing or not 0 <= line < len(self.rows):
            return
        key, card = self.table.current_id(), self.panel.current()
        if card is not None and card.id == key:
            self.panel.reload()
        elif key is not None:
            self.panel.leave_for(key)

    def _save(self) -> None:
        self.panel.save()

    def _reveal(self) -> None:
        self.panel.head.reveal.press()

    def _focus_appointment(self) -> None:
        self.panel.head.when.setFocus()

    def _connect(self) -> None:
        self._around.jobs.changed.connect(self.reload)
        self.campaign.currentIndexChanged.connect(self._read_rows)
        self.unfinished.clicked.connect(self._read_rows)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self.fill_record)
        self.panel.finished.connect(self._finish)
        self.panel.client_wanted.connect(self.client_wanted)
        self.panel.told.connect(self.told)
        self.panel.script.library.clicked.connect(self.library_wanted)
        self.new_button.clicked.connect(self.new_wanted)
        self.archive_button.clicked.connect(self.ask_to_archive)
        self.matters_button.clicked.connect(self.matters_wanted)
        self.papers_button.clicked.connect(self.ask_papers)

    def _add_keys(self) -> None:
        keys = self._page_keys
        self.table.letters_are_keys = self._around.settings.single_keys
        keys.watch(self.table)
        keys.add("Ctrl+Return", self._save, _("保存并到下一位"))
        keys.add("Ctrl+Down", self.go_on, _("下一位未完成的"))
        keys.add("V", self._reveal, _("显示电话号码"))
        keys.add("U", self.panel.note_unanswered, _("未接通"))
        keys.add("A", self._focus_appointment, _("另约时间"))
        keys.add("E", self.panel.begin_correction, _("更正已完成的记录"))
        keys.add("F5", self.reload)
        if self._around.may(Right.SEE_CALLBACKS):
            keys.add("Ctrl+P", self.ask_papers, _("表格与报告"))

    def _refresh(self) -> None:
        work = partial(list_campaigns, today=self._around.today())
        self._around.jobs.read(work, then=self._show_campaigns, key="callbacks.campaigns")

    def _add_head(self) -> None:
        self.head.add_state(self.progress)
        self.head.add_state(self.late)
        for badge in (self.progress, self.late):
            badge.hide()
        if self._around.may(Right.SEE_CALLBACKS):
            self.head.add_button(self.matters_button)
            self.head.add_button(self.papers_button)
        if self._around.may(Right.LEAD_LISTS):
            self.head.add_button(self.archive_button)
            self.head.add_button(self.new_button)

    def _lay_out(self) -> None:
        self._add_head()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        choice = QHBoxLayout()
        choice.setContentsMargins(10, 8, 10, 4)
        choice.setSpacing(8)
        choice.addWidget(self.campaign, 1)
        choice.addWidget(self.unfinished)
        listed = Card(margins=(0, 0, 0, 0), spacing=0)
        listed.body.addLayout(choice)
        listed.add(self._stack, 1)
        listed.add(CardFoot(_("↑↓ 选 · ⏎ 填记录 · V 号码 · U 未接通 · A 另约")))
        listed.setFixedWidth(theme.px(_LIST_PX))
        pair = QHBoxLayout()
        pair.setSpacing(12)
        pair.addWidget(listed)
        pair.addWidget(self.panel, 1)
        stack_up(self, self.head, pair)
