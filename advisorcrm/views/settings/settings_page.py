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

from advisorcrm.i18n import _
from advisorcrm.views import icons, theme
from advisorcrm.views.settings.about_panel import AboutPanel
from advisorcrm.views.settings.backup_panel import BackupPanel
from advisorcrm.views.settings.branch_panel import BranchPanel
from advisorcrm.views.settings.personal_panel import PersonalPanel
from advisorcrm.views.settings.users_panel import UsersPanel
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.page_head import PageHead
from advisorcrm.views.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from advisorcrm.services.settings import Settings
    from advisorcrm.services.workplace import Workplace
    from advisorcrm.views.jobs import Jobs

_LIST_PX = 220
_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut
_LINE_PX = 34


@dataclass(frozen=True, slots=True)
class Subject:
    """One line of the list: its words for the search, and how its panel is made."""

    title: str
    icon: str
    words: str
    make: Callable[[], QWidget]


class SettingsPage(QWidget):
    """Settings; changes apply at once."""

    settings_changed = Signal()

    def __init__(self, jobs: Jobs, workplace: Workplace, settings: Settings) -> None:
        super().__init__()
        self._jobs = jobs
        self._workplace = workplace
        self._settings = settings
        self.search = SearchLine(_("找设置"))
        self.search.searched.connect(self._narrow)
        self.subjects = QListWidget()
        self.subjects.setAccessibleName(_("设置分类"))
        self.subjects.setProperty("kind", "results")
        self.subjects.currentRowChanged.connect(self._show)
        self.panels = QStackedWidget()
        self._all = self._subjects()
        self._build()
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(_HERE)  # WORKAROUND: PySide ignores it as an argument
        find.activated.connect(self.search.setFocus)

    def reload(self) -> None:
        """Read the shown panel again."""
        panel = self._panel()
        if panel is not None and hasattr(panel, "reload"):
            panel.reload()

    def keys(self) -> list[tuple[str, str]]:
        """Keys of this page for the overlay."""
        return [("Ctrl+F", _("找设置")), ("↑↓", _("换一类"))]

    def primary_focus(self) -> QWidget:
        """Where the cursor starts."""
        return self.subjects

    def _subjects(self) -> list[Subject]:
        from advisorcrm.services.access import Right, may

        actor = self._workplace.actor
        subjects = [Subject(_("个人"), "user", _("语言 外观 字号 行高 单键 密码"), self._personal)]
        is_kept = not self._workplace.is_read_only
        if may(actor, Right.MANAGE_BRANCH) and is_kept:
            subjects.append(
                Subject(_("营业部"), "building-2", _("名称 公司 地址 电话 页脚"), self._branch)
            )
        if may(actor, Right.MANAGE_USERS) and is_kept:
            subjects.append(Subject(_("用户与角色"), "users", _("工号 角色 客户组"), self._users))
        if may(actor, Right.BACK_UP):
            subjects.append(
                Subject(_("数据与备份"), "database", _("备份 完整性检查"), self._backup)
            )
        subjects.append(Subject(_("关于"), "info", _("版本 许可"), AboutPanel))
        return subjects

    def _personal(self) -> QWidget:
        panel = PersonalPanel(self._jobs, self._workplace, self._settings)
        panel.settings_changed.connect(self.settings_changed)
        return panel

    def _branch(self) -> QWidget:
        return BranchPanel(self._jobs)

    def _users(self) -> QWidget:
        return UsersPanel(self._jobs, self._workplace)

    def _backup(self) -> QWidget:
        return BackupPanel(self._jobs, self._workplace)

    def _build(self) -> None:
        for subject in self._all:
            item = QListWidgetItem(icons.icon(subject.icon, "text2"), subject.title)
            item.setSizeHint(QSize(0, theme.px(_LINE_PX)))
            self.subjects.addItem(item)
            self.panels.addWidget(_scrolling(subject.make()))
        self.subjects.setIconSize(QSize(theme.px(icons.SIZE), theme.px(icons.SIZE)))
        frame = Card(margins=(4, 4, 4, 4))
        frame.setFixedWidth(theme.px(_LIST_PX))
        frame.add(self.subjects, 1)
        left = QVBoxLayout()
        left.addWidget(self.search)
        left.addWidget(frame, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(left)
        row.addWidget(self.panels, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(10)
        whole.addWidget(PageHead(_("设置")))
        whole.addLayout(row, 1)
        self.search.setFixedWidth(theme.px(_LIST_PX))
        self.subjects.setCurrentRow(0)

    def _show(self, row: int) -> None:
        if row >= 0:
            self.panels.setCurrentIndex(row)
            self.reload()

    def _panel(self) -> QWidget | None:
        area = self.panels.currentWidget()
        return area.widget() if isinstance(area, QScrollArea) else None

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        for row, subject in enumerate(self._all):
            found = wanted in f"{subject.title} {subject.words}".casefold()
            self.subjects.item(row).setHidden(not found)


def _scrolling(panel: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the focus and scroll it
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(panel)
    return area
