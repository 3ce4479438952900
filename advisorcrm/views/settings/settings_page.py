"""The settings page: a list of subjects on the left, one panel on the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from advisorcrm.i18n import N_, _
from advisorcrm.views import icons, theme
from advisorcrm.views.settings.about_panel import AboutPanel
from advisorcrm.views.settings.backup_panel import BackupPanel
from advisorcrm.views.settings.branch_panel import BranchPanel
from advisorcrm.views.settings.contact_panel import ContactPanel
from advisorcrm.views.settings.log_panel import LogPanel
from advisorcrm.views.settings.personal_panel import PersonalPanel
from advisorcrm.views.settings.subject_lines import GAP, SubjectLines
from advisorcrm.views.settings.users_panel import UsersPanel
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from advisorcrm.services.branch.settings import Settings
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.jobs import Jobs

_LIST_PX = 200
_SEARCH_PX = 380
_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut
_LINE_PX = 34
_HEAD_PX = 26
_PLACE = Qt.ItemDataRole.UserRole
MINE, BUSINESS, SYSTEM = N_("我的"), N_("业务"), N_("合规与系统")
GROUPS = (MINE, BUSINESS, SYSTEM)
"""In this order the subjects are listed; a role without any of a group has no such heading."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One line of the list: its words for the search, how its panel is made, its group."""

    title: str
    icon: str
    words: str
    make: Callable[[], QWidget]
    group: str = MINE
    remark: str = ""


class SettingsPage(QWidget):
    """Settings; changes apply at once. ``part_shown`` when another subject is."""

    settings_changed = Signal()
    codes_changed = Signal()
    told = Signal(str, object)
    export_wanted = Signal(object)
    part_shown = Signal()

    def __init__(self, jobs: Jobs, workplace: Workplace, settings: Settings) -> None:
        super().__init__()
        self._jobs = jobs
        self._workplace = workplace
        self._settings = settings
        self.search = SearchLine(_("搜设置：权重、备份、字号…"), key="Ctrl+F")
        self.search.searched.connect(self._narrow)
        self.export_button = plain(_("导出设置"), icon="upload")
        self.subjects = QListWidget()
        self.subjects.setAccessibleName(_("设置分类"))
        self.subjects.setProperty("kind", "subjects")
        self.subjects.setItemDelegate(SubjectLines(self.subjects))
        self.subjects.currentRowChanged.connect(self._show)
        self.panels = QStackedWidget()
        self._all = self._subjects()
        self._build()
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(_HERE)  # WORKAROUND: PySide ignores it as an argument
        find.activated.connect(self.search.setFocus)

    def reload(self) -> None:
        """Read the shown panel again."""
        panel = self.panel()
        if panel is not None and hasattr(panel, "reload"):
            panel.reload()

    def keys(self) -> list[tuple[str, str]]:
        """Keys of this page for the overlay."""
        return [("Ctrl+F", _("找设置")), ("↑↓", _("换一类"))]

    def primary_focus(self) -> QWidget:
        """Where the cursor starts."""
        return self.subjects

    def panel(self) -> QWidget | None:
        """The panel that is shown."""
        area = self.panels.currentWidget()
        return area.widget() if isinstance(area, QScrollArea) else None

    def _subjects(self) -> list[Subject]:
        from advisorcrm.services.access import Right, may

        words = _("语言 外观 字号 行高 单键 密码")
        subjects = [Subject(_("个人"), "user", words, self._personal)]
        words = _("提前 天数 时刻 方式 托盘 弹出 启动 铃")
        subjects.append(Subject(_("提醒"), "bell", words, self._reminders))
        subjects += self._branch_subjects()
        subjects += self._care_subjects()
        if may(self._workplace.actor, Right.SEE_STANDARDS):
            subjects.append(self._day_subject())
            subjects.append(self._visits_subject())
            subjects.append(self._codes_subject())
            subjects.append(self._own_fields_subject())
            subjects.append(self._compliance_subject())
            subjects.append(self._standards_subject())
        subjects += self._system_subjects()
        subjects.append(Subject(_("关于"), "info", _("版本 许可"), AboutPanel, SYSTEM))
        return sorted(subjects, key=lambda subject: GROUPS.index(subject.group))

    def _branch_subjects(self) -> list[Subject]:
        """The branch itself, for who manages it."""
        from advisorcrm.services.access import Right, may

        if self._workplace.is_read_only or not may(self._workplace.actor, Right.MANAGE_BRANCH):
            return []
        words = _("名称 公司 地址 电话 页脚 附件")
        return [Subject(_("营业部"), "building-2", words, self._branch, BUSINESS)]

    def _system_subjects(self) -> list[Subject]:
        """Suitability, people, logs and copies, each for who may."""
        from advisorcrm.services.access import Right, may

        actor, subjects = self._workplace.actor, []
        is_kept = not self._workplace.is_read_only
        if may(actor, Right.MANAGE_BRANCH) and is_kept:
            words = _("休息 时段 测评 有效期 适当性 匹配")
            subject = Subject(_("联系与适当性"), "shield-check", words, self._contact, SYSTEM)
            subjects.append(subject)
        if may(actor, Right.MANAGE_USERS) and is_kept:
            words = _("工号 角色 客户组")
            subjects.append(Subject(_("用户与角色"), "users", words, self._users, SYSTEM))
        if may(actor, Right.SEE_ACCESS_LOG):
            words = _("查看 显示 打印 导出 记录")
            subjects.append(Subject(_("日志"), "eye", words, self._log, SYSTEM))
        if may(actor, Right.BACK_UP):
            words = _("备份 完整性检查")
            subjects.append(Subject(_("数据与备份"), "database", words, self._backup, SYSTEM))
        return subjects

    def _care_subjects(self) -> list[Subject]:
        """Greetings for who speaks to clients, the calendar for who keeps the branch."""
        from advisorcrm.services.access import Right, may

        actor, found = self._workplace.actor, []
        if may(actor, Right.LOG_CONTACTS):
            words = _("问候 模板 称呼 节日 生日 提前 春节 中秋")
            found.append(Subject(_("问候与节日"), "heart", words, self._greetings, BUSINESS))
        if may(actor, Right.MANAGE_BRANCH):
            words = _("节假日 调休 工作日 放假 交易日 导入 通知 推算")
            found.append(Subject(_("节假日"), "calendar", words, self._holidays, BUSINESS))
        return found

    def _greetings(self) -> QWidget:
        from advisorcrm.views.settings.greetings_panel import GreetingsPanel

        return GreetingsPanel(self._jobs, self._workplace)

    def _holidays(self) -> QWidget:
        from advisorcrm.views.settings.holidays_panel import HolidaysPanel

        return HolidaysPanel(self._jobs, self._workplace)

    def _day_subject(self) -> Subject:
        words = _("时间表 时段 晨会 夕会 截止 清单 巡视 流程")
        return Subject(_("一天的时间表"), "clock", words, self._day, BUSINESS)

    def _day(self) -> QWidget:
        from advisorcrm.views.settings.day_slots_panel import DaySlotsPanel

        panel = DaySlotsPanel(self._jobs, self._workplace)
        panel.told.connect(self.told)
        return panel

    def _visits_subject(self) -> Subject:
        words = _("三访 贡献度 权重 佣金 资产 访问 沟通方式 排序")
        return Subject(
            _("三访与贡献度"), "user-check", words, self._visits, BUSINESS, self._unless_open()
        )

    def _visits(self) -> QWidget:
        from advisorcrm.views.settings.visits_panel import VisitsPanel

        panel = VisitsPanel(self._jobs, self._workplace)
        panel.told.connect(self.told)
        return panel

    def _codes_subject(self) -> Subject:
        words = _("选项 标签 客户类型 沟通话题 流失原因 添加 改名 停用 顺序")
        return Subject(_("代码表"), "tag", words, self._codes, BUSINESS, self._unless_open())

    def _own_fields_subject(self) -> Subject:
        words = _("自定义 字段 添加 文字 数字 日期 选项 是否 停用")
        title = _("自定义字段")
        return Subject(title, "pencil", words, self._own_fields, BUSINESS, self._unless_open())

    def _own_fields(self) -> QWidget:
        from advisorcrm.views.settings.own_fields_panel import OwnFieldsPanel

        panel = OwnFieldsPanel(self._jobs, self._workplace)
        panel.told.connect(self.told)
        panel.codes_changed.connect(self.codes_changed)
        return panel

    def _compliance_subject(self) -> Subject:
        words = _("合规 双人 依据 风险测评有效期 可联系时段 撤销 法规")
        title = _("合规参数")
        return Subject(title, "scale", words, self._compliance, SYSTEM, _("双人"))

    def _compliance(self) -> QWidget:
        from advisorcrm.views.settings.compliance_panel import CompliancePanel

        panel = CompliancePanel(self._jobs, self._workplace)
        panel.told.connect(self.told)
        return panel

    def _unless_open(self) -> str:
        """The remark at what the manager sets and others read."""
        from advisorcrm.services.access import Right, may

        is_open = may(self._workplace.actor, Right.SET_STANDARDS)
        return "" if is_open and not self._workplace.is_read_only else _("只读")

    def _standards_subject(self) -> Subject:
        return Subject(
            _("客户分级与完备率"),
            "list-checks",
            _("权重 缺项 平均完备率 客户类型 高端 门槛 约定联系 快照 升降级"),
            self._standards,
            BUSINESS,
            self._unless_open(),
        )

    def _codes(self) -> QWidget:
        from advisorcrm.views.settings.codes_panel import CodesPanel

        panel = CodesPanel(self._jobs, self._workplace)
        panel.told.connect(self.told)
        panel.codes_changed.connect(self.codes_changed)
        return panel

    def _standards(self) -> QWidget:
        from advisorcrm.views.settings.standards_panel import StandardsPanel

        panel = StandardsPanel(self._jobs, self._workplace)
        panel.told.connect(self.told)
        panel.tier_added.connect(self.codes_changed)
        return panel

    def _personal(self) -> QWidget:
        panel = PersonalPanel(self._jobs, self._workplace, self._settings)
        panel.settings_changed.connect(self.settings_changed)
        return panel

    def _reminders(self) -> QWidget:
        from advisorcrm.views.settings.reminders_panel import RemindersPanel

        return RemindersPanel(self._jobs, self._settings)

    def _branch(self) -> QWidget:
        return BranchPanel(self._jobs)

    def _contact(self) -> QWidget:
        return ContactPanel(self._jobs)

    def _users(self) -> QWidget:
        return UsersPanel(self._jobs, self._workplace)

    def _log(self) -> QWidget:
        return LogPanel(self._jobs)

    def _backup(self) -> QWidget:
        return BackupPanel(self._jobs, self._workplace)

    def _build(self) -> None:
        self._list_subjects()
        self.subjects.setIconSize(QSize(theme.px(icons.SIZE), theme.px(icons.SIZE)))
        frame = Card(margins=(4, 4, 4, 4))
        frame.setFixedWidth(theme.px(_LIST_PX))
        frame.add(self.subjects, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(frame)
        row.addWidget(self.panels, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(10)
        whole.addLayout(self._head())
        whole.addLayout(row, 1)
        self.subjects.setCurrentRow(1)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Label(_("设置"), size="page_title", weight=600))
        self.search.setFixedWidth(theme.px(_SEARCH_PX))
        head.addWidget(self.search)
        head.addStretch(1)
        head.addWidget(IconLabel("circle-check", _("改动立即生效"), "ok"))
        head.addWidget(self.export_button)
        if not self._may_export():
            self.export_button.hide()
        self.export_button.clicked.connect(self._export)
        return head

    def _may_export(self) -> bool:
        from advisorcrm.services.access import Right, may

        actor = self._workplace.actor
        may_leave = may(actor, Right.EXPORT) and not self._workplace.is_read_only
        return may_leave and may(actor, Right.SEE_STANDARDS)

    def _export(self) -> None:
        from advisorcrm.views.reports import branch_settings

        self.export_wanted.emit(branch_settings())

    def _list_subjects(self) -> None:
        """The subjects under their groups; a group is a heading, not a choice."""
        group = ""
        for place, subject in enumerate(self._all):
            if subject.group != group:
                group = subject.group
                head = QListWidgetItem(_(group))
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setFont(theme.font("caption", 400))
                head.setSizeHint(QSize(0, theme.px(_HEAD_PX)))
                self.subjects.addItem(head)
            remark = f"{GAP}{subject.remark}" if subject.remark else ""
            item = QListWidgetItem(icons.icon(subject.icon, "text2"), subject.title + remark)
            item.setData(_PLACE, place)
            item.setSizeHint(QSize(0, theme.px(_LINE_PX)))
            self.subjects.addItem(item)
            self.panels.addWidget(_scrolling(subject.make()))

    def _show(self, row: int) -> None:
        item = self.subjects.item(row) if row >= 0 else None
        place = item.data(_PLACE) if item is not None else None
        if place is not None:
            self.panels.setCurrentIndex(place)
            self.reload()
            self.part_shown.emit()

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        found = {
            place
            for place, subject in enumerate(self._all)
            if wanted in f"{subject.title} {subject.words}".casefold()
        }
        groups = {_(self._all[place].group) for place in found}
        for row in range(self.subjects.count()):
            item = self.subjects.item(row)
            place = item.data(_PLACE)
            item.setHidden(item.text() not in groups if place is None else place not in found)
        self._say_nothing(is_empty=not found)

    def _say_nothing(self, *, is_empty: bool) -> None:
        """Searched without a hit: say so, and where the keys are listed."""
        self.search.setToolTip(_("没有这项设置。按 ? 看本页的键。") if is_empty else "")


def _scrolling(panel: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the focus and scroll it
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(panel)
    return area
