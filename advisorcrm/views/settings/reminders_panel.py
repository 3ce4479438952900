"""How a person is reminded: lead time, hour, way of each kind; tray and start of the computer."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.reminding import (
    DEFAULT_RULES,
    PRESCRIBED,
    KindRule,
    ReminderWay,
    write_rule,
)
from advisorcrm.services.dues.dues import DUE_SOURCES
from advisorcrm.terms import DueKind
from advisorcrm.views import theme
from advisorcrm.views.remembered import recall, remember
from advisorcrm.views.reminding.autostart import start_with_system, starts_with_system
from advisorcrm.views.reminding.reminding import CLOSE_TO_TRAY
from advisorcrm.views.reminding.tray import Tray
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

if TYPE_CHECKING:
    from advisorcrm.services.branch.settings import Settings
    from advisorcrm.views.jobs import Jobs

_HOURS = ("08:00", "08:30", "09:00", "09:30", "13:00", "15:00", "16:00")
_MINUTES = (0, 5, 10, 15, 30, 60, 90)
_MOST_DAYS = 120
_DAYS_PX = 150
_KIND_PX = 260
_LETTERS = 12


class RulesOfKind:
    """The editors of one kind."""

    def __init__(self, kind: DueKind, rule: KindRule) -> None:
        self.kind = kind
        self.days = QLineEdit()
        self.days.setMaximumWidth(theme.px(_DAYS_PX))
        hours = sorted({*_HOURS, f"{rule.hour:%H:%M}"})
        self.hour = ComboBox([(hour, hour) for hour in hours])
        minutes = sorted({*_MINUTES, rule.minutes})
        self.minutes = ComboBox(
            [(str(one), _("{minutes} 分钟").format(minutes=one)) for one in minutes]
        )
        self.minutes.setMinimumContentsLength(_LETTERS)
        self.way = ComboBox([(way.value, way.label) for way in ReminderWay])
        self.way.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
        for editor, what in (
            (self.days, _("提前天数")),
            (self.hour, _("提醒时刻")),
            (self.minutes, _("有时间的提前")),
            (self.way, _("方式")),
        ):
            editor.setAccessibleName(f"{kind.label}：{what}")
        self._days = rule.days
        if kind in PRESCRIBED:
            self.days.setReadOnly(True)
            self.days.setToolTip(_("由合规参数定，须两人修改"))
        self.show_rule(rule)

    def show_rule(self, rule: KindRule) -> None:
        """Show a rule without telling anybody."""
        days = self._days if self.kind in PRESCRIBED else rule.days
        with ExitStack() as silence:
            for editor in (self.days, self.hour, self.minutes, self.way):
                silence.enter_context(QSignalBlocker(editor))
            self.days.setText(", ".join(str(day) for day in days))
            self.hour.set_code(f"{rule.hour:%H:%M}")
            self.minutes.set_code(str(rule.minutes))
            self.way.set_code(rule.way.value)

    def rule(self) -> KindRule:
        """The rule as it is chosen. Raises ValueError for days that are no numbers."""
        words = self.days.text().replace("，", ",").replace(" ", "").split(",")
        days = {int(word) for word in words if word} or {0}
        if self.kind in PRESCRIBED:
            days = set(DEFAULT_RULES[self.kind].days)  # the branch's stand instead
        if min(days) < 0 or max(days) > _MOST_DAYS:
            raise ValueError(self.days.text())
        return KindRule(
            tuple(sorted(days, reverse=True)),
            time.fromisoformat(self.hour.code()),
            int(self.minutes.code()),
            ReminderWay(self.way.code()),
        )


class RemindersPanel(QWidget):
    """Every choice is kept at once and holds from the next reminder on."""

    def __init__(self, jobs: Jobs, settings: Settings) -> None:
        super().__init__()
        self._jobs = jobs
        self._kept = settings.reminder_rules
        rules = settings.reminding()
        self._defaults = settings.default_rules()
        kinds = dict.fromkeys(source.kind for source in DUE_SOURCES)
        self.rows: Mapping[DueKind, RulesOfKind] = {
            kind: RulesOfKind(kind, rules[kind]) for kind in kinds
        }
        self.said = InlineBar()
        self.to_tray = CheckBox(_("关闭窗口后留在托盘，继续提醒"))
        self.at_start = CheckBox(_("随系统启动"))
        self.defaults = quiet(_("恢复默认"), icon="rotate-ccw")
        self._fill()
        self._build()
        self._connect()

    def _fill(self) -> None:
        self.to_tray.setChecked(recall(CLOSE_TO_TRAY) == "yes")
        self.to_tray.setEnabled(Tray.exists())
        if not Tray.exists():
            self.to_tray.setToolTip(_("这个桌面没有托盘，提醒都在通知中心。"))
        self.at_start.setChecked(starts_with_system())

    def _build(self) -> None:
        kinds = Card(_("提醒"), sub=_("到期前几天、几点、以什么方式提醒；弹出提示最多显示姓氏"))
        kinds.add_right(self.defaults)
        kinds.add(self.said)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        heads = (_("事项"), _("提前天数"), _("提醒时刻"), _("有时间的提前"), _("方式"))
        for column, text in enumerate(heads):
            grid.addWidget(Label(text, "text2", "caption"), 0, column)
        for row, one in enumerate(self.rows.values(), start=1):
            grid.addWidget(Label(one.kind.label), row, 0)
            for column, editor in enumerate((one.days, one.hour, one.minutes, one.way), start=1):
                grid.addWidget(editor, row, column)
        grid.setColumnMinimumWidth(0, theme.px(_KIND_PX))
        grid.setColumnStretch(len(heads), 1)  # a line is read from its left to its right
        kinds.body.addLayout(grid)
        computer = Card(_("这台电脑"))
        computer.add(self.to_tray)
        computer.add(self.at_start)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(kinds)
        whole.addWidget(computer)
        whole.addStretch(1)

    def _connect(self) -> None:
        for one in self.rows.values():
            one.days.editingFinished.connect(self._keep)
            for box in (one.hour, one.minutes, one.way):
                box.currentIndexChanged.connect(self._keep)
        self.defaults.clicked.connect(self._use_defaults)
        self.to_tray.toggled.connect(self._keep_tray)
        self.at_start.toggled.connect(self._keep_start)

    def _use_defaults(self) -> None:
        for kind, one in self.rows.items():
            one.show_rule(self._defaults[kind])
        self._keep()

    def _keep(self) -> None:
        from advisorcrm.services.branch.settings import save_setting

        try:
            chosen = {kind: one.rule() for kind, one in self.rows.items()}
        except ValueError:
            self.said.say(Level.ERROR, _("提前天数写作 60, 30, 7，每个 0 到 120。"))
            return
        self.said.hide()
        texts = tuple(
            write_rule(kind, rule) for kind, rule in chosen.items() if rule != self._defaults[kind]
        )
        if texts == self._kept or self._jobs.is_read_only:
            return
        self._kept = texts
        self._jobs.write(partial(save_setting, name="reminder_rules", value=texts))

    def _keep_tray(self, is_wanted: bool) -> None:
        remember(CLOSE_TO_TRAY, "yes" if is_wanted else "no")

    def _keep_start(self, is_wanted: bool) -> None:
        try:
            start_with_system(is_wanted=is_wanted)
        except OSError:
            self.said.say(Level.ERROR, _("没有写入系统的启动项，请检查权限后再试。"))
            self.at_start.setChecked(starts_with_system())
