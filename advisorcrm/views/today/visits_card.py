"""Card 今日三访: who was visited, whom to visit next and why (R33, R34)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.visits.visit_suggestions import VisitBoard
from advisorcrm.views import theme
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.today.pips import Pips
from advisorcrm.views.today.short_table import ShortTable
from advisorcrm.views.today.visit_lines import VisitShown, visit_looks, visits_shown
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label

_ORDER_PX = 760


class VisitsCard(Card):
    """``log_wanted(id)`` for a client still to be visited, ``client_wanted(id)`` for one done."""

    log_wanted = Signal(int)
    client_wanted = Signal(int)
    skip_wanted = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(_("今日三访"), margins=(0, 0, 0, 0), spacing=0, parent=parent)
        self._around = around
        self.board: VisitBoard | None = None
        self._may_log = around.may(Right.LOG_CONTACTS)
        self.pips = Pips()
        self.count = Label("", "text2", "caption")
        self.order = Label(_("按贡献度 × 逾期天数排序"), "text2", "caption")
        self.skip = quiet(_("换一批"), icon="rotate-ccw", key="S")
        self.model = RecordTableModel(
            VisitShown, book=around.book, looks=visit_looks(), sortable=False, parent=self
        )
        self.table = ShortTable(self.model, _("今日三访"), "why")
        self.table.set_density("two_line")
        self.nothing = Label("", "text2", "caption", wrap=True)
        self.nothing.setContentsMargins(12, 12, 12, 12)
        for widget in (self.order, self.skip):
            self.add_right(widget)
        self._put_pips()
        self.add(self.table)
        self.add(self.nothing)
        self.nothing.hide()
        self.table.opened.connect(self._open)
        self.skip.clicked.connect(self.skip_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Where the head is narrow the order is told by the tooltip alone."""
        super().resizeEvent(event)
        self.order.setVisible(self.width() >= theme.px(_ORDER_PX))

    def show_board(self, board: VisitBoard) -> None:
        """Show the visits of the day."""
        self.board = board
        self.pips.show_count(board.visited, board.wanted)
        told = _("{done} / {wanted} 位不同客户").format(done=board.visited, wanted=board.wanted)
        self.count.setText(told)
        self.pips.setAccessibleName(told)
        self.model.show_rows(visits_shown(board.lines, self._around.book, may_log=self._may_log))
        self.skip.setVisible(bool(board.suggested) and self._may_log)
        self.order.setToolTip(_explained(board))
        self.table.horizontalHeader().setToolTip(_explained(board))
        self._say_nothing(board)
        if self.table.current_row() < 0 or self._is_on_done():
            self._go_to_next()

    def current_client_id(self) -> int | None:
        """The client under the cursor; none where the file is another's now."""
        row = self.model.row_at(self.table.current_row())
        is_gone = isinstance(row, VisitShown) and row.line.is_gone
        return None if is_gone else self.table.current_id()

    def next_client_id(self) -> int | None:
        """The next to be visited."""
        suggested = self.board.suggested if self.board else ()
        return suggested[0].id if suggested else None

    def _is_on_done(self) -> bool:
        row = self.model.row_at(self.table.current_row())
        return isinstance(row, VisitShown) and row.line.is_done and not self.table.hasFocus()

    def _go_to_next(self) -> None:
        key = self.next_client_id()
        if key is None or not self.table.go_to_id(key):
            self.table.go_to(0)

    def _open(self, row: int) -> None:
        shown = self.model.row_at(row)
        if isinstance(shown, VisitShown) and not shown.line.is_gone:
            is_look = shown.line.is_done or not self._may_log
            (self.client_wanted if is_look else self.log_wanted).emit(shown.id)

    def _say_nothing(self, board: VisitBoard) -> None:
        if board.suggested:
            self.nothing.hide()
            return
        if board.skipped:
            told = _("今天的建议都已跳过（{count} 位），明天再列。").format(count=board.skipped)
        elif board.lines:
            told = _("没有别的客户要建议了。")
        else:
            told = _("还没有可建议的客户。登记或导入客户后，这里按贡献度排序。")
        self.nothing.setText(told)
        self.nothing.show()

    def _put_pips(self) -> None:
        """Behind the title: pips and count."""
        bar = self.title.parentWidget()
        row = bar.layout() if bar is not None else None
        if isinstance(row, QBoxLayout):
            row.insertWidget(1, self.pips)
            row.insertWidget(2, self.count)


def _explained(board: VisitBoard) -> str:
    """How the order comes about, with the branch's weights."""
    return _(
        "贡献度：佣金 {commission}%、资产 {assets}%，各与本人客户中最大者相比；成交量有数据后加入。"
        "排序：贡献度名次 × 距上次沟通天数 ÷ 约定频率。"
    ).format(commission=board.weight_commission, assets=board.weight_assets)
