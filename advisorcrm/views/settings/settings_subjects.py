"""The subjects of the settings: what each is found by, who has it, how its panel is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import N_, _
from advisorcrm.services.access import Right, may
from advisorcrm.views.settings.about_panel import AboutPanel
from advisorcrm.views.settings.backup_panel import BackupPanel
from advisorcrm.views.settings.branch_panel import BranchPanel
from advisorcrm.views.settings.codes_panel import CodesPanel
from advisorcrm.views.settings.compliance_panel import CompliancePanel
from advisorcrm.views.settings.contact_panel import ContactPanel
from advisorcrm.views.settings.day_slots_panel import DaySlotsPanel
from advisorcrm.views.settings.greetings_panel import GreetingsPanel
from advisorcrm.views.settings.holidays_panel import HolidaysPanel
from advisorcrm.views.settings.log_panel import LogPanel
from advisorcrm.views.settings.own_fields_panel import OwnFieldsPanel
from advisorcrm.views.settings.personal_panel import PersonalPanel
from advisorcrm.views.settings.reminders_panel import RemindersPanel
from advisorcrm.views.settings.standards_panel import StandardsPanel
from advisorcrm.views.settings.users_panel import UsersPanel
from advisorcrm.views.settings.visits_panel import VisitsPanel

if TYPE_CHECKING:
    from advisorcrm.services.branch.settings import Settings
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.jobs import Jobs

MINE, BUSINESS, SYSTEM = N_("我的"), N_("业务"), N_("合规与系统")


@dataclass(frozen=True, slots=True)
class Subject:
    """One line of the list: its words for the search, how its panel is made, its group."""

    title: str
    icon: str
    words: str
    make: Callable[[], QWidget]
    group: str = MINE
    remark: str = ""


class SettingsSubjects(QObject):
    """``settings_changed``, ``codes_changed`` and ``told(sentence, undo)`` come from the panels."""

    settings_changed = Signal()
    codes_changed = Signal()
    told = Signal(str, object)

    def __init__(
        self, jobs: Jobs, workplace: Workplace, settings: Settings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._workplace = workplace
        self._settings = settings

    def listed(self) -> list[Subject]:
        """Those this role has, group by group; a group without any has no heading."""
        return [*self._own(), *self._business(), *self._system()]

    def _own(self) -> list[Subject]:
        return [
            Subject(_("个人"), "user", _("语言 外观 字号 行高 单键 密码"), self._personal),
            Subject(_("提醒"), "bell", _("提前 天数 时刻 方式 托盘 弹出 启动 铃"),
                    partial(RemindersPanel, self._jobs, self._settings)),
        ]  # fmt: skip

    def _business(self) -> list[Subject]:
        """The branch and its standards; greetings for who speaks to clients."""
        jobs, workplace, found = self._jobs, self._workplace, []
        if self._may(Right.MANAGE_BRANCH) and not workplace.is_read_only:
            words = _("名称 公司 地址 电话 页脚 附件")
            make = partial(BranchPanel, jobs)
            found.append(Subject(_("营业部"), "building-2", words, make, BUSINESS))
        if self._may(Right.LOG_CONTACTS):
            words = _("问候 模板 称呼 节日 生日 提前 春节 中秋")
            greetings = partial(GreetingsPanel, jobs, workplace)
            found.append(Subject(_("问候与节日"), "heart", words, greetings, BUSINESS))
        if self._may(Right.MANAGE_BRANCH):
            words = _("节假日 调休 工作日 放假 交易日 导入 通知 推算")
            holidays = partial(HolidaysPanel, jobs, workplace)
            found.append(Subject(_("节假日"), "calendar", words, holidays, BUSINESS))
        return found + (self._standards() if self._may(Right.SEE_STANDARDS) else [])

    def _standards(self) -> list[Subject]:
        """What the manager sets and others of the branch read."""
        remark = self._unless_open()
        return [
            Subject(_("一天的时间表"), "clock", _("时间表 时段 晨会 夕会 截止 清单 巡视 流程"),
                    partial(self._telling, DaySlotsPanel), BUSINESS),
            Subject(_("三访与贡献度"), "user-check",
                    _("三访 贡献度 权重 佣金 资产 访问 沟通方式 排序"),
                    partial(self._telling, VisitsPanel), BUSINESS, remark),
            Subject(_("代码表"), "tag",
                    _("选项 标签 客户类型 沟通话题 流失原因 添加 改名 停用 顺序"),
                    partial(self._renaming, CodesPanel), BUSINESS, remark),
            Subject(_("自定义字段"), "pencil", _("自定义 字段 添加 文字 数字 日期 选项 是否 停用"),
                    partial(self._renaming, OwnFieldsPanel), BUSINESS, remark),
            Subject(_("客户分级与完备率"), "list-checks",
                    _("权重 缺项 平均完备率 客户类型 高端 门槛 约定联系 快照 升降级"),
                    self._tiers, BUSINESS, remark),
        ]  # fmt: skip

    def _system(self) -> list[Subject]:
        """Suitability, people, logs and copies, each for who may."""
        jobs, workplace, found = self._jobs, self._workplace, []
        is_kept = not workplace.is_read_only
        if self._may(Right.SEE_STANDARDS):
            words = _("合规 双人 依据 风险测评有效期 可联系时段 撤销 法规")
            make = partial(self._telling, CompliancePanel)
            found.append(Subject(_("合规参数"), "scale", words, make, SYSTEM, _("双人")))
        if self._may(Right.MANAGE_BRANCH) and is_kept:
            words = _("休息 时段 测评 有效期 适当性 匹配")
            contact = partial(ContactPanel, jobs)
            found.append(Subject(_("联系与适当性"), "shield-check", words, contact, SYSTEM))
        if self._may(Right.MANAGE_USERS) and is_kept:
            users, words = partial(self._telling, UsersPanel), _("工号 角色 客户组 忘记密码 停用")
            found.append(Subject(_("用户与角色"), "users", words, users, SYSTEM))
        if self._may(Right.SEE_ACCESS_LOG):
            logs = partial(LogPanel, jobs)
            found.append(Subject(_("日志"), "eye", _("查看 显示 打印 导出 记录"), logs, SYSTEM))
        if self._may(Right.BACK_UP):
            copies = partial(BackupPanel, jobs, workplace)
            found.append(Subject(_("数据与备份"), "database", _("备份 完整性检查"), copies, SYSTEM))
        return [*found, Subject(_("关于"), "info", _("版本 许可"), AboutPanel, SYSTEM)]

    def _personal(self) -> QWidget:
        panel = PersonalPanel(self._jobs, self._workplace, self._settings)
        panel.settings_changed.connect(self.settings_changed)
        return panel

    def _tiers(self) -> QWidget:
        panel: StandardsPanel = self._telling(StandardsPanel)
        panel.tier_added.connect(self.codes_changed)
        return panel

    def _telling(self, kind: Callable[[Jobs, Workplace], Any]) -> Any:
        """A panel whose changes are told, each with its way back."""
        panel = kind(self._jobs, self._workplace)
        panel.told.connect(self.told)
        return panel

    def _renaming(self, kind: Callable[[Jobs, Workplace], Any]) -> Any:
        """A panel that changes labels every page shows."""
        panel = self._telling(kind)
        panel.codes_changed.connect(self.codes_changed)
        return panel

    def _may(self, right: Right) -> bool:
        return may(self._workplace.actor, right)

    def _unless_open(self) -> str:
        """The remark at what the manager sets and others read."""
        is_open = self._may(Right.SET_STANDARDS) and not self._workplace.is_read_only
        return "" if is_open else _("只读")
